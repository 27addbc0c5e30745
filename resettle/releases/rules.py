"""Days of figures, shares of told numbers, and tables that should add up. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

LEAST_FOR_PERCENT = 30
# The 97.5 percent point of the normal distribution: intervals of 95 percent.
NORMAL = 1.959963984540054
MONTHS_OF_QUARTER = 3


def quarter_end(day: date) -> date:
    """Name the last end of a quarter that is not after the day."""
    tomorrow = day + timedelta(days=1)
    first = (tomorrow.month - 1) // MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1
    return date(tomorrow.year, first, 1) - timedelta(days=1)


def day_fault(asked: date, today: date, *, quarters: bool) -> str | None:
    """Say why figures cannot be as at a day."""
    if asked > today:
        return "Figures are of days that have been."
    if quarters and asked != quarter_end(asked):
        return "This audience is told figures as at the end of a quarter."
    return None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of numbers that are told, in whole percent, with its interval."""

    percent: int
    low: int
    high: int


def share(numerator: object, denominator: object) -> Share | None:
    """Give a share, or None where a number is hidden or too few were counted (6.6, step 9)."""
    if not isinstance(numerator, int) or not isinstance(denominator, int):
        return None
    if denominator < LEAST_FOR_PERCENT:
        return None
    part = min(numerator / denominator, 1.0)
    low, high = interval(part, denominator)
    return Share(*(round(100 * each) for each in (part, low, high)))


def interval(part: float, count: int) -> tuple[float, float]:
    """Give Wilson's interval of a share."""
    square = NORMAL**2 / count
    middle = (part + square / 2) / (1 + square)
    half = NORMAL * sqrt(part * (1 - part) / count + square / (4 * count)) / (1 + square)
    return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Whether the parts of a table add up to the total that is stated with it."""

    parts: Mapping[str, int]
    total: int
    stated: int | None

    @property
    def difference(self) -> int:
        return 0 if self.stated is None else self.total - self.stated

    @property
    def warning(self) -> str | None:
        if self.difference == 0:
            return None
        return (
            f"The parts add up to {self.total:,}, the stated total is {self.stated:,}: "
            f"{abs(self.difference):,} {'more' if self.difference > 0 else 'fewer'}. "
            "Say which is right before you publish either."
        )


def reconcile(parts: Mapping[str, int], stated: int | None) -> Reconciled:
    """Add the parts of somebody's table up, beside the total that they state."""
    return Reconciled(parts, sum(parts.values()), stated)
