"""Tasks that repeat: done makes the next, and taking it back calls the next off."""

from datetime import date

from resettle.core.errors import Conflict
from resettle.core.work import UnitOfWork
from resettle.tasks import rules
from resettle.tasks.models import Task, TaskOrigin, TaskStatus
from resettle.tasks.queries import UNSETTLED

CALLED_OFF = "The one before it is open again."
CARRIED_ON = (
    "household_id",
    "person_id",
    "title",
    "detail",
    "category",
    "assignee_id",
    "group_id",
    "member_id",
    "handover",
    "repeat_every",
    "repeat_unit",
    "repeat_from",
    "repeat_until",
)


def finish(uow: UnitOfWork, task: Task) -> None:
    """Let a task be done today, and the next of its series come."""
    if task.status not in UNSETTLED:
        raise Conflict("This task is done or cancelled already.")
    task.status, task.done_on = TaskStatus.DONE, uow.today
    if (due_on := _next_due(uow, task)) is None:
        return
    following = _next(uow, task)
    if following is None:
        carried = {name: getattr(task, name) for name in CARRIED_ON}
        following = Task(**carried, due_on=due_on, follows_id=task.id, created_from=TaskOrigin.TASK)
        uow.add(following)
    elif following.status is TaskStatus.CANCELLED:
        following.status, following.due_on = TaskStatus.OPEN, due_on
        following.cancel_reason = None


def open_again(uow: UnitOfWork, task: Task) -> None:
    """Take back that it is done or given up; the next is called off, if nobody began it."""
    task.done_on = task.bulk_id = task.cancel_reason = None
    following = _next(uow, task) if task.status is TaskStatus.DONE else None
    if following is not None and following.status is TaskStatus.OPEN:
        following.status, following.cancel_reason = TaskStatus.CANCELLED, CALLED_OFF


def _next(uow: UnitOfWork, task: Task) -> Task | None:
    return uow.first(uow.select(Task).where(Task.follows_id == task.id))


def _next_due(uow: UnitOfWork, task: Task) -> date | None:
    if task.repeat_every is None or task.repeat_unit is None or task.repeat_from is None:
        return None
    rhythm = rules.Rhythm(
        task.repeat_every, task.repeat_unit.value, task.repeat_from, task.repeat_until
    )
    return rules.next_due(rhythm, max(task.due_on, uow.today))
