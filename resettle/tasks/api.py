"""Tasks of a household over JSON."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.tasks import acts, queries, schemas, service
from resettle.tasks.models import Task
from resettle.web.api import Api

api = Api("tasks_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"


@api.lists(
    HOUSEHOLD + "/tasks",
    permission=Permission.TASK_READ,
    returns=schemas.TaskShape(),
    sorts=queries.TASK_SORTS,
    filters=schemas.TaskFiltersSchema(),
)
def tasks(uow: UnitOfWork, household_id: UUID, wanted: queries.TaskFilters) -> Select[Any]:
    """List what is to be done for a household."""
    return queries.tasks(uow, household_id, wanted)


@api.does(
    "POST",
    HOUSEHOLD + "/tasks",
    permission=Permission.TASK_WRITE,
    body=schemas.AddTaskSchema(),
    returns=schemas.TaskShape(),
    status=201,
)
def add(uow: UnitOfWork, household_id: UUID, command: acts.AddTask) -> Task:
    """Add something to be done for a household."""
    return service.add(uow, household_id, command)


@api.reads("/tasks/<uuid:task_id>", permission=Permission.TASK_READ, returns=schemas.TaskShape())
def show(uow: UnitOfWork, task_id: UUID) -> Task:
    """Show a task."""
    return uow.get(Task, task_id, to=Permission.TASK_READ)


@api.does(
    "PATCH",
    "/tasks/<uuid:task_id>",
    permission=Permission.TASK_WRITE,
    body=schemas.ChangeTaskSchema(),
    returns=schemas.TaskShape(),
)
def change(uow: UnitOfWork, task_id: UUID, command: acts.ChangeTask) -> Task:
    """Change a task, or say how far it is."""
    return service.change(uow, task_id, command)
