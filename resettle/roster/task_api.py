"""The tasks of a sponsor group over JSON; and what caseworkers hand to it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.roster import acts, group_tasks, handing, task_schemas
from resettle.tasks.models import Task
from resettle.tasks.schemas import TaskShape
from resettle.web.api import Api

api = Api("group_tasks_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>/group-tasks"
TASK = "/group-tasks/<uuid:our_task_id>"
READ, WRITE = Permission.GROUP_TASK_READ, Permission.GROUP_TASK_WRITE
SHOWN = task_schemas.GroupTaskShape()


@api.lists(HOUSEHOLD, permission=READ, returns=SHOWN, sorts=group_tasks.SORTS)
def of_household(uow: UnitOfWork, household_id: UUID) -> Select[Task]:
    """List what the sponsor group does for a household."""
    return group_tasks.of_household(uow, household_id)


@api.reads(HOUSEHOLD + "/trend", permission=READ, returns=task_schemas.TrendShape(), many=True)
def trend(uow: UnitOfWork, household_id: UUID) -> Sequence[group_tasks.Trend]:
    """Tell, kind by kind, how much the family has taken over."""
    return group_tasks.trends(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD,
    permission=WRITE,
    body=task_schemas.AddGroupTaskSchema(),
    returns=SHOWN,
    status=201,
)
def add(uow: UnitOfWork, household_id: UUID, command: acts.AddGroupTask) -> Task:
    """Let the group write down what it does itself."""
    return handing.add(uow, household_id, command)


@api.reads(TASK, permission=READ, returns=SHOWN)
def show(uow: UnitOfWork, our_task_id: UUID) -> Task:
    """Show a task of the group."""
    return uow.get(Task, our_task_id, to=READ)


@api.does("PATCH", TASK, permission=WRITE, body=task_schemas.ChangeGroupTaskSchema(), returns=SHOWN)
def change(uow: UnitOfWork, our_task_id: UUID, command: acts.ChangeGroupTask) -> Task:
    """Say who of the group does a task, and how much of it the family does itself."""
    return handing.change(uow, our_task_id, command)


@api.does("POST", TASK + "/done", permission=WRITE, returns=SHOWN)
def finish(uow: UnitOfWork, our_task_id: UUID) -> Task:
    """Say that a task of the group is done."""
    return handing.finish(uow, our_task_id)


@api.does("POST", TASK + "/reopening", permission=WRITE, returns=SHOWN)
def reopen(uow: UnitOfWork, our_task_id: UUID) -> Task:
    """Take back that a task of the group is done."""
    return handing.reopen(uow, our_task_id)


@api.does(
    "POST", "/tasks/<uuid:task_id>/group", permission=Permission.TASK_WRITE, returns=TaskShape()
)
def hand(uow: UnitOfWork, task_id: UUID) -> Task:
    """Hand a task to the sponsor group, which then reads its title."""
    return handing.hand(uow, task_id)


@api.does(
    "POST",
    "/tasks/<uuid:task_id>/group/withdrawal",
    permission=Permission.TASK_WRITE,
    returns=TaskShape(),
)
def recall(uow: UnitOfWork, task_id: UUID) -> Task:
    """Take a task back from the group."""
    return handing.recall(uow, task_id)
