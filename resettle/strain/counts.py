"""What is counted for the evidence about a group, for all of its households at once.

Shifts and tasks are not a manager's to read, so these are figures: counts and days, no rows.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func

from resettle.appointments.rules import midnights
from resettle.core.clock import AUCKLAND, day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds.models import Pledge
from resettle.messages.models import SponsorUpdate
from resettle.roster.models import Shift, ShiftStatus
from resettle.sponsors.models import ReportDue
from resettle.tasks.models import Task, TaskStatus

READ = Permission.STRAIN_READ
WENT = (ShiftStatus.UNDER_WAY, ShiftStatus.DONE)
UNDONE = (TaskStatus.OPEN, TaskStatus.DOING)


@dataclass(frozen=True, slots=True)
class Late:
    count: int
    oldest: date


def last_contacts(uow: UnitOfWork, group_id: UUID, homes: Collection[UUID]) -> Mapping[UUID, date]:
    """Tell when the group was last with each household, or last wrote to its caseworker."""
    found: dict[UUID, date] = {}
    went = (Shift.starts_at, Shift.status.in_(WENT), Shift.starts_at <= uow.now)
    for model, (at, *where) in ((Shift, went), (SponsorUpdate, (SponsorUpdate.sent_at,))):
        query = uow.figures(READ, model.household_id, func.max(at).label("at"), over=[model])
        query = query.where(*_ours(model, group_id, homes), *where)
        for row in uow.rows(query.group_by(model.household_id)):
            day = day_of(row.at)
            found[row.household_id] = max(day, found.get(row.household_id, day))
    return found


def missed(
    uow: UnitOfWork, group_id: UUID, homes: Collection[UUID], days: tuple[date, date]
) -> Mapping[UUID, int]:
    """Count the shifts that nobody came to, from one day to another."""
    query = uow.figures(READ, Shift.household_id, func.count().label("many"), over=[Shift])
    query = query.where(
        *_ours(Shift, group_id, homes), _within(days), Shift.status == ShiftStatus.MISSED
    )
    return {r.household_id: r.many for r in uow.rows(query.group_by(Shift.household_id))}


def active(
    uow: UnitOfWork, group_id: UUID, homes: Collection[UUID], days: tuple[date, date]
) -> int:
    """Count the members who were with a household, from one day to another."""
    people = func.count(Shift.member_id.distinct()).label("people")
    query = uow.figures(READ, people, over=[Shift])
    where = (*_ours(Shift, group_id, homes), _within(days), Shift.status.in_(WENT))
    return int(uow.rows(query.where(*where))[0].people)


def tasks_late(uow: UnitOfWork, group_id: UUID, homes: Collection[UUID]) -> Mapping[UUID, Late]:
    return _late(uow, Task, [*_ours(Task, group_id, homes), Task.status.in_(UNDONE)])


def reports_late(uow: UnitOfWork, group_id: UUID, homes: Collection[UUID]) -> Mapping[UUID, Late]:
    owed = (ReportDue.submitted_on.is_(None), ReportDue.cancelled_on.is_(None))
    return _late(uow, ReportDue, [*_ours(ReportDue, group_id, homes), *owed])


def pledged_since(uow: UnitOfWork, group_id: UUID) -> date | None:
    """Tell when the first pledge that stands was made."""
    first = func.min(Pledge.pledged_on).label("first")
    query = uow.figures(READ, first, over=[Pledge])
    where = (Pledge.group_id == group_id, Pledge.withdrawn_on.is_(None))
    found: date | None = uow.rows(query.where(*where))[0].first
    return found


def _late(uow: UnitOfWork, model: Any, where: list[ColumnElement[bool]]) -> dict[UUID, Late]:
    oldest, count = func.min(model.due_on).label("oldest"), func.count().label("many")
    query = uow.figures(READ, model.household_id, oldest, count, over=[model])
    query = query.where(*where, model.due_on < uow.today).group_by(model.household_id)
    return {row.household_id: Late(row.many, row.oldest) for row in uow.rows(query)}


def _ours(model: Any, group_id: UUID, homes: Collection[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (model.group_id == group_id, model.household_id.in_(homes))


def _within(days: tuple[date, date]) -> ColumnElement[bool]:
    begins, ends = midnights(*days, AUCKLAND)
    return and_(Shift.starts_at >= begins, Shift.starts_at < ends)
