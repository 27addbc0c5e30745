"""Every household under way is in somebody's queue, whatever has become of its caseworkers."""

import random
from datetime import timedelta

import pytest

from resettle.accounts import service as accounts
from resettle.accounts.service import Deactivate
from resettle.cases.absences import Absence
from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.day import queries
from resettle.day.board import board
from resettle.day.queries import QueueFilters
from tests.desks import TODAY, a_quota_household
from tests.journeys import a_quota_case, at
from tests.world import a_user

MANAGER = Actor(Role.PROGRAMME_MANAGER, user_id=None)
STAGES = ("RECEPTION", "SUPPORT_ACTIVE", "SETTLING")


def a_random_world(uow, seed):
    """Make households in every state of having caseworkers, present, away, gone, or none."""
    dice = random.Random(seed)  # a test's dice
    users = [a_user(uow) for _ in range(5)]
    homes = [a_quota_household(uow, arrived_on=TODAY) for _ in range(8)]
    for home in homes:
        at(a_quota_case(uow, home), dice.choice(STAGES))
        for kind in dice.sample([*AssignmentKind], dice.randint(0, 3)):
            begins = TODAY + timedelta(days=dice.randint(-20, 5))
            ends = begins + timedelta(days=dice.randint(1, 30))
            row = Assignment(household_id=home.id, user_id=dice.choice(users).id, kind=kind)
            row.from_on = begins
            row.until_on = ends if kind is AssignmentKind.COVER else None
            uow.add(row)
    for user in dice.sample(users, 2):
        begins = TODAY + timedelta(days=dice.randint(-5, 2))
        uow.add(Absence(user_id=user.id, from_on=begins, until_on=TODAY + timedelta(days=4)))
    accounts.deactivate(uow, dice.choice(users).id, Deactivate("left", households_left=True))
    return {home.id for home in homes}, users


@pytest.mark.parametrize("seed", range(12))
def test_every_household_is_in_somebodys_queue(transactions, seed):
    with transactions.begin(SYSTEM, "arrange") as uow:
        homes, users = a_random_world(uow, seed)

    found = set()
    for user in users:
        actor = Actor(Role.CASEWORKER, user_id=user.id)
        with transactions.begin(actor, "queue:read", read_only=True) as uow:
            found |= {line.household_id for line in queries.queue(uow, QueueFilters()).lines}
    with transactions.begin(MANAGER, "team:lead", read_only=True) as uow:
        left = {row.household_id for row in board(uow).unattended}

    assert homes <= found | left
    assert not left & found
