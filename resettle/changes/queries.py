"""Questions about the changes of a household."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.changes.models import HouseholdChange, Kind
from resettle.core.clock import day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.settings import Settings
from resettle.tasks.models import Task, TaskStatus

MOST_TASKS = 200
SORTS: Mapping[str, tuple[ColumnElement[date], ...]] = {
    "happened": (HouseholdChange.happened_on.expression,)
}
TITLES: Mapping[str, str] = {
    "birth": "Birth",
    "death": "Death",
    "marriage": "Marriage",
    "separation": "Separation",
    "split": "Household split in two",
    "join": "Two households joined",
    "move": "Move",
    "provider": "Another provider",
}


def of_household(uow: UnitOfWork, household_id: UUID) -> Select[HouseholdChange]:
    household = uow.get(Household, household_id, to=Permission.TIMELINE_READ)
    return uow.select(HouseholdChange).where(HouseholdChange.household_id == household.id)


def undo_until(uow: UnitOfWork, changes: Sequence[HouseholdChange]) -> Mapping[UUID, date]:
    """Tell of each change that can still be undone the last day on which it can."""
    window = timedelta(days=uow.use(Settings).undo_days)
    last = {change.id: day_of(change.created_at) + window for change in changes}
    undone = {
        change.id
        for change in changes
        if change.undone_at or change.part_of or change.kind == Kind.PROVIDER
    }
    return {id_: day for id_, day in last.items() if id_ not in undone and uow.today <= day}


def open_tasks(uow: UnitOfWork, household_id: UUID) -> Sequence[Task]:
    """List what is still to be done for the whole household, and so stays or goes as is said."""
    query = uow.select(Task).where(
        Task.household_id == household_id,
        Task.person_id.is_(None),
        Task.status.in_([TaskStatus.OPEN, TaskStatus.DOING]),
    )
    return uow.all(query.order_by(Task.due_on, Task.id).limit(MOST_TASKS))
