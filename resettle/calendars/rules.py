"""The days of weeks and months, as a calendar lays them out: weeks begin on Monday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are shown, from the first to the last, and what lies on either side."""

    first: date
    last: date
    before: date
    after: date

    @property
    def weeks(self) -> Sequence[Sequence[date]]:
        """Lay the days out week by week."""
        days = [self.first + n * DAY for n in range((self.last - self.first).days + 1)]
        return [days[n : n + 7] for n in range(0, len(days), 7)]


def week(day: date) -> Span:
    monday = _monday(day)
    return Span(monday, monday + 6 * DAY, monday - WEEK, monday + WEEK)


def month(day: date) -> Span:
    """Give the whole weeks that hold a month; before and after it lie other months."""
    first = day.replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    last = _monday(after - DAY) + 6 * DAY
    return Span(_monday(first), last, (first - DAY).replace(day=1), after)


def _monday(day: date) -> date:
    return day - day.weekday() * DAY
