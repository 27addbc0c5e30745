"""When a task that repeats is due again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.tasks.rules import Rhythm, next_due, rhythm_faults

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("every", "unit", "begun", "after", "expected"),
    [
        (1, "day", MONDAY, MONDAY, date(2026, 3, 3)),
        (3, "day", MONDAY, date(2026, 3, 9), date(2026, 3, 11)),
        (1, "week", MONDAY, MONDAY, date(2026, 3, 9)),
        (1, "week", MONDAY, date(2026, 3, 20), date(2026, 3, 23)),
        (2, "week", MONDAY, date(2026, 3, 9), date(2026, 3, 16)),
        (2, "week", date(2026, 3, 28), date(2026, 4, 3), date(2026, 4, 11)),
        (1, "month", date(2026, 1, 31), date(2026, 1, 31), date(2026, 2, 28)),
        (1, "month", date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
        (1, "month", date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29)),
        (3, "month", date(2026, 11, 30), date(2026, 12, 24), date(2027, 2, 28)),
        (12, "month", date(2024, 2, 29), date(2026, 3, 1), date(2027, 2, 28)),
        (1, "month", date(2026, 3, 15), date(2026, 1, 1), date(2026, 4, 15)),
        (1, "week", MONDAY, date(2026, 1, 1), date(2026, 3, 9)),
    ],
)
def test_it_comes_again_in_its_rhythm_and_nobody_catches_up(every, unit, begun, after, expected):
    assert next_due(Rhythm(every, unit, begun), after) == expected


@pytest.mark.parametrize(
    ("until", "expected"), [(date(2026, 3, 9), date(2026, 3, 9)), (date(2026, 3, 8), None)]
)
def test_it_comes_until_its_last_day(until, expected):
    assert next_due(Rhythm(1, "week", MONDAY, until), MONDAY) == expected


@given(
    every=st.integers(1, 366),
    unit=st.sampled_from(["day", "week", "month"]),
    begun=st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    passed=st.integers(0, 4000),
)
def test_it_lies_after_the_day_and_within_one_turn(every, unit, begun, passed):
    after = begun + timedelta(days=passed)

    found = next_due(Rhythm(every, unit, begun), after)

    longest = {"day": 1, "week": 7, "month": 31}[unit] * every
    assert after < found <= after + timedelta(days=longest)


@pytest.mark.parametrize(
    ("every", "unit", "until", "fields"),
    [
        (None, None, None, set()),
        (1, "week", None, set()),
        (1, "week", MONDAY, set()),
        (1, None, None, {"repeat_unit"}),
        (None, "week", None, {"repeat_every"}),
        (None, None, MONDAY, {"repeat_every"}),
        (2, "day", date(2026, 3, 1), {"repeat_until"}),
    ],
)
def test_a_rhythm_that_says_too_little_is_refused(every, unit, until, fields):
    assert rhythm_faults(MONDAY, every, unit, until).keys() == fields
