"""Hours, costs and incidents for a household, against a small world that is counted by hand."""

from datetime import date, datetime, timedelta

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.clock import AUCKLAND
from resettle.core.crypto import Keyring
from resettle.evaluation import means
from resettle.evaluation.averages import MEANS
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.means import DAYS_OF_MONTH, Weighed
from resettle.funds.models import FundEntry
from resettle.funds.rules import Kind, State
from resettle.households.models import Household
from resettle.incidents.models import Incident
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.releases.keys import ReleaseKeys
from resettle.roster.models import Shift, ShiftKind, ShiftStatus
from tests.crowds import a_home
from tests.groups import a_group

AS_AT = date(2026, 3, 2)
FIRST = AS_AT - timedelta(days=91)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def world(uow):
    return World(uow)


class World:
    """A household, supported by a group for all of the quarter."""

    def __init__(self, uow):
        self.uow = uow
        home = a_home(uow, 4)
        self.household = uow.find(Household, home.household_id)
        self.group = a_group(uow)
        self.about = {"household_id": self.household.id, "group_id": self.group.id}
        status, begun = SponsorshipStatus.CONFIRMED, date(2025, 7, 1)
        days = {"proposed_on": begun, "confirmed_on": begun}
        match = Sponsorship(**self.about, **days, route="NOMINATED", status=status, persons=4)
        self.match = uow.add(match)

    def gives(self, minutes, on=AS_AT, status=ShiftStatus.DONE):
        at = datetime(on.year, on.month, on.day, 10, tzinfo=AUCKLAND)
        times = {"starts_at": at, "ends_at": at + timedelta(hours=1), "minutes": minutes}
        self.uow.add(Shift(**self.about, kind=ShiftKind.VISIT, status=status, **times))

    def pays(self, dollars, kind=Kind.SPEND, state=State.APPROVED, on=AS_AT):
        told = {"kind": kind, "state": state, "happened_on": on, "cents": dollars * 100}
        self.uow.add(FundEntry(**self.about, **told))

    def meets_with_something(self, on=AS_AT):
        about = {"household_id": self.household.id, "happened_on": on, "severity": 2}
        self.uow.add(Incident(**about, safeguarding=False, reported_at=self.uow.now))

    def found(self, code):
        self.uow.session.flush()
        definition = self.uow.use(Evaluation).indicators[code]
        found = MEANS[definition.measure](self.uow, definition, AS_AT)
        name = ReleaseKeys.of(self.uow.use(Keyring)).name(self.household.id)
        return found.get(name)


class TestHours:
    def test_hours_that_were_counted_in_the_quarter(self, world):
        world.gives(90)
        world.gives(60, FIRST)
        world.gives(600, FIRST - timedelta(days=1))
        world.gives(600, AS_AT + timedelta(days=1))
        world.gives(600, status=ShiftStatus.CANCELLED)

        assert world.found("IND-VOLHRS") == Weighed(2.5, 92 / DAYS_OF_MONTH)

    @pytest.mark.parametrize(
        ("confirmed_on", "ended_on", "days"),
        [
            (AS_AT, None, 1),
            (FIRST, FIRST + timedelta(days=10), 10),
            (date(2025, 7, 1), AS_AT + timedelta(days=30), 92),
        ],
    )
    def test_months_are_those_of_support_within_it(self, world, confirmed_on, ended_on, days):
        world.match.confirmed_on, world.match.ended_on = confirmed_on, ended_on

        assert world.found("IND-VOLHRS") == Weighed(0, days / DAYS_OF_MONTH)

    @pytest.mark.parametrize(
        ("confirmed_on", "ended_on"),
        [(None, None), (AS_AT + timedelta(days=1), None), (date(2025, 7, 1), FIRST)],
    )
    def test_who_was_not_supported_in_it_is_not_counted(self, world, confirmed_on, ended_on):
        world.match.confirmed_on, world.match.ended_on = confirmed_on, ended_on

        assert world.found("IND-VOLHRS") is None


class TestCosts:
    def test_money_and_gifts_less_what_came_back(self, world):
        world.pays(900)
        world.pays(300, Kind.DONATION_IN_KIND, State.RECORDED)
        world.pays(100, Kind.REFUND, State.RECORDED)
        world.pays(5000, Kind.DONATION_CASH, State.RECORDED)
        world.pays(700, state=State.WAITING)
        world.pays(700, on=AS_AT + timedelta(days=1))

        assert world.found("IND-COST") == Weighed(1100, 4)


class TestIncidents:
    def test_those_of_the_quarter(self, world):
        for on in (AS_AT, FIRST, FIRST - timedelta(days=1), AS_AT + timedelta(days=1)):
            world.meets_with_something(on)

        assert world.found("IND-INC") == Weighed(2, 92 / DAYS_OF_MONTH)

    def test_who_has_not_arrived_is_not_counted(self, world):
        world.household.arrived_on = None

        assert world.found("IND-INC") is None


class TestMean:
    @pytest.mark.parametrize(
        ("code", "found", "mean"),
        [
            ("IND-VOLHRS", [Weighed(30, 3), Weighed(12, 3)], 5),
            ("IND-VOLHRS", [Weighed(60, 3), Weighed(30, 3)], 15),
            ("IND-COST", [Weighed(8000, 4), Weighed(1000, 2)], 1500),
            ("IND-INC", [Weighed(1, 3), Weighed(0, 3), Weighed(0, 4)], 10),
            ("IND-INC", [], None),
        ],
    )
    def test_it_is_told_in_steps(self, uow, code, found, mean):
        assert means.mean(found, uow.use(Evaluation).indicators[code]) == mean

    @pytest.mark.parametrize(
        ("found", "between"),
        [
            ([Weighed(30, 3), Weighed(30, 3)], (10, 10)),  # alike, so it is sure
            # 0, 10 and 20 an hour: 10 in the middle, give or take 1.96 times 5.8.
            ([Weighed(0, 1), Weighed(10, 1), Weighed(20, 1)], (0, 25)),
            # 50 with 60: 55 in the middle, give or take 1.96 times 5.
            ([Weighed(100, 2), Weighed(120, 2)], (45, 65)),
            ([Weighed(30, 3)], (None, None)),
            ([], (None, None)),
        ],
    )
    def test_its_interval_is_told_in_the_same_steps_outwards(self, uow, found, between):
        assert means.interval(found, uow.use(Evaluation).indicators["IND-VOLHRS"]) == between
