"""Where things stand in the pictures of macros/charts.html: pure sums, no drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from dateutil.relativedelta import relativedelta

Tone = Literal["done", "quiet", "open", "late"]

_URGENCY: tuple[Tone, ...] = ("done", "quiet", "open", "late")
_MARGIN = 5.0
_APART = 4.5
_LANE = 1.65
_TOP = 0.85
_BELOW = 3.4


@dataclass(frozen=True, slots=True)
class Point:
    """A milestone as it is told: on which day, in which state, and the word for that state."""

    label: str
    on: date
    tone: Tone
    word: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    label: str
    on: date
    tone: Tone
    word: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    number: int
    x: float
    y: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Tick:
    month: int
    x: float


@dataclass(frozen=True, slots=True)
class MonthLine:
    """Lengths along the line are percentages of its width, across it rem."""

    ticks: Sequence[Tick]
    marks: Sequence[Mark]
    rows: Sequence[Row]
    today: float | None
    axis: float
    start: float = _MARGIN
    end: float = 100 - _MARGIN

    @property
    def height(self) -> float:
        return round(self.axis + _BELOW, 2)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the pipeline; a count that must not be told is None, and `shown` says so."""

    label: str
    count: int | None
    shown: str
    days: int | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    shown: str
    width: float
    days: int | None
    href: str | None


def month_line(
    starts_on: date, today: date, points: Iterable[Point], *, months: int = 24
) -> MonthLine:
    """Lay milestones along the months from the first day; what falls on one day shares a mark.

    Days before and after the line stand at its ends; there is no `today` outside of it.
    """
    span = _Span(starts_on, starts_on + relativedelta(months=months))
    days = groupby(sorted(points, key=lambda point: point.on), key=lambda point: point.on)
    groups = [(number, list(group)) for number, (_, group) in enumerate(days, start=1)]
    lanes, count = _lanes([span.place(group[0].on) for _, group in groups])
    axis = round(_TOP + _LANE * count, 2)
    return MonthLine(
        ticks=_ticks(span, months),
        marks=[
            Mark(number, span.place(group[0].on), _height(axis, lane), _worst(group))
            for (number, group), lane in zip(groups, lanes, strict=True)
        ],
        rows=[_row(number, point) for number, group in groups for point in group],
        today=span.place(today) if span.starts_on <= today <= span.ends_on else None,
        axis=axis,
    )


def pipeline(stages: Sequence[Stage]) -> Sequence[Bar]:
    """Measure each stage against the fullest one."""
    most = max((stage.count or 0 for stage in stages), default=0)
    return [
        Bar(
            stage.label,
            stage.shown,
            round(100 * (stage.count or 0) / most, 2) if most else 0.0,
            stage.days,
            stage.href,
        )
        for stage in stages
    ]


@dataclass(frozen=True, slots=True)
class _Span:
    starts_on: date
    ends_on: date

    def place(self, day: date) -> float:
        share = (day - self.starts_on).days / (self.ends_on - self.starts_on).days
        return round(_MARGIN + min(max(share, 0.0), 1.0) * (100 - 2 * _MARGIN), 2)


def _ticks(span: _Span, months: int) -> Sequence[Tick]:
    step = max(1, months // 4)
    return [
        Tick(month, span.place(span.starts_on + relativedelta(months=month)))
        for month in range(0, months + 1, step)
    ]


def _lanes(places: Sequence[float]) -> tuple[Sequence[int], int]:
    """Give each place, from left to right, the lowest lane in which it touches no other."""
    last: list[float] = []
    taken = []
    for place in places:
        free = (lane for lane, x in enumerate(last) if place - x >= _APART)
        lane = next(free, len(last))
        last[lane : lane + 1] = [place]
        taken.append(lane)
    return taken, max(1, len(last))


def _height(axis: float, lane: int) -> float:
    return round(axis - _LANE * (lane + 0.9), 2)


def _worst(group: Sequence[Point]) -> Tone:
    return max((point.tone for point in group), key=_URGENCY.index)


def _row(number: int, point: Point) -> Row:
    return Row(number, point.label, point.on, point.tone, point.word, point.href)
