"""Where ratings stand in the picture of macros/scores.html: pure sums, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_START, _END = 8.0, 95.0
_STEP = 1.9
_TOP = 1.2


@dataclass(frozen=True, slots=True)
class Rated:
    """A score that somebody gave on a day, and what they said to it."""

    side: str
    on: date
    score: int
    comment: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    side: str
    x: float
    y: float
    score: int


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line between two scores of one side."""

    side: str
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class ScorePicture:
    """Lengths along the time are percentages of the width, across it rem."""

    levels: Sequence[tuple[int, float]]
    dots: Sequence[Dot]
    strokes: Sequence[Stroke]
    rows: Sequence[Rated]
    target: float | None
    days: tuple[tuple[date, float], tuple[date, float]]
    height: float
    start: float = _START
    end: float = _END


def scores(rated: Sequence[Rated], scale: Sequence[int], target: int | None = None) -> ScorePicture:
    """Lay scores along the days from the first to the last, each side with a line of its own."""
    rows = sorted(rated, key=lambda each: each.on)
    first = rows[0].on
    last = max(rows[-1].on, first + timedelta(days=1))
    heights = {
        score: round(_TOP + _STEP * number, 2)
        for number, score in enumerate(sorted(scale, reverse=True))
    }
    span = (last - first).days

    def place(day: date) -> float:
        return round(_START + 4 + (day - first).days / span * (_END - _START - 8), 2)

    dots = [Dot(each.side, place(each.on), heights[each.score], each.score) for each in rows]
    return ScorePicture(
        levels=[*heights.items()],
        dots=dots,
        strokes=_strokes(dots),
        rows=rows,
        target=None if target is None else heights[target],
        days=((first, place(first)), (last, place(last))),
        height=round(_TOP + _STEP * len(heights) + 1, 2),
    )


def _strokes(dots: Sequence[Dot]) -> list[Stroke]:
    found = []
    for side in dict.fromkeys(dot.side for dot in dots):
        mine = [dot for dot in dots if dot.side == side]
        for one, two in pairwise(mine):
            found.append(Stroke(side, one.x, one.y, two.x, two.y))
    return found
