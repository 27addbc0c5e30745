"""Placing ahead of time: families arrive in batches, and nobody knows who comes later.

A place that is given today is not there for a later family that needs it more. What it would be
worth to them is the capacity's shadow price: the dual value of the relaxed problem over futures
that are drawn from last year's arrivals and this year's so far, as many persons as are announced.
Each batch is then placed exactly, with each place's price taken off its weight.
"""

import time
from dataclasses import dataclass, replace

from resettle.core.late import Floats, Wholes, np, optimize, sparse
from resettle.matching.assign import NOTHING, assign
from resettle.matching.problem import UNPLACED, Assignment, Objective, Problem, Wishes, told

FUTURES = 12
# One person more is worth more than anything that the weights of a year could differ by.
A_PERSON = 100.0
# Families of this year tell as much of it as two of last year's.
SEEN = 0.5


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may be known of the year: last year's arrivals, and how many persons are announced."""

    announced: int
    past: Problem | None = None
    futures: int = FUTURES
    seed: int = 0


def in_batches(problem: Problem, size: int, objective: Objective, outlook: Outlook) -> Assignment:
    """Place the households `size` at a time, in their order, as if nothing later were known."""
    begun = time.monotonic()
    chance = np.random.default_rng(outlook.seed)
    left, places = problem.capacities.copy(), np.full(len(problem.sizes), UNPLACED)
    for first in range(0, len(problem.sizes), size):
        rows = slice(first, first + size)
        batch = problem.part(rows, left)
        arrived = problem.part(slice(0, first + size), left)
        lam = prices(batch, arrived, objective, outlook, chance)
        places[rows] = priced(batch, lam, Wishes(objective)).places
        left = left - _taken(batch, places[rows])
    return told(problem, places, 0.0, begun)


def prices(
    batch: Problem,
    arrived: Problem,
    objective: Objective,
    outlook: Outlook,
    chance: "np.random.Generator",
) -> Floats:
    """Say what a place for one person is worth to those who come later, for each place.

    `arrived` are all households so far, those of the batch among them; the prices are means over
    futures that `chance` draws.
    """
    futures = Futures.of(batch, arrived, objective, outlook)
    return np.asarray(np.mean([futures.price(chance) for _ in range(outlook.futures)], axis=0))


@dataclass(frozen=True, slots=True)
class Futures:
    """Those who may come after a batch: whom they are likely to be like, and how many they are."""

    batch: Problem
    pool: Problem
    likely: Floats
    count: int
    objective: Objective

    @classmethod
    def of(
        cls, batch: Problem, arrived: Problem, objective: Objective, outlook: Outlook
    ) -> "Futures":
        pool, likely = _pool(arrived, outlook.past)
        coming = outlook.announced - int(arrived.sizes.sum())
        count = round(max(coming, 0) / float(pool.sizes @ likely))
        return cls(batch, pool, likely, count, objective)

    def price(self, chance: "np.random.Generator") -> Floats:
        """Draw one future, and say what a place for one person is worth in it, for each place."""
        if not self.count:
            return np.zeros(len(self.batch.capacities))
        drawn = chance.choice(len(self.likely), self.count, p=self.likely)
        return _price(_with(self.batch, self.pool, drawn), self.objective)

    def sum_of(self, numbers: range, seed: int) -> Floats:
        """Add up the prices of some futures, each drawn by its number, however many at a time."""
        drawn = [self.price(np.random.default_rng((seed, number))) for number in numbers]
        return np.asarray(np.sum(drawn, axis=0))


def _pool(arrived: Problem, past: Problem | None) -> tuple[Problem, Floats]:
    """Give the households that later ones are likely to be like, and how likely each."""
    if past is None:
        return arrived, np.full(len(arrived.sizes), 1 / len(arrived.sizes))
    pool = Problem(
        np.concatenate([past.sizes, arrived.sizes]),
        np.vstack([past.weights, arrived.weights]),
        np.vstack([past.may, arrived.may]),
        arrived.capacities,
    )
    counted = np.concatenate([np.ones(len(past.sizes)), np.full(len(arrived.sizes), SEEN)])
    return pool, counted / counted.sum()


def _with(batch: Problem, pool: Problem, drawn: Wholes) -> Problem:
    return Problem(
        np.concatenate([batch.sizes, pool.sizes[drawn]]),
        np.vstack([batch.weights, pool.weights[drawn]]),
        np.vstack([batch.may, pool.may[drawn]]),
        batch.capacities,
    )


def _price(future: Problem, objective: Objective) -> Floats:
    """Give the dual values of the capacities, where households may be divided."""
    rows, columns = np.nonzero(future.may & (future.sizes[:, None] <= future.capacities))
    places = len(future.capacities)
    if not len(rows):
        return np.zeros(places)
    worth, count = _worth(future, objective)[rows, columns], np.arange(len(rows))
    once = sparse.csr_array((np.ones(len(rows)), (rows, count)), (len(future.sizes), len(rows)))
    fills = sparse.csr_array(
        (future.sizes[rows].astype(float), (columns, count)), (places, len(rows))
    )
    limits = np.concatenate([np.ones(len(future.sizes)), future.capacities.astype(float)])
    found = optimize.linprog(-worth, A_ub=sparse.vstack([once, fills]), b_ub=limits, method="highs")
    return np.asarray(-found.ineqlin.marginals[len(future.sizes) :])


def _worth(problem: Problem, objective: Objective) -> Floats:
    if objective is Objective.WEIGHT:
        return problem.weights
    return problem.weights + A_PERSON * problem.sizes[:, None]


def priced(batch: Problem, lam: Floats, wishes: Wishes) -> Assignment:
    """Place a batch by what each place is worth to it above what it is worth to later ones.

    Told is the weight itself, without the prices, and what a better answer by both would bring at
    most as a part of it. Raises Impossible as `assign` does.
    """
    above = _above(batch, lam, wishes.objective)
    # By weight alone, a place that is worth more to a later family is kept for it.
    kept = batch.may & ((above >= 0) | (wishes.objective is Objective.PERSONS_FIRST))
    for row, column in wishes.pins.items():
        kept[row, column] = batch.may[row, column]
    begun = time.monotonic()
    found = assign(replace(batch, weights=above, may=kept), wishes)
    here = told(batch, found.places, 0.0, begun)
    return replace(here, gap=_gap(found, here), short=found.short)


def _above(batch: Problem, lam: Floats, objective: Objective) -> Floats:
    """Take the prices off the weights.

    Where persons come first, every answer that counts has as many of them, so that the same may be
    added for each: as little as leaves no pair below nothing.
    """
    if objective is Objective.WEIGHT:
        return np.asarray(batch.weights - lam * batch.sizes[:, None])
    return np.asarray(batch.weights + (lam.max(initial=0.0) - lam) * batch.sizes[:, None])


def _gap(found: Assignment, here: Assignment) -> float:
    """Say of the weight itself how far it may be from the best, where prices were taken off."""
    if not found.gap or found.gap >= NOTHING or not here.weight:
        return found.gap
    return min(found.gap * max(found.weight, 0.0) / here.weight, NOTHING)


def _taken(batch: Problem, places: Wholes) -> Wholes:
    rows = np.flatnonzero(places != UNPLACED)
    counted = np.bincount(places[rows], batch.sizes[rows], len(batch.capacities))
    return counted.astype(np.int64)
