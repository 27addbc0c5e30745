"""A table of persons as it may leave the team: rounded, suppressed, and tried as an attacker would.

The algorithm of access.md 6.6, steps 1 to 6: a population floor, persons and households
counted, keyed rounding to base 3, small cells hidden, and margins hidden until no hidden cell can
be narrowed down. Pure; the random part is keyed by who is counted, so the same people always give
the same number.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from resettle.evaluation.intervals import WIDE, Arc, Bounds, widest

BASE = 3
PART = 8
SCALE = 1 << (8 * PART)
ALL, TOTAL = "all persons", "total"
FOOTER = "rounded to base 3, small counts suppressed; rows may not add up"
FOOTER_UNROUNDED = "small counts suppressed; what would give them away is withheld"


class Hidden(StrEnum):
    """Why a number is not told: few persons or households, or others could be worked out from it.

    Which of few persons and few households it is, is not said of a cell.
    """

    SMALL = "S"
    WITHHELD = "-"


Number = int | Hidden


@dataclass(frozen=True, slots=True)
class Policy:
    """What is hidden from one audience; the defaults are those of access.md 6.6, ours."""

    name: str
    least_persons: int
    least_households: int
    floor_persons: int
    floor_households: int
    rounded: bool
    show_zero: bool

    @property
    def small(self) -> Bounds:
        """What a small number can be."""
        return (1 if self.show_zero else 0, self.least_persons - 1)


PUBLIC = Policy("public", 6, 3, 30, 10, rounded=True, show_zero=False)
# As the ministry publishes itself: below 5 withheld, zero shown, nothing rounded (S53).
MINISTRY = Policy("ministry", 5, 3, 30, 10, rounded=False, show_zero=True)
POLICIES: Mapping[str, Policy] = {policy.name: policy for policy in (PUBLIC, MINISTRY)}


@dataclass(frozen=True, slots=True)
class Counted:
    """One person of the population: where it is counted, and with whom it lives."""

    person: str
    household: str
    row: str
    column: str


class Refused(Exception):
    """The table may not be told at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A table as it may be told. What is withheld is no small number, or may be."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], Number]
    row_totals: Mapping[str, Number]
    column_totals: Mapping[str, Number]
    total: Number
    footer: str


@dataclass(slots=True)
class _Group:
    """The people of one cell or margin."""

    persons: set[str] = field(default_factory=set)
    households: set[str] = field(default_factory=set)


def protect(people: Sequence[Counted], policy: Policy, key: bytes) -> Protected:
    """Count people by rows and columns, and give what of it may be told.

    Raises Refused if there are too few of them for any table.
    """
    _floor(people, policy)
    rows = sorted({each.row for each in people})
    columns = sorted({each.column for each in people})
    groups = _groups(people, rows, columns)
    told = {arc: _told(group, policy, key) for arc, group in groups.items()}
    _withhold(groups, told, policy)
    return Protected(
        rows=rows,
        columns=columns,
        cells={(r, c): told[_cell(r, c)] for r in rows for c in columns},
        row_totals={r: told[_row(r)] for r in rows},
        column_totals={c: told[_column(c)] for c in columns},
        total=told[WHOLE],
        footer=FOOTER if policy.rounded else FOOTER_UNROUNDED,
    )


def rounded(number: int, persons: set[str], key: bytes) -> int:
    """Round to base 3: unbiased, off by 2 at most, and alike for the same people everywhere."""
    rest = number % BASE
    if rest == 0:
        return number
    cell_key = 0
    for person in persons:
        cell_key ^= int.from_bytes(_mac(key, person.encode())[:PART])
    said = cell_key.to_bytes(PART) + number.to_bytes(PART)
    draw = int.from_bytes(_mac(key, said)[:PART]) / SCALE
    up = draw < (1 / 3 if rest == 1 else 2 / 3)
    return number - rest + (BASE if up else 0)


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.new(key, said, hashlib.sha256).digest()


