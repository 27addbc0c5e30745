"""Several households put into other hands at once, and back again."""

from datetime import date, timedelta

import pytest

from resettle.cases import assigning, queries
from resettle.cases.acts import AssignCaseworker, Reassign, TakeBack
from resettle.cases.models import AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.households.models import DenyListed
from tests.world import a_caseworker, a_household, a_user

TODAY = date(2026, 3, 2)


@pytest.fixture
def world(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        households = [a_household(uow) for _ in range(3)]
        theirs = a_household(uow)
        worker, taker = a_caseworker(uow, *households), a_user(uow)
        a_caseworker(uow, theirs)
    return households, theirs, worker, taker


def taken_over(households, taker, from_on=TODAY):
    ids = tuple(household.id for household in households)
    return Reassign(household_ids=ids, user_id=taker.id, from_on=from_on, reason="Leaves")


def who_has(transactions, household):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        return queries.primary(uow, household.id).user_id


class TestReassign:
    def test_each_is_told_by_itself(self, transactions, world):
        households, theirs, worker, taker = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(DenyListed(household_id=households[1].id, user_id=taker.id))
            assigning.put(
                uow,
                households[2],
                AssignCaseworker(
                    user_id=taker.id, kind=AssignmentKind.PRIMARY, from_on=TODAY, reason="Was ours"
                ),
            )
            uow.add(second_of(households[2], worker))

        with transactions.begin(worker, "case:assign") as uow:
            told = assigning.reassign(uow, taken_over([*households, theirs], taker))

        assert [each.done for each in told] == [True, False, False, False]
        assert [each.why_not for each in told] == [
            "",
            "This account cannot look after the household.",
            "This caseworker has the household already.",
            "There is no such household, or it is not yours to assign.",
        ]
        assert told[0].reference == households[0].reference
        assert told[3].reference == ""
        assert who_has(transactions, households[0]) == taker.id
        assert who_has(transactions, households[1]) == worker.user_id

    def test_it_is_taken_back_though_the_households_are_gone_from_sight(self, transactions, world):
        households, _, worker, taker = world
        with transactions.begin(worker, "case:assign") as uow:
            told = assigning.reassign(uow, taken_over(households[:2], taker))

        with transactions.begin(worker, "case:assign") as uow:
            back = assigning.take_back(
                uow, TakeBack(assignment_ids=tuple(each.assignment_id for each in told))
            )

        assert [each.done for each in back] == [True, True]
        assert who_has(transactions, households[0]) == worker.user_id
        assert who_has(transactions, households[2]) == worker.user_id

    def test_it_is_taken_back_within_the_hour_by_who_did_it(self, transactions, world, clock):
        households, _, worker, taker = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_caseworker(uow, households[0], kind=AssignmentKind.SECOND)
        with transactions.begin(worker, "case:assign") as uow:
            (told,) = assigning.reassign(uow, taken_over(households[:1], taker))
        asked = TakeBack(assignment_ids=(told.assignment_id,))

        with transactions.begin(other, "case:assign") as uow:
            (by_another,) = assigning.take_back(uow, asked)
        clock.now += timedelta(hours=2)
        with transactions.begin(worker, "case:assign") as uow:
            (too_late,) = assigning.take_back(uow, asked)

        assert by_another.why_not == too_late.why_not
        assert too_late.why_not.startswith("Changed since")
        assert who_has(transactions, households[0]) == taker.id

    def test_where_nobody_was_before_nobody_is_again(self, transactions, world):
        _, _, _, taker = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_household(uow)
            leader = a_caseworker(uow, household, kind=AssignmentKind.SECOND)
        with transactions.begin(leader, "case:assign") as uow:
            (told,) = assigning.reassign(uow, taken_over([household], taker))

        with transactions.begin(leader, "case:assign") as uow:
            assigning.take_back(uow, TakeBack(assignment_ids=(told.assignment_id,)))

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            assert queries.primary(uow, household.id) is None


def second_of(household, worker):
    return assigning.Assignment(
        household_id=household.id,
        user_id=worker.user_id,
        kind=AssignmentKind.SECOND,
        from_on=date(2026, 1, 1),
    )
