"""What has to be ready before a household comes is planned once its travel is known."""

from datetime import date, timedelta

import pytest

from resettle.cases import service
from resettle.cases.acts import ChangeCase
from resettle.core.actor import SYSTEM
from resettle.milestones.models import Milestone, Status
from resettle.placements.acts import RecordArrival
from resettle.placements.service import record_arrival
from tests.clock import NOW
from tests.journeys import QUOTA, a_family, a_quota_case, a_sponsored_case

TRAVELS = NOW.date() + timedelta(days=40)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


def book(uow, case, day):
    service.change_case(uow, case.id, ChangeCase(travel_on=day))
    uow.settle()
    uow.session.flush()


def open_codes(uow, case):
    query = uow.select(Milestone).where(
        Milestone.household_id == case.household_id, Milestone.status == Status.NOT_STARTED
    )
    return {milestone.code: milestone.due_on for milestone in uow.all(query)}


class TestTravelPlanned:
    def test_what_the_group_prepares_is_counted_back_from_the_travel(self, uow):
        case = a_sponsored_case(
            uow,
            a_family(uow, ("PA", date(1990, 5, 17)), programme_code="cors", programme_version=2),
        )

        book(uow, case, TRAVELS)

        due = open_codes(uow, case)
        assert due["PRE-06"] == TRAVELS - timedelta(days=7)
        assert due["PRE-05"] == TRAVELS - timedelta(days=1)
        assert all(day < TRAVELS for day in due.values())

    def test_the_quota_waits_with_the_house_for_the_day_of_moving_in(self, uow):
        case = a_quota_case(uow, a_family(uow, ("PA", date(1990, 5, 17)), **QUOTA))

        book(uow, case, TRAVELS)

        assert open_codes(uow, case) == {"PRE-06": TRAVELS - timedelta(days=7)}

    def test_a_later_flight_moves_it_and_none_takes_it_back(self, uow):
        case = a_sponsored_case(
            uow,
            a_family(uow, ("PA", date(1990, 5, 17)), programme_code="cors", programme_version=2),
        )
        book(uow, case, TRAVELS)

        book(uow, case, TRAVELS + timedelta(days=10))
        assert open_codes(uow, case)["PRE-06"] == TRAVELS + timedelta(days=3)

        book(uow, case, None)
        assert open_codes(uow, case) == {}

    def test_the_arrival_counts_from_then_on(self, uow):
        case = a_sponsored_case(
            uow,
            a_family(uow, ("PA", date(1990, 5, 17)), programme_code="cors", programme_version=2),
        )
        book(uow, case, TRAVELS)

        record_arrival(uow, case.household_id, RecordArrival(date(2026, 3, 1)))
        uow.settle()

        due = open_codes(uow, case)
        assert due["PRE-06"] == date(2026, 2, 22)
        assert any(day > date(2026, 3, 1) for day in due.values())