WHOLE: Arc = (TOTAL, ALL)


def _row(name: str) -> Arc:
    return (ALL, f"row {name}")


def _column(name: str) -> Arc:
    return (f"column {name}", TOTAL)


def _cell(row: str, column: str) -> Arc:
    return (f"row {row}", f"column {column}")


def _floor(people: Sequence[Counted], policy: Policy) -> None:
    persons, households = {p.person for p in people}, {p.household for p in people}
    if len(persons) < policy.floor_persons or len(households) < policy.floor_households:
        raise Refused(
            f"No table is told of fewer than {policy.floor_persons} persons "
            f"or {policy.floor_households} households."
        )


def _groups(
    people: Sequence[Counted], rows: Sequence[str], columns: Sequence[str]
) -> dict[Arc, _Group]:
    """Gather who is in each cell and margin; the margins are counted, not summed."""
    arcs = [WHOLE, *map(_row, rows), *map(_column, columns)]
    arcs += [_cell(r, c) for r in rows for c in columns]
    groups = {arc: _Group() for arc in arcs}
    for each in people:
        for arc in (WHOLE, _row(each.row), _column(each.column), _cell(each.row, each.column)):
            groups[arc].persons.add(each.person)
            groups[arc].households.add(each.household)
    return groups


def _told(group: _Group, policy: Policy, key: bytes) -> Number:
    count = len(group.persons)
    if count == 0 and policy.show_zero:
        return 0
    if count < policy.least_persons or len(group.households) < policy.least_households:
        return Hidden.SMALL
    return rounded(count, group.persons, key) if policy.rounded else count


def _withhold(groups: Mapping[Arc, _Group], told: dict[Arc, Number], policy: Policy) -> None:
    """Withhold margins until every small cell may be anything that a small cell can be.

    For each that is narrowed: the margin of its row, then of its column, then the total. With all
    of them gone nothing bounds the cells, so this comes to an end.
    """
    _withhold_around_few_households(groups, told, policy)
    small = [arc for arc in told if _is_cell(arc) and told[arc] is Hidden.SMALL]
    while narrowed := _narrowed(told, small, policy):
        near = [margin for margin in _margins(narrowed[0]) if told[margin] is not Hidden.WITHHELD]
        told[(near or _shown_margins(told))[0]] = Hidden.WITHHELD


def _withhold_around_few_households(
    groups: Mapping[Arc, _Group], told: dict[Arc, Number], policy: Policy
) -> None:
    """Withhold what would tell that a hidden cell holds many persons, and so a large family."""
    for arc, group in groups.items():
        if told[arc] is Hidden.SMALL and len(group.persons) >= policy.least_persons:
            for margin in _margins(arc) if _is_cell(arc) else [arc]:
                told[margin] = Hidden.WITHHELD


def _is_cell(arc: Arc) -> bool:
    return not {ALL, TOTAL} & {*arc}


def _margins(cell: Arc) -> list[Arc]:
    return [(ALL, cell[0]), (cell[1], TOTAL), WHOLE]


def _shown_margins(told: Mapping[Arc, Number]) -> list[Arc]:
    return [arc for arc in told if not _is_cell(arc) and told[arc] is not Hidden.WITHHELD]


def _narrowed(told: Mapping[Arc, Number], small: list[Arc], policy: Policy) -> list[Arc]:
    """Name the small cells of which an attacker knows more than that they are small."""
    found = widest({arc: _bounds(told[arc], policy) for arc in told}, small)
    return [arc for arc, interval in found.items() if interval != policy.small]


def _bounds(number: Number, policy: Policy) -> Bounds:
    """Say what a number that is told, or is not, can be."""
    match number:
        case Hidden.SMALL:
            return policy.small
        case Hidden.WITHHELD:
            return (0, WIDE)
        case _ if policy.rounded:
            return (max(number - BASE + 1, policy.least_persons), number + BASE - 1)
        case _:
            return (number, number)
