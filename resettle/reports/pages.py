"""The pages of reports: what is owed, a report to fill in and to read, the family's own word."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.reports import queries, rules, schemas, service, telling
from resettle.reports.models import GroupReport
from resettle.sponsors.models import ReportDue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("reports", __name__, template_folder="templates")

Shown = dict[str, Any]
DUE = "/reports/<uuid:report_due_id>"
EDITION = "/group-reports/<uuid:group_report_id>"


@pages.page("/reports", permission=Permission.REPORT_OPEN, template="reports/index.html")
def index(uow: UnitOfWork) -> Shown:
    """List what is owed and what was given."""
    return {"reports": telling.owed(uow), "writes": uow.allows(Permission.REPORT_WRITE)}


@pages.page(DUE, permission=Permission.REPORT_OPEN, template="reports/show.html")
def show(uow: UnitOfWork, report_due_id: UUID) -> Shown:
    """Show a report as it was last submitted, its comments, and the family's word."""
    due, household = _known(uow, report_due_id)
    found = queries.editions(uow, due)
    latest = found[0].stage if found else None
    came_on = queries.on_paper_on(due, latest)
    return {
        **telling.cover(uow, due, household),
        "on_paper_on": came_on,
        "editions": telling.editions(uow, household, found),
        "sections": schemas.SectionShape().many_of(uow, queries.sections(uow, due)),
        "names_family": uow.actor.role is not Role.PROGRAMME_MANAGER,
        "may_write": uow.allows(Permission.REPORT_WRITE, household)
        and rules.may_submit(latest, on_paper=came_on is not None),
        "may_review": uow.allows(Permission.REPORT_REVIEW, household)
        and latest is rules.Stage.SUBMITTED,
        "may_say": uow.allows(Permission.REPORT_FAMILY, household) and due.accepted_on is None,
    }


def _known(
    uow: UnitOfWork, report_due_id: UUID, to: Permission = Permission.REPORT_OPEN
) -> tuple[ReportDue, Household]:
    due = uow.get(ReportDue, report_due_id, to=to)
    return due, queries.household_of(uow, due, to)


@pages.form(
    f"{DUE}/new",
    permission=Permission.REPORT_WRITE,
    schema=schemas.SubmitReportSchema(),
    template="reports/fill.html",
)
def fill(uow: UnitOfWork, form: Form, report_due_id: UUID) -> Shown | Led:
    """Confirm what is on record, and add how each domain stands."""
    if form.command:
        service.submit(uow, report_due_id, form.command)
        message = "The report is submitted. You see here when it was read."
        return Go("reports.show", message=message, report_due_id=report_due_id)
    due, household = _known(uow, report_due_id, Permission.REPORT_WRITE)
    found = service.fill(uow, report_due_id)
    before = queries.said_before(uow, due)
    said = schemas.EditionShape().one(uow, before) if before else {}
    domains = queries.domains_of(queries.programme_of(uow, household))
    statuses = rules.suggested([c for c, _ in domains], found.late, said.get("statuses", {}))
    again = before if before is not None and before.report_due_id == due.id else None
    return {
        **telling.cover(uow, due, household),
        "facts": telling.facts(found.frozen),
        "domains": _domains(domains, statuses, said, found.late),
        "named": {f"sentence_{code.lower()}": name for code, name in domains},
        "texts": {name: said.get(name) or "" for name in rules.TEXTS} if again else {},
        "statuses": telling.STATUSES,
        "comments": telling.comments(uow, [again]) if again else {},
    }


def _domains(
    domains: Sequence[tuple[str, str]],
    statuses: Mapping[str, str],
    said: Mapping[str, Any],
    late: Mapping[str, int],
) -> list[Shown]:
    sentences = said.get("sentences", {})
    return [
        {
            "code": code,
            "field": code.lower(),
            "name": name,
            "status": statuses[code],
            "sentence": sentences.get(code, ""),
            "late": late.get(code, 0),
        }
        for code, name in domains
    ]


@pages.form(
    f"{EDITION}/return",
    permission=Permission.REPORT_REVIEW,
    schema=schemas.ReturnReportSchema(),
    template="reports/return.html",
)
def send_back(uow: UnitOfWork, form: Form, group_report_id: UUID) -> Shown | Led:
    """Return a report with comments on its lines."""
    if form.command:
        report = service.send_back(uow, group_report_id, form.command)
        message = "The report is returned with your comments."
        return Go("reports.show", message=message, report_due_id=report.report_due_id)
    report = uow.get(GroupReport, group_report_id, to=Permission.REPORT_REVIEW)
    due, household = _known(uow, report.report_due_id, Permission.REPORT_REVIEW)
    (edition,) = telling.editions(uow, household, [report])
    lines = [*edition["lines"], *edition["texts"]]
    return {**telling.cover(uow, due, household), "edition": edition, "lines": lines}


@pages.button(f"{EDITION}/acceptance", permission=Permission.REPORT_REVIEW)
def accept(uow: UnitOfWork, group_report_id: UUID) -> Led:
    """Accept a report."""
    report = service.accept(uow, group_report_id)
    message = "The report is accepted."
    return Go("reports.show", message=message, report_due_id=report.report_due_id)


@pages.form(
    f"{DUE}/family",
    permission=Permission.REPORT_FAMILY,
    schema=schemas.SayAsFamilySchema(),
    template="reports/family.html",
)
def family(uow: UnitOfWork, form: Form, report_due_id: UUID) -> Shown | Led:
    """Record what an adult of the family says, by themselves or with an interpreter."""
    own = uow.actor.role is Role.HOUSEHOLD_PERSON
    if form.command:
        service.say_as_family(uow, report_due_id, form.command)
        message = "Thank you. What you said is on record." if own else "It is on record."
        if own:
            return Go("my_household.show_mine", message=message)
        return Go("reports.show", message=message, report_due_id=report_due_id)
    due, household = _known(uow, report_due_id, Permission.REPORT_FAMILY)
    said = schemas.SectionShape().many_of(uow, queries.sections(uow, due))
    mine = next((s for s in said if s["person_id"] == uow.actor.person_id), {})
    return {
        **telling.cover(uow, due, household),
        "own": own,
        "person_id": uow.actor.person_id,
        "adults": telling.adults(uow, household.id),
        "said": mine,
        "languages": telling.languages(household),
    }
