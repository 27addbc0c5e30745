"""Where room is scarce: as many persons as the room holds, the best of those, and how far off."""

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resettle.matching import limits, searching
from resettle.matching.ahead import priced
from resettle.matching.assign import assign, greedy
from resettle.matching.problem import UNPLACED, Impossible, Objective, Problem, Wishes, left_after
from resettle.matching.searching import NEAR, Rows, relax, rounded

# Every pair is searched by way of the relaxed problem, as where there are many.
MANY = Wishes(few=0)
CLOSE = 1e-6


def a_world(seed: int, households: int = 60, places: int = 6, room: float = 0.75) -> Problem:
    """Invent families of one to six, and room for three in four of the persons."""
    chance = np.random.default_rng(seed)
    sizes = chance.choice(np.arange(1, 7), households, p=[0.3, 0.2, 0.15, 0.15, 0.1, 0.1])
    weights = chance.gamma(2.0, 0.2, households)[:, None] + 0.2 * chance.random(
        (households, places)
    )
    shares = chance.dirichlet(np.full(places, 3.0))
    capacities = np.maximum((shares * sizes.sum() * room).astype(np.int64), 4)
    return Problem(sizes, weights, chance.random((households, places)) < 0.85, capacities)


def bound_with(problem: Problem, persons: int) -> float:
    """Give what no placement of so many persons weighs more than, could families be divided."""
    rows, columns = np.nonzero(problem.may)
    sizes = problem.sizes[rows].astype(float)
    kept = limits.once(rows, len(problem.sizes), ()) + limits.fills(
        columns, sizes, problem.capacities
    )
    asked = kept + limits.at_least(sizes, persons)
    relaxed = relax(problem.weights[rows, columns], asked, time.monotonic() + 60)
    assert relaxed is not None
    return relaxed.bound


@pytest.mark.parametrize("seed", [1, 2])
def test_it_fills_the_room_and_is_near_what_the_relaxed_problem_weighs(seed: int):
    problem = a_world(seed)
    found, by_hand = assign(problem, replace(MANY, time_limit=2.0)), greedy(problem)

    assert found.persons == problem.capacities.sum() >= by_hand.persons
    assert (left_after(problem, found.places) >= 0).all()
    bound = bound_with(problem, found.persons)
    assert bound * (1 - 0.02) <= found.weight <= bound + CLOSE
    assert found.weight > by_hand.weight
    assert found.gap <= 0.02
    assert found.short == 0


def test_few_pairs_have_an_answer_with_its_gap_though_no_search_was_in_time(monkeypatch):
    monkeypatch.setattr(searching, "LEAST_SECONDS", 0.0)
    problem = a_world(1)
    at_once = Wishes(Objective.WEIGHT, time_limit=0.0)
    found, by_hand = assign(problem, at_once), greedy(problem)

    assert (left_after(problem, found.places) >= 0).all()
    assert found.weight > by_hand.weight
    assert found.gap <= 0.02


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.4, 0.75, 0.95]), st.sampled_from([0.05, 60.0]))
def test_it_is_never_below_one_by_one(seed: int, room: float, seconds: float):
    problem = a_world(seed, households=24, places=4, room=room)
    found, by_hand = assign(problem, replace(MANY, time_limit=seconds)), greedy(problem)

    assert (found.persons, found.weight + CLOSE) >= (by_hand.persons, by_hand.weight)
    assert (left_after(problem, found.places) >= 0).all()
    rows = np.flatnonzero(found.places != UNPLACED)
    assert problem.may[rows, found.places[rows]].all()


def test_the_same_question_has_the_same_answer():
    problem = a_world(4, households=40)

    answers = {tuple(assign(problem, replace(MANY, seed=9)).places) for _ in range(2)}
    assert len(answers) == 1


def test_beds_that_no_family_fits_are_not_counted_as_room():
    sizes, weights = np.full(30, 3), np.arange(60.0).reshape(30, 2)
    problem = Problem(sizes, weights, np.ones((30, 2), dtype=bool), np.array([10, 20]))

    found = assign(problem, MANY)
    assert (found.persons, found.short, found.gap) == (27, 0, 0)


def test_room_that_needs_cannot_fill_is_settled_by_persons_and_then_by_weight():
    """Each place takes two households only: the relaxed problem says how many persons that is."""
    sizes, weights = np.array([1, 1, 2, 3, 4, 4]), np.array([[9.0, 9, 3, 1, 1, 2]] * 2).T
    problem = Problem(
        sizes,
        weights,
        np.ones((6, 2), dtype=bool),
        np.array([7, 7]),
        uses=np.ones((6, 1), dtype=np.int64),
        limits=np.array([[2], [2]]),
    )

    exact, found = assign(problem), assign(problem, MANY)
    assert (found.persons, found.weight) == (exact.persons, exact.weight) == (13, 7.0)
    assert found.short == 0


