"""What is to be assigned, what a person wished of it, and what came of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from resettle.core.late import Floats, Truths, Wholes, np
from resettle.matching.searching import FEW

UNPLACED = -1
TIME_LIMIT = 60.0


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

    `gap` says by how much of the weight a better answer with as many persons may be better, at
    most; `short` how many persons more another answer may place, at most.
    """

    places: Wholes
    persons: int
    weight: float
    gap: float
    seconds: float
    short: int = 0

    @property
    def households(self) -> int:
        return int((self.places != UNPLACED).sum())


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
