"""Tasks: whose they are, when they are done, and how they are found."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Invalid
from resettle.tasks import queries, service
from resettle.tasks.acts import AddTask, ChangeTask
from resettle.tasks.models import Category, TaskStatus
from resettle.tasks.queries import TaskFilters
from tests.journeys import QUOTA, a_family
from tests.world import a_caseworker, a_household, a_member

TODAY = date(2026, 3, 2)


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def household(uow):
    return a_family(uow, **QUOTA)


@pytest.fixture
def worker(uow, household):
    """The household's caseworker, who acts from here on."""
    uow.actor = a_caseworker(uow, household)
    return uow.actor


def a_task(uow, household, **more):
    given = {"title": "Buy a heater", "category": Category.HOUSE, "due_on": TODAY, **more}
    return service.add(uow, household.id, AddTask(**given))


class TestTasks:
    def test_one_is_its_maker_s_unless_somebody_else_is_named(self, uow, household, worker):
        task = a_task(uow, household)

        assert (task.assignee_id, task.status) == (worker.user_id, TaskStatus.OPEN)

    def test_done_is_a_day_and_can_be_taken_back(self, uow, household, worker):
        task = a_task(uow, household)

        service.change(uow, task.id, ChangeTask(status=TaskStatus.DONE))
        done_on = task.done_on
        service.change(uow, task.id, ChangeTask(title="Find a heater", due_on=TODAY))
        service.change(uow, task.id, ChangeTask(status=TaskStatus.DOING))

        assert (done_on, task.done_on, task.title) == (TODAY, None, "Find a heater")

    def test_it_is_for_somebody_of_the_household(self, uow, household, worker):
        person = a_member(uow, a_household(uow))

        with pytest.raises(Invalid):
            a_task(uow, household, person_id=person.id)

    def test_they_are_found_by_status_day_and_assignee(self, uow, household, worker):
        mine, theirs = a_task(uow, household), a_task(uow, household, assignee_id=uuid4())
        late = a_task(uow, household, due_on=date(2026, 2, 1))
        service.change(uow, mine.id, ChangeTask(status=TaskStatus.DONE))

        def found(**wanted):
            return {t.id for t in uow.all(queries.tasks(uow, household.id, TaskFilters(**wanted)))}

        assert found(status=TaskStatus.DONE) == {mine.id}
        assert found(due_before=TODAY) == {late.id}
        assert found(assignee_id=theirs.assignee_id) == {theirs.id}
