"""Milestones: late, overdue, how far, and what a new plan does to what there is."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.milestones import rules
from resettle.milestones.rules import Kept, Standing

DUE = date(2026, 3, 10)
HOME = uuid4()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "met_on", "deadline", "state"),
    [
        ("met", DUE, True, "met"),
        ("met", DUE + DAY, True, "met_late"),
        ("met", DUE + DAY, False, "met"),
        ("not_started", None, True, "not_started"),
        ("waived", None, True, "waived"),
    ],
)
def test_met_after_its_day_is_met_late(status, met_on, deadline, state):
    assert rules.state(Standing(status, DUE, met_on, deadline)) == state


@pytest.mark.parametrize(
    ("status", "today", "deadline", "overdue"),
    [
        ("not_started", DUE, True, False),
        ("not_started", DUE + DAY, True, True),
        ("blocked", DUE + DAY, True, True),
        ("in_progress", DUE + DAY, False, False),
        ("met", DUE + DAY, True, False),
        ("not_applicable", DUE + DAY, True, False),
    ],
)
def test_only_what_is_open_after_its_day_is_overdue(status, today, deadline, overdue):
    assert rules.is_overdue(Standing(status, DUE, None, deadline), today) is overdue


def test_progress_counts_what_is_due_and_says_so():
    standings = [
        Standing("met", DUE - DAY, DUE, True),
        Standing("not_started", DUE - DAY, None, True),
        Standing("met", DUE + DAY, DUE, True),
        Standing("waived", DUE - DAY, None, True),
        Standing("not_started", DUE - DAY, None, False),
    ]

    found = rules.progress(HOME, standings, DUE)

    assert (found.met, found.due, found.total, found.overdue) == (1, 2, 4, 1)
    assert found.words == "1 of 2 due so far"


def test_before_anything_is_due_it_says_that():
    assert rules.progress(HOME, [], DUE).words == "Nothing is due yet"


KEYS = [(None, "HOU-01"), (HOME, "EDU-01"), (HOME, "HEA-01"), (None, "REV-01")]


def kept(key, **more):
    usual = {"due_on": DUE, "overridden": False, "status": "not_started", "dropped": False}
    return Kept(key, **usual | more)


class TestReplan:
    def test_what_a_person_set_stays_and_the_rest_moves(self):
        rows = [kept(KEYS[0]), kept(KEYS[1], overridden=True), kept(KEYS[2], status="met")]
        planned = dict.fromkeys(KEYS[:3], DUE + DAY)

        made = rules.replan(rows, planned, frozenset())

        assert [change.key for change in made.moved] == [KEYS[0], KEYS[2]]
        assert [change.key for change in made.stays] == [KEYS[1]]
        assert not made.added
        assert not made.dropped

    def test_what_is_missing_is_added_but_not_beside_what_has_a_day_of_its_own(self):
        made = rules.replan([], dict.fromkeys(KEYS, DUE), frozenset({KEYS[1]}))

        assert made.added == (KEYS[0], KEYS[2], KEYS[3])

    def test_what_is_planned_no_more_is_dropped_unless_somebody_has_begun_it(self):
        rows = [kept(KEYS[0]), kept(KEYS[1], status="in_progress"), kept(KEYS[2], status="met")]

        assert rules.replan(rows, {}, frozenset()).dropped == (KEYS[0],)

    def test_what_a_plan_dropped_comes_back_with_it(self):
        row = kept(KEYS[0], status="not_applicable", dropped=True)

        assert rules.replan([row], {KEYS[0]: DUE}, frozenset()).restored == (KEYS[0],)


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
plans = st.dictionaries(st.sampled_from(KEYS), days)


@given(first=plans, second=plans, by_hand=st.sets(st.sampled_from(KEYS)))
def test_to_another_plan_and_back_restores_every_day_that_nobody_set(
    first: dict[tuple[UUID | None, str], date], second, by_hand
):
    rows = [kept(key, due_on=day, overridden=key in by_hand) for key, day in first.items()]

    there = apply(rows, second)
    back = apply(there, first)

    assert {row.key: row.due_on for row in back if row.key in first} == first
    assert all(not row.dropped for row in back if row.key in first)


def apply(rows, planned):
    made = rules.replan(rows, planned, frozenset())
    to = {change.key: change.to for change in made.moved}
    kept_now = [
        Kept(
            row.key,
            to.get(row.key, row.due_on),
            row.overridden,
            row.status,
            (row.dropped or row.key in made.dropped) and row.key not in made.restored,
        )
        for row in rows
    ]
    return [*kept_now, *(kept(key, due_on=planned[key]) for key in made.added)]
