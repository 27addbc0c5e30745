"""The exact assignment: against a brute-force oracle on small worlds, and what must always hold."""

import time
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from resettle.matching import searching
from resettle.matching.assign import assign, greedy
from resettle.matching.problem import UNPLACED, Impossible, Objective, Problem, Wishes, left_after
from resettle.matching.searching import FEW, NEAR, Rows, relax, rounded

BY_WEIGHT = Wishes(Objective.WEIGHT)
CLOSE = 1e-6


def a_problem(sizes, weights, capacities, may=None) -> Problem:
    weights = np.array(weights, dtype=float)
    may = np.ones_like(weights, dtype=bool) if may is None else np.array(may, dtype=bool)
    return Problem(np.array(sizes), weights, may, np.array(capacities))


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    households, places = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    pairs = households * places
    sizes = draw(st.lists(st.integers(1, 6), min_size=households, max_size=households))
    weights = draw(st.lists(st.integers(0, 40), min_size=pairs, max_size=pairs))
    may = draw(st.lists(st.booleans(), min_size=pairs, max_size=pairs))
    capacities = draw(st.lists(st.integers(0, 12), min_size=places, max_size=places))
    shape = (households, places)
    told = np.reshape(weights, shape) / 8
    return a_problem(sizes, told, capacities, np.reshape(may, shape))


def best_by_brute_force(problem: Problem) -> tuple[tuple[int, float], float]:
    """Try every assignment there is: the best by persons and then weight, and by weight alone."""
    by_persons, by_weight = (0, 0.0), 0.0
    choices = [
        [UNPLACED, *np.flatnonzero(problem.may[row]).tolist()] for row in range(len(problem.sizes))
    ]
    for places in product(*choices):
        found = np.array(places)
        if (left_after(problem, found) < 0).any():
            continue
        rows = np.flatnonzero(found != UNPLACED)
        weight = float(problem.weights[rows, found[rows]].sum())
        by_persons = max(by_persons, (int(problem.sizes[rows].sum()), weight))
        by_weight = max(by_weight, weight)
    return by_persons, by_weight


@pytest.mark.parametrize("few", [FEW, 0], ids=["as a whole", "by the relaxed problem"])
@settings(max_examples=60, deadline=None)
@given(problem=small_problems())
def test_it_is_as_good_as_trying_everything(few: int, problem: Problem):
    (persons, weight), by_weight = best_by_brute_force(problem)

    found = assign(problem, Wishes(few=few))
    assert (found.persons, found.weight) == (persons, pytest.approx(weight, abs=CLOSE))
    alone = assign(problem, Wishes(Objective.WEIGHT, few=few))
    assert alone.weight == pytest.approx(by_weight, abs=CLOSE)


@settings(max_examples=60, deadline=None)
@given(small_problems(), st.sampled_from(Objective), st.integers(0, 5))
def test_no_capacity_is_exceeded_and_no_rule_broken(
    problem: Problem, objective: Objective, seed: int
):
    found = assign(problem, Wishes(objective, seed=seed))

    assert (left_after(problem, found.places) >= 0).all()
    rows = np.flatnonzero(found.places != UNPLACED)
    assert problem.may[rows, found.places[rows]].all()
    assert found.gap == 0


@settings(max_examples=40, deadline=None)
@given(small_problems(), st.integers(0, 2), st.integers(1, 6))
def test_more_capacity_never_makes_it_worse(problem: Problem, place: int, more: int):
    wider = problem.capacities.copy()
    wider[place % len(wider)] += more
    before, after = assign(problem), assign(replace(problem, capacities=wider))

    assert after.persons >= before.persons
    assert assign(replace(problem, capacities=wider), BY_WEIGHT).weight >= (
        assign(problem, BY_WEIGHT).weight - CLOSE
    )


