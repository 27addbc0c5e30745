"""What is decided of shifts: who clashes, who may drive whom, rhythms, hours."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from resettle.roster import rules
from resettle.roster.rules import Driver, Riders, Slot
from resettle.sponsors.rules import PARTS_OF_WEEK

DAY = date(2026, 3, 2)
TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANA, TOM = UUID(int=1), UUID(int=2)
ONE, OTHER = UUID(int=11), UUID(int=12)


def slot(number, home=ONE, member=ANA, starts_at=TEN, minutes=60):
    return Slot(UUID(int=number), home, member, starts_at, starts_at + timedelta(minutes=minutes))


class TestClashes:
    @pytest.mark.parametrize(
        ("other", "member", "household"),
        [
            (slot(2), True, True),
            (slot(2, OTHER), True, False),
            (slot(2, ONE, TOM), False, True),
            (slot(2, OTHER, TOM), False, False),
            (slot(2, starts_at=TEN + timedelta(hours=1)), False, False),
            (slot(1), False, False),
        ],
    )
    def test_it(self, other, member, household):
        assert rules.of_member(slot(1), [other]) is member
        assert rules.of_household(slot(1), [other]) is household

    def test_nobody_is_never_somewhere_else(self):
        assert not rules.of_member(slot(1, member=None), [slot(2, member=None)])


class TestRiders:
    @pytest.mark.parametrize(
        ("born", "expected"),
        [
            ([], Riders(0, 0, 0)),
            ([date(1990, 1, 1), date(2008, 3, 2)], Riders(2, 0, 0)),
            ([date(2008, 3, 3)], Riders(1, 1, 0)),
            ([date(2019, 3, 2), date(2019, 3, 3)], Riders(2, 2, 1)),
        ],
    )
    def test_ages_count_on_the_day_of_the_ride(self, born, expected):
        assert rules.riders(born, DAY, seat_before=7) == expected


class TestDriverFaults:
    ABLE = Driver(date(2027, 1, 1), 4, 1, may_drive_children=True)
    FAMILY = Riders(3, 1, 1)

    @pytest.mark.parametrize(
        ("driver", "who", "fault"),
        [
            (ABLE, FAMILY, ""),
            (Driver(date(2027, 1, 1), 4, 1, may_drive_children=False), FAMILY, "drive children"),
            (Driver(date(2027, 1, 1), 4, 1, may_drive_children=False), Riders(2, 0, 0), ""),
            (Driver(None, 4, 1, may_drive_children=True), FAMILY, "No driver licence"),
            (Driver(date(2026, 3, 1), 4, 1, may_drive_children=True), FAMILY, "No driver licence"),
            (Driver(DAY, 4, 1, may_drive_children=True), FAMILY, ""),
            (
                Driver(DAY, 2, 1, may_drive_children=True),
                FAMILY,
                "3 people ride, and the car has 2",
            ),
            (Driver(DAY, 4, 0, may_drive_children=True), FAMILY, "1 of them need a seat"),
        ],
    )
    def test_it(self, driver, who, fault):
        faults = rules.driver_faults(driver, who, DAY)

        assert (fault in " ".join(faults)) if fault else faults == []


class TestPartOfWeek:
    @pytest.mark.parametrize(
        ("hour", "part"),
        [
            (0, "mon_morning"),
            (11, "mon_morning"),
            (12, "mon_afternoon"),
            (16, "mon_afternoon"),
            (17, "mon_evening"),
            (23, "mon_evening"),
        ],
    )
    def test_noon_and_five_part_the_day(self, hour, part):
        assert rules.part_of_week(TEN.replace(hour=hour)) == part

    def test_every_part_is_one_that_members_can_name(self):
        week = [TEN + timedelta(hours=hour) for hour in range(7 * 24)]

        assert {rules.part_of_week(at) for at in week} == {*PARTS_OF_WEEK}


class TestSeries:
    @pytest.mark.parametrize(
        ("every", "until", "days"),
        [
            (None, None, [2]),
            (1, date(2026, 3, 16), [2, 9, 16]),
            (2, date(2026, 3, 29), [2, 16]),
            (1, date(2026, 3, 8), [2]),
        ],
    )
    def test_days(self, every, until, days):
        found = rules.days_of_series(DAY, every, until)

        assert [day.day for day in found] == days

    @pytest.mark.parametrize(
        ("every", "until", "field"),
        [
            (None, None, None),
            (None, DAY, "every_weeks"),
            (1, None, "until"),
            (1, date(2026, 3, 1), "until"),
            (1, date(2026, 12, 1), "until"),
            (1, date(2026, 4, 1), None),
        ],
    )
    def test_faults(self, every, until, field):
        assert [*rules.rhythm_faults(DAY, every, until, most=26)] == ([field] if field else [])


@pytest.mark.parametrize(
    ("minutes", "counted"), [(0, 0), (7, 5), (8, 10), (61, 60), (26 * 60, 1440), (-5, 0)]
)
def test_minutes_are_counted_to_five_and_to_a_day(minutes, counted):
    assert rules.minutes_between(TEN, TEN + timedelta(minutes=minutes)) == counted


def test_a_shift_ends_after_it_begins_and_within_a_day():
    assert rules.time_faults(TEN, TEN + timedelta(hours=1)) == {}
    assert [*rules.time_faults(TEN, TEN)] == ["ends_at"]
    assert [*rules.time_faults(TEN, TEN + timedelta(hours=25))] == ["ends_at"]
