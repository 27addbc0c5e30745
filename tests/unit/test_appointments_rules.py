"""When an appointment is, across the change of clocks, and with what it clashes."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from resettle.appointments.rules import (
    Clash,
    Slot,
    clashes,
    lacks_interpreter,
    midnights,
    moment,
    time_faults,
)
from resettle.core.clock import AUCKLAND

NINE = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
HOME, OTHER_HOME, ZAHRA, OMID, MERE, HEMI = (UUID(int=n) for n in range(1, 7))


class TestMoment:
    @pytest.mark.parametrize(
        ("day", "at", "expected"),
        [
            # Summer time ends on 5 April 2026 at 3:00, and begins on 27 September at 2:00.
            (date(2026, 4, 4), time(9), datetime(2026, 4, 3, 20, tzinfo=UTC)),
            (date(2026, 4, 5), time(9), datetime(2026, 4, 4, 21, tzinfo=UTC)),
            (date(2026, 4, 5), time(2, 30), datetime(2026, 4, 4, 13, 30, tzinfo=UTC)),
            (date(2026, 9, 26), time(9), datetime(2026, 9, 25, 21, tzinfo=UTC)),
            (date(2026, 9, 27), time(9), datetime(2026, 9, 26, 20, tzinfo=UTC)),
            (date(2026, 9, 27), time(3), datetime(2026, 9, 26, 14, tzinfo=UTC)),
            (date(2026, 9, 27), time(2, 30), None),
            (date(2026, 9, 27), time(2), None),
        ],
    )
    def test_nine_in_the_morning_is_nine_whatever_the_clocks_do(self, day, at, expected):
        assert moment(day, at, AUCKLAND) == expected

    def test_the_day_on_which_the_clocks_go_back_has_25_hours(self):
        begins, ends = midnights(date(2026, 4, 5), date(2026, 4, 5), AUCKLAND)

        assert ends - begins == timedelta(hours=25)

    def test_the_day_on_which_they_go_forward_has_23(self):
        begins, ends = midnights(date(2026, 9, 27), date(2026, 9, 27), AUCKLAND)

        assert ends - begins == timedelta(hours=23)


def a_slot(number, *, home=HOME, person=ZAHRA, along=None, begins=NINE, minutes=60):
    ends = begins + timedelta(minutes=minutes)
    return Slot(UUID(int=100 + number), home, person, along, begins, ends)


class TestClashes:
    @pytest.mark.parametrize(
        ("other", "of_people"),
        [
            ({}, True),
            ({"person": None}, True),
            ({"person": OMID}, None),
            ({"person": OMID, "along": MERE}, False),
            ({"along": MERE}, True),
            ({"home": OTHER_HOME, "person": ZAHRA}, None),
            ({"home": OTHER_HOME, "along": MERE}, False),
            ({"home": OTHER_HOME, "along": HEMI}, None),
            ({"begins": NINE + timedelta(minutes=60)}, None),
            ({"begins": NINE - timedelta(minutes=60)}, None),
            ({"begins": NINE + timedelta(minutes=59)}, True),
            ({"begins": NINE - timedelta(minutes=59)}, True),
            ({"begins": NINE + timedelta(minutes=10), "minutes": 5}, True),
        ],
    )
    def test_the_same_people_or_companion_at_overlapping_times(self, other, of_people):
        mine, theirs = a_slot(1, along=MERE), a_slot(2, **other)

        expected = () if of_people is None else (Clash(theirs.id, of_people=of_people),)
        assert clashes(mine, [theirs]) == expected

    def test_a_whole_household_is_in_one_place(self):
        mine, theirs = a_slot(1, person=None), a_slot(2, person=OMID)

        assert clashes(mine, [theirs]) == (Clash(theirs.id, of_people=True),)

    def test_none_clashes_with_itself(self):
        mine = a_slot(1, along=MERE)

        assert clashes(mine, [mine]) == ()

    def test_they_lie_both_ways(self):
        mine, theirs = a_slot(1), a_slot(2, begins=NINE + timedelta(minutes=30))

        assert [c.with_id for c in clashes(theirs, [mine])] == [mine.id]
        assert [c.with_id for c in clashes(mine, [theirs])] == [theirs.id]


@pytest.mark.parametrize(
    ("outcome", "needed", "booked", "lacks"),
    [
        ("planned", True, False, True),
        ("planned", True, True, False),
        ("planned", False, False, False),
        ("attended", True, False, False),
    ],
)
def test_an_interpreter_lacks_while_it_is_to_come(outcome, needed, booked, lacks):
    assert lacks_interpreter(outcome, needed=needed, booked=booked) is lacks


@pytest.mark.parametrize(
    ("minutes", "fields"), [(1, set()), (24 * 60, set()), (24 * 60 + 1, {"ends_at"}),
                            (0, {"ends_at"}), (-5, {"ends_at"})],
)  # fmt: skip
def test_it_ends_after_it_begins_and_within_a_day(minutes, fields):
    assert time_faults(NINE, NINE + timedelta(minutes=minutes)).keys() == fields