@settings(max_examples=40, deadline=None)
@given(small_problems(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_places_changes_nothing_that_counts(problem: Problem, random):
    rows, places = [*range(len(problem.sizes))], [*range(len(problem.capacities))]
    random.shuffle(rows)
    random.shuffle(places)
    turned = Problem(
        problem.sizes[rows],
        problem.weights[np.ix_(rows, places)],
        problem.may[np.ix_(rows, places)],
        problem.capacities[places],
    )
    before, after = assign(problem), assign(turned)

    assert (after.persons, after.weight) == (
        before.persons,
        pytest.approx(before.weight, abs=CLOSE),
    )


class TestAssign:
    def test_persons_come_before_weight(self):
        problem = a_problem([3, 2, 1], [[1.0], [1.0], [9.0]], [5])

        assert assign(problem).places.tolist() == [0, 0, UNPLACED]
        assert assign(problem, BY_WEIGHT).places.tolist()[2] == 0

    def test_the_same_question_has_the_same_answer(self):
        problem = a_problem([1] * 6, np.ones((6, 3)), [2, 2, 2])
        wishes = Wishes(seed=3)

        answers = {tuple(assign(problem, wishes).places) for _ in range(4)}
        assert len(answers) == 1

    def test_a_pin_holds_even_if_another_place_were_better(self):
        problem = a_problem([2, 2], [[1.0, 9.0], [1.0, 9.0]], [4, 2])

        found = assign(problem, Wishes(pins={0: 0}))
        assert found.places.tolist() == [0, 1]

    def test_what_is_forbidden_does_not_come_about(self):
        problem = a_problem([2], [[1.0, 9.0]], [2, 2])

        found = assign(problem, Wishes(forbids=frozenset({(0, 1)})))
        assert found.places.tolist() == [0]

    @pytest.mark.parametrize(
        "pins", [{0: 1}, {0: 0, 1: 0}], ids=["a closed place", "more than it takes"]
    )
    def test_pins_that_cannot_be_are_told(self, pins):
        problem = a_problem([2, 2], [[1.0, 1.0], [1.0, 1.0]], [3, 3], [[True, False]] * 2)

        with pytest.raises(Impossible, match="cannot be pinned"):
            assign(problem, Wishes(pins=pins))

    def test_where_nothing_is_open_nobody_is_placed(self):
        found = assign(a_problem([2, 3], [[1.0], [1.0]], [1]))

        assert (found.households, found.persons, found.weight, found.gap) == (0, 0, 0, 0)

    def test_after_the_time_limit_comes_what_was_found_with_its_gap(self):
        chance = np.random.default_rng(5)
        sizes = chance.integers(1, 9, 400)
        problem = a_problem(sizes, chance.random((400, 30)), chance.integers(20, 60, 30))

        found = assign(problem, Wishes(Objective.WEIGHT, time_limit=0.3))
        assert found.gap > 0
        assert (left_after(problem, found.places) >= 0).all()

    @pytest.mark.parametrize("objective", Objective)
    def test_many_pairs_are_searched_until_it_is_near_enough(self, objective):
        chance = np.random.default_rng(7)
        sizes, weights = chance.integers(1, 6, 120), chance.random((120, 12))
        problem = a_problem(sizes, weights, np.full(12, sizes.sum() // 11))
        exact = assign(problem, Wishes(objective))

        found = assign(problem, Wishes(objective, few=0))
        assert found.persons == exact.persons == sizes.sum()
        assert found.gap < 2 * NEAR
        assert exact.weight * (1 - NEAR) <= found.weight <= exact.weight + CLOSE

    def test_what_is_pinned_of_many_holds_or_is_told(self):
        problem = a_problem([2, 2], [[1.0, 9.0], [1.0, 9.0]], [4, 2])
        apart = replace(problem, linked=((0, 1),), near=np.eye(2, dtype=bool))

        assert assign(problem, Wishes(pins={0: 0}, few=0)).places.tolist() == [0, 1]
        with pytest.raises(Impossible, match="cannot all be at once"):
            assign(apart, Wishes(pins={0: 0, 1: 1}, few=0))

    def test_if_nothing_is_found_in_time_each_takes_the_best_that_is_open(self, monkeypatch):
        for name in ("LEAST_SECONDS", "GRACE_SECONDS"):
            monkeypatch.setattr(searching, name, 1e-6)
        chance = np.random.default_rng(5)
        sizes = chance.integers(1, 9, 1500)
        problem = a_problem(sizes, chance.random((1500, 40)), np.full(40, 180))

        found = assign(problem, Wishes(time_limit=0.0, few=10**6))
        assert found.gap == 1
        assert found.places.tolist() == greedy(problem).places.tolist()


class TestRounded:
    """What the relaxed problem says, as a first answer."""

    @settings(max_examples=40, deadline=None)
    @given(small_problems().filter(lambda problem: problem.may.any()))
    def test_it_overfills_nothing_and_is_no_better_than_the_best(self, problem: Problem):
        pairs, rows = rows_of(problem)
        worth = problem.weights[pairs]
        relaxed = relax(worth, rows, time.monotonic() + 60)
        found = rounded(worth, rows, relaxed)

        assert (rows.matrix @ found.chosen <= rows.high).all()
        assert found.worth <= best_by_brute_force(problem)[1] + CLOSE
        assert found.bound >= best_by_brute_force(problem)[1] - CLOSE

    def test_what_must_be_and_was_not_chosen_is_no_answer(self):
        _, rows = rows_of(a_problem([2], [[1.0]], [1]))
        pinned = replace(rows, low=np.array([1.0, -np.inf]))
        relaxed = relax(np.array([1.0]), rows, time.monotonic() + 60)

        assert rounded(np.array([1.0]), pinned, relaxed) is None


def rows_of(problem: Problem):
    """Say of each pair that may be that a household is in one place, and fills it."""
    households, places = np.nonzero(problem.may)
    once = (households == np.arange(len(problem.sizes))[:, None]).astype(float)
    fills = (places == np.arange(len(problem.capacities))[:, None]) * problem.sizes[households]
    high = np.concatenate([np.ones(len(problem.sizes)), problem.capacities.astype(float)])
    matrix = sparse.csc_array(np.vstack([once, fills]))
    return (households, places), Rows(matrix, np.full(len(high), -np.inf), high)


class TestGreedy:
    def test_each_takes_the_best_that_is_open(self):
        problem = a_problem([2, 2, 3], [[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], [2, 3])

        found = greedy(problem)
        assert found.places.tolist() == [1, 0, UNPLACED]
        assert (found.persons, found.weight) == (4, 3.0)
