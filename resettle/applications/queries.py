"""Questions about applications: which one counts, what it holds, and what it still lacks."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from resettle.applications import rules
from resettle.applications.definition import ApplicationSettings
from resettle.applications.models import (
    ApplicationLine,
    ApplicationPart,
    ApplicationQuestion,
    ApplicationScore,
    GroupApplication,
    Side,
)
from resettle.applications.rules import Lack, Step
from resettle.core.wording import within
from resettle.core.work import UnitOfWork
from resettle.sponsors import facts as group_facts
from resettle.sponsors import queries as groups
from resettle.sponsors.models import GroupChecklistItem, SponsorGroup
from resettle.sponsors.rules import is_settled

# Items of the checklist that the application itself shows.
SHOWN_HERE = frozenset({"settlement_plan", "budget", "subject_line"})


def all_of(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupApplication]:
    """List the attempts of a group, the newest first."""
    query = uow.select(GroupApplication).where(GroupApplication.group_id == group_id)
    return uow.all(query.order_by(GroupApplication.round.desc()))


def current(uow: UnitOfWork, group_id: UUID) -> GroupApplication | None:
    query = uow.select(GroupApplication).where(GroupApplication.group_id == group_id)
    return uow.first(query.order_by(GroupApplication.round.desc()))


def parts_of(uow: UnitOfWork, application_id: UUID) -> Sequence[ApplicationPart]:
    """List the parts of the settlement plan, in the order of the settings."""
    query = uow.select(ApplicationPart).where(ApplicationPart.application_id == application_id)
    order = list(uow.use(ApplicationSettings).domains)
    found = uow.all(query.order_by(ApplicationPart.domain))
    return sorted(found, key=lambda part: order.index(part.domain))


def lines_of(uow: UnitOfWork, application_id: UUID) -> Sequence[ApplicationLine]:
    query = uow.select(ApplicationLine).where(ApplicationLine.application_id == application_id)
    return uow.all(
        query.order_by(ApplicationLine.side, ApplicationLine.category, ApplicationLine.id)
    )


def budget_of(uow: UnitOfWork, application_id: UUID) -> rules.Budget:
    sums = dict.fromkeys(Side, 0)
    for line in lines_of(uow, application_id):
        sums[line.side] += line.dollars
    return rules.Budget(sums[Side.INCOME], sums[Side.SPENDING])


def questions_of(uow: UnitOfWork, application_id: UUID) -> Sequence[ApplicationQuestion]:
    query = uow.select(ApplicationQuestion).where(
        ApplicationQuestion.application_id == application_id
    )
    return uow.all(query.order_by(ApplicationQuestion.created_at, ApplicationQuestion.id))


def scores_of(uow: UnitOfWork, application_id: UUID) -> Sequence[ApplicationScore]:
    query = uow.select(ApplicationScore).where(ApplicationScore.application_id == application_id)
    return uow.all(query.order_by(ApplicationScore.criterion, ApplicationScore.created_at))


def tallies_of(uow: UnitOfWork, application_id: UUID) -> Sequence[rules.Tally]:
    given = [(score.criterion, score.score) for score in scores_of(uow, application_id)]
    return rules.tallies(uow.use(ApplicationSettings).codes, given)


def lacks(uow: UnitOfWork, group: SponsorGroup, application: GroupApplication) -> Sequence[Lack]:
    """Say in whole sentences what is missing before the application can be sent."""
    return [
        *_of_members(uow, group, application),
        *_of_papers(uow, group),
        *plan_lacks(uow, application),
        *budget_lacks(uow, application),
        *_of_talk(application),
    ]


def _of_members(
    uow: UnitOfWork, group: SponsorGroup, application: GroupApplication
) -> Iterator[Lack]:
    if not groups.all_vetted(uow, group.id):
        yield Lack(Step.MEMBERS, "Not every member has a vetting outcome that is in force.")
    if not group_facts.child_protection_known(uow, group):
        yield Lack(Step.MEMBERS, "Not every member has the child protection certificate.")
    if bare := uncovered(uow, group, application):
        skills = ", ".join(within(skill) for skill in bare)
        yield Lack(Step.MEMBERS, f"Nobody in the group or known to it covers: {skills}.")


def uncovered(uow: UnitOfWork, group: SponsorGroup, application: GroupApplication) -> Sequence[str]:
    members = groups.live_members_of(uow, group.id)
    needed = uow.use(ApplicationSettings).skills
    return rules.uncovered(needed, [member.skills for member in members], application.links)


def papers_of(uow: UnitOfWork, group_id: UUID) -> Sequence[GroupChecklistItem]:
    """List the items that a group shows by papers; the rest shows in plan, budget and members."""
    found = groups.checklist_of(uow, group_id)
    listed = [item for item in found if item.list_code == group_facts.PREREQUISITES]
    return [item for item in listed if item.item_code not in SHOWN_HERE]


def paper_titles(uow: UnitOfWork, group: SponsorGroup) -> Mapping[str, str]:
    listed = groups.programme_of(uow, group).checklists
    return {item.code: item.title for checklist in listed for item in checklist.items}


def _of_papers(uow: UnitOfWork, group: SponsorGroup) -> Iterator[Lack]:
    titles = paper_titles(uow, group)
    for item in papers_of(uow, group.id):
        if not is_settled(item.status):
            yield Lack(Step.PAPERS, f"{titles[item.item_code]}: still open.")


def plan_lacks(uow: UnitOfWork, application: GroupApplication) -> Iterator[Lack]:
    titles = uow.use(ApplicationSettings).domains
    texts = {titles[part.domain]: part.text for part in parts_of(uow, application.id)}
    for title in rules.plan_lacks(texts):
        yield Lack(Step.PLAN, f"The settlement plan says nothing of: {title}.")


def budget_lacks(uow: UnitOfWork, application: GroupApplication) -> Iterator[Lack]:
    for sentence in budget_of(uow, application.id).lacks():
        yield Lack(Step.BUDGET, sentence)


def _of_talk(application: GroupApplication) -> Iterator[Lack]:
    if not application.subject_line.strip():
        yield Lack(Step.TALK, "The subject line of the e-mail is missing.")
    if application.discussed_on is None:
        yield Lack(Step.TALK, "Your adviser has not talked the plan and the budget over with you.")
