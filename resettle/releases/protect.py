"""A table of persons as it may leave the team: rounded, suppressed, and tried as an attacker would.

The algorithm of access.md 6.6, steps 1 to 8: a population floor, persons and households
counted, keyed rounding to base 3, small cells hidden, what was told before heeded, and margins
hidden until no hidden cell can be narrowed down. Pure; the random part is keyed by who is counted,
so the same people always give the same number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from resettle.releases.counting import BASE, floor, told_of
from resettle.releases.differencing import Ledger
from resettle.releases.intervals import WIDE, Arc, Contradiction, widest
from resettle.releases.joint import Together
from resettle.releases.telling import (
    Bounds,
    Counted,
    Definition,
    Hidden,
    Number,
    Policy,
    Refused,
    Told,
)

MOST_OF_A_ROW = 0.9
NEAR = 1e-6
ALL, TOTAL = "all persons", "total"
WHOLE: Arc = (TOTAL, ALL)
FOOTER = "rounded to base 3, small counts suppressed; rows may not add up"
FOOTER_UNROUNDED = "small counts suppressed; what would give them away is withheld"


@dataclass(frozen=True, slots=True)
class Axes:
    """What rows and columns are of, in which population; `sensitive` is what the columns tell."""

    rows: str = "row"
    columns: str = "column"
    population: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """What the audience knows already: the ledger, and the other tables of the same day."""

    ledger: Ledger = field(default_factory=Ledger)
    same_day: Sequence[Told] = ()


@dataclass(frozen=True, slots=True)
class Protected:
    """A table as it may be told. What is withheld is no small number, or may be.

    `told` is for the ledger alone: it has the keys of who was counted.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Mapping[tuple[str, str], Number]
    row_totals: Mapping[str, Number]
    column_totals: Mapping[str, Number]
    total: Number
    footer: str
    told: Sequence[Told] = ()


Groups = Mapping[Arc, dict[str, str]]


def protect(
    people: Sequence[Counted],
    policy: Policy,
    key: bytes,
    axes: Axes = Axes(),  # frozen
    past: Past = Past(),  # frozen
) -> Protected:
    """Count people by rows and columns, and give what of it may be told.

    Raises Refused if there are too few of them for any table, or if what was told before leaves
    no table that gives nobody away.
    """
    floor(people, policy)
    rows = sorted({each.row for each in people})
    columns = sorted({each.column for each in people})
    groups = _groups(people, rows, columns)
    names = {arc: _definition(arc, axes) for arc in groups}
    table = _Table(groups, names, policy, past)
    table.count(lambda group: told_of(group, policy, key))
    if axes.sensitive:
        table.withhold_telling_rows(rows, columns)
    table.withhold()
    told = table.told
    return Protected(
        rows=rows,
        columns=columns,
        cells={(r, c): told[_cell(r, c)] for r in rows for c in columns},
        row_totals={r: told[_row(r)] for r in rows},
        column_totals={c: told[_column(c)] for c in columns},
        total=told[WHOLE],
        footer=FOOTER if policy.rounded else FOOTER_UNROUNDED,
        told=[past.ledger.fixed(Told(names[arc], groups[arc], told[arc])) for arc in groups],
    )


def _row(name: str) -> Arc:
    return (ALL, f"row {name}")


def _column(name: str) -> Arc:
    return (f"column {name}", TOTAL)


def _cell(row: str, column: str) -> Arc:
    return (f"row {row}", f"column {column}")


def _definition(arc: Arc, axes: Axes) -> Definition:
    """Say what an arc counts, so that it can be known again in another table."""
    named = {("population", axes.population)}
    for end in arc:
        kind, _, value = end.partition(" ")
        if kind in {"row", "column"}:
            named.add((axes.rows if kind == "row" else axes.columns, value))
    return frozenset(named)


def _groups(people: Sequence[Counted], rows: Sequence[str], columns: Sequence[str]) -> Groups:
    """Gather who is in each cell and margin; the margins are counted, not summed."""
    arcs = [WHOLE, *map(_row, rows), *map(_column, columns)]
    arcs += [_cell(r, c) for r in rows for c in columns]
    groups: dict[Arc, dict[str, str]] = {arc: {} for arc in arcs}
    for each in people:
        for arc in (WHOLE, _row(each.row), _column(each.column), _cell(each.row, each.column)):
            groups[arc][each.person] = each.household
    return groups


def _is_cell(arc: Arc) -> bool:
    return not {ALL, TOTAL} & {*arc}


def _margins(cell: Arc) -> list[Arc]:
    return [(ALL, cell[0]), (cell[1], TOTAL), WHOLE]


