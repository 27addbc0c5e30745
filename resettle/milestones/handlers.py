"""What milestones do when a household arrives, is placed or moves, and its people come and go."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from resettle.cases.events import TravelPlanned
from resettle.core.work import UnitOfWork
from resettle.households.events import BirthDateCorrected, HouseholdClosed, MemberJoined, MemberLeft
from resettle.households.models import Household
from resettle.milestones import rules
from resettle.milestones.birthdays import expect_birthdays
from resettle.milestones.models import Milestone, Status
from resettle.milestones.planning import bring_in_line
from resettle.placements.events import (
    AnchorMoved,
    HouseholdArrived,
    HouseholdMoved,
    HouseholdPlaced,
)
from resettle.programmes.terms import Due

LEFT = "Is no longer a member of the household."


def plan_milestones(uow: UnitOfWork, event: HouseholdArrived | HouseholdPlaced) -> None:
    _plan(uow, event.household_id)
    expect_birthdays(uow, uow.today)


def plan_ahead(uow: UnitOfWork, event: TravelPlanned) -> None:
    """Plan what has to be done before a household comes, counted back from its travel."""
    _plan(uow, event.household_id)


def move_due_dates(uow: UnitOfWork, event: AnchorMoved) -> None:
    """Move what nobody set by hand, and count by the version in force on the right day."""
    _plan(uow, event.household_id)


def plan_for_member(uow: UnitOfWork, event: MemberJoined) -> None:
    """Plan the items of a newborn or of somebody who arrives later, from their own day."""
    _plan(uow, event.household_id)


def plan_by_right_age(uow: UnitOfWork, event: BirthDateCorrected) -> None:
    if event.household_id is not None:
        _plan(uow, event.household_id)


def _plan(uow: UnitOfWork, household_id: UUID) -> None:
    household = uow.find(Household, household_id)
    assert household is not None
    bring_in_line(uow, household)


def close_for_member(uow: UnitOfWork, event: MemberLeft) -> None:
    """Set aside what is open for somebody who left; what was met stays."""
    query = uow.select(Milestone).where(
        Milestone.household_id == event.household_id, Milestone.person_id == event.person_id
    )
    for milestone in uow.all(query):
        if milestone.status.value in rules.OPEN:
            milestone.status, milestone.reason = Status.NOT_APPLICABLE, LEFT


def close_for_household(uow: UnitOfWork, event: HouseholdClosed) -> None:
    """Set aside what is open for a household that has gone; what was met stays."""
    query = uow.select(Milestone).where(
        Milestone.household_id == event.household_id,
        Milestone.status.in_([Status.NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED]),
    )
    for milestone in uow.all(query.order_by(Milestone.id)):
        milestone.status = Status.NOT_APPLICABLE
        if not milestone.restricted:
            milestone.reason = event.why


def reopen_after_move(uow: UnitOfWork, event: HouseholdMoved) -> None:
    """Open doctor, school and the like again in a new place, as a round after the one met."""
    if event.from_location == event.to_location:
        return
    query = uow.select(Milestone).where(
        Milestone.household_id == event.household_id, Milestone.location_bound.is_(True)
    )
    for last in _last_rounds(uow.all(query)):
        if last.status is Status.MET:
            days = timedelta(days=Due.parse(last.due_rule).days)
            uow.add(_again(last, event, days))


def _last_rounds(milestones: Iterable[Milestone]) -> list[Milestone]:
    newest: dict[rules.Key, Milestone] = {}
    for milestone in sorted(milestones, key=lambda m: m.round):
        newest[milestone.person_id, milestone.code] = milestone
    return list(newest.values())


def _again(last: Milestone, event: HouseholdMoved, days: timedelta) -> Milestone:
    return Milestone(
        household_id=last.household_id,
        person_id=last.person_id,
        code=last.code,
        round=last.round + 1,
        domain=last.domain,
        programme_code=last.programme_code,
        programme_version=last.programme_version,
        location_bound=True,
        restricted=last.restricted,
        deadline=last.deadline,
        due_on=event.moved_on + days,
        due_rule=last.due_rule,
        own_anchor=True,
    )
