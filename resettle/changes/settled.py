"""Which rows a change has closed or taken to another file, whatever chapter they are of."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from resettle.appointments.models import Appointment, Outcome
from resettle.changes.events import LinesSettled
from resettle.changes.words import Touched
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.milestones.models import Milestone
from resettle.milestones.rules import OPEN
from resettle.tasks.models import Task, TaskStatus

OVER: Mapping[type, Callable[[Any], bool]] = {
    Task: lambda row: row.status in {TaskStatus.DONE, TaskStatus.CANCELLED},
    Appointment: lambda row: row.outcome is not Outcome.PLANNED,
    Milestone: lambda row: row.status.value not in OPEN,
    Household: lambda row: row.exited_on is not None,
}


def settle(uow: UnitOfWork, touched: Iterable[Touched]) -> None:
    """Tell what somebody may have been reminded of, and need not be any more, or elsewhere."""
    rows = [each for each in touched if not each.made]
    carried = [each.row for each in rows if each.changed("household_id")]
    closed = frozenset(each.row.id for each in rows if _is_over(each.row))
    uow.emit(LinesSettled(closed, {row.id: row.household_id for row in carried}))
    uow.settle()


def _is_over(row: Any) -> bool:
    return OVER.get(type(row), lambda _row: False)(row)
