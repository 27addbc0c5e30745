"""What is there for households who come, and what breaks if more of them do. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that each household needs one of: how many are free, and for which streams.

    No streams named: households of every stream need it.
    """

    code: str
    title: str
    free: int
    streams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Strain:
    """How far one resource reaches in a month: free then, needed by then, lacking.

    `breaks_in` is the first month in which it gives way, if there is one by then.
    """

    code: str
    title: str
    free: int
    needed: int
    breaks_in: date | None = None

    @property
    def lacking(self) -> int:
        return max(self.needed - self.free, 0)


@dataclass(frozen=True, slots=True)
class Month:
    """The first day of a month, and how many households and persons come in it."""

    first: date
    households: int
    persons: int
    by_stream: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Left:
    """A month ahead: who is expected, and what is left of each resource at its end."""

    first: date
    households: int
    persons: int
    left: Sequence[int]


Counts = Mapping[tuple[date, str], tuple[int, int]]


def month_of(day: date) -> date:
    return day.replace(day=1)


def later(first: date, months: int) -> date:
    """Name the first day of a month so many months on."""
    count = first.year * MONTHS_OF_YEAR + first.month - 1 + months
    return date(count // MONTHS_OF_YEAR, count % MONTHS_OF_YEAR + 1, 1)


def until(first: date, last: date) -> int:
    """Count the months from one first day of a month to another."""
    return (last.year - first.year) * MONTHS_OF_YEAR + last.month - first.month


def by_month(counts: Counts, first: date, months: int) -> Sequence[Month]:
    """Sum days up to months, each of them there even if nobody comes."""
    starts = [later(first, number) for number in range(months)]
    return [_month(counts, start, later(start, 1)) for start in starts]


def _month(counts: Counts, start: date, end: date) -> Month:
    inside = [(stream, pair) for (day, stream), pair in counts.items() if start <= day < end]
    by_stream: dict[str, int] = {}
    for stream, (households, _) in inside:
        by_stream[stream] = by_stream.get(stream, 0) + households
    persons = sum(persons for _, (_, persons) in inside)
    return Month(start, sum(by_stream.values()), persons, by_stream)


def and_more(coming: Sequence[Month], first: date, more: int, stream: str) -> Sequence[Month]:
    """Let so many more households of a stream come in a month."""
    return [
        replace(
            month,
            households=month.households + more,
            by_stream={**month.by_stream, stream: month.by_stream.get(stream, 0) + more},
        )
        if month.first == first
        else month
        for month in coming
    ]


def strains(resources: Sequence[Resource], coming: Sequence[Month], last: date) -> Sequence[Strain]:
    """Say how far each resource reaches until the end of a month.

    Each household that comes takes one of each that its stream needs, and none is given back.
    """
    months = [month for month in coming if month.first <= last]
    return [_strain(resource, months) for resource in resources]


def _strain(resource: Resource, months: Sequence[Month]) -> Strain:
    needed, breaks_in = 0, None
    for month in months:
        needed += _takes(resource, month)
        if needed > resource.free and breaks_in is None:
            breaks_in = month.first
    return Strain(resource.code, resource.title, resource.free, needed, breaks_in)


def _takes(resource: Resource, month: Month) -> int:
    if not resource.streams:
        return month.households
    return sum(many for stream, many in month.by_stream.items() if stream in resource.streams)


def first_to_break(found: Sequence[Strain]) -> Strain | None:
    """Name what gives way first: in the earliest month, and there what lacks most."""
    broken = [strain for strain in found if strain.breaks_in is not None]
    return min(broken, key=lambda s: (s.breaks_in, -s.lacking), default=None)


def left_by_month(resources: Sequence[Resource], coming: Sequence[Month]) -> Sequence[Left]:
    """Say what is left of each resource at the end of each month; below nothing, what lacks."""
    left = [resource.free for resource in resources]
    told = []
    for month in coming:
        left = [
            free - _takes(resource, month) for free, resource in zip(left, resources, strict=True)
        ]
        told.append(Left(month.first, month.households, month.persons, tuple(left)))
    return told
