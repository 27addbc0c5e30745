"""What is done with a report: submitted with what is on record, returned or accepted.

And the family's own word, which is entered apart.
"""

import json
from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.households.rules import is_adult
from resettle.reports import facts, queries, rules
from resettle.reports.acts import ReturnReport, SayAsFamily, SubmitReport
from resettle.reports.models import FamilySection, GroupReport, ReportComment
from resettle.reports.rules import Said, Stage
from resettle.sponsors.models import ReportDue

NO_COMMENT = "Say on at least one line what is asked for."


def fill(uow: UnitOfWork, report_due_id: UUID) -> facts.Facts:
    """Fill a report from what is on record, for the group that owes it."""
    due = uow.get(ReportDue, report_due_id, to=Permission.REPORT_WRITE)
    return facts.gather(uow, due, queries.household_of(uow, due, Permission.REPORT_WRITE))


def submit(uow: UnitOfWork, report_due_id: UUID, command: SubmitReport) -> GroupReport:
    """Submit a report with what is on record at this moment, which stays as it is from then on.

    Raises Conflict while an edition of it is being read or is accepted.
    """
    due = uow.edit(ReportDue, report_due_id, to=Permission.REPORT_WRITE)
    household = queries.household_of(uow, due, Permission.REPORT_WRITE)
    latest = queries.latest(uow, due)
    if due.cancelled_on is not None:
        raise Conflict("This report is not asked for any more.")
    stage = latest.stage if latest else None
    if queries.on_paper_on(due, stage) is not None:
        raise Conflict("This report came on paper already. It is not asked for again.")
    if not rules.may_submit(stage):
        raise Conflict("This report was submitted already. It is changed only once it comes back.")
    domains = [code for code, _ in queries.domains_of(queries.programme_of(uow, household))]
    if faults := rules.answer_faults(domains, command.statuses, command.sentences):
        raise Invalid(faults)
    edition = 1 if latest is None else latest.edition + 1
    due.submitted_on = uow.today
    return uow.add(_edition(uow, due, edition, facts.gather(uow, due, household), command))


def _edition(
    uow: UnitOfWork, due: ReportDue, edition: int, found: facts.Facts, command: SubmitReport
) -> GroupReport:
    return GroupReport(
        report_due_id=due.id,
        group_id=due.group_id,
        household_id=due.household_id,
        edition=edition,
        from_on=uow.today.fromisoformat(found.from_on),
        submitted_on=uow.today,
        submitted_by=uow.actor.user_id,
        statuses={domain: str(status) for domain, status in command.statuses.items()},
        milestones_met=len(found.met),
        minutes=found.minutes,
        contacts=found.contacts,
        spent_cents=found.spent_since,
        facts=json.dumps(found.frozen),
        sentences=json.dumps(dict(command.sentences), ensure_ascii=False),
        worries=command.worries,
        needs=command.needs,
        referrals=command.referrals,
        members=command.members,
    )


def send_back(uow: UnitOfWork, report_id: UUID, command: ReturnReport) -> GroupReport:
    """Return a report with comments on its lines; the group owes it again."""
    report = _to_review(uow, report_id)
    if not command.comments:
        raise Invalid({f"comment_{rules.GENERAL}": [NO_COMMENT]})
    for line, text in command.comments.items():
        uow.session.add(
            ReportComment(
                group_report_id=report.id, household_id=report.household_id, line=line, text=text
            )
        )
    due = uow.edit(ReportDue, report.report_due_id, to=Permission.REPORT_REVIEW)
    due.submitted_on = None
    return _reviewed(uow, report, Stage.RETURNED)


def accept(uow: UnitOfWork, report_id: UUID) -> GroupReport:
    """Accept a report: it is closed, and counts in evaluation."""
    report = _to_review(uow, report_id)
    due = uow.edit(ReportDue, report.report_due_id, to=Permission.REPORT_REVIEW)
    due.accepted_on = uow.today
    return _reviewed(uow, report, Stage.ACCEPTED)


def _to_review(uow: UnitOfWork, report_id: UUID) -> GroupReport:
    report = uow.edit(GroupReport, report_id, to=Permission.REPORT_REVIEW)
    if report.stage is not Stage.SUBMITTED:
        raise Conflict("This edition was answered already. Load it again.")
    return report


def _reviewed(uow: UnitOfWork, report: GroupReport, stage: Stage) -> GroupReport:
    report.stage, report.reviewed_on = stage, uow.today
    report.reviewed_by = uow.actor.user_id
    uow.session.flush()
    return report


def say_as_family(uow: UnitOfWork, report_due_id: UUID, command: SayAsFamily) -> FamilySection:
    """Record what an adult of the family says of this time, apart from what the group says.

    Said again, it replaces what the same person said before, until the report is accepted.
    """
    due = uow.get(ReportDue, report_due_id, to=Permission.REPORT_FAMILY)
    household = uow.get(Household, due.household_id, to=Permission.REPORT_FAMILY)
    _check_speaker(uow, household, command)
    if due.accepted_on is not None:
        raise Conflict("This report is closed. What is said now belongs to the next one.")
    asked = uow.select(FamilySection).where(
        FamilySection.report_due_id == due.id, FamilySection.person_id == command.person_id
    )
    section = uow.first(asked)
    if section is None:
        section = FamilySection(
            report_due_id=due.id,
            group_id=due.group_id,
            household_id=household.id,
            person_id=command.person_id,
        )
        uow.session.add(section)
    section.rating, section.comment = command.rating, command.comment
    section.language, section.said = command.language, command.said
    section.shared, section.said_on = command.shared, uow.today
    uow.session.flush()
    return section


def _check_speaker(uow: UnitOfWork, household: Household, command: SayAsFamily) -> None:
    own = uow.actor.role is Role.HOUSEHOLD_PERSON
    if own and command.person_id != uow.actor.person_id:
        raise Forbidden("Each adult says this for themselves.")
    if own is not (command.said is Said.OWN_ACCOUNT):
        raise Invalid(
            {"said": ["A caseworker records this with an interpreter beside the person."]}
        )
    home = {s.person_id: s for s in people_at_home(uow, household.id, uow.today)}
    found = home.get(command.person_id)
    if found is None or not is_adult(uow.today, found.born_on):
        raise Invalid({"person_id": ["Choose an adult of the household."]})
