"""How long an exact assignment takes, and what it gains over one by one: figures, no assertions.

Each world is invented from a seed: families of 1 to 8 persons who suit some places better than
others, and places for a few persons more than there are, or for three in four of them. What was
found within the time limit, which is that of the product, is told with how far its weight may be
from the best with as many persons, and how many persons more there may be at most.
"""

import argparse
from itertools import product

import numpy as np

from resettle.matching.assign import assign, greedy
from resettle.matching.problem import Objective, Problem, Wishes

SIZES = ((150, 20), (500, 30), (1500, 40))
# As long as a run of the product searches, in seconds.
AS_LONG = 10.0
SPARE, SCARCE, OPEN = 1.05, 0.75, 0.85


def a_world(households: int, places: int, seed: int, room: float = SPARE) -> Problem:
    """Invent a year: weights have a part of the family, one of the place, and one of the pair."""
    chance = np.random.default_rng(seed)
    sizes = chance.choice(
        np.arange(1, 9), households, p=np.array([35, 18, 14, 12, 9, 6, 4, 2]) / 100
    )
    family = chance.gamma(2.0, 0.2, households)[:, None]
    weights = family * (1 + 0.3 * chance.random(places)) + 0.1 * chance.random((households, places))
    shares = chance.dirichlet(np.full(places, 3.0))
    capacities = np.maximum((shares * sizes.sum() * room).astype(np.int64), 4)
    return Problem(sizes, weights, chance.random((households, places)) < OPEN, capacities)


def main() -> None:
    """Print a line for each size and objective."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--time-limit", type=float, default=AS_LONG)
    given = parser.parse_args()
    print(
        "households x places  room  objective      persons       weight  one by one  seconds    gap"
        "  short"
    )
    for (households, places), room in product(SIZES, (SPARE, SCARCE)):
        world = a_world(households, places, given.seed, room)
        by_hand = greedy(world)
        for objective in Objective:
            found = assign(world, Wishes(objective, time_limit=given.time_limit))
            print(
                f"{households:10} x {places:<6}  {room:4.0%}  {objective.value:13}  "
                f"{found.persons:4} of {world.sizes.sum():<5} {found.weight:9.2f}  "
                f"{by_hand.weight:10.2f} {found.seconds:8.1f} {found.gap:6.2%} {found.short:6}"
            )


if __name__ == "__main__":
    main()
