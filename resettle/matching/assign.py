"""The exact assignment of households to places: indivisible households, capacities in persons.

First as many persons are placed as can be, then the sum of the weights is made as large as it can
be; or the weight alone, if that is asked. HiGHS proves both, through scipy. Nothing here looks at
names, so that renaming changes nothing: among equally good answers the order of rows and columns
decides, which a seed can shuffle.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce
from operator import add

from resettle.core.late import Floats, Truths, Wholes, np, sparse
from resettle.matching.searching import (
    FEW,
    ROUNDING,
    Found,
    Rows,
    Unmeetable,
    best,
    relax,
)

UNPLACED = -1
# The gap of a search that had found nothing when its time was over.
NOTHING = 1.0
TIME_LIMIT = 60.0
# How much a person more is worth beside the best weight a person could have.
BONUS = 10.0


class Objective(StrEnum):
    PERSONS_FIRST = "persons-first"
    WEIGHT = "weight"


class Impossible(Exception):
    """What was pinned cannot all be: the message says which pin stands in the way."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Households by rows, places by columns.

    `sizes` are persons a household; `weights` how well each place suits each household, finite
    where `may` says that the place may take it at all; `capacities` are persons a place.
    """

    sizes: Wholes
    weights: Floats
    may: Truths
    capacities: Wholes
    # What else a household uses (rows by kinds) and a place has of it (places by kinds): rooms for
    # households, houses without steps. And pairs of households that live near one another, or only
    # one of them is placed; `near` says which places are.
    uses: Wholes | None = None
    limits: Wholes | None = None
    linked: tuple[tuple[int, int], ...] = ()
    near: Truths | None = None

    def part(self, rows: slice, capacities: Wholes) -> "Problem":
        """Give some of the households, before what is left of the capacities."""
        return Problem(self.sizes[rows], self.weights[rows], self.may[rows], capacities)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person has decided: a place for a household, pairs that must not be, and how long.

    The time limit is in seconds, for the whole search; after it comes the best found so far. Up to
    `few` pairs are searched until the best is proven, more until it is near enough (searching.py).
    """

    objective: Objective = Objective.PERSONS_FIRST
    pins: Mapping[int, int] = field(default_factory=dict)
    forbids: frozenset[tuple[int, int]] = frozenset()
    time_limit: float = TIME_LIMIT
    seed: int = 0
    few: int = FEW


@dataclass(frozen=True, slots=True)
class Assignment:
    """A place for each household, or UNPLACED.

    `gap` says by how much of the weight a better answer may be better, at most.
    """

    places: Wholes
    persons: int
    weight: float
    gap: float
    seconds: float

    @property
    def households(self) -> int:
        return int((self.places != UNPLACED).sum())


def assign(problem: Problem, wishes: Wishes | None = None) -> Assignment:
    """Assign the households. Raises Impossible if the pins break a rule or a capacity."""
    wishes = wishes or Wishes()
    begun = time.monotonic()
    may = _wished(problem, wishes)
    rows, columns = _pairs(may, wishes.seed)
    if not len(rows):
        return told(problem, np.full(len(problem.sizes), UNPLACED), 0.0, begun)
    search = _Search(problem, wishes, rows, columns, begun + wishes.time_limit)
    places, gap = search.persons_first() if _persons(wishes) else search.by_weight()
    if gap == NOTHING and not wishes.pins and not problem.linked:
        by_hand = greedy(replace(problem, may=may))
        found = told(problem, places, gap, begun)
        places = max(found, by_hand, key=lambda a: (_persons(wishes) * a.persons, a.weight)).places
    return told(problem, places, gap, begun)


def greedy(problem: Problem) -> Assignment:
    """Give each household in turn the best place that is still open: what is done by hand."""
    begun = time.monotonic()
    left = problem.capacities.copy()
    places = np.full(len(problem.sizes), UNPLACED)
    uses = np.zeros((len(places), 0)) if problem.uses is None else problem.uses
    of_kinds = np.zeros((len(left), 0)) if problem.limits is None else problem.limits.copy()
    for row, size in enumerate(problem.sizes):
        fits = problem.may[row] & (left >= size) & (of_kinds >= uses[row]).all(axis=1)
        if fits.any():
            best = int(np.argmax(np.where(fits, problem.weights[row], -np.inf)))
            places[row] = best
            left[best] -= size
            of_kinds[best] -= uses[row]
    return told(problem, places, 0.0, begun)


def told(problem: Problem, places: Wholes, gap: float, begun: float) -> Assignment:
    """Add up what an assignment comes to."""
    rows = np.flatnonzero(places != UNPLACED)
    return Assignment(
        places=places,
        persons=int(problem.sizes[rows].sum()),
        weight=float(problem.weights[rows, places[rows]].sum()),
        gap=gap,
        seconds=time.monotonic() - begun,
    )


def left_after(problem: Problem, places: Wholes) -> Wholes:
    """Tell what remains of each capacity."""
    rows = np.flatnonzero(places != UNPLACED)
    taken = np.bincount(places[rows], problem.sizes[rows], len(problem.capacities))
    return problem.capacities - taken.astype(np.int64)


def _persons(wishes: Wishes) -> bool:
    return wishes.objective is Objective.PERSONS_FIRST


def _wished(problem: Problem, wishes: Wishes) -> Truths:
    may = problem.may & (problem.sizes[:, None] <= problem.capacities)
    for row, column in wishes.forbids:
        may[row, column] = False
    taken = np.zeros_like(problem.capacities)
    for row, column in wishes.pins.items():
        taken[column] += problem.sizes[row]
        if not may[row, column] or taken[column] > problem.capacities[column]:
            raise Impossible(f"Household {row} cannot be pinned to place {column}.")
        may[row] = False
        may[row, column] = True
    return may


