"""The exact assignment of households to places: indivisible households, capacities in persons.

First as many persons are placed as can be, then the sum of the weights is made as large as it can
be; or the weight alone, if that is asked. HiGHS proves both, through scipy. Nothing here looks at
names, so that renaming changes nothing: among equally good answers the order of rows and columns
decides, which a seed can shuffle.
"""

import time
from dataclasses import replace
from functools import reduce
from operator import add

from resettle.core.late import Floats, Truths, Wholes, np
from resettle.matching import limits
from resettle.matching.filling import ROUNDING
from resettle.matching.problem import (
    UNPLACED,
    Assignment,
    Impossible,
    Objective,
    Problem,
    Wishes,
    told,
)
from resettle.matching.searching import Found, Rows, Unmeetable, best, relax

# The gap of a search that had found nothing when its time was over.
NOTHING = 1.0
# How much a person more is worth beside the best weight a person could have.
BONUS = 10.0
# How much of the time that is left the first of two searches has.
SHARE = 0.85
TOGETHER = "What was pinned cannot all be at once."


# Where each household goes, the gap, and the persons that may be short.
Told = tuple[Wholes, float, int]


def assign(problem: Problem, wishes: Wishes | None = None) -> Assignment:
    """Assign the households. Raises Impossible if the pins break a rule or a capacity."""
    wishes = wishes or Wishes()
    begun = time.monotonic()
    may = _wished(problem, wishes)
    rows, columns = _pairs(may, wishes.seed)
    if not len(rows):
        return told(problem, np.full(len(problem.sizes), UNPLACED), 0.0, begun)
    search = _Search(problem, wishes, rows, columns, begun + wishes.time_limit)
    places, gap, short = search.persons_first() if _persons(wishes) else search.by_weight()
    found = replace(told(problem, places, gap, begun), short=short)
    if (gap or short) and not wishes.pins and not problem.linked:
        return _or_by_hand(found, replace(problem, may=may), wishes)
    return found


def _or_by_hand(found: Assignment, problem: Problem, wishes: Wishes) -> Assignment:
    """Give what one by one comes to, should that be better than what was found in time."""
    by_hand = greedy(problem)
    better = max(found, by_hand, key=lambda one: (_persons(wishes) * one.persons, one.weight))
    if better is found:
        return found
    bound = found.weight * (1 + found.gap)
    is_bound = found.gap < NOTHING and by_hand.persons <= found.persons
    return replace(
        by_hand,
        gap=max(bound / by_hand.weight - 1, 0.0) if is_bound else NOTHING,
        short=max(found.persons + found.short - by_hand.persons, 0) if _persons(wishes) else 0,
        seconds=found.seconds,
    )


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
        open_ = np.zeros_like(problem.may)
        open_[rows, columns] = True
        self.wanted = float(problem.sizes[np.unique(rows)].sum())
        room = limits.fillable(problem.sizes, open_, problem.capacities)
        self.roof = min(self.wanted, float(room.sum()))
        every = [
            limits.once(rows, len(problem.sizes), wishes.pins),
            limits.fills(columns, self.sizes, room),
        ]
        if problem.uses is not None and problem.limits is not None:
            used, kinds = problem.uses[rows].astype(float), range(problem.limits.shape[1])
            every += [limits.fills(columns, used[:, at], problem.limits[:, at]) for at in kinds]
        if problem.linked:
            near = problem.near
            assert near is not None, "links between households need to know which places are near"
            every += [limits.not_apart(rows, columns, near, *pair) for pair in problem.linked]
        self.kept = reduce(add, every)

    def persons_first(self) -> Told:
        """Place as many persons as can be, and of all ways to do that find the best."""
        return self._first_of_few() if len(self.rows) <= self.few else self._first_of_many()

    def _first_of_few(self) -> Told:
        """Give a bonus for each person, which mostly settles both at once.

        If that places as many persons as can be at all, no answer with as many has more weight,
        since the bonus is the same for all of those. If not, persons are settled first.
        """
        bonus = BONUS * float((self.weights / self.sizes).max()) * self.sizes
        first = self._best(self.weights + bonus, part=1 / (1 + BONUS))
        if first is None or self._most_persons() <= self._persons(first) or self._over():
            return self._told(first)
        found, most = self._counted(self.roof)
        return self._told(max(first, found or first, key=self._persons), most)

    def _first_of_many(self) -> Told:
        """Look for the best of what fills all room, or places everybody: nothing places more.

        Mostly there is such an answer, and then both are settled. If not, or if none was found in
        most of the time, persons are counted in some of the rest, and so many are asked for. The
        gap is that of the weight among answers with as many; who may be short is told apart.
        """
        found, most = self._with(self.roof, self._share()), self.roof
        if found is None:
            found, most = self._counted(self._most_persons())
        return self._told(found, most)

    def _counted(self, most: float) -> tuple[Found | None, float]:
        """Settle how many persons can be placed, `most` at most, then by weight how."""
        if most < self.roof and (found := self._with(most, self._share())):
            return found, most
        counted = self._best(self.sizes, until=self._share())
        if counted is None:
            return None, most
        better = self._with(self._persons(counted), self.until)
        most = min(most, float(np.floor(counted.bound + ROUNDING)))
        return better or replace(counted, worth=self._weight(counted), bound=np.inf), most

    def _with(self, persons: float, until: float) -> Found | None:
        """Find the best that places so many persons, if there is one and it is found in time."""
        kept = self.kept + limits.at_least(self.sizes, persons)
        if persons >= self.wanted:
            # Everybody: said of each household, so that the relaxed problem sees it.
            kept = self._with_everybody()
        try:
            return best(self.weights, kept, until, self.few)
        except Unmeetable:
            return None

    def _with_everybody(self) -> Rows:
        low = self.kept.low.copy()
        low[np.unique(self.rows)] = 1.0
        return replace(self.kept, low=low)

    def _share(self) -> float:
        """Give most of the time that is left."""
        now = time.monotonic()
        return now + (self.until - now) * SHARE

    def _most_persons(self) -> float:
        """Give a number of persons that nothing exceeds: as many as if families could be parted."""
        try:
            parted = relax(self.sizes, self.kept, self.until)
        except Unmeetable as error:
            raise Impossible(TOGETHER) from error
        bound = self.roof if parted is None else float(np.floor(parted.bound + ROUNDING))
        return min(bound, self.roof)

    def _persons(self, found: Found) -> float:
        return float(self.sizes[found.chosen].sum())

    def _weight(self, found: Found) -> float:
        return float(self.weights[found.chosen].sum())

    def _over(self) -> bool:
        return time.monotonic() >= self.until

    def by_weight(self) -> Told:
        return self._told(self._best(self.weights))

    def _best(self, worth: Floats, part: float = 1.0, until: float | None = None) -> Found | None:
        try:
            return best(worth, self.kept, until or self.until, self.few, part)
        except Unmeetable as error:
            raise Impossible(TOGETHER) from error

    def _told(self, found: Found | None, most: float = 0) -> Told:
        """Say where each household goes, and by how much of the weight that may fall short.

        And how many persons more an answer may place, if nothing places more than `most`.
        """
        places = np.full(len(self.problem.sizes), UNPLACED)
        if found is None:
            return places, NOTHING, int(most)
        places[self.rows[found.chosen]] = self.columns[found.chosen]
        weight = self._weight(found)
        short = max(found.bound - found.worth, 0.0)
        gap = min(short / weight, 1.0) if weight and short > ROUNDING else 0.0
        return places, gap, int(max(most - self._persons(found), 0))