def test_nobody_is_called_short_where_no_answer_places_more():
    """Two linked families must be near, and no place has room for both: one is placed."""
    problem = Problem(
        np.array([4, 4]),
        np.array([[1.0, 2.0], [3.0, 1.0]]),
        np.ones((2, 2), dtype=bool),
        np.array([4, 4]),
        linked=((0, 1),),
        near=np.eye(2, dtype=bool),
    )

    found = assign(problem, MANY)
    assert (found.persons, found.weight, found.gap) == (4, 3.0, 0)
    assert found.short == 0


def test_where_no_time_is_left_one_by_one_is_told_with_who_may_be_short():
    problem = a_world(5, households=1200, places=40)

    found, by_hand = assign(problem, replace(MANY, time_limit=0.0)), greedy(problem)
    assert found.persons >= by_hand.persons
    assert 0 <= found.short <= problem.capacities.sum() - found.persons
    assert 0 < found.gap <= 1


@pytest.mark.parametrize("seconds", [0.0, 30.0])
def test_what_is_kept_for_later_takes_nothing_from_what_is_told_of_the_search(seconds: float):
    problem = a_world(5, households=1200 if not seconds else 60, places=40 if not seconds else 6)
    wishes = replace(MANY, time_limit=seconds)

    alone, beside = assign(problem, wishes), priced(problem, np.zeros(problem.may.shape[1]), wishes)
    assert (beside.persons, beside.weight) == (alone.persons, pytest.approx(alone.weight))
    assert (beside.short, beside.gap) == (alone.short, pytest.approx(alone.gap))


def test_prices_leave_a_gap_that_is_told_of_the_weight_itself():
    problem = a_world(3)
    dear = np.array([50.0, 0.0, 0.0, 0.0, 0.0, 0.0])

    found = priced(problem, dear, MANY)
    assert found.weight * found.gap <= NEAR * (found.weight + 50.0 * problem.sizes.sum())
    assert found.weight == pytest.approx(
        sum(problem.weights[row, at] for row, at in enumerate(found.places) if at != UNPLACED)
    )


def test_what_is_pinned_and_cannot_be_is_told():
    problem = replace(a_world(1, 12, 3), linked=((0, 1),), near=np.eye(3, dtype=bool))
    problem = replace(problem, may=np.ones_like(problem.may), capacities=np.array([30, 9, 9]))

    with pytest.raises(Impossible, match="cannot all be at once"):
        assign(problem, replace(MANY, pins={0: 0, 1: 1}))


class TestFilled:
    """The relaxed problem, rounded: one comes in for another until as many are placed."""

    @pytest.mark.parametrize("seed", range(3))
    def test_it_places_as_many_as_are_asked_for(self, seed: int):
        found, problem, kept = self._rounded(seed)

        assert found is not None
        sizes = problem.sizes[np.nonzero(problem.may)[0]]
        assert sizes[found.chosen].sum() == problem.capacities.sum()
        assert (kept.matrix @ found.chosen <= kept.high + CLOSE).all()
        assert found.worth >= 0.9 * found.bound

    def test_who_is_pinned_does_not_go_for_another(self):
        found, _, kept = self._rounded(2, pinned=range(2))

        assert found is not None
        assert (kept.matrix.tocsr()[:2] @ found.chosen == 1).all()

    def test_what_no_exchange_brings_about_is_no_answer(self):
        problem = Problem(
            np.array([2, 2]), np.ones((2, 1)), np.ones((2, 1), dtype=bool), np.array([3])
        )
        rows, columns = np.nonzero(problem.may)
        kept = limits.once(rows, 2, ()) + limits.fills(
            columns, np.array([2.0, 2.0]), problem.capacities
        )
        asked = kept + limits.at_least(np.array([2.0, 2.0]), 3)
        relaxed = relax(np.ones(2), asked, time.monotonic() + 60)

        assert rounded(np.ones(2), asked, relaxed) is None

    def _rounded(self, seed: int, pinned=()):
        problem = a_world(seed)
        rows, columns = np.nonzero(problem.may)
        sizes, worth = problem.sizes[rows].astype(float), problem.weights[rows, columns]
        kept: Rows = limits.once(rows, len(problem.sizes), pinned) + limits.fills(
            columns, sizes, problem.capacities
        )
        asked = kept + limits.at_least(sizes, float(problem.capacities.sum()))
        return rounded(worth, asked, relax(worth, asked, time.monotonic() + 60)), problem, kept
