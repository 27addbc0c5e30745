"""Questions about tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.tasks.models import Task, TaskStatus

TASK_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"due": (Task.due_on.expression,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilters:
    status: TaskStatus | None = None
    due_before: date | None = None
    assignee_id: UUID | None = None


def tasks(uow: UnitOfWork, household_id: UUID, wanted: TaskFilters) -> Select[Any]:
    household = uow.get(Household, household_id, to=Permission.TASK_READ)
    query = uow.select(Task).where(Task.household_id == household.id)
    if wanted.status is not None:
        query = query.where(Task.status == wanted.status)
    if wanted.due_before is not None:
        query = query.where(Task.due_on < wanted.due_before)
    if wanted.assignee_id is not None:
        query = query.where(Task.assignee_id == wanted.assignee_id)
    return query
