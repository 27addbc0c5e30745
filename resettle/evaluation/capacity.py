"""What is there for households who come, and what breaks if more of them do. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that each household needs one of: how many are free, and for whom."""

    code: str
    title: str
    free: int
    streams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Strain:
    """How far one resource reaches in a month: free then, needed by then, lacking."""

    code: str
    title: str
    free: int
    needed: int

    @property
    def lacking(self) -> int:
        return max(self.needed - self.free, 0)


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month, and how many households and persons of each stream come in it."""

    first: date
    households: int
    persons: int


def month_of(day: date) -> date:
    return day.replace(day=1)


def later(first: date, months: int) -> date:
    """Name the first day of a month so many months on."""
    count = first.year * MONTHS_OF_YEAR + first.month - 1 + months
    return date(count // MONTHS_OF_YEAR, count % MONTHS_OF_YEAR + 1, 1)


def by_month(counts: Mapping[date, tuple[int, int]], first: date, months: int) -> Sequence[Month]:
    """Sum days up to months, each of them there even if nobody comes."""
    found = []
    for number in range(months):
        start, end = later(first, number), later(first, number + 1)
        inside = [pair for day, pair in counts.items() if start <= day < end]
        found.append(Month(start, sum(h for h, _ in inside), sum(p for _, p in inside)))
    return found


def strains(
    resources: Sequence[Resource], coming: Sequence[Month], first: date, more: int
) -> Sequence[Strain]:
    """Say how far each resource reaches until the end of a month in which `more` households come.

    Each household that comes until then takes one of each.
    """
    before = sum(month.households for month in coming if month.first <= first)
    return [Strain(r.code, r.title, r.free, before + more) for r in resources]
