"""The home in which a merge leaves nobody: its file is closed with a reason, and opens again."""

import json
from datetime import timedelta

import pytest

from resettle.changes import service
from resettle.changes.models import HouseholdChange
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict
from resettle.duplicates import merging
from resettle.households.models import Household
from resettle.tasks.acts import AddTask
from resettle.tasks.models import Category, Task, TaskStatus
from resettle.tasks.service import add
from tests.integration.test_merging import APART, confirmed, merged, pair

__all__ = ["pair"]


@pytest.fixture
def emptied(transactions, pair):
    """Give the household that stood empty, with a task, and the merge that left it so."""
    _, gone, *_ = pair
    with transactions.begin(SYSTEM, "arrange") as uow:
        stay = uow.first(uow.select(merging.HouseholdMember).filter_by(person_id=gone.id))
        due = uow.today + timedelta(days=9)
        task = add(
            uow, stay.household_id, AddTask(title="Call", category=Category.HEALTH, due_on=due)
        )
        home_id, task_id = stay.household_id, task.id
    return home_id, task_id, merged(transactions, pair)


def look(transactions, home_id):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        home = uow.find(Household, home_id)
        query = uow.select(HouseholdChange).where(HouseholdChange.household_id == home_id)
        (change,) = uow.all(query)
        return home, change, (change.kind, change.lines)


def parted(transactions, pair, merge):
    *_, first, second = pair
    with transactions.begin(first, "test") as uow:
        merging.propose_parting(uow, merge.id, APART)
    confirmed(transactions, second, merge)


def test_it_is_closed_and_its_file_tells_so(transactions, emptied):
    home_id, _task_id, merge = emptied

    home, _, (kind, lines) = look(transactions, home_id)

    assert home.exited_on == merge.merged_at.date()
    assert home.exit_reason == "JOINED_OTHER_HOUSEHOLD"
    assert kind == "emptied"
    assert any("is closed from" in line["text"] for line in json.loads(lines))


def test_it_opens_again_when_the_records_are_taken_apart(transactions, pair, emptied):
    home_id, task_id, merge = emptied

    parted(transactions, pair, merge)

    home, change, _ = look(transactions, home_id)
    assert (home.exited_on, home.exit_reason) == (None, None)
    assert change.undone_at is not None
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        assert uow.find(Task, task_id).status is TaskStatus.OPEN


def test_it_opens_again_though_something_was_changed_since(transactions, pair, emptied):
    home_id, _task_id, merge = emptied
    with transactions.begin(SYSTEM, "arrange") as uow:
        uow.find(Household, home_id).location = "PMR"

    parted(transactions, pair, merge)

    home, *_ = look(transactions, home_id)
    assert (home.exited_on, home.location) == (None, "PMR")


def test_it_is_not_opened_but_by_taking_the_records_apart(transactions, pair, emptied):
    home_id, *_ = emptied
    _, change, _ = look(transactions, home_id)

    with (
        transactions.begin(SYSTEM, "test") as uow,
        pytest.raises(Conflict, match="Take them apart again"),
    ):
        service.undo(uow, change.id)
