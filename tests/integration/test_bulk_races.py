"""Two people do something with many at one moment, one from the top and one from the bottom.

Each waits for the other at most once: nobody is refused because their lists stood in another order.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from resettle.cases import assigning
from resettle.cases.acts import Reassign, TakeBack
from resettle.cases.models import AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.holds import service as holds
from resettle.holds.acts import DoMany, Way
from resettle.tasks import service, several
from resettle.tasks.acts import AddTask, Several
from resettle.tasks.models import Category, Task, TaskStatus
from tests.journeys import QUOTA, a_family, a_quota_case, at
from tests.world import a_caseworker, a_household

MANY = 12
TODAY = date(2026, 3, 2)


@pytest.fixture
def transactions(committed_app):
    return committed_app.extensions["transactions"]


def from_both_ends(transactions, ids, act):
    """Act on all of them twice at one moment, in opposite orders; tell what came of each."""
    start = Barrier(2)

    def run(order):
        start.wait()
        with transactions.begin(SYSTEM, "race") as uow:
            return [each.done for each in act(uow, order)]

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, [ids, ids[::-1]]))


def test_of_two_who_hold_the_same_cases_one_does_and_the_other_is_told(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        made = [a_quota_case(uow, a_family(uow, **QUOTA, location="CHC")) for _ in range(MANY)]
        for case in made:
            at(case, "RECEPTION")
        ids = [case.id for case in made]

    def hold(uow, order):
        usual = {"reason": "BORDER_CLOSED", "review_on": date(2026, 4, 1)}
        return holds.do_many(uow, DoMany(way=Way.HOLD, case_ids=order, **usual))

    told = from_both_ends(transactions, ids, hold)

    assert told == [[False] * MANY, [True] * MANY]


def test_of_two_who_finish_the_same_tasks_one_does_and_the_other_is_told(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        home = a_household(uow)
        call = AddTask(title="Call", category=Category.HEALTH, due_on=TODAY)
        ids = [service.add(uow, home.id, call).id for _ in range(MANY)]

    def finish(uow, order):
        return several.finish(uow, Several(task_ids=order)).tasks

    told = from_both_ends(transactions, ids, finish)

    assert told == [[False] * MANY, [True] * MANY]
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        assert uow.count(Task, Task.status == TaskStatus.DONE) == MANY


def test_of_two_who_give_the_same_households_to_somebody_one_does(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        homes = [a_household(uow) for _ in range(MANY)]
        a_caseworker(uow, *homes)
        new = a_caseworker(uow).user_id
        ids = [home.id for home in homes]

    def reassign(uow, order):
        wanted = Reassign(
            user_id=new,
            kind=AssignmentKind.PRIMARY,
            from_on=uow.today,
            reason="Shared out anew.",
            household_ids=order,
        )
        return assigning.reassign(uow, wanted)

    told = from_both_ends(transactions, ids, reassign)

    assert told == [[False] * MANY, [True] * MANY]


def test_of_two_who_take_the_same_assignments_back_one_does(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        homes = [a_household(uow) for _ in range(MANY)]
        a_caseworker(uow, *homes)
        new = a_caseworker(uow).user_id
    with transactions.begin(SYSTEM, "give") as uow:
        wanted = Reassign(
            user_id=new,
            kind=AssignmentKind.PRIMARY,
            from_on=uow.today,
            reason="Shared out anew.",
            household_ids=[home.id for home in homes],
        )
        ids = [each.assignment_id for each in assigning.reassign(uow, wanted)]

    def take_back(uow, order):
        return assigning.take_back(uow, TakeBack(assignment_ids=order))

    told = from_both_ends(transactions, ids, take_back)

    assert told == [[False] * MANY, [True] * MANY]
