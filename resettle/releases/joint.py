"""What an attacker works out who has all tables of one day beside each other. Pure.

Tables that share a dimension are margins of one larger table, which nobody sees. How little and
how much a hidden cell can be, given every number of all of them, is a linear programme over the
cells of that larger table; whole numbers narrow no further than this says (access.md 6.6, step 6).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import inf, prod

from resettle.core.late import Floats, np, optimize
from resettle.releases.intervals import WIDE
from resettle.releases.telling import Bounds, Definition, Refused

MOST_CELLS = 6_000
POPULATION = "population"
UNBOUNDED = 3


class Together:
    """Numbers that were told of one population on one day, by what they count."""

    def __init__(self, bounds: Mapping[Definition, Bounds]) -> None:
        self._parts = [_Part(names, values) for names, values in _parts(bounds)]
        limited = {d: ends for d, ends in bounds.items() if ends[1] < WIDE}
        self._matrix = np.array([self._row(definition) for definition in limited])
        self._least = np.array([low for low, _ in limited.values()], dtype=float)
        self._most = np.array([high for _, high in limited.values()], dtype=float)

    def range_of(self, definition: Definition) -> tuple[float, float] | None:
        """Give how little and how much a count can be; None if nothing fits what was told."""
        aim = self._row(definition)
        low, high = self._end(aim), self._end(-aim)
        return None if low is None or high is None else (low, -high)

    def _end(self, aim: Floats) -> float | None:
        wholes = self._wholes()
        found = optimize.linprog(
            aim,
            A_ub=np.concatenate([self._matrix, -self._matrix]),
            b_ub=np.concatenate([self._most, -self._least]),
            A_eq=wholes if len(wholes) else None,
            b_eq=np.zeros(len(wholes)) if len(wholes) else None,
            method="highs",
        )
        if found.status == UNBOUNDED:
            return -inf
        return float(found.fun) if found.success else None

    def _wholes(self) -> Floats:
        """All parts count the same people, so that their sums are equal."""
        ones = [self._spread(number, np.ones(part.size)) for number, part in enumerate(self._parts)]
        return np.array([ones[0] - other for other in ones[1:]])

    def _row(self, definition: Definition) -> Floats:
        asked = {name: value for name, value in definition if name != POPULATION}
        number = next(n for n, part in enumerate(self._parts) if asked.keys() <= {*part.names})
        return self._spread(number, self._parts[number].those(asked))

    def _spread(self, number: int, row: Floats) -> Floats:
        return np.concatenate(
            [row if n == number else np.zeros(part.size) for n, part in enumerate(self._parts)]
        )


class _Part:
    """The cells of one larger table."""

    def __init__(self, names: Sequence[str], values: Sequence[Sequence[str]]) -> None:
        self.names = names
        self._cells = [*product(*values)]
        self.size = len(self._cells)

    def those(self, asked: Mapping[str, str]) -> Floats:
        """Mark the cells that a count is of."""
        inside = np.ones(self.size)
        for place, name in enumerate(self.names):
            if name in asked:
                inside *= np.array([cell[place] == asked[name] for cell in self._cells])
        return inside


def _parts(
    definitions: Iterable[Definition],
) -> Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]]:
    """Put dimensions together that stand in one table, directly or by way of a third.

    Raises Refused if the tables have too many cells to be looked at.
    """
    groups: list[set[str]] = []
    values: dict[str, set[str]] = {}
    for definition in definitions:
        told = dict(definition)
        told.pop(POPULATION, None)
        for name, value in told.items():
            values.setdefault(name, set()).add(value)
        touched = [group for group in groups if group & told.keys()]
        if told:
            groups = [group for group in groups if not group & told.keys()]
            groups.append({*told}.union(*touched))
    parts = [(sorted(group), [sorted(values[name]) for name in sorted(group)]) for group in groups]
    if sum(prod(map(len, found)) for _, found in parts) > MOST_CELLS:
        raise Refused("Too many tables of this day overlap to be sure that nobody is given away.")
    return parts or [((), ())]
