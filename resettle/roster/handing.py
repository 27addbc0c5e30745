"""Tasks that a sponsor group does: handed to it by caseworkers, or made by the group itself."""

from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.queries import supporting_group
from resettle.roster import queries
from resettle.roster.acts import AddGroupTask, ChangeGroupTask
from resettle.tasks import series
from resettle.tasks.models import Task, TaskOrigin, TaskStatus
from resettle.tasks.queries import UNSETTLED

NOBODY = "No sponsor group supports this household at the moment."
NOT_FIT = "Name a member who is confirmed, and whose vetting is in force."
SETTLED = "This task is done or cancelled."


def hand(uow: UnitOfWork, task_id: UUID) -> Task:
    """Hand a task to the sponsor group. Its title is read there; its detail stays with staff."""
    task = uow.edit(Task, task_id, to=Permission.TASK_WRITE)
    if task.status not in UNSETTLED:
        raise Conflict(SETTLED)
    if task.group_id is not None:
        raise Conflict("The group has this task already.")
    group_id = supporting_group(uow, task.household_id)
    if group_id is None:
        raise Conflict(NOBODY)
    task.group_id = group_id
    return task


def recall(uow: UnitOfWork, task_id: UUID) -> Task:
    """Take a task back from the group, which then knows nothing of it."""
    task = uow.edit(Task, task_id, to=Permission.TASK_WRITE)
    if task.group_id is None:
        raise Conflict("No group has this task.")
    task.group_id = task.member_id = None
    return task


def add(uow: UnitOfWork, household_id: UUID, command: AddGroupTask) -> Task:
    """Let the group write down what it does itself."""
    household = uow.get(Household, household_id, to=Permission.GROUP_TASK_WRITE)
    group_id = supporting_group(uow, household.id)
    if group_id is None:
        raise Conflict(NOBODY)
    task = Task(
        household_id=household.id,
        group_id=group_id,
        title=command.title,
        category=command.category,
        due_on=command.due_on,
        handover=command.handover,
        created_from=TaskOrigin.GROUP,
    )
    if command.member_id is not None:
        _give(uow, task, command.member_id)
    return uow.add(task)


def change(uow: UnitOfWork, task_id: UUID, command: ChangeGroupTask) -> Task:
    """Say who of the group does a task, and how much of it the family does itself."""
    task = _open(uow, task_id)
    if command.member_id is not None:
        _give(uow, task, command.member_id)
    if command.handover is not None:
        task.handover = command.handover
    return task


def finish(uow: UnitOfWork, task_id: UUID) -> Task:
    """Say that a task of the group is done; one that repeats makes the next."""
    task = _open(uow, task_id)
    series.finish(uow, task)
    return task


def reopen(uow: UnitOfWork, task_id: UUID) -> Task:
    """Take back that a task of the group is done."""
    task = uow.edit(Task, task_id, to=Permission.GROUP_TASK_WRITE)
    if task.status is not TaskStatus.DONE:
        raise Conflict("This task is not done.")
    series.open_again(uow, task)
    task.status = TaskStatus.OPEN
    return task


def _open(uow: UnitOfWork, task_id: UUID) -> Task:
    task = uow.edit(Task, task_id, to=Permission.GROUP_TASK_WRITE)
    if task.status not in UNSETTLED:
        raise Conflict(SETTLED)
    return task


def _give(uow: UnitOfWork, task: Task, member_id: UUID) -> None:
    assert task.group_id is not None
    found = queries.fit(uow, task.household_id, task.group_id, uow.today)
    member = next((each for each in found if each.id == member_id), None)
    if member is None:
        raise Invalid({"member_id": [NOT_FIT]})
    if uow.actor.role is Role.SPONSOR_MEMBER and member.user_id != uow.actor.user_id:
        raise Forbidden("Only who coordinates the group gives tasks to others.")
    task.member_id = member.id
