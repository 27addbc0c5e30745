"""How a calendar lays out its days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.calendars.rules import month, week


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 8)])
def test_a_week_is_from_monday_to_sunday(day):
    span = week(day)

    assert (span.first, span.last) == (date(2026, 3, 2), date(2026, 3, 8))
    assert (span.before, span.after) == (date(2026, 2, 23), date(2026, 3, 9))


@pytest.mark.parametrize(
    ("day", "first", "last", "before", "after"),
    [
        (date(2026, 3, 15), date(2026, 2, 23), date(2026, 4, 5), date(2026, 2, 1),
         date(2026, 4, 1)),
        (date(2027, 2, 28), date(2027, 2, 1), date(2027, 2, 28), date(2027, 1, 1),
         date(2027, 3, 1)),
        (date(2026, 12, 31), date(2026, 11, 30), date(2027, 1, 3), date(2026, 11, 1),
         date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_a_month_is_shown_in_whole_weeks(day, first, last, before, after):
    span = month(day)

    assert (span.first, span.last, span.before, span.after) == (first, last, before, after)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from([week, month]))
def test_every_day_stands_once_in_whole_weeks_and_the_ways_lead_next_door(day, kind):
    span = kind(day)

    days = [each for laid in span.weeks for each in laid]
    assert day in days
    assert {len(laid) for laid in span.weeks} == {7}
    assert days[0].weekday() == 0
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert kind(span.after).before <= day < span.after
    assert span.before < day
