"""Questions about tasks: what is to be done, by whom, and who may be asked to do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from resettle.accounts.models import RoleGrant, UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.cases.models import Assignment
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import DenyListed, Household
from resettle.tasks.models import Category, Task, TaskStatus

TASK_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"due": (Task.due_on.expression,)}
UNSETTLED = (TaskStatus.OPEN, TaskStatus.DOING)
# How the lists of pages ask for states: the open ones unless something else is wanted.
STATES: Mapping[str, tuple[TaskStatus, ...]] = {
    "open": UNSETTLED,
    "done": (TaskStatus.DONE,),
    "cancelled": (TaskStatus.CANCELLED,),
    "all": tuple(TaskStatus),
}
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilters:
    status: TaskStatus | None = None
    due_before: date | None = None
    assignee_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyTaskFilters:
    """What is wanted of the tasks of all the reader's households: the reader's open ones."""

    state: str = "open"
    whose: str = "mine"
    due: str | None = None
    category: Category | None = None
    homes: Sequence[UUID] = ()


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


def mine(uow: UnitOfWork, wanted: MyTaskFilters) -> Select[Any]:
    """List tasks across the reader's households: one's own, everybody's, or nobody's."""
    uow.require(Permission.TASK_READ)
    query = rows(uow).where(Task.status.in_(STATES[wanted.state]))
    if wanted.whose == "mine":
        query = query.where(Task.assignee_id == uow.actor.user_id)
    if wanted.whose == "nobody":
        query = query.where(Task.assignee_id.is_(None))
    if wanted.category is not None:
        query = query.where(Task.category == wanted.category)
    if wanted.homes:
        query = query.where(Task.household_id.in_(wanted.homes))
    return query.where(*_due(uow, wanted.due))


def _due(uow: UnitOfWork, wanted: str | None) -> list[ColumnElement[bool]]:
    latest = {"late": uow.today - timedelta(days=1), "week": uow.today + WEEK}
    return [] if wanted is None else [Task.due_on <= latest[wanted]]


def of_household(uow: UnitOfWork, household_id: UUID, state: str) -> Select[Any]:
    household = uow.get(Household, household_id, to=Permission.TASK_READ)
    return rows(uow).where(Task.household_id == household.id, Task.status.in_(STATES[state]))


def rows(uow: UnitOfWork) -> Select[Any]:
    """Start a list of tasks as pages show them, with the household's reference and a name."""
    query = (
        uow.columns(
            Task,
            Task.id.label("id"),
            Task.version.label("version"),
            Task.household_id.label("household_id"),
            Task.person_id.label("person_id"),
            Task.title.label("title"),
            Task.category.label("category"),
            Task.due_on.label("due_on"),
            Task.status.label("status"),
            Task.done_on.label("done_on"),
            Task.handover.label("handover"),
            Task.assignee_id.label("assignee_id"),
            Task.repeat_every.label("repeat_every"),
            Task.repeat_unit.label("repeat_unit"),
            Household.reference.label("reference"),
            UserAccount.name.label("assignee"),
        )
        .join(Household, Household.id == Task.household_id)
        .outerjoin(UserAccount, UserAccount.id == Task.assignee_id)
    )
    # Whoever may see a task may see the reference of its household, and who of the staff does it.
    return uow.touching(query, Household, UserAccount)


def open_from(uow: UnitOfWork, source_id: UUID) -> Task | None:
    """Find the task that is still open and was made from this record."""
    return uow.first(
        uow.select(Task).where(Task.source_id == source_id, Task.status.in_(UNSETTLED))
    )


def assignees(uow: UnitOfWork, household_id: UUID) -> list[tuple[UUID, str]]:
    """Name those who may know of a household today, and so be asked to do something for it."""
    columns: tuple[Any, ...] = (UserAccount.id, UserAccount.name)
    denied = select(DenyListed.user_id).where(DenyListed.household_id == household_id)
    query: Select[Any] = (
        select(*columns)
        .join(Assignment, Assignment.user_id == UserAccount.id)
        .join(RoleGrant, RoleGrant.user_id == UserAccount.id)
        .where(
            Assignment.household_id == household_id,
            Assignment.live_on(uow.today),
            RoleGrant.role == Role.CASEWORKER,
            RoleGrant.until_at.is_(None),
            UserAccount.status == AccountStatus.ACTIVE,
            UserAccount.id.not_in(denied),
        )
        .distinct()
        .order_by(UserAccount.name, UserAccount.id)
    )
    touched = uow.touching(query, UserAccount, Assignment, RoleGrant, DenyListed)
    return [(row.id, row.name) for row in uow.rows(touched)]
