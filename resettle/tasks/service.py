"""What is done about tasks: they are added, changed, done."""

from typing import Any
from uuid import UUID

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.tasks.acts import AddTask, ChangeTask
from resettle.tasks.models import Task, TaskStatus


def add(uow: UnitOfWork, household_id: UUID, command: AddTask) -> Task:
    household = uow.get(Household, household_id, to=Permission.TASK_WRITE)
    home = {stay.person_id for stay in people_at_home(uow, household.id, uow.today)}
    if command.person_id is not None and command.person_id not in home:
        raise Invalid({"person_id": ["Name somebody who belongs to the household."]})
    return uow.add(
        Task(
            household_id=household.id,
            person_id=command.person_id,
            title=command.title,
            detail=command.detail,
            category=command.category,
            due_on=command.due_on,
            assignee_id=command.assignee_id or uow.actor.user_id,
            handover=command.handover,
        )
    )


def change(uow: UnitOfWork, task_id: UUID, command: ChangeTask) -> Task:
    """Change a task; done is a day, which is taken back when the task is taken up again."""
    task = uow.edit(Task, task_id, to=Permission.TASK_WRITE)
    values: dict[str, Any] = given(command)
    for name, value in values.items():
        setattr(task, name, value)
    if "status" in values:
        task.done_on = uow.today if task.status is TaskStatus.DONE else None
    return task
