"""What is when, of all the households of a reader: appointments, tasks and milestones due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.appointments import shapes as appointments
from resettle.appointments.models import Appointment, Outcome
from resettle.appointments.rules import midnights
from resettle.calendars import ours
from resettle.calendars.ours import Neutral
from resettle.core.actor import SPONSORS
from resettle.core.clock import AUCKLAND
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import words
from resettle.desk.steps import StepShape
from resettle.households.models import Household
from resettle.milestones.models import Milestone
from resettle.milestones.rules import OPEN
from resettle.tasks.models import Task
from resettle.tasks.queries import UNSETTLED
from resettle.tasks.queries import rows as task_rows
from resettle.tasks.schemas import TaskRow

# More in a month than anybody does; the page says so if there is more.
MOST = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of a day, as a page tells it."""

    kind: str
    id: UUID
    household_id: UUID
    reference: str
    title: str
    on: date
    at: str = ""
    until: str = ""
    state: str = ""
    late: bool = False
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The entries of some days in their order, and whether there were too many for a page."""

    by_day: Mapping[date, Sequence[Entry]]
    too_many: bool


def between(uow: UnitOfWork, first: date, last: date, *, everybodys: bool) -> Shown:
    """Tell what is when between two days, in a constant number of queries."""
    uow.require(Permission.CALENDAR_READ)
    references = _references(uow)
    kinds = (
        _appointments(uow, first, last, references),
        _tasks(uow, first, last, everybodys=everybodys),
        _milestones(uow, first, last, references),
    )
    by_day: dict[date, list[Entry]] = {}
    for entry in (each for kind in kinds for each in kind[:MOST]):
        by_day.setdefault(entry.on, []).append(entry)
    return Shown(by_day, any(len(kind) > MOST for kind in kinds))


def _references(uow: UnitOfWork) -> Mapping[UUID, str]:
    query = uow.columns(Household, Household.id, Household.reference)
    return {row.id: row.reference for row in uow.rows(query)}


def _appointments(
    uow: UnitOfWork, first: date, last: date, references: Mapping[UUID, str]
) -> list[Entry]:
    found = uow.all(appointments_between(uow, first, last).limit(MOST + 1))
    return [
        Entry(
            "appointment",
            row["id"],
            row["household_id"],
            references.get(row["household_id"], ""),
            row["kind_title"],
            row["on"],
            row["at"],
            row["until"],
            "" if row["planned"] else row["outcome_title"],
            warnings=row["warnings"],
        )
        for row in appointments.told(uow, found)
    ]


def appointments_between(uow: UnitOfWork, first: date, last: date) -> Select[Appointment]:
    begins, ends = midnights(first, last, AUCKLAND)
    return (
        uow.select(Appointment)
        .where(Appointment.starts_at >= begins, Appointment.starts_at < ends)
        .where(Appointment.outcome.not_in([Outcome.CANCELLED, Outcome.RESCHEDULED]))
        .order_by(Appointment.starts_at, Appointment.id)
    )


def _tasks(uow: UnitOfWork, first: date, last: date, *, everybodys: bool) -> list[Entry]:
    query = tasks_between(uow, first, last, everybodys=everybodys).limit(MOST + 1)
    return [
        Entry(
            "task",
            row["id"],
            row["household_id"],
            row["reference"],
            row["title"],
            row["due_on"],
            late=row["due_on"] < uow.today,
        )
        for row in TaskRow().many_of(uow, uow.rows(query))
    ]


def tasks_between(uow: UnitOfWork, first: date, last: date, *, everybodys: bool) -> Select[Any]:
    query = task_rows(uow).where(
        Task.due_on >= first, Task.due_on <= last, Task.status.in_(UNSETTLED)
    )
    if not everybodys:
        query = query.where(Task.assignee_id == uow.actor.user_id)
    return query.order_by(Task.due_on, Task.id)


def _milestones(
    uow: UnitOfWork, first: date, last: date, references: Mapping[UUID, str]
) -> list[Entry]:
    found = uow.all(milestones_between(uow, first, last).limit(MOST + 1))
    return [
        Entry(
            "milestone",
            row["id"],
            row["household_id"],
            references.get(row["household_id"], ""),
            words.step(
                words.programme(uow, row["programme_code"], row["programme_version"]), row["code"]
            ),
            row["due_on"],
            late=row["deadline"] and row["due_on"] < uow.today,
        )
        for row in StepShape().many_of(uow, found)
    ]


def milestones_between(uow: UnitOfWork, first: date, last: date) -> Select[Milestone]:
    return (
        uow.select(Milestone)
        .where(Milestone.due_on >= first, Milestone.due_on <= last, Milestone.status.in_(OPEN))
        .order_by(Milestone.due_on, Milestone.code, Milestone.id)
    )


def neutral(uow: UnitOfWork, first: date, last: date) -> list[Neutral]:
    """Tell a calendar outside what its owner may see now: no names, no kinds, no places."""
    uow.require(Permission.CALENDAR_FEED)
    references = _references(uow)
    if uow.actor.role in SPONSORS:
        return ours.neutral(uow, first, last, references)
    return [
        *_neutral_appointments(uow, first, last, references),
        *_neutral_days(uow, first, last, references),
    ]


def _neutral_appointments(
    uow: UnitOfWork, first: date, last: date, references: Mapping[UUID, str]
) -> list[Neutral]:
    return [
        Neutral(
            row.id,
            f"Appointment, {references.get(row.household_id, '')}",
            row.starts_at,
            row.ends_at,
            row.updated_at,
        )
        for row in uow.all(appointments_between(uow, first, last).limit(MOST))
    ]


def _neutral_days(
    uow: UnitOfWork, first: date, last: date, references: Mapping[UUID, str]
) -> list[Neutral]:
    tasks = (
        uow.columns(Task, Task.id, Task.household_id, Task.due_on, Task.updated_at)
        .where(Task.due_on >= first, Task.due_on <= last, Task.status.in_(UNSETTLED))
        .where(Task.assignee_id == uow.actor.user_id)
        .order_by(Task.due_on, Task.id)
        .limit(MOST)
    )
    steps = (
        uow.columns(
            Milestone, Milestone.id, Milestone.household_id, Milestone.due_on, Milestone.updated_at
        )
        .where(Milestone.due_on >= first, Milestone.due_on <= last, Milestone.status.in_(OPEN))
        .order_by(Milestone.due_on, Milestone.id)
        .limit(MOST)
    )
    return [
        Neutral(
            row.id,
            f"{what}, {references.get(row.household_id, '')}",
            row.due_on,
            row.due_on,
            row.updated_at,
        )
        for what, query in (("Task due", tasks), ("Milestone due", steps))
        for row in uow.rows(query)
    ]