class _Table:
    """The numbers of a table while it is decided which of them are told."""

    def __init__(
        self, groups: Groups, names: Mapping[Arc, Definition], policy: Policy, past: Past
    ) -> None:
        self.groups, self.names, self.policy, self.past = groups, names, policy, past
        self.told: dict[Arc, Number] = {}
        # What is known already and would not be hidden by keeping it back here.
        self.known: set[Arc] = set()

    def count(self, say: Callable[[Mapping[str, str]], Number]) -> None:
        """Say of each number what was said before, or what may be said anew."""
        for arc, group in self.groups.items():
            before = self.past.ledger.says(self.names[arc], group)
            if before is not None and not isinstance(before, Hidden):
                self.known.add(arc)
            self.told[arc] = say(group) if before is None else before

    def withhold_telling_rows(self, rows: Sequence[str], columns: Sequence[str]) -> None:
        """Withhold how a row divides where nearly all of it are alike in what is sensitive."""
        for row in rows:
            count = len(self.groups[_row(row)])
            cells = [_cell(row, column) for column in columns]
            if count < self.policy.least_persons:
                continue
            if max(len(self.groups[cell]) for cell in cells) >= MOST_OF_A_ROW * count:
                for cell in cells:
                    self._hide(cell)

    def withhold(self) -> None:
        """Withhold numbers until whatever is small may be anything that is small.

        For each that is narrowed: the margin of its row, then of its column, then the total, the
        other margins, and in the end other cells. Raises Refused if nothing is left to withhold.
        """
        self._around_few_households()
        small = [arc for arc, group in self.groups.items() if self._is_small(arc, group)]
        while narrowed := self._narrowed(small):
            self._hide_near(narrowed)
        if self.past.same_day:
            self._withhold_beside_others(small)

    def _is_small(self, arc: Arc, group: Mapping[str, str]) -> bool:
        number = self.told[arc]
        if not isinstance(number, Hidden):
            return False
        return number is Hidden.SMALL or 0 < len(group) < self.policy.least_persons

    def _around_few_households(self) -> None:
        """Withhold what would tell that a hidden cell holds many persons, and so a large family."""
        for arc, group in self.groups.items():
            if self.told[arc] is Hidden.SMALL and len(group) >= self.policy.least_persons:
                for margin in _margins(arc) if _is_cell(arc) else [arc]:
                    self._hide(margin)

    def _hide(self, arc: Arc) -> None:
        if arc not in self.known:
            self.told[arc] = Hidden.WITHHELD

    def _hide_near(self, cell: Arc) -> None:
        beside = _margins(cell) if _is_cell(cell) else [WHOLE]
        near = [*beside, *(arc for arc in self.told if not _is_cell(arc))]
        cells = [
            arc for arc in self.told if _is_cell(arc) and not isinstance(self.told[arc], Hidden)
        ]
        cells.sort(key=lambda arc: (arc[0] != cell[0], arc[1] != cell[1], -len(self.groups[arc])))
        for arc in [*near, *cells]:
            if arc not in self.known and self.told[arc] is not Hidden.WITHHELD:
                self.told[arc] = Hidden.WITHHELD
                return
        raise Refused("With what was told before, this table would give somebody away.")

    def _narrowed(self, small: Sequence[Arc]) -> Arc | None:
        """Name a small number of which an attacker knows more than that it is small."""
        if not small:
            return None
        try:
            found = widest({arc: self._bounds(arc) for arc in self.told}, [*small])
        except Contradiction:
            return small[0]
        return next((arc for arc in small if self._is_narrow(arc, found[arc])), None)

    def _is_narrow(self, arc: Arc | None, found: tuple[float, float]) -> bool:
        """Say whether more is known than that it is small; a sum is no less than its parts."""
        low, high = self.policy.small
        if arc is not None and not _is_cell(arc):
            parts = [each for each in self.told if _is_cell(each) and {*each} & {*arc}]
            low = max(low, sum(self._bounds(each)[0] for each in parts))
        return found[0] > low + NEAR or found[1] < high - NEAR

    def _bounds(self, arc: Arc) -> Bounds:
        return bounds_of(self.told[arc], self.policy)

    def _withhold_beside_others(self, small: Sequence[Arc]) -> None:
        """Withhold more until the tables of the same day, read together, narrow nothing either."""
        asked = [self.names[arc] for arc in small]
        asked += [each.definition for each in self.past.same_day if each.number is Hidden.SMALL]
        arcs = {name: arc for arc, name in self.names.items()}
        beside = self._beside()
        while asked:
            found = beside.range_of(asked[0])
            if found is None or self._is_narrow(arcs.get(asked[0]), found):
                self._hide_near(arcs.get(asked[0], _any_cell(self.told)))
                beside = self._beside()
            else:
                asked.pop(0)

    def _beside(self) -> Together:
        """Put this table beside those of the same day."""
        others = {
            each.definition: bounds_of(each.number, self.policy) for each in self.past.same_day
        }
        return Together(others | {self.names[arc]: self._bounds(arc) for arc in self.told})


def _any_cell(told: Mapping[Arc, Number]) -> Arc:
    return next(arc for arc in told if _is_cell(arc))


def bounds_of(number: Number, policy: Policy) -> Bounds:
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
