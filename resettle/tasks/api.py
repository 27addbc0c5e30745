"""Tasks over JSON: those of a household, those of the reader, and many done at once."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.tasks import acts, queries, schemas, service, several
from resettle.tasks.models import Task
from resettle.web.api import Api

api = Api("tasks_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"
TASK = "/tasks/<uuid:task_id>"


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


@api.lists(
    "/tasks",
    permission=Permission.TASK_READ,
    returns=schemas.TaskRow(),
    sorts=queries.TASK_SORTS,
    filters=schemas.MyTaskFiltersSchema(),
)
def mine(uow: UnitOfWork, wanted: queries.MyTaskFilters) -> Select[Any]:
    """List the tasks of all households of the reader, the reader's own unless asked otherwise."""
    return queries.mine(uow, wanted)


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


@api.reads(TASK, permission=Permission.TASK_READ, returns=schemas.TaskShape())
def show(uow: UnitOfWork, task_id: UUID) -> Task:
    """Show a task."""
    return uow.get(Task, task_id, to=Permission.TASK_READ)


@api.does(
    "PATCH",
    TASK,
    permission=Permission.TASK_WRITE,
    body=schemas.ChangeTaskSchema(),
    returns=schemas.TaskShape(),
)
def change(uow: UnitOfWork, task_id: UUID, command: acts.ChangeTask) -> Task:
    """Change a task, or say how far it is."""
    return service.change(uow, task_id, command)


@api.does("POST", TASK + "/done", permission=Permission.TASK_WRITE, returns=schemas.TaskShape())
def finish(uow: UnitOfWork, task_id: UUID) -> Task:
    """Say that a task is done; one that repeats makes the next."""
    return service.finish(uow, task_id)


@api.does(
    "POST",
    TASK + "/cancellation",
    permission=Permission.TASK_WRITE,
    body=schemas.CancelTaskSchema(),
    returns=schemas.TaskShape(),
)
def cancel(uow: UnitOfWork, task_id: UUID, command: acts.CancelTask) -> Task:
    """Give a task up, and say why; it does not come again."""
    return service.cancel(uow, task_id, command)


@api.does(
    "POST", TASK + "/reopening", permission=Permission.TASK_WRITE, returns=schemas.TaskShape()
)
def reopen(uow: UnitOfWork, task_id: UUID) -> Task:
    """Take back that a task is done or given up."""
    return service.reopen(uow, task_id)


@api.does(
    "POST",
    "/tasks/done",
    permission=Permission.TASK_WRITE,
    body=schemas.SeveralSchema(),
    returns=schemas.OutcomesShape(),
)
def finish_many(uow: UnitOfWork, command: acts.Several) -> several.Outcomes:
    """Say of many tasks that they are done; each is answered by itself."""
    return several.finish(uow, command)


@api.does(
    "POST",
    "/tasks/done/<uuid:bulk_id>/undo",
    permission=Permission.TASK_WRITE,
    returns=schemas.OutcomesShape(),
)
def take_back(uow: UnitOfWork, bulk_id: UUID) -> several.Outcomes:
    """Open again what was done with one press."""
    return several.take_back(uow, bulk_id)
