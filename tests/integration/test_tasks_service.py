"""Tasks: whose they are, when they are done, how they come again, and how they are found."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Forbidden, Invalid, NotFound
from resettle.households.models import DenyListed
from resettle.milestones import tasking
from resettle.milestones.models import Milestone, Status
from resettle.tasks import queries, service, several
from resettle.tasks.acts import AddTask, CancelTask, ChangeTask, Several
from resettle.tasks.models import Category, HandoverLevel, RepeatUnit, Task, TaskOrigin, TaskStatus
from resettle.tasks.queries import MyTaskFilters, TaskFilters
from tests.journeys import QUOTA, a_family
from tests.world import a_caseworker, a_household, a_member, a_user

TODAY = date(2026, 3, 2)
WEEKLY = {"repeat_every": 1, "repeat_unit": RepeatUnit.WEEK}


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


@pytest.fixture
def second(uow, household, worker):
    """Another caseworker of the household, by their id."""
    uow.actor = SYSTEM
    user = a_user(uow, name="Hemi Parata")
    uow.add(
        Assignment(
            household_id=household.id, user_id=user.id, kind=AssignmentKind.SECOND, from_on=TODAY
        )
    )
    uow.actor = worker
    return user.id


def a_task(uow, household, **more):
    given = {"title": "Buy a heater", "category": Category.HOUSE, "due_on": TODAY, **more}
    return service.add(uow, household.id, AddTask(**given))


def following(uow, task):
    return uow.first(uow.select(Task).where(Task.follows_id == task.id))


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

        with pytest.raises(Invalid) as refused:
            a_task(uow, household, person_id=person.id)

        assert [*refused.value.errors] == ["person_id"]

    def test_it_has_a_level_of_handing_over(self, uow, household, worker):
        task = a_task(uow, household, handover=HandoverLevel.WE_DO)

        service.change(uow, task.id, ChangeTask(handover=HandoverLevel.FAMILY_LEADS))

        assert task.handover is HandoverLevel.FAMILY_LEADS

    def test_they_are_found_by_status_day_and_assignee(self, uow, household, worker, second):
        mine, theirs = a_task(uow, household), a_task(uow, household, assignee_id=second)
        late = a_task(uow, household, due_on=date(2026, 2, 1))
        service.change(uow, mine.id, ChangeTask(status=TaskStatus.DONE))

        def found(**wanted):
            return {t.id for t in uow.all(queries.tasks(uow, household.id, TaskFilters(**wanted)))}

        assert found(status=TaskStatus.DONE) == {mine.id}
        assert found(due_before=TODAY) == {late.id}
        assert found(assignee_id=second) == {theirs.id}


class TestWhoDoesIt:
    def test_whoever_looks_after_the_household_may_be_named(self, uow, household, worker, second):
        task = a_task(uow, household, assignee_id=second)

        assert task.assignee_id == second
        assert queries.assignees(uow, household.id) == [
            (second, "Hemi Parata"),
            (worker.user_id, "Mere Tamihana"),
        ]

    def test_nobody_else_may(self, uow, household, worker):
        uow.actor = SYSTEM
        stranger = a_caseworker(uow).user_id
        uow.actor = worker

        for user_id in (stranger, uuid4()):
            with pytest.raises(Invalid) as refused:
                a_task(uow, household, assignee_id=user_id)
            assert [*refused.value.errors] == ["assignee_id"]

    def test_nor_whoever_is_kept_from_it(self, uow, household, worker, second):
        uow.actor = SYSTEM
        uow.add(DenyListed(household_id=household.id, user_id=second))
        uow.actor = worker
        task = a_task(uow, household)

        with pytest.raises(Invalid):
            service.change(uow, task.id, ChangeTask(assignee_id=second))

    def test_it_may_be_nobody_s(self, uow, household, worker):
        task = a_task(uow, household)

        service.change(uow, task.id, ChangeTask(assignee_id=None))

        assert task.assignee_id is None


class TestCancel:
    def test_it_takes_a_reason_and_can_be_taken_back(self, uow, household, worker):
        task = a_task(uow, household)

        service.cancel(uow, task.id, CancelTask(reason="The landlord brought one."))
        said = task.status, task.cancel_reason
        service.reopen(uow, task.id)

        assert said == (TaskStatus.CANCELLED, "The landlord brought one.")
        assert (task.status, task.cancel_reason) == (TaskStatus.OPEN, None)

    def test_without_a_reason_it_stays(self, uow, household, worker):
        task = a_task(uow, household)

        with pytest.raises(Invalid) as refused:
            service.change(uow, task.id, ChangeTask(status=TaskStatus.CANCELLED))

        assert [*refused.value.errors] == ["cancel_reason"]

    @pytest.mark.parametrize(
        "act",
        [
            lambda uow, task: service.finish(uow, task.id),
            lambda uow, task: service.cancel(uow, task.id, CancelTask(reason="Again")),
        ],
    )
    def test_what_is_settled_is_opened_first(self, uow, household, worker, act):
        task = a_task(uow, household)
        service.finish(uow, task.id)

        with pytest.raises(Conflict):
            act(uow, task)

    def test_what_is_open_is_not_opened(self, uow, household, worker):
        with pytest.raises(Conflict):
            service.reopen(uow, a_task(uow, household).id)


class TestRepeat:
    def test_done_makes_the_next_of_the_same_kind(self, uow, household, worker, second):
        task = a_task(uow, household, assignee_id=second, detail="Aisle 5", **WEEKLY)

        service.finish(uow, task.id)

        after = following(uow, task)
        assert (after.due_on, after.status) == (date(2026, 3, 9), TaskStatus.OPEN)
        assert (after.title, after.detail, after.assignee_id) == ("Buy a heater", "Aisle 5", second)
        assert (after.created_from, after.repeat_every) == (TaskOrigin.TASK, 1)

    def test_done_late_passes_over_what_has_passed(self, uow, household, worker):
        task = a_task(uow, household, due_on=date(2026, 2, 10), **WEEKLY)

        service.finish(uow, task.id)

        assert following(uow, task).due_on == date(2026, 3, 3)

    def test_after_the_last_day_nothing_comes(self, uow, household, worker):
        task = a_task(uow, household, repeat_until=date(2026, 3, 8), **WEEKLY)

        service.finish(uow, task.id)

        assert following(uow, task) is None

    def test_taken_back_the_next_is_called_off_and_comes_again_when_done(
        self, uow, household, worker
    ):
        task = a_task(uow, household, **WEEKLY)

        service.finish(uow, task.id)
        service.reopen(uow, task.id)
        called_off = following(uow, task).status
        service.finish(uow, task.id)

        after = following(uow, task)
        assert called_off is TaskStatus.CANCELLED
        assert (after.status, after.cancel_reason) == (TaskStatus.OPEN, None)

    def test_a_next_that_somebody_began_stays(self, uow, household, worker):
        task = a_task(uow, household, **WEEKLY)
        service.finish(uow, task.id)
        service.change(uow, following(uow, task).id, ChangeTask(status=TaskStatus.DOING))

        service.reopen(uow, task.id)
        service.finish(uow, task.id)

        assert following(uow, task).status is TaskStatus.DOING

    def test_a_new_day_counts_from_there(self, uow, household, worker):
        task = a_task(uow, household, **WEEKLY)
        service.change(uow, task.id, ChangeTask(due_on=date(2026, 3, 4)))

        service.finish(uow, task.id)

        assert following(uow, task).due_on == date(2026, 3, 11)

    def test_it_ends_with_its_rhythm(self, uow, household, worker):
        task = a_task(uow, household, **WEEKLY)
        service.change(uow, task.id, ChangeTask(repeat_every=None, repeat_unit=None))

        service.finish(uow, task.id)

        assert following(uow, task) is None

    def test_half_a_rhythm_is_refused(self, uow, household, worker):
        with pytest.raises(Invalid) as refused:
            a_task(uow, household, repeat_every=2)

        assert [*refused.value.errors] == ["repeat_unit"]


class TestSeveral:
    def test_each_is_told_by_itself(self, uow, household, worker):
        open_, settled = a_task(uow, household), a_task(uow, household)
        service.finish(uow, settled.id)
        unknown = uuid4()

        found = several.finish(uow, Several(task_ids=[open_.id, settled.id, unknown, open_.id]))

        assert [(each.task_id, each.done) for each in found.tasks] == [
            (open_.id, True), (settled.id, False), (unknown, False),
        ]  # fmt: skip
        assert found.count == 1
        assert open_.status is TaskStatus.DONE

    def test_those_of_others_are_as_if_they_were_not_there(self, uow, household, worker):
        task = a_task(uow, household)
        uow.actor = a_stranger(uow)

        found = several.finish(uow, Several(task_ids=[task.id]))

        assert [each.why_not for each in found.tasks] == [several.NOT_YOURS]
        assert task.status is TaskStatus.OPEN

    def test_all_of_it_is_taken_back_but_for_what_was_opened_since(self, uow, household, worker):
        first, second = a_task(uow, household), a_task(uow, household, **WEEKLY)
        done = several.finish(uow, Several(task_ids=[first.id, second.id]))
        service.reopen(uow, first.id)
        service.finish(uow, first.id)

        back = several.take_back(uow, done.bulk_id)

        assert [each.task_id for each in back.tasks] == [second.id]
        assert (first.status, second.status) == (TaskStatus.DONE, TaskStatus.OPEN)
        assert following(uow, second).status is TaskStatus.CANCELLED
        with pytest.raises(NotFound):
            several.take_back(uow, done.bulk_id)

    def test_who_may_not_act_does_nothing_at_all(self, uow, household, worker):
        task = a_task(uow, household)
        uow.actor = a_stranger(uow, scopes=frozenset({"task:read"}))

        with pytest.raises(Forbidden):
            several.finish(uow, Several(task_ids=[task.id]))


def a_stranger(uow, **more):
    """Make a caseworker of no household, who acts from here on."""
    uow.actor = SYSTEM
    actor = a_caseworker(uow)
    return type(actor)(actor.role, user_id=actor.user_id, **more)


class TestMine:
    def found(self, uow, **wanted):
        return [row.title for row in uow.rows(queries.mine(uow, MyTaskFilters(**wanted)))]

    def test_they_are_one_s_own_open_ones(self, uow, household, worker, second):
        a_task(uow, household, title="Mine")
        a_task(uow, household, title="Theirs", assignee_id=second)
        service.finish(uow, a_task(uow, household, title="Done").id)

        assert self.found(uow) == ["Mine"]
        assert sorted(self.found(uow, whose="all")) == ["Mine", "Theirs"]
        assert self.found(uow, state="done") == ["Done"]

    def test_they_are_narrowed(self, uow, household, worker):
        a_task(uow, household, title="Late", due_on=date(2026, 2, 1))
        a_task(uow, household, title="Soon", due_on=date(2026, 3, 9), category=Category.SCHOOL)
        a_task(uow, household, title="Far", due_on=date(2026, 6, 1))
        nobodys = a_task(uow, household, title="Nobody's")
        service.change(uow, nobodys.id, ChangeTask(assignee_id=None))

        assert self.found(uow, due="late") == ["Late"]
        assert sorted(self.found(uow, due="week")) == ["Late", "Soon"]
        assert self.found(uow, category=Category.SCHOOL) == ["Soon"]
        assert self.found(uow, whose="nobody") == ["Nobody's"]


class TestFromMilestone:
    def a_step(self, uow, household, **more):
        uow.actor, worker = SYSTEM, uow.actor
        row = {"household_id": household.id, "code": "EMP-02", "domain": "EMP", **more}
        usual = {
            "programme_code": household.programme_code,
            "programme_version": household.programme_version,
            "due_on": date(2026, 4, 1),
            "due_rule": "placed + 35 days",
        }
        step = uow.add(Milestone(**usual | row))
        uow.actor = worker
        return step

    def test_it_is_due_with_the_milestone_and_whoever_pressed_does_it(self, uow, household, worker):
        step = self.a_step(uow, household)

        task = tasking.make_task(uow, step.id)

        assert (task.due_on, task.assignee_id) == (date(2026, 4, 1), worker.user_id)
        assert (task.created_from, task.source_id) == (TaskOrigin.MILESTONE, step.id)
        assert task.category is Category.JOB_SEARCH
        assert task.title

    def test_what_is_late_is_due_today(self, uow, household, worker):
        step = self.a_step(uow, household, due_on=date(2026, 1, 1))

        assert tasking.make_task(uow, step.id).due_on == TODAY

    def test_one_open_task_is_enough(self, uow, household, worker):
        step = self.a_step(uow, household)
        task = tasking.make_task(uow, step.id)

        with pytest.raises(Conflict):
            tasking.make_task(uow, step.id)
        service.finish(uow, task.id)

        assert tasking.make_task(uow, step.id).id != task.id

    def test_of_what_is_settled_none_is_made(self, uow, household, worker):
        step = self.a_step(uow, household, status=Status.MET)

        with pytest.raises(Conflict):
            tasking.make_task(uow, step.id)

    def test_the_title_says_nothing_of_health(self, uow, household, worker):
        step = self.a_step(uow, household, code="HEA-01", domain="HEA", restricted=True)

        task = tasking.make_task(uow, step.id)

        assert task.title == tasking.NEUTRAL
        assert task.detail
        assert task.category is Category.HEALTH

    def test_it_is_for_the_person_as_long_as_they_are_at_home(self, uow, household, worker):
        person = a_member(uow, household, "SON")
        gone = a_member(uow, a_household(uow))

        theirs = tasking.make_task(uow, self.a_step(uow, household, person_id=person.id).id)
        nobodys = tasking.make_task(uow, self.a_step(uow, household, person_id=gone.id).id)

        assert (theirs.person_id, nobodys.person_id) == (person.id, None)
