"""Crises: whom they strike, one check each, and what the flag does on the files."""

from datetime import date

import pytest

from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.crises import queries, rules, service
from resettle.crises.acts import CloseFlag, RaiseFlag
from resettle.crises.queries import Count
from resettle.crises.rules import Reach
from resettle.households.rules import Coded
from resettle.tasks.models import Task, TaskStatus
from tests.journeys import a_team_leader
from tests.world import a_caseworker, a_household, a_member, a_user

TODAY, END = date(2026, 3, 2), date(2026, 3, 16)
ARRIVED = date(2025, 8, 1)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def homes(uow):
    """Three households in Christchurch, one of them Syrian, and one elsewhere."""
    made = [a_household(uow, location="CHC", arrived_on=ARRIVED) for _ in range(3)]
    a_member(uow, made[0], nationality=Coded("SYR").text)
    a_member(uow, made[1], nationality=Coded("AFG").text)
    made.append(a_household(uow, location="NSN", arrived_on=ARRIVED, primary_language="ara"))
    return made


@pytest.fixture
def leader(uow, homes):
    """Lead the team of the first two; the third has a caseworker of its own."""
    a_caseworker(uow, homes[2])
    return a_team_leader(uow, *homes[:2])


def raised(uow, number, **more):
    usual = {"reason": "Attack on a mosque", "ends_on": END, "location": "CHC"}
    crisis = service.raise_flag(uow, RaiseFlag(**usual | more, number=number))
    uow.settle()
    return crisis


def checks(uow):
    actor, uow.actor = uow.actor, SYSTEM
    found = uow.all(uow.select(Task))
    uow.actor = actor
    return found


class TestAffected:
    @pytest.mark.parametrize(
        ("reach", "number"),
        [
            (Reach(location="CHC"), 3),
            (Reach(language="ara"), 1),
            (Reach(location="CHC", language="ara"), 0),
            (Reach(nationality="SYR"), 1),
            (Reach(location="NSN", nationality="SYR"), 0),
        ],
    )
    def test_a_place_and_a_community_are_known_by_their_number(self, uow, leader, reach, number):
        uow.actor = leader

        assert queries.affected(uow, reach).number == number

    def test_a_reader_sees_their_own_and_the_number_of_the_others(self, uow, homes, leader):
        uow.actor = leader

        found = queries.affected(uow, Reach(location="CHC"))

        assert {row.id for row in found.own} == {home.id for home in homes[:2]}
        assert {row.caseworker for row in found.own} == {"Mere Tamihana"}
        assert found.others == 1

    def test_who_has_left_or_is_still_to_come_is_not_struck(self, uow, homes, leader):
        homes[0].exited_on, homes[1].arrived_on = TODAY, None

        assert queries.struck(uow, Reach(location="CHC")) == (homes[2].id,)

    def test_only_who_raises_flags_looks(self, uow, homes):
        uow.actor = a_caseworker(uow, homes[0])

        with pytest.raises(Forbidden):
            queries.affected(uow, Reach(location="CHC"))


class TestRaise:
    def test_each_household_has_one_check_for_its_caseworker_today(self, uow, homes, leader):
        uow.actor = leader

        crisis = raised(uow, 3)

        sent = checks(uow)
        assert {task.household_id for task in sent} == {home.id for home in homes[:3]}
        assert {(task.title, task.due_on) for task in sent} == {(rules.WELFARE_CHECK, TODAY)}
        assert None not in {task.assignee_id for task in sent}
        assert queries.counts(uow, [crisis.id]) == {crisis.id: Count(3, 0)}

    def test_they_are_sent_once_also_when_sent_again(self, uow, homes, leader):
        uow.actor = leader
        crisis = raised(uow, 3)
        homes[3].location = "CHC"
        uow.session.flush()

        service.send_again(uow, crisis.id)
        service.send_again(uow, crisis.id)
        uow.settle()

        assert len(checks(uow)) == 4

    def test_the_same_flag_is_not_raised_twice(self, uow, leader):
        uow.actor = leader
        raised(uow, 3)

        with pytest.raises(Conflict, match="up already"):
            raised(uow, 3)

    def test_households_can_be_chosen_one_by_one(self, uow, homes, leader):
        uow.actor = leader

        crisis = raised(uow, None, location=None, household_ids=[homes[0].id, homes[2].id])
        service.send_again(uow, crisis.id)
        uow.settle()

        assert [task.household_id for task in checks(uow)] == [homes[0].id]

    @pytest.mark.parametrize("number", [2, None])
    def test_the_number_that_was_shown_is_confirmed(self, uow, leader, number):
        uow.actor = leader

        with pytest.raises(Conflict, match="This now concerns 3 households"):
            raised(uow, number)

    def test_a_flag_that_concerns_nobody_is_not_raised(self, uow, leader):
        uow.actor = leader

        with pytest.raises(Conflict, match="No household"):
            raised(uow, 0, location="WLG")

    @pytest.mark.parametrize(
        ("given", "field"), [({"location": None}, "location"), ({"ends_on": TODAY}, "ends_on")]
    )
    def test_it_says_whom_it_concerns_and_has_an_end(self, uow, leader, given, field):
        uow.actor = leader

        with pytest.raises(Invalid) as refused:
            raised(uow, 3, **given)

        assert [*refused.value.errors] == [field]


class TestFlag:
    def test_it_is_on_the_files_until_it_is_taken_down(self, uow, homes, leader):
        uow.actor = leader
        crisis = raised(uow, 3)
        up = queries.on_file(uow, homes[0].id)

        service.close(uow, crisis.id, CloseFlag(note="All are safe."))
        uow.session.flush()

        assert up == [crisis]
        assert queries.on_file(uow, homes[0].id) == []
        with pytest.raises(Conflict):
            service.send_again(uow, crisis.id)

    def test_it_comes_down_by_itself(self, uow, homes, leader):
        uow.actor = leader
        raised(uow, 3)
        uow.today = date(2026, 3, 17)

        assert queries.on_file(uow, homes[0].id) == []

    def test_a_manager_sees_numbers_alone(self, uow, homes, leader):
        uow.actor = leader
        crisis = raised(uow, 3)
        checks(uow)[0].status = TaskStatus.DONE
        uow.session.flush()
        by_leader = queries.checks(uow, crisis)
        uow.actor = Actor(Role.PROGRAMME_MANAGER, user_id=leader.user_id)

        assert len(by_leader) == 2
        assert queries.checks(uow, crisis) == ()
        assert queries.own_rows(uow, [homes[0].id]) == ()
        assert queries.counts(uow, [crisis.id]) == {crisis.id: Count(3, 1)}


def test_without_a_caseworker_a_check_waits_for_somebody(uow, homes, leader):
    uow.actor = SYSTEM
    uow.add(
        Assignment(
            household_id=homes[3].id,
            user_id=a_user(uow).id,
            kind=AssignmentKind.SECOND,
            from_on=ARRIVED,
        )
    )
    raised(uow, 1, location="NSN")

    assert [task.assignee_id for task in checks(uow)] == [None]
