"""Where the steps of curves stand in the picture of macros/curves.html: pure sums, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_START, _END = 9.0, 97.0
_TOP, _BOTTOM = 0.8, 13.8
_TICKS = (0, 25, 50, 75, 100)
_YEAR = 365
MARKS = ("solid", "dashed", "dotted")


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on so many of a hundred have reached it, with the ends of its interval."""

    day: int
    reached: int
    low: int | None = None
    high: int | None = None
    at_risk: int | str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke of a curve: along, or up."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Band:
    """The interval of one step, as a box."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    label: str
    mark: str
    lines: Sequence[Line]
    bands: Sequence[Band]
    steps: Sequence[Step]
    end_y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Lengths along the days are percentages of the width, across them rem."""

    curves: Sequence[Drawn]
    levels: Sequence[tuple[int, float]]
    days: Sequence[tuple[int, float]]
    height: float = _BOTTOM + 2.2
    start: float = _START
    end: float = _END
    bottom: float = _BOTTOM


def picture(groups: Sequence[tuple[str, Sequence[Step]]], until: int) -> Picture:
    """Lay the curves of some groups along the same days, from arrival to `until`."""
    last = max([until, 1, *(step.day for _, steps in groups for step in steps)])

    def x(day: float) -> float:
        return round(_START + day / last * (_END - _START), 2)

    curves = [
        _drawn(label, MARKS[number % len(MARKS)], steps, (x, last))
        for number, (label, steps) in enumerate(groups)
    ]
    every = max(_YEAR // 4, _YEAR // 4 * round(last / _YEAR))
    return Picture(
        curves=curves,
        levels=[(level, _y(level)) for level in _TICKS],
        days=[(day, x(day)) for day in range(0, last + 1, every)],
    )


def _drawn(label: str, mark: str, steps: Sequence[Step], across: tuple[object, int]) -> Drawn:
    x, last = across
    assert callable(x)
    walked = [Step(0, 0, 0, 0), *steps]
    ends = [*(x(step.day) for step in walked[1:]), x(last)]
    lines, bands = [], []
    for step, end in zip(walked, ends, strict=True):
        lines.append(Line(x(step.day), _y(step.reached), end, _y(step.reached)))
        if step.low is not None and step.high is not None and step.high > step.low:
            height = round(_y(step.low) - _y(step.high), 2)
            bands.append(Band(x(step.day), _y(step.high), round(end - x(step.day), 2), height))
    for before, after in pairwise(walked):
        lines.append(Line(x(after.day), _y(before.reached), x(after.day), _y(after.reached)))
    return Drawn(label, mark, lines, bands, steps, _y(walked[-1].reached))


def _y(percent: float) -> float:
    return round(_BOTTOM - percent / 100 * (_BOTTOM - _TOP), 2)
