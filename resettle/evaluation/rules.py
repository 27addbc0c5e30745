"""Figures that protect small groups, and the middle of a histogram. Pure.

Keyed rounding: the same people always give the same number, so that asking again tells nothing
more (access.md 6.6, steps 2 to 5, for tables of one dimension).
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BASE = 3
HIDDEN = "S"


@dataclass(frozen=True, slots=True)
class Guard:
    """How small numbers are hidden from one kind of reader."""

    least_persons: int
    least_households: int
    show_zero: bool
    rounded: bool
    key: bytes


@dataclass(frozen=True, slots=True)
class Cell:
    """How many persons and households a cell speaks of, and a fingerprint of who they are."""

    persons: int
    households: int
    members: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What of a cell may be told: a number of persons and of households, or that it is hidden."""

    persons: int | None
    households: int | None

    @property
    def words(self) -> str:
        return HIDDEN if self.persons is None else str(self.persons)


SECRET = Told(None, None)


def protect(cells: Mapping[str, Cell], guard: Guard) -> tuple[dict[str, Told], Told]:
    """Tell the cells and their total, so that no hidden cell can be worked out from the rest.

    With one cell hidden, the total less the others would give it away; so the total goes too.
    """
    told = {name: _tell(cell, guard) for name, cell in cells.items()}
    whole = Cell(
        sum(cell.persons for cell in cells.values()),
        sum(cell.households for cell in cells.values()),
        "|".join(sorted(cell.members for cell in cells.values())),
    )
    if any(cell is SECRET for cell in told.values()):
        return told, SECRET
    return told, _tell(whole, guard)


def _tell(cell: Cell, guard: Guard) -> Told:
    if cell.persons == 0 and guard.show_zero:
        return Told(0, 0)
    if cell.persons < guard.least_persons or (
        guard.least_persons and cell.households < guard.least_households
    ):
        return SECRET
    if not guard.rounded:
        return Told(cell.persons, cell.households)
    return Told(
        rounded(cell.persons, f"persons|{cell.members}", guard.key),
        rounded(cell.households, f"households|{cell.members}", guard.key),
    )


def rounded(number: int, members: str, key: bytes) -> int:
    """Round to base 3 at random but always alike for the same people; unbiased, off by 2 at most.

    A remainder of 1 goes down twice in three times, a remainder of 2 goes up twice in three.
    """
    rest = number % BASE
    if rest == 0:
        return number
    draw = hmac.new(key, f"{members}|{number}".encode(), hashlib.sha256).digest()
    third = int.from_bytes(draw[:8]) % BASE
    up = third == 0 if rest == 1 else third != 0
    return number - rest + (BASE if up else 0)


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
