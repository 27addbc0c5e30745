"""What is done about tasks: they are added, changed, done, cancelled, opened again."""

from typing import Any
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.tasks import rules, series
from resettle.tasks.acts import AddTask, CancelTask, ChangeTask
from resettle.tasks.models import Task, TaskOrigin, TaskStatus
from resettle.tasks.queries import UNSETTLED, assignees

RHYTHM = frozenset({"due_on", "repeat_every", "repeat_unit", "repeat_until"})
Faults = dict[str, list[str]]


def add(
    uow: UnitOfWork,
    household_id: UUID,
    command: AddTask,
    *,
    created_from: TaskOrigin = TaskOrigin.PERSON,
    source_id: UUID | None = None,
) -> Task:
    """Add something to be done. It is its maker's, unless somebody else is named."""
    household = uow.get(Household, household_id, to=Permission.TASK_WRITE)
    values = given(command)
    if faults := _faults(uow, household.id, values) | _rhythm_faults(values):
        raise Invalid(faults)
    values["assignee_id"] = command.assignee_id or uow.actor.user_id
    values["repeat_from"] = command.due_on if command.repeat_every else None
    return uow.add(
        Task(household_id=household.id, created_from=created_from, source_id=source_id, **values)
    )


def change(uow: UnitOfWork, task_id: UUID, command: ChangeTask) -> Task:
    """Change a task, or say how far it is. A new day or rhythm counts from there."""
    task = uow.edit(Task, task_id, to=Permission.TASK_WRITE)
    values: dict[str, Any] = given(command)
    status, reason = values.pop("status", None), values.pop("cancel_reason", None)
    held = {name: getattr(task, name) for name in RHYTHM}
    faults = _faults(uow, task.household_id, values) | _rhythm_faults(held | values)
    if faults:
        raise Invalid(faults)
    for name, value in values.items():
        setattr(task, name, value)
    if values.keys() & RHYTHM:
        task.repeat_from = task.due_on if task.repeat_every else None
    if status is not None:
        _become(uow, task, status, reason)
    return task


def finish(uow: UnitOfWork, task_id: UUID) -> Task:
    """Say that a task is done today. One that repeats makes the next."""
    task = uow.edit(Task, task_id, to=Permission.TASK_WRITE)
    _become(uow, task, TaskStatus.DONE, None)
    return task


def cancel(uow: UnitOfWork, task_id: UUID, command: CancelTask) -> Task:
    """Give a task up, and say why. If it repeats, it does not come again."""
    task = uow.edit(Task, task_id, to=Permission.TASK_WRITE)
    _become(uow, task, TaskStatus.CANCELLED, command.reason)
    return task


def reopen(uow: UnitOfWork, task_id: UUID) -> Task:
    """Take back that a task is done or given up."""
    task = uow.edit(Task, task_id, to=Permission.TASK_WRITE)
    if task.status in UNSETTLED:
        raise Conflict("This task is open already.")
    _become(uow, task, TaskStatus.OPEN, None)
    return task


def _become(uow: UnitOfWork, task: Task, status: TaskStatus, reason: str | None) -> None:
    if status is TaskStatus.DONE:
        series.finish(uow, task)
    elif status is TaskStatus.CANCELLED:
        _give_up(task, reason)
    else:
        series.open_again(uow, task)
        task.status = status


def _give_up(task: Task, reason: str | None) -> None:
    if task.status not in UNSETTLED:
        raise Conflict("This task is settled. Open it again first.")
    if not (reason or "").strip():
        raise Invalid({"cancel_reason": ["Say in a few words why it is not done."]})
    task.status, task.cancel_reason = TaskStatus.CANCELLED, reason


def _faults(uow: UnitOfWork, household_id: UUID, values: dict[str, Any]) -> Faults:
    """Ask whether the people named may be named: of the household, and of those who know it."""
    person_id, assignee_id = values.get("person_id"), values.get("assignee_id")
    home = {stay.person_id for stay in people_at_home(uow, household_id, uow.today)}
    faults: Faults = {}
    if person_id is not None and person_id not in home:
        faults["person_id"] = ["Name somebody who belongs to the household."]
    if assignee_id is not None and assignee_id not in dict(assignees(uow, household_id)):
        faults["assignee_id"] = ["Name somebody who looks after this household."]
    return faults


def _rhythm_faults(values: dict[str, Any]) -> Faults:
    return rules.rhythm_faults(
        values["due_on"],
        values.get("repeat_every"),
        values.get("repeat_unit"),
        values.get("repeat_until"),
    )
