"""Which facts hold for a sponsor group, so that its moves can say what is missing.

What the rows show is worked out here; everything else (a plan discussed, a decision taken) is
recorded by a person as a step.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.facts import Fact
from resettle.programmes.workflow import Workflow
from resettle.sponsors import queries, rules
from resettle.sponsors.models import GroupStep, MemberRole, ReportDue, SponsorGroup, TrainingModule

PREREQUISITES = "sponsor_prerequisites"
Source = Callable[[UnitOfWork, SponsorGroup], bool]
# These must have come true in the present stage: that an earlier concern was closed says nothing.
FRESH = frozenset({Fact.CONCERN_CLOSED, Fact.QUESTIONS_ANSWERED})


def prerequisites_met(uow: UnitOfWork, group: SponsorGroup) -> bool:
    """Every item for the group is settled. Vetting and courses are asked for each member."""
    items = [i for i in queries.checklist_of(uow, group.id) if i.list_code == PREREQUISITES]
    return (
        bool(items)
        and all(rules.is_settled(item.status) for item in items)
        and queries.all_vetted(uow, group.id)
        and child_protection_known(uow, group)
    )


def vetting_all_clear(uow: UnitOfWork, group: SponsorGroup) -> bool:
    return queries.all_vetted(uow, group.id)


def training_complete(uow: UnitOfWork, group: SponsorGroup) -> bool:
    return _all_trained(uow, group, TrainingModule.POST_APPROVAL)


def child_protection_known(uow: UnitOfWork, group: SponsorGroup) -> bool:
    """Every member has the course, where the programme asks for it."""
    programme = queries.programme_of(uow, group)
    asked = programme.sponsors is not None and programme.sponsors.child_protection_course
    return not asked or _all_trained(uow, group, TrainingModule.CHILD_PROTECTION)


def _all_trained(uow: UnitOfWork, group: SponsorGroup, module: TrainingModule) -> bool:
    trained = {t.member_id for t in queries.trainings_of(uow, group.id) if t.module == module}
    members = {member.id for member in queries.live_members_of(uow, group.id)}
    return bool(members) and members <= trained


def house_lead_named(uow: UnitOfWork, group: SponsorGroup) -> bool:
    members = queries.live_members_of(uow, group.id)
    return any(MemberRole.HOUSING_LEAD in member.roles for member in members)


def deed_signed(uow: UnitOfWork, group: SponsorGroup) -> bool:
    return queries.deed_in_force(uow, group.id, uow.today) is not None


def intake_open(uow: UnitOfWork, group: SponsorGroup) -> bool:
    return queries.programme_of(uow, group).takes_entries_on(uow.today)


def has_household(_uow: UnitOfWork, group: SponsorGroup) -> bool:
    return group.households_now > 0


def supports_nobody(_uow: UnitOfWork, group: SponsorGroup) -> bool:
    return group.households_now == 0


def household_arrived(uow: UnitOfWork, group: SponsorGroup) -> bool:
    """Say whether anybody has arrived: from an arrival, reports fall due."""
    return uow.count(ReportDue, ReportDue.group_id == group.id) > 0


def group_ready(uow: UnitOfWork, group: SponsorGroup) -> bool:
    return queries.is_ready(group, uow.today)


SHOWN_BY_ROWS: Mapping[Fact, Source] = {
    Fact.PREREQUISITES: prerequisites_met,
    Fact.VETTING: vetting_all_clear,
    Fact.TRAINING: training_complete,
    Fact.CHILD_PROTECTION: child_protection_known,
    Fact.HOUSE_LEAD: house_lead_named,
    Fact.DEED: deed_signed,
    Fact.INTAKE: intake_open,
    Fact.SPONSOR_READY: group_ready,
    Fact.ACCEPTED: has_household,
    Fact.HOUSEHOLDS_FINISHED: supports_nobody,
    Fact.HANDED_OVER: supports_nobody,
    Fact.ARRIVAL: household_arrived,
}


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What chapters above answer for, in place of a step that a person records."""

    sources: Mapping[Fact, Source]


def sources(uow: UnitOfWork) -> Mapping[Fact, Source]:
    return {**SHOWN_BY_ROWS, **uow.use(GroupFacts).sources}


def recordable(uow: UnitOfWork, workflow: Workflow) -> frozenset[Fact]:
    """Name the facts that this programme asks for and that only a person can tell."""
    moves = (move for stage in workflow.stages for move in workflow.moves_from(stage.code))
    onwards = {fact for move in moves for fact in move.needs}
    back = {fact for side in workflow.sides for fact in side.needs_to_return}
    return frozenset(onwards | back) - sources(uow).keys()


def holding(uow: UnitOfWork, group: SponsorGroup, wanted: Collection[Fact]) -> frozenset[Fact]:
    """Name those of the wanted facts that hold for the group now.

    What was recorded as a step before a chapter answered for it goes on holding.
    """
    steps, known = _steps(uow, group), sources(uow)
    return frozenset(
        fact for fact in wanted if fact in steps or (fact in known and known[fact](uow, group))
    )


def _steps(uow: UnitOfWork, group: SponsorGroup) -> frozenset[str]:
    found = uow.all(uow.select(GroupStep).where(GroupStep.group_id == group.id))
    return frozenset(
        step.fact for step in found if step.fact not in FRESH or step.recorded_at >= group.status_at
    )


@dataclass(frozen=True, slots=True)
class Possible:
    """A move that the programme knows from where the group stands, and what it still lacks."""

    id: UUID
    to: str
    title: str
    missing: Sequence[Fact]
    may_override: Sequence[Fact]

    @property
    def sentences(self) -> dict[str, str]:
        return {fact.value: fact.missing for fact in self.missing}


def moves_ahead(uow: UnitOfWork, group_id: UUID) -> Sequence[Possible]:
    """Tell whoever leads a group, or decides on it, where it may go from here."""
    group = uow.get(SponsorGroup, group_id, to=Permission.GROUP_UPDATE)
    found = possible_moves(uow, group)
    if uow.allows(Permission.GROUP_MOVE, group):
        return found
    return [replace(each, missing=_told_to_groups(each.missing)) for each in found]


def _told_to_groups(missing: Sequence[Fact]) -> Sequence[Fact]:
    """Leave out whether a concern is open: those whom it may be about do not learn of one here."""
    return [fact for fact in missing if fact is not Fact.SAFEGUARDING]


def possible_moves(uow: UnitOfWork, group: SponsorGroup) -> Sequence[Possible]:
    """Tell every move from where the group stands, and what is missing for each."""
    workflow = queries.workflow_of(uow, group)
    moves = workflow.moves_from(group.status, group.left_status)
    facts = holding(uow, group, {fact for move in moves for fact in move.needs})
    return [
        Possible(
            id=group.id,
            to=move.target,
            title=workflow.stage(move.target).title,
            missing=move.missing(facts),
            may_override=move.may_override,
        )
        for move in moves
    ]
