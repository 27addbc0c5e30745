"""Questions about the tasks of a sponsor group: what is open, and how the family takes over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.roster import rules
from resettle.tasks.models import Category, Task, TaskStatus
from resettle.tasks.queries import UNSETTLED

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"due": (Task.due_on.expression,)}
MOST = 100
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Trend:
    """How tasks of one kind were done, one after another, and what comes next."""

    household_id: UUID
    category: Category
    levels: Sequence[str]

    @property
    def next(self) -> str:
        return rules.next_level(self.levels)


def of_household(uow: UnitOfWork, household_id: UUID) -> Select[Task]:
    household = uow.get(Household, household_id, to=Permission.GROUP_TASK_READ)
    return uow.select(Task).where(Task.household_id == household.id, Task.group_id.is_not(None))


def due_by(uow: UnitOfWork, day: date) -> Sequence[Task]:
    """Tell the open tasks of the reader's groups that are due by a day, late ones first."""
    query = uow.select(Task).where(
        Task.group_id.is_not(None), Task.status.in_(UNSETTLED), Task.due_on <= day
    )
    return uow.all(query.order_by(Task.due_on, Task.id).limit(MOST))


def from_plans(uow: UnitOfWork, plan_ids: Collection[UUID]) -> Sequence[Task]:
    """Tell the open tasks of the reader's groups that plans have left to them, by their days."""
    query = uow.select(Task).where(
        Task.group_id.is_not(None), Task.status.in_(UNSETTLED), Task.source_id.in_(plan_ids)
    )
    return uow.all(query.order_by(Task.due_on, Task.id).limit(MOST))


def trends(uow: UnitOfWork, household_id: UUID) -> Sequence[Trend]:
    """Tell, kind by kind, how the last tasks were done: by the group, together, by the family."""
    query = of_household(uow, household_id).where(
        Task.status == TaskStatus.DONE, Task.handover.is_not(None)
    )
    rows = uow.all(query.order_by(Task.done_on.desc(), Task.updated_at.desc()).limit(MOST))
    found: dict[Category, list[str]] = {}
    for row in reversed(rows):
        assert row.handover is not None
        found.setdefault(row.category, []).append(row.handover.value)
    return [Trend(household_id, kind, found[kind][-SHOWN:]) for kind in sorted(found)]
