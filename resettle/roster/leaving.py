"""What stands in the name of a member of a group, when they leave it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.roster.events import DriverFound
from resettle.roster.models import AHEAD, Shift, ShiftStatus
from resettle.tasks.models import Task
from resettle.tasks.queries import UNSETTLED


@dataclass(frozen=True, slots=True)
class Waits:
    """How much is still to be done in a member's name."""

    shifts: int
    tasks: int


def waiting_for(uow: UnitOfWork, member_id: UUID) -> Waits:
    """Count what a member has still to do, for whoever may let them go: numbers, and no rows."""
    shifts = _number(uow, Shift, _ahead(member_id))
    return Waits(shifts, _number(uow, Task, _unsettled(member_id)))


def _number(uow: UnitOfWork, model: Any, where: ColumnElement[bool]) -> int:
    number = func.count().label("number")
    query = uow.figures(Permission.MEMBER_ADD, number, over=[model]).where(where)
    return int(uow.rows(query)[0].number)


def _ahead(member_id: UUID) -> ColumnElement[bool]:
    return and_(Shift.member_id == member_id, Shift.status.in_(AHEAD))


def _unsettled(member_id: UUID) -> ColumnElement[bool]:
    return and_(Task.member_id == member_id, Task.status.in_(UNSETTLED))


def free(uow: UnitOfWork, member_id: UUID) -> None:
    """Open a member's shifts again, tell appointments so, and leave their tasks to the group."""
    for shift in uow.all(uow.select(Shift).where(_ahead(member_id)).order_by(Shift.id)):
        shift.member_id, shift.offered_at, shift.status = None, None, ShiftStatus.OPEN
        if shift.appointment_id is not None:
            uow.emit(DriverFound(shift.id, shift.appointment_id))
    for task in uow.all(uow.select(Task).where(_unsettled(member_id)).order_by(Task.id)):
        task.member_id = None
