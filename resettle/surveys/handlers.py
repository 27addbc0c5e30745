"""What surveys do when a household arrives: they wait for their points."""

from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.events import AnchorMoved, HouseholdArrived
from resettle.surveys import queries, service


def expect_surveys(uow: UnitOfWork, event: HouseholdArrived | AnchorMoved) -> None:
    """Leave a job for each point that is not over; if the day of arrival moves, new ones."""
    household = uow.find(Household, event.household_id)
    assert household is not None
    for window in queries.windows_of(uow, household):
        if window.closes_on >= uow.today:
            service.expect(uow, household, window)
