"""How long a group's money lasts at its present pace. Pure: days and sums are arguments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

LOOKED_BACK = 3
LOOKED_AHEAD = 36


def month_of(day: date) -> date:
    return day.replace(day=1)


def after(month: date, by: int = 1) -> date:
    """Name the month that comes some months after another, or before with a number below zero."""
    years, number = divmod(month.month - 1 + by, 12)
    return date(month.year + years, number + 1, 1)


def months_between(first: date, last: date) -> int:
    """Count the months from one to another; below zero if the other is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def by_month(days: Mapping[date, int]) -> Mapping[date, int]:
    """Add up what happened on days by their months."""
    found: dict[date, int] = {}
    for day, cents in days.items():
        found[month_of(day)] = found.get(month_of(day), 0) + cents
    return found


def pace(spent: Mapping[date, int], today: date) -> int:
    """Tell what is spent in a month at present: the mean of the last whole months, at most three.

    A group that has spent only in this month so far is taken to spend as much in each.
    """
    this = month_of(today)
    months = by_month(spent)
    earlier = [month for month in months if month < this]
    if not earlier:
        return max(0, months.get(this, 0))
    since = min(LOOKED_BACK, months_between(min(earlier), this))
    total = sum(months.get(after(this, -back), 0) for back in range(1, since + 1))
    return max(0, -(-total // since))


@dataclass(frozen=True, slots=True)
class Ahead:
    """What will be left at the end of a month: without what is pledged, and with it."""

    month: date
    left: int
    left_with_pledges: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long the money lasts, and what will be short by the end of the support."""

    pace: int
    months: Sequence[Ahead]
    runs_out: date | None
    runs_out_with_pledges: date | None
    until: date | None
    shortfall: int


def forecast(
    at_hand: int,
    each_month: int,
    pledged: Mapping[date, int],
    today: date,
    until: date | None = None,
) -> Forecast:
    """Go on month by month as in the last ones.

    `pledged` is what is still to come, by the day it was promised for: what is late is expected
    this month. `until` is the day on which the support ends.
    """
    this = month_of(today)
    months = []
    for number in range(LOOKED_AHEAD + 1):
        month = after(this, number)
        left = at_hand - each_month * (number + 1)
        coming = sum(cents for day, cents in pledged.items() if month_of(day) <= month)
        months.append(Ahead(month, left, left + coming))
    return Forecast(
        each_month,
        months,
        _first(months, with_pledges=False),
        _first(months, with_pledges=True),
        until,
        _shortfall(months, until),
    )


def _first(months: Sequence[Ahead], *, with_pledges: bool) -> date | None:
    """Name the first month in which nothing is left; None if it lasts as far as is looked."""
    for ahead in months:
        if (ahead.left_with_pledges if with_pledges else ahead.left) < 0:
            return ahead.month
    return None


def _shortfall(months: Sequence[Ahead], until: date | None) -> int:
    """Tell what will be short when the support ends, all pledges kept."""
    if until is None or until < months[0].month:
        return 0
    last = [ahead for ahead in months if ahead.month <= until][-1]
    return max(0, -last.left_with_pledges)
