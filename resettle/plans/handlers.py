"""What plans do when the days of support are set or moved, and when people leave."""

from resettle.core.work import UnitOfWork
from resettle.households.events import HouseholdClosed, MemberLeft
from resettle.households.models import Household
from resettle.placements.events import AnchorMoved, HouseholdPlaced
from resettle.plans import leaving
from resettle.plans.exits import begin_if_due, follow_end
from resettle.plans.nights import expect_exits


def watch_end(uow: UnitOfWork, event: HouseholdPlaced | AnchorMoved) -> None:
    """Look at the end of support now and every night; what hangs on it moves with it."""
    household = uow.find(Household, event.household_id)
    assert household is not None
    begin_if_due(uow, household)
    follow_end(uow, household)
    expect_exits(uow, uow.today)


def rest_for_member(uow: UnitOfWork, event: MemberLeft) -> None:
    """Let the goals and steps of somebody who left rest; what was reached stays."""
    leaving.rest(uow, event.household_id, event.person_id)


def rest_for_household(uow: UnitOfWork, event: HouseholdClosed) -> None:
    leaving.rest(uow, event.household_id, None)
    leaving.close_plans(uow, event.household_id)