def _pairs(may: Truths, seed: int) -> tuple[Wholes, Wholes]:
    rows, columns = np.nonzero(may)
    if seed:
        order = np.random.default_rng(seed).permutation(len(rows))
        rows, columns = rows[order], columns[order]
    return rows, columns


class _Search:
    """One variable a pair of household and place that may be."""

    def __init__(
        self, problem: Problem, wishes: Wishes, rows: Wholes, columns: Wholes, until: float
    ) -> None:
        self.problem, self.rows, self.columns, self.until = problem, rows, columns, until
        self.few = wishes.few
        self.sizes = problem.sizes[rows].astype(float)
        self.weights = problem.weights[rows, columns]
        every = [self._once(wishes), self._fills(self.sizes, problem.capacities)]
        if problem.uses is not None and problem.limits is not None:
            used, limits = problem.uses[rows].astype(float), problem.limits
            kinds = range(limits.shape[1])
            every += [self._fills(used[:, kind], limits[:, kind]) for kind in kinds]
        every += [self._not_apart(*pair) for pair in problem.linked]
        self.kept = reduce(add, every)

    def _once(self, wishes: Wishes) -> Rows:
        """Let each household be in one place at most, and in one exactly if it is pinned."""
        count, households = len(self.rows), len(self.problem.sizes)
        matrix = sparse.csc_array(
            (np.ones(count), (self.rows, np.arange(count))), shape=(households, count)
        )
        pinned = np.isin(np.arange(households), [*wishes.pins]).astype(float)
        return Rows(matrix, np.where(pinned, 1.0, -np.inf), np.ones(households))

    def _fills(self, used: Floats, limits: Wholes) -> Rows:
        """Keep what is used of a kind of room within what each place has of it."""
        count, places = len(self.rows), len(limits)
        matrix = sparse.csc_array((used, (self.columns, np.arange(count))), shape=(places, count))
        return Rows(matrix, np.full(places, -np.inf), limits.astype(float))

    def _not_apart(self, one: int, other: int) -> Rows:
        """Keep two households from living far from one another, place by place."""
        near = self.problem.near
        assert near is not None, "links between households need to know which places are near"
        mine, theirs = self.rows == one, self.rows == other
        places = np.unique(self.columns[mine])
        far = theirs & ~near[places][:, self.columns]
        terms = (mine & (self.columns == places[:, None])) | far
        return Rows(
            sparse.csc_array(terms.astype(float)),
            np.full(len(places), -np.inf),
            np.ones(len(places)),
        )

    def persons_first(self) -> tuple[Wholes, float]:
        """Place as many persons as can be, and of all ways to do that find the best.

        Where there are many pairs, a place is looked for that everybody has. Else, or if there is
        none, the best weight with a bonus for each person mostly settles both: if that places as
        many persons as can be at all, no answer with as many has more weight, since the bonus is
        the same for all of those. If not, persons are settled first.
        """
        if self._may_hold_everybody() and (all_ := self._everybody()) is not None:
            return self._told(all_)
        bonus = BONUS * float((self.weights / self.sizes).max()) * self.sizes
        first = self._best(self.weights + bonus, part=1 / (1 + BONUS))
        if first is None or self._most_persons() <= self._persons(first) or self._over():
            return self._told(first)
        most = self._best(self.sizes)
        if most is None or self._over():
            better = max(first, most or first, key=self._persons)
            return self._told(better)
        kept = Rows(
            sparse.csc_array(self.sizes[None, :]),
            np.array([self._persons(most)]),
            np.array([np.inf]),
        )
        return self._told(self._best(self.weights, kept) or most)

    def _may_hold_everybody(self) -> bool:
        """Say whether there are many pairs, and as much room as all of these households need."""
        wanted = self.problem.sizes[np.unique(self.rows)].sum()
        return len(self.rows) > self.few and bool(wanted <= self.problem.capacities.sum())

    def _everybody(self) -> Found | None:
        """Look for a place for everybody who has an open one, or say that there is none."""
        households = len(self.problem.sizes)
        low = np.full(len(self.kept.low), -np.inf)
        low[np.unique(self.rows)] = 1.0
        until = time.monotonic() + (self.until - time.monotonic()) / 2
        assert (self.kept.low[households:] == -np.inf).all()
        try:
            return best(self.weights, replace(self.kept, low=low), until, self.few)
        except Unmeetable:
            return None

    def _most_persons(self) -> float:
        """Give a number of persons that nothing exceeds: as many as if families could be parted."""
        parted = relax(self.sizes, self.kept, self.until)
        return np.inf if parted is None else float(np.floor(parted.bound + ROUNDING))

    def _persons(self, found: Found) -> float:
        return float(self.sizes[found.chosen].sum())

    def _over(self) -> bool:
        return time.monotonic() >= self.until

    def by_weight(self) -> tuple[Wholes, float]:
        return self._told(self._best(self.weights))

    def _best(self, worth: Floats, *more: Rows, part: float = 1.0) -> Found | None:
        try:
            return best(worth, reduce(add, more, self.kept), self.until, self.few, part)
        except Unmeetable as error:
            raise Impossible("What was pinned cannot all be at once.") from error

    def _told(self, found: Found | None) -> tuple[Wholes, float]:
        """Say where each household goes, and by how much of the weight that may fall short."""
        places = np.full(len(self.problem.sizes), UNPLACED)
        if found is None:
            return places, NOTHING
        places[self.rows[found.chosen]] = self.columns[found.chosen]
        weight = float(self.weights[found.chosen].sum())
        short = max(found.bound - found.worth, 0.0)
        return places, min(short / weight, 1.0) if weight and short > ROUNDING else 0.0
