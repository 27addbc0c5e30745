"""Releases after releases, attacked by a program of their own: nobody comes or goes unseen by many.

The attacker has every table of every quarter beside each other, and knows who is in which cell but
for a handful. By default four sequences of twenty tables are tried for each policy; `make releases`
tries fifty, which are two thousand tables.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from resettle.releases.differencing import Ledger
from resettle.releases.protect import Axes, Past, Protected, protect
from resettle.releases.telling import MINISTRY, PUBLIC, Counted, Hidden, Policy, Refused, Told

KEY = b"a key of thirty-two bytes, given"
SEQUENCES = int(os.environ.get("RELEASES", "160")) // 40
QUARTERS = 5
TABLES = (("town", "stream"), ("stream", "sex"), ("town", "sex"), ("band", "stream"))
CHOICES = {"town": 4, "stream": 2, "sex": 2, "band": 3}
Traits = dict[str, str]
Cell = frozenset[tuple[str, str]]


@dataclass
class Town:
    """Invented families who come and go, a handful each quarter."""

    chance: np.random.Generator
    people: dict[str, tuple[str, Traits]] = field(default_factory=dict)
    homes: int = 0

    def come(self, count: int) -> None:
        for _ in range(count):
            self.homes += 1
            shared = {name: self._value(name) for name in ("town", "stream")}
            for number in range(int(self.chance.integers(1, 6))):
                own = {name: self._value(name) for name in ("sex", "band")}
                self.people[f"p{self.homes}-{number}"] = (f"h{self.homes}", shared | own)

    def leave(self, count: int) -> None:
        for person in self.chance.choice(sorted(self.people), count, replace=False):
            del self.people[person]

    def _value(self, name: str) -> str:
        many = CHOICES[name]
        odds = np.arange(many, 0, -1) ** 2.0
        return f"{name}{self.chance.choice(many, p=odds / odds.sum())}"

    def counted(self, rows: str, columns: str) -> list[Counted]:
        return [Counted(p, home, of[rows], of[columns]) for p, (home, of) in self.people.items()]

    def those(self, cell: Cell) -> frozenset[str]:
        return frozenset(p for p, (_, of) in self.people.items() if cell <= {*of.items()})


@dataclass(frozen=True)
class Said:
    """A number that stands in a table: what it counts, who that was, when it was said."""

    quarter: int
    table: tuple[str, str]
    cell: Cell
    number: int | Hidden
    people: frozenset[str]


def told_in(table: Protected, axes: tuple[str, str]) -> Iterator[tuple[Cell, int | Hidden]]:
    rows, columns = axes
    for (row, column), number in table.cells.items():
        yield frozenset({(rows, row), (columns, column)}), number
    for row, number in table.row_totals.items():
        yield frozenset({(rows, row)}), number
    for column, number in table.column_totals.items():
        yield frozenset({(columns, column)}), number
    yield frozenset(), table.total


@cache
def a_sequence(seed: int, policy: Policy) -> tuple[list[Said], dict[str, str]]:
    """Publish every table of some quarters, with what was told before in the ledger."""
    town = Town(np.random.default_rng(seed))
    town.come(45)
    ledger: list[Told] = []
    said: list[Said] = []
    homes: dict[str, str] = {}
    for quarter in range(QUARTERS):
        same_day: list[Told] = []
        homes |= {p: home for p, (home, _) in town.people.items()}
        for axes in TABLES:
            past = Past(Ledger([*ledger, *same_day]), same_day)
            try:
                made = protect(town.counted(*axes), policy, KEY, Axes(*axes, "all"), past)
            except Refused:
                continue
            same_day = [*same_day, *made.told]
            said += [Said(quarter, axes, c, n, town.those(c)) for c, n in told_in(made, axes)]
        ledger += same_day
        town.come(int(town.chance.integers(0, 3)))
        town.leave(int(town.chance.integers(0, 4)))
    return said, homes


def since(said: list[Said]) -> list[Said]:
    """Name each number with the quarter and the people that it was fixed on.

    Until it changes it tells of no news.
    """
    last: dict[Cell, Said] = {}
    fixed = []
    for each in said:
        before = last.get(each.cell)
        if before is None or before.number != each.number:
            last[each.cell] = each
            fixed.append(each)
    return fixed


def few(one: frozenset[str], other: frozenset[str], homes: dict[str, str]) -> bool:
    apart = one ^ other
    return 0 < len(apart) <= 5 or 0 < len({homes[p] for p in apart}) <= 2


@pytest.mark.parametrize("policy", [PUBLIC, MINISTRY], ids=lambda policy: policy.name)
@pytest.mark.parametrize("part", range(max(SEQUENCES, 1)))
def test_no_two_numbers_of_different_quarters_tell_of_a_handful(part: int, policy: Policy):
    said, homes = a_sequence(part, policy)
    numbers = {
        (s.cell, s.number, s.people): s for s in since(said) if not isinstance(s.number, Hidden)
    }
    found = [
        (one, other)
        for one, other in combinations(numbers.values(), 2)
        if one.quarter != other.quarter and few(one.people, other.people, homes)
    ]

    assert len(said) > 40
    assert not found


@pytest.mark.parametrize("policy", [PUBLIC, MINISTRY], ids=lambda policy: policy.name)
@pytest.mark.parametrize("part", range(max(SEQUENCES, 1)))
def test_all_tables_of_a_quarter_together_narrow_no_small_cell(part: int, policy: Policy):
    said, _ = a_sequence(part, policy)
    hidden = 0
    for quarter in range(QUARTERS):
        told = {s.cell: s for s in said if s.quarter == quarter}
        small = [s for s in told.values() if s.number is Hidden.SMALL]
        hidden += len(small)
        for each, (low, high) in zip(small, attack(told, small, policy), strict=True):
            assert (low, high) == policy.small, each

    assert hidden or part


def attack(told: dict[Cell, Said], small: list[Said], policy: Policy) -> list[tuple[float, float]]:
    """Work out how little and how much each small number can be, given all of the quarter.

    The unknowns are the persons in each combination of all traits; nothing of the publisher's own
    code is used.
    """
    named = {name: sorted({v for c in told for n, v in c if n == name}) for name in CHOICES}
    values = {name: found for name, found in named.items() if found}
    grid = np.array(np.meshgrid(*(range(len(v)) for v in values.values()), indexing="ij"))
    atoms = grid.reshape(len(values), -1).T
    inside = {cell: _inside(cell, atoms, values) for cell in told}
    rows, most = [], []
    for cell, said in told.items():
        low, high = _can_be(said.number, policy)
        if high is not None:
            rows += [inside[cell], -inside[cell]]
            most += [high, -low]
    found = []
    for each in small:
        ends = [
            linprog(sign * inside[each.cell], np.array(rows), most, method="highs")
            for sign in (1, -1)
        ]
        if not all(end.success for end in ends):  # what was held back from news fits nothing
            found.append(policy.small)
            continue
        found.append((round(ends[0].fun, 5), round(-ends[1].fun, 5)))
    return found


def _inside(cell: Cell, atoms: np.ndarray, values: dict[str, list[str]]) -> np.ndarray:
    row = np.ones(len(atoms))
    for place, name in enumerate(values):
        for asked, value in cell:
            if asked == name:
                row *= atoms[:, place] == values[name].index(value)
    return row


def _can_be(number: int | Hidden, policy: Policy) -> tuple[int, int | None]:
    if number is Hidden.SMALL:
        return policy.small
    if number is Hidden.WITHHELD:
        return 0, None
    if not policy.rounded:
        return number, number
    return max(number - 2, policy.least_persons), number + 2
