"""How fairly places are given: wait, ties and fit by group, with intervals. Pure.

Small groups are never told, and where one of a dimension is hidden another is, since the rest
could be worked out from the whole (access.md 6.6). `told` is the one way out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean, stdev
from typing import Any

from resettle.core.late import special

CONFIDENCE = 0.95
# Derived figures are told of so many persons and households at least.
LEAST_PERSONS, LEAST_HOUSEHOLDS = 30, 10
WHOLE = "all"
# What small groups are called together: that there is somebody of a rare nationality tells of them.
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Placed:
    """A household that was matched: who, as far as groups go, and how well it went for it.

    `near_ties` is None for a household without ties anywhere; `fit` is the weight for each person.
    """

    household: str
    persons: int
    groups: Mapping[str, str]
    wait_days: int
    placed: bool
    near_ties: bool | None
    fit: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean or a share with its interval; None where there is nothing to tell it of."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """One group of one dimension. Those that are hidden stand as one, without their names."""

    dimension: str
    name: str
    persons: int | None = None
    households: int | None = None
    wait_days: Figure | None = None
    placed: Figure | None = None
    near_ties: Figure | None = None
    fit: Figure | None = None

    @property
    def hidden(self) -> bool:
        return self.persons is None


def told(rows: Sequence[Placed], dimensions: Sequence[str]) -> Sequence[Group]:
    """Tell the figures of the whole, and of each group that is large enough."""
    if not rows:
        return []
    if not _is_large(rows):
        return [Group(WHOLE, WHOLE)]
    found = [_group(WHOLE, WHOLE, rows)]
    for dimension in dimensions:
        found += _of_dimension(rows, dimension)
    return found


def _of_dimension(rows: Sequence[Placed], dimension: str) -> Sequence[Group]:
    groups: dict[str, list[Placed]] = {}
    for row in rows:
        groups.setdefault(row.groups.get(dimension, ""), []).append(row)
    hidden = {name for name, members in groups.items() if not _is_large(members)}
    small = [row for name in hidden for row in groups[name]]
    if hidden and (len(hidden) == 1 or not _is_large(small)):
        shown = {name: sum(r.persons for r in groups[name]) for name in groups.keys() - hidden}
        if shown:
            hidden.add(min(shown, key=lambda name: (shown[name], name)))
    told_of = [
        _group(dimension, name, members)
        for name, members in sorted(groups.items())
        if name not in hidden
    ]
    shown_rows = {name: members for name, members in groups.items() if name not in hidden}
    return [
        *_without_what_few_are_left_of(told_of, shown_rows, rows),
        *([Group(dimension, OTHERS)] if hidden else []),
    ]


def _without_what_few_are_left_of(
    told_of: Sequence[Group], shown: Mapping[str, Sequence[Placed]], rows: Sequence[Placed]
) -> Sequence[Group]:
    """Leave out of all groups a figure that could be worked out from the whole for a few others.

    Ties are told of who has some and fit of who has a place: who is left may then be very few.
    """
    for figure, counts in COUNTS.items():
        telling = [g.name for g in told_of if getattr(g, figure) is not None]
        left = sum(map(counts, rows)) - sum(counts(r) for name in telling for r in shown[name])
        if 0 < left < LEAST_HOUSEHOLDS:
            nothing: dict[str, Any] = {figure: None}
            told_of = [replace(group, **nothing) for group in told_of]
    return told_of


# Of whom a figure is told, where that is not everybody.
COUNTS: Mapping[str, Callable[[Placed], bool]] = {
    "near_ties": lambda row: row.near_ties is not None,
    "fit": lambda row: row.placed,
}


def _is_large(rows: Sequence[Placed]) -> bool:
    return len(rows) >= LEAST_HOUSEHOLDS and sum(r.persons for r in rows) >= LEAST_PERSONS


def _group(dimension: str, name: str, rows: Sequence[Placed]) -> Group:
    tied = [row.near_ties for row in rows if row.near_ties is not None]
    placed = [row for row in rows if row.placed]
    return Group(
        dimension,
        name,
        persons=sum(row.persons for row in rows),
        households=len(rows),
        wait_days=mean([float(row.wait_days) for row in rows]),
        placed=share([row.placed for row in rows]),
        near_ties=share(tied),
        fit=mean([row.fit for row in placed]),
    )


def mean(values: Sequence[float]) -> Figure | None:
    """Give a mean with Student's interval. Too few to tell of are told as nothing."""
    if len(values) < LEAST_HOUSEHOLDS:
        return None
    middle = fmean(values)
    reach = (
        float(special.stdtrit(len(values) - 1, (1 + CONFIDENCE) / 2))
        * stdev(values)
        / sqrt(len(values))
    )
    return Figure(middle, middle - reach, middle + reach)


def share(values: Sequence[bool]) -> Figure | None:
    """Give a share with Wilson's interval."""
    if len(values) < LEAST_HOUSEHOLDS:
        return None
    number, z = len(values), float(special.ndtri((1 + CONFIDENCE) / 2))
    part = sum(values) / number
    spread = z * sqrt(part * (1 - part) / number + (z / (2 * number)) ** 2)
    below, middle = 1 + z**2 / number, part + z**2 / (2 * number)
    return Figure(part, max((middle - spread) / below, 0.0), min((middle + spread) / below, 1.0))


def apart(groups: Sequence[Group], of: Callable[[Group], Figure | None]) -> bool:
    """Say whether the intervals of two groups of one dimension do not meet: worth a look."""
    known = [figure for group in groups if (figure := of(group)) is not None]
    return any(one.high < other.low for one in known for other in known)
