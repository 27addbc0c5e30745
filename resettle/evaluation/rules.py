"""The middle of a histogram, shares, and what a raw comparison of streams is not. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

SELECTION_WARNING = (
    "Sponsorship selects on age, English and work history; the quota does not. "
    "A raw difference between the two is not an effect."
)
IN_DAYS = 5
# How many standard errors a number may be off, 19 times in 20.
WIDTH = 1.96


def median(histogram: Sequence[tuple[int, int]]) -> int | None:
    """Find the middle of values with their counts; the lower of the two middle ones."""
    total = sum(count for _, count in histogram)
    seen = 0
    for value, count in sorted(histogram):
        seen += count
        if 2 * seen >= total:
            return value
    return None


@dataclass(frozen=True, slots=True)
class Share:
    """A share with both its numbers; percent only where the denominator bears it."""

    numerator: int
    denominator: int
    unknown: int

    def percent(self, least: int) -> int | None:
        """Give whole percent, or None where fewer than `least` were counted."""
        if self.denominator < max(least, 1):
            return None
        return round(100 * self.numerator / self.denominator)


def middle(values: Sequence[int], part: float) -> int | None:
    """Tell a number of days that so many do not exceed, in fives; None of none."""
    if not values:
        return None
    found = sorted(values)[max(ceil(part * len(values)) - 1, 0)]
    return IN_DAYS * ceil(found / IN_DAYS)


def around(values: Sequence[int]) -> tuple[int | None, int | None]:
    """Tell between which numbers of days the middle is, 19 times in 20, by the ranks; in fives."""
    if not values:
        return None, None
    found, off = sorted(values), WIDTH * sqrt(len(values)) / 2
    low = found[max(floor(len(found) / 2 - off) - 1, 0)]
    high = found[min(ceil(len(found) / 2 + off), len(found) - 1)]
    return IN_DAYS * floor(low / IN_DAYS), IN_DAYS * ceil(high / IN_DAYS)
