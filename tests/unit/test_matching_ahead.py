"""Placing in batches: a place is kept for who needs it more, and nothing later is known."""

import numpy as np
import pytest

from resettle.matching.ahead import Outlook, in_batches, prices
from resettle.matching.assign import assign, greedy
from resettle.matching.problem import UNPLACED, Objective, Problem, left_after


def a_year(seed: int, households: int = 120) -> Problem:
    """Make a year in which two kinds of families want the same few places."""
    chance = np.random.default_rng(seed)
    sizes = chance.integers(1, 7, households)
    needs = chance.random(households) < 1 / 3
    weights = 0.2 + 0.1 * chance.random((households, 4))
    weights[:, 0] += np.where(needs, 1.0, 0.3)
    weights[:, 1] += np.where(needs, 0.6, 0.25)
    capacities = np.array([90, 90, 200, 200])
    return Problem(sizes, weights, np.ones_like(weights, dtype=bool), capacities)


@pytest.mark.parametrize("objective", Objective)
def test_it_comes_near_to_what_hindsight_could_and_beats_one_by_one(objective):
    year, past = a_year(2), a_year(1)
    outlook = Outlook(int(year.sizes.sum()), past)

    found, hindsight = in_batches(year, 10, objective, outlook), assign(year)
    assert found.weight > greedy(year).weight
    assert found.weight >= 0.95 * hindsight.weight
    assert found.persons >= 0.99 * hindsight.persons
    assert (left_after(year, found.places) >= 0).all()


def test_who_comes_later_changes_nothing_for_who_came_before():
    year, other = a_year(2), a_year(3)
    outlook = Outlook(400, a_year(1))
    early = slice(0, 40)
    changed = Problem(
        np.concatenate([year.sizes[early], other.sizes[40:]]),
        np.vstack([year.weights[early], other.weights[40:]]),
        year.may,
        year.capacities,
    )

    before = in_batches(year, 10, Objective.WEIGHT, outlook)
    after = in_batches(changed, 10, Objective.WEIGHT, outlook)
    assert before.places[early].tolist() == after.places[early].tolist()


def test_a_place_for_which_nobody_will_compete_has_no_price():
    year = a_year(1)
    batch = year.part(slice(0, 10), year.capacities)
    chance = np.random.default_rng(0)

    nobody = prices(batch, batch, Objective.WEIGHT, Outlook(0), chance)
    many = prices(batch, batch, Objective.WEIGHT, Outlook(420, year), chance)
    assert nobody.tolist() == [0, 0, 0, 0]
    assert many[0] > many[2] == pytest.approx(0)


def test_a_year_whose_places_are_all_full_places_nobody():
    year = a_year(1, households=20)
    full = Problem(year.sizes, year.weights, year.may, np.zeros(4, dtype=np.int64))

    found = in_batches(full, 5, Objective.PERSONS_FIRST, Outlook(100))
    assert {*found.places.tolist()} == {UNPLACED}
