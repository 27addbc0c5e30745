"""Changes that two people make at one moment: with real commits, on either database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from resettle.changes import acts, service
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid, Stale
from resettle.households.models import Household, HouseholdMember, MemberRole
from tests.world import a_household, a_member

TODAY, JOINED = date(2026, 3, 2), date(2025, 12, 1)
LOST = (Conflict, Invalid, Stale)


@pytest.fixture
def transactions(committed_app):
    return committed_app.extensions["transactions"]


def at_once(*done):
    """Do several things at one moment; tell of each whether it was done."""

    def outcome(act):
        try:
            act()
        except LOST:
            return False
        return True

    with ThreadPoolExecutor(len(done)) as pool:
        return [each.result() for each in [pool.submit(outcome, act) for act in done]]


def recording(transactions, household_id, act, version=None):
    def record():
        with transactions.begin(SYSTEM, "test") as uow:
            uow.expected_version = version
            service.record(uow, household_id, act)

    return record


def a_couple(uow):
    household = a_household(uow)
    head = a_member(uow, household, joined_on=JOINED)
    wife = a_member(uow, household, "WIF", joined_on=JOINED)
    return household, head.id, wife.id


def heads(uow, household_id):
    return uow.count(
        HouseholdMember,
        HouseholdMember.household_id == household_id,
        HouseholdMember.left_on.is_(None),
        HouseholdMember.role == MemberRole.PRINCIPAL,
    )


def test_of_two_changes_of_what_both_have_seen_one_wins(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        household, head, wife = a_couple(uow)
        version = household.version
    death = acts.Death(on=TODAY, person_id=head, successor_id=wife)
    split = acts.Split(on=TODAY, people=[acts.Going(wife, "PA")])

    done = at_once(
        recording(transactions, household.id, death, version),
        recording(transactions, household.id, split, version),
    )

    assert sorted(done) == [False, True]
    with transactions.begin(SYSTEM, "test") as uow:
        assert heads(uow, household.id) == 1


def test_two_households_cannot_join_each_other_at_once(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        homes = [a_household(uow) for _ in range(2)]
        people = [a_member(uow, home, joined_on=JOINED) for home in homes]
    joins = [
        acts.Join(on=TODAY, other_id=homes[1].id, people=[acts.Going(people[1].id, "SBF")]),
        acts.Join(on=TODAY, other_id=homes[0].id, people=[acts.Going(people[0].id, "SBF")]),
    ]

    done = at_once(*(recording(transactions, homes[n].id, joins[n]) for n in range(2)))

    assert sorted(done) == [False, True]
    with transactions.begin(SYSTEM, "test") as uow:
        still = [home for home in homes if uow.find(Household, home.id).exited_on is None]
        assert len(still) == 1
        assert heads(uow, still[0].id) == 1


def test_a_change_is_undone_by_one(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        household, head, wife = a_couple(uow)
        death = acts.Death(on=TODAY, person_id=head, successor_id=wife)
        change = service.record(uow, household.id, death)

    def undo():
        with transactions.begin(SYSTEM, "test") as uow:
            service.undo(uow, change.id)

    assert sorted(at_once(undo, undo)) == [False, True]
