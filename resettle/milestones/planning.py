"""Bringing a household's milestones in line with the plan of its programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.cases import queries
from resettle.core.classes import DataClass
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.milestones import rules
from resettle.milestones.models import Milestone, Status
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme
from resettle.programmes.milestones import PlannedMilestone, Subject, plan
from resettle.programmes.terms import Anchor

Anchors = Mapping[Anchor, date]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the programme asks of a household now, and what the household has of it."""

    household: Household
    programme: Programme
    planned: Mapping[rules.Key, PlannedMilestone]
    rows: Mapping[rules.Key, Milestone]
    changes: rules.Replan


def anchors_of(household: Household, moved: Anchors | None = None) -> Anchors:
    """Tell the days that due dates are counted from, as they are or as they would be."""
    days = {Anchor.ARRIVED: household.arrived_on, Anchor.PLACED: household.placed_on}
    known = {anchor: day for anchor, day in days.items() if day is not None}
    return known | dict(moved or {})


def expected_anchors(
    uow: UnitOfWork, household: Household, travels_on: date | None = None
) -> Anchors:
    """Tell the days to count back from before a household arrives: its travel, if that is known.

    Without a reception centre on its way it moves in on the day it lands.
    """
    travels_on = travels_on or _travels_on(uow, household)
    if travels_on is None:
        return {}
    programme = uow.use(Catalogue).get(household.programme_code, household.programme_version)
    if programme.support.reception_days:
        return {Anchor.ARRIVED: travels_on}
    return {Anchor.ARRIVED: travels_on, Anchor.PLACED: travels_on}


def _travels_on(uow: UnitOfWork, household: Household) -> date | None:
    days = (case.travel_on for case in queries.of_household(uow, household.id))
    return next((date.fromisoformat(day) for day in days if day), None)


def programme_of(uow: UnitOfWork, household: Household, anchors: Anchors) -> Programme:
    """Find the version in force when the household was placed, or else when it arrived.

    A household from before the first version keeps the version of its file.
    """
    catalogue = uow.use(Catalogue)
    day = anchors.get(Anchor.PLACED) or anchors.get(Anchor.ARRIVED)
    if day is not None:
        try:
            return catalogue.in_force(household.programme_code, day)
        except UnknownProgramme:
            pass
    return catalogue.get(household.programme_code, household.programme_version)


def subjects(uow: UnitOfWork, household: Household, anchors: Anchors) -> list[Subject]:
    """Name the members of today; who came with the household has no day of joining of their own."""
    arrived = anchors.get(Anchor.ARRIVED, date.min)
    return [
        Subject(
            id=str(stay.person_id),
            born=stay.born_on,
            joined_on=stay.joined_on if stay.joined_on > arrived else None,
        )
        for stay in people_at_home(uow, household.id, uow.today)
    ]


def look(
    uow: UnitOfWork,
    household: Household,
    moved: Anchors | None = None,
    travels_on: date | None = None,
) -> Plan:
    """Compare the milestones there are with what is planned, or would be with other days."""
    anchors = anchors_of(household, moved)
    ahead = {} if anchors else expected_anchors(uow, household, travels_on)
    days = anchors or ahead
    programme = programme_of(uow, household, anchors)
    people = subjects(uow, household, days)
    found = plan(programme, days, people) if days else ()
    if ahead:  # only what has to be done before they come
        found = tuple(item for item in found if item.due_on < ahead[Anchor.ARRIVED])
    planned = {key_of(item): item for item in found}
    rows, taken = _rows(uow, household.id, {UUID(person.id) for person in people})
    kept = [_kept(row) for row in rows.values()]
    due = {key: item.due_on for key, item in planned.items()}
    return Plan(household, programme, planned, rows, rules.replan(kept, due, taken))


def key_of(item: PlannedMilestone) -> rules.Key:
    return (UUID(item.subject_id) if item.subject_id else None, item.code)


def _rows(
    uow: UnitOfWork, household_id: UUID, people: set[UUID]
) -> tuple[dict[rules.Key, Milestone], frozenset[rules.Key]]:
    """Fetch what the plan decides on, and the keys of what stands on a day of its own."""
    found = uow.all(uow.select(Milestone).where(Milestone.household_id == household_id))
    present = [row for row in found if row.person_id is None or row.person_id in people]
    planned = {(row.person_id, row.code): row for row in present if not row.own_anchor}
    own = frozenset((row.person_id, row.code) for row in present if row.own_anchor)
    return planned, own


def _kept(row: Milestone) -> rules.Kept:
    dropped = row.status is Status.NOT_APPLICABLE and row.reason == rules.NO_LONGER
    return rules.Kept(
        (row.person_id, row.code), row.due_on, row.due_overridden, row.status.value, dropped
    )


def bring_in_line(uow: UnitOfWork, household: Household) -> None:
    """Add what is planned and missing, move what moved, and set aside what applies no longer."""
    made = look(uow, household)
    for change in made.changes.moved:
        made.rows[change.key].due_on = change.to
    for key in made.changes.dropped:
        row = made.rows[key]
        row.status, row.reason = Status.NOT_APPLICABLE, rules.NO_LONGER
    for key in made.changes.restored:
        row = made.rows[key]
        row.status, row.reason = Status.NOT_STARTED, None
    for key, row in made.rows.items():
        if key in made.planned:
            row.programme_version = made.programme.version
    uow.session.add_all(
        milestone(household.id, made.programme, made.planned[key]) for key in made.changes.added
    )
    uow.session.flush()


def milestone(
    household_id: UUID,
    programme: Programme,
    item: PlannedMilestone,
    *,
    own_anchor: bool = False,
) -> Milestone:
    """Make the row of a planned item."""
    return Milestone(
        household_id=household_id,
        person_id=UUID(item.subject_id) if item.subject_id else None,
        code=item.code,
        domain=item.domain,
        programme_code=programme.code,
        programme_version=programme.version,
        location_bound=item.location_bound,
        restricted=item.data_class is DataClass.HEALTH,
        deadline=item.is_deadline,
        due_on=item.due_on,
        due_rule=due_rule(item.anchor, item.days),
        own_anchor=own_anchor,
    )


def due_rule(anchor: Anchor, days: int) -> str:
    """Write the rule down as a programme file would, so that Due.parse reads it again."""
    sign = "-" if days < 0 else "+"
    return f"{anchor.value} {sign} {abs(days)} days"
