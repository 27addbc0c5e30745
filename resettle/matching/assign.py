"""The exact assignment of households to places: indivisible households, capacities in persons.

First as many persons are placed as can be, then the sum of the weights is made as large as it can
be; or the weight alone, if that is asked. HiGHS proves both, through scipy. Nothing here looks at
names, so that renaming changes nothing: among equally good answers the order of rows and columns
decides, which a seed can shuffle.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from resettle.core.late import Floats, Truths, Wholes, np, optimize, sparse

UNPLACED = -1
# What milp says where nothing meets all that is asked.
INFEASIBLE = 2
TIME_LIMIT = 60.0
# How much a person more is worth beside the best weight a person could have.
BONUS = 10.0
# How far from the best an answer may be that is called the best, relative; and sums of fractions.
PROVEN, ROUNDING = 1e-7, 1e-6


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

    The time limit is in seconds, for the whole search; after it comes the best found so far.
    """

    objective: Objective = Objective.PERSONS_FIRST
    pins: Mapping[int, int] = field(default_factory=dict)
    forbids: frozenset[tuple[int, int]] = frozenset()
    time_limit: float = TIME_LIMIT
    seed: int = 0


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
        self.sizes = problem.sizes[rows].astype(float)
        self.weights = problem.weights[rows, columns]
        count = np.arange(len(rows))
        once = sparse.csr_array(
            (np.ones(len(rows)), (rows, count)), (len(problem.sizes), len(rows))
        )
        fills = sparse.csr_array(
            (self.sizes, (columns, count)), (len(problem.capacities), len(rows))
        )
        pinned = np.isin(np.arange(len(problem.sizes)), [*wishes.pins]).astype(float)
        self.constraints = [
            optimize.LinearConstraint(once, pinned, 1),
            optimize.LinearConstraint(fills, -np.inf, problem.capacities.astype(float)),
            *self._of_kinds(count),
            *(row for pair in problem.linked for row in self._not_apart(*pair)),
        ]

    def _of_kinds(self, count: Wholes) -> "list[optimize.LinearConstraint]":
        """Keep each kind of room within what each place has of it."""
        uses, limits = self.problem.uses, self.problem.limits
        if uses is None or limits is None:
            return []
        shape = (len(limits), len(self.rows))
        return [
            optimize.LinearConstraint(
                sparse.csr_array(
                    (uses[self.rows, kind].astype(float), (self.columns, count)), shape
                ),
                -np.inf,
                limits[:, kind].astype(float),
            )
            for kind in range(limits.shape[1])
        ]

    def _not_apart(self, one: int, other: int) -> "list[optimize.LinearConstraint]":
        """Keep two households from living far from one another, place by place."""
        near = self.problem.near
        assert near is not None, "links between households need to know which places are near"
        mine, theirs = self.rows == one, self.rows == other
        found = []
        for place in np.unique(self.columns[mine]):
            far = theirs & ~near[place][self.columns]
            terms = (mine & (self.columns == place)) | far
            found.append(
                optimize.LinearConstraint(
                    sparse.csr_array(terms[None, :].astype(float)), -np.inf, 1
                )
            )
        return found

    def persons_first(self) -> tuple[Wholes, float]:
        """Look for the best weight with a bonus for each person, which mostly settles both.

        If that places as many persons as can be at all, no answer with as many has more weight,
        since the bonus is the same for all of those. If not, persons are settled first.
        """
        bonus = BONUS * float((self.weights / self.sizes).max())
        chosen, gap = self._best(self.weights + bonus * self.sizes)
        if self.sizes[chosen].sum() >= self._most_persons() or self._over():
            return self._places(chosen), gap
        most, persons_gap = self._best(self.sizes)
        if self._over():
            better = max(chosen, most, key=lambda each: float(self.sizes[each].sum()))
            return self._places(better), max(gap, persons_gap)
        kept = optimize.LinearConstraint(
            sparse.csr_array(self.sizes[None, :]), self.sizes[most].sum(), np.inf
        )
        settled, gap = self._best(self.weights, kept)
        return self._places(settled if settled.any() else most), max(gap, persons_gap)

    def _most_persons(self) -> float:
        """Give a number of persons that nothing exceeds: as many as if families could be parted."""
        parted = optimize.milp(
            -self.sizes, bounds=optimize.Bounds(0, 1), constraints=self.constraints
        )
        return float(np.floor(-parted.fun + ROUNDING)) if parted.fun is not None else np.inf

    def _over(self) -> bool:
        return time.monotonic() >= self.until

    def by_weight(self) -> tuple[Wholes, float]:
        chosen, gap = self._best(self.weights)
        return self._places(chosen), gap

    def _best(self, worth: Floats, *more: "optimize.LinearConstraint") -> tuple[Truths, float]:
        """Find the pairs that are worth most together, and how far from the best they may be.

        When the time is over before anything is found, no pair is chosen and the gap is 1.
        """
        found = optimize.milp(
            -worth,
            integrality=np.ones(len(worth)),
            bounds=optimize.Bounds(0, 1),
            constraints=[*self.constraints, *more],
            options={"mip_rel_gap": PROVEN, "time_limit": max(self.until - time.monotonic(), 0.1)},
        )
        if found.status == INFEASIBLE:
            raise Impossible("What was pinned cannot all be at once.")
        if found.x is None:
            return np.zeros(len(worth), dtype=bool), 1.0
        return found.x > 1 / 2, float(found.mip_gap or 0.0)

    def _places(self, chosen: Truths) -> Wholes:
        places = np.full(len(self.problem.sizes), UNPLACED)
        places[self.rows[chosen]] = self.columns[chosen]
        return places
