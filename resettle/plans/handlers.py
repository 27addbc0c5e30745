"""What plans do when the days of a household's support are set or moved."""

from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.events import AnchorMoved, HouseholdPlaced
from resettle.plans.exits import begin_if_due, follow_end
from resettle.plans.nights import expect_exits


def watch_end(uow: UnitOfWork, event: HouseholdPlaced | AnchorMoved) -> None:
    """Look at the end of support now and every night; what hangs on it moves with it."""
    household = uow.find(Household, event.household_id)
    assert household is not None
    begin_if_due(uow, household)
    follow_end(uow, household)
    expect_exits(uow, uow.today)
