"""Many cases held at once: each for itself, after a look at what that changes."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.cases import holding
from resettle.cases.acts import ExtendHold
from resettle.cases.queries import open_hold
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.holds import queries, rules, service
from resettle.holds.acts import Chosen, DoMany, Way
from tests.journeys import QUOTA, a_family, a_quota_case, a_team_leader, at
from tests.world import a_caseworker

TODAY, LATER, LATEST = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def cases(uow):
    """Two cases at the reception centre, and one that has not left yet."""
    made = [a_quota_case(uow, a_family(uow, **QUOTA, location="CHC")) for _ in range(3)]
    for case, stage in zip(made, ("RECEPTION", "RECEPTION", "PRE_DEPARTURE"), strict=True):
        at(case, stage)
    uow.session.flush()
    return made


@pytest.fixture
def leader(uow, cases):
    homes = [queries.Household(id=case.household_id) for case in cases]
    return a_team_leader(uow, *homes)


def do(uow, way, *cases, **more):
    usual = {Way.HOLD: {"reason": "BORDER_CLOSED", "review_on": LATER}}
    usual |= {Way.EXTEND: {"review_on": LATEST}, Way.RELEASE: {}}
    ids = [case.id for case in cases]
    results = service.do_many(uow, DoMany(way=way, case_ids=ids, **usual[way] | more))
    uow.session.flush()
    return [(result.done, result.words) for result in results]


class TestDoMany:
    def test_they_are_held_held_on_and_let_go(self, uow, cases, leader):
        uow.actor = leader

        held = do(uow, Way.HOLD, *cases, moves_travel=True)
        stages = {case.stage for case in cases}
        extended = do(uow, Way.EXTEND, *cases, note="Still closed")
        hold = open_hold(uow, cases[0].id)
        released = do(uow, Way.RELEASE, *cases)

        assert (held, stages) == ([(True, "On hold")] * 3, {"ON_HOLD"})
        assert extended == [(True, "Held on")] * 3
        assert (hold.review_on, hold.note) == (LATEST, "Still closed")
        assert released == [(True, "Goes on")] * 3
        assert [case.stage for case in cases] == ["RECEPTION", "RECEPTION", "PRE_DEPARTURE"]

    def test_one_refusal_stops_no_other(self, uow, cases, leader):
        uow.actor = leader
        do(uow, Way.HOLD, cases[0])

        results = do(uow, Way.HOLD, *cases)
        early = do(uow, Way.EXTEND, cases[1], review_on=date(2026, 3, 20))
        strange = do(uow, Way.RELEASE, type("Case", (), {"id": uuid4()}))

        assert [done for done, _ in results] == [False, True, True]
        assert early == [(False, "It is on hold until 1 April 2026 already.")]
        assert strange == [(False, "There is no such record, or it is not yours to see.")]

    def test_what_is_not_on_hold_is_not_let_go(self, uow, cases, leader):
        uow.actor = leader

        assert do(uow, Way.RELEASE, cases[0]) == [(False, "This case is not on hold.")]
        assert do(uow, Way.EXTEND, cases[0]) == [(False, "This case is not on hold.")]

    @pytest.mark.parametrize(
        ("way", "given", "field"),
        [
            (Way.HOLD, {"reason": None}, "reason"),
            (Way.HOLD, {"review_on": None}, "review_on"),
            (Way.EXTEND, {"review_on": TODAY}, "review_on"),
        ],
    )
    def test_a_hold_has_a_coded_reason_and_a_later_day(self, uow, cases, leader, way, given, field):
        uow.actor = leader

        with pytest.raises(Invalid) as refused:
            do(uow, way, cases[0], **given)

        assert [*refused.value.errors] == [field]

    def test_team_leaders_do_this(self, uow, cases):
        uow.actor = a_caseworker(uow)

        with pytest.raises(Forbidden):
            do(uow, Way.HOLD, cases[0])


class TestChanges:
    def test_they_are_of_the_stage_and_the_place(self, uow, cases, leader):
        uow.actor = leader

        def found(**wanted):
            return {row.case_id for row in queries.changes(uow, Chosen(**wanted))}

        assert found(stage="RECEPTION") == {cases[0].id, cases[1].id}
        assert found(location="CHC") == {case.id for case in cases}
        assert found(location="NSN") == set()
        assert found(stage="RECEPTION", way=Way.RELEASE) == set()

    def test_a_held_case_is_told_with_the_stage_that_it_left(self, uow, cases, leader):
        uow.actor = leader
        do(uow, Way.HOLD, cases[0])

        (row,) = queries.changes(uow, Chosen(stage="RECEPTION", way=Way.EXTEND))
        short = Chosen(stage="RECEPTION", way=Way.EXTEND, review_on=LATER)
        (late,) = queries.changes(uow, short)

        assert (row.stage, row.held_until, row.fault) == ("At the reception centre", LATER, None)
        assert late.fault == "It is on hold for longer already."

    def test_what_is_over_is_not_held(self, uow, cases, leader):
        at(cases[0], "WITHDRAWN")
        uow.session.flush()
        uow.actor = leader

        rows = queries.changes(uow, Chosen(stage="WITHDRAWN"))

        assert [row.fault for row in rows] == ["From where it stands it is not put on hold."]


class TestExtend:
    def test_only_to_a_later_day(self, uow, cases, leader):
        uow.actor = leader
        do(uow, Way.HOLD, cases[0])

        with pytest.raises(Invalid):
            holding.extend(uow, cases[0].id, ExtendHold(review_on=LATER))

    def test_only_what_is_on_hold(self, uow, cases, leader):
        uow.actor = leader

        with pytest.raises(Conflict):
            holding.extend(uow, cases[0].id, ExtendHold(review_on=LATER))


@pytest.mark.parametrize(
    ("travel_on", "moved"),
    [
        (None, None),
        (date(2026, 3, 1), None),
        (TODAY, LATER),
        (date(2026, 3, 31), LATER),
        (LATER, None),
    ],
)
def test_only_travel_that_falls_into_the_hold_moves(travel_on, moved):
    assert rules.new_travel(travel_on, TODAY, LATER) == moved


def test_open_steps_counted_from_the_arrival_go_on():
    steps = [
        ("not_started", "arrived + 14 days"),
        ("met", "arrived + 7 days"),
        ("not_started", "placed + 7 days"),
    ]

    assert rules.going_on(steps) == 1
