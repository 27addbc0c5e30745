"""From when on a pulse is shown, when it is worth a look, and when it is due again."""

from datetime import date, timedelta

import pytest

from resettle.pulses import rules

TODAY, WEEKS = date(2026, 3, 2), timedelta(days=28)


@pytest.mark.parametrize(
    ("chosen", "counts"),
    [
        ({}, None),
        ({1: 3}, None),
        ({1: 3, 5: 1}, (3, 0, 0, 0, 1)),
        ({4: 4}, (0, 0, 0, 4, 0)),
    ],
)
def test_the_spread_is_told_from_four_answers_on(chosen, counts):
    found = rules.spread("energy", chosen, 4)

    assert (found and found.counts) == counts


@pytest.mark.parametrize(
    ("counts", "marked"),
    [((1, 1, 2, 0, 0), True), ((1, 0, 3, 0, 0), False), ((0, 0, 0, 0, 4), False)],
)
def test_it_is_worth_a_look_when_half_chose_a_low_answer(counts, marked):
    assert rules.Spread("energy", counts).is_marked(50) is marked


@pytest.mark.parametrize(
    ("last", "due"),
    [(None, True), (TODAY - WEEKS, True), (TODAY - WEEKS + timedelta(days=1), False)],
)
def test_it_is_asked_every_few_weeks(last, due):
    assert rules.is_due(last, TODAY, WEEKS) is due


def test_each_question_has_one_answer_and_no_other():
    assert [*rules.faults({"energy": 1, "odd": 2}, ["energy", "worth"])] == ["worth", "odd"]
