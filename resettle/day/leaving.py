"""Leaving: a caseworker hands everything over, household by household, with a written brief."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func

from resettle.appointments.models import Appointment, Outcome
from resettle.cases import assigning
from resettle.cases.acts import AssignCaseworker, EndAssignment
from resettle.cases.models import Assignment, AssignmentKind
from resettle.casework import service as casework
from resettle.casework.acts import WriteNote
from resettle.casework.models import Channel
from resettle.core.errors import Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import queries
from resettle.day.models import MarkKind, QueueMark
from resettle.day.queries import ALL, QueueFilters
from resettle.day.rules import Group
from resettle.drafts.queries import mine
from resettle.households.models import Household
from resettle.tasks.models import Task
from resettle.tasks.models import TaskStatus as Status

REASON = "Handed over by a caseworker who leaves."
OPEN = (Status.OPEN, Status.DOING)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """To whom a household goes, and what they should know from the first day."""

    user_id: UUID
    brief: str


@dataclass(frozen=True, slots=True)
class StillHeld:
    """A household that is still in the reader's hands, and what hangs on it."""

    household_id: UUID
    reference: str
    name: str
    tasks: int
    appointments: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is still to be handed over, and how many drafts are not finished."""

    households: Sequence[StillHeld]
    drafts: int

    @property
    def is_done(self) -> bool:
        return not self.households and not self.drafts


def still_open(uow: UnitOfWork) -> Leaving:
    """Tell what a caseworker who leaves has not handed over yet."""
    uow.require(Permission.QUEUE_ACT)
    me = uow.actor.user_id
    tasks = _count(uow, Task, Task.assignee_id == me, Task.status.in_(OPEN))
    ahead = _count(
        uow, Appointment, Appointment.companion_id == me, Appointment.outcome == Outcome.PLANNED
    )
    query = uow.columns(
        Household,
        Household.id,
        Household.reference,
        Household.display_name,
        tasks.label("tasks"),
        ahead.label("ahead"),
    ).where(Household.id.in_(_held(uow).with_only_columns(Assignment.household_id)))
    query = uow.touching(query.order_by(Household.reference), Task, Appointment, Assignment)
    rows = uow.rows(query)
    homes = [StillHeld(r.id, r.reference, r.display_name, r.tasks, r.ahead) for r in rows]
    return Leaving(homes, len(mine(uow)))


def _count(uow: UnitOfWork, model: Any, *where: Any) -> Any:
    query = uow.subquery(model, func.count()).where(model.household_id == Household.id, *where)
    return query.correlate(Household).scalar_subquery()


def _held(uow: UnitOfWork) -> Select[Any]:
    """Start from the reader's own assignments; who only stands in hands nothing over."""
    return uow.select(Assignment).where(
        Assignment.user_id == uow.actor.user_id,
        Assignment.kind != AssignmentKind.COVER,
        Assignment.live_on(uow.today),
    )


def held(uow: UnitOfWork, household_id: UUID) -> Assignment:
    """Find the reader's own assignment to a household that they may hand over."""
    uow.require(Permission.QUEUE_ACT)
    found: Assignment | None = uow.first(_held(uow).where(Assignment.household_id == household_id))
    if found is None:
        raise NotFound("This household is not in your hands.")
    return found


def brief(uow: UnitOfWork, household_id: UUID) -> str:
    """Begin a brief with what is open now, for the caseworker to write on."""
    held(uow, household_id)
    found = queries.queue(uow, QueueFilters(whose=ALL)).lines
    mine = [line for line in found if line.household_id == household_id]
    due = [f"- {line.title}. {line.why}" for line in mine if line.group is not Group.WAITING]
    later = [f"- {line.title}" for line in mine if line.group is Group.WAITING]
    parts = [
        "How they are, and what matters to them:\n- ",
        "What has been promised:\n- ",
        "Open now:\n" + "\n".join(due or ["- Nothing"]),
        "Later:\n" + "\n".join(later or ["- Nothing"]),
    ]
    return "\n\n".join(parts)


def hand_over(uow: UnitOfWork, household_id: UUID, command: HandOver) -> Household:
    """Hand one household over with all that hangs on it; the brief stays in the file as a note."""
    own = held(uow, household_id)
    if command.user_id == uow.actor.user_id:
        raise Invalid({"user_id": ["Choose a colleague."]})
    household = uow.get(Household, household_id, to=Permission.CASE_ASSIGN)
    _write(uow, household_id, command.brief)
    _hand_on(uow, household_id, command.user_id)
    _assign(uow, household, own, command.user_id)
    return household


def _write(uow: UnitOfWork, household_id: UUID, text: str) -> None:
    casework.write_note(
        uow,
        household_id,
        WriteNote(occurred_at=uow.now, channel=Channel.HANDOVER, text=text),
    )


def _hand_on(uow: UnitOfWork, household_id: UUID, to_id: UUID) -> None:
    """Put the successor's name wherever the leaver's stands on something that is still open."""
    me = uow.actor.user_id
    tasks = uow.select(Task).where(Task.household_id == household_id, Task.assignee_id == me)
    for task in uow.all(tasks.where(Task.status.in_(OPEN))):
        task.assignee_id = to_id
    ahead = uow.select(Appointment).where(
        Appointment.household_id == household_id, Appointment.companion_id == me
    )
    for appointment in uow.all(ahead.where(Appointment.outcome == Outcome.PLANNED)):
        appointment.companion_id = to_id
    marks = uow.select(QueueMark).where(
        QueueMark.household_id == household_id, QueueMark.to_id == me
    )
    given = (QueueMark.kind == MarkKind.GIVEN, QueueMark.ended_at.is_(None))
    for mark in uow.all(marks.where(*given)):
        mark.to_id = to_id


def _assign(uow: UnitOfWork, household: Household, before: Assignment, to_id: UUID) -> None:
    takes_over = AssignCaseworker(user_id=to_id, kind=before.kind, from_on=uow.today, reason=REASON)
    assigning.put(uow, household, takes_over)
    if before.kind is AssignmentKind.SECOND:
        assigning.end(uow, before.id, EndAssignment(until_on=uow.today, reason=REASON))
