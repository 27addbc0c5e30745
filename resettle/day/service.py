"""What is done from the queue: done, later, somebody else's, seen; and each of it taken back."""

from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import queries, rules
from resettle.day.acts import Give, Snooze
from resettle.day.models import MarkKind, QueueMark
from resettle.day.queries import Line
from resettle.day.rules import Source
from resettle.tasks import service as tasks
from resettle.tasks.acts import ChangeTask
from resettle.tasks.models import Task
from resettle.tasks.queries import UNSETTLED


def finish(uow: UnitOfWork, source: str, subject_id: UUID) -> Line:
    """Tick off a task, or a report that was read. All else is done where it is recorded."""
    uow.require(Permission.QUEUE_ACT)
    line = queries.one(uow, source, subject_id)
    if line.source is Source.TASK:
        tasks.finish(uow, subject_id)
    elif line.may_be_seen:
        _mark(uow, line, QueueMark(kind=MarkKind.SEEN))
    else:
        raise Conflict("This is done where it is recorded: open it from the queue.")
    return line


def reopen(uow: UnitOfWork, source: str, subject_id: UUID) -> None:
    """Take back that something was ticked off."""
    uow.require(Permission.QUEUE_ACT)
    if source == Source.TASK:
        tasks.reopen(uow, subject_id)
        return
    query = uow.select(QueueMark).where(
        QueueMark.subject_id == subject_id,
        QueueMark.source == source,
        QueueMark.kind == MarkKind.SEEN,
        QueueMark.ended_at.is_(None),
    )
    if (mark := uow.first(query)) is None:
        raise Conflict("This is open already.")
    mark.ended_at = uow.now


def snooze(uow: UnitOfWork, source: str, subject_id: UUID, command: Snooze) -> QueueMark:
    """Put a line off until a day, on which it comes back by itself; never one of safety."""
    uow.require(Permission.QUEUE_ACT)
    line = queries.one(uow, source, subject_id)
    faults = rules.snooze_faults(command.until_on, uow.today, safety=line.safety)
    if faults:
        raise Invalid(faults)
    mark = QueueMark(
        kind=MarkKind.SNOOZED, reason_code=command.reason_code, until_on=command.until_on
    )
    return _mark(uow, line, mark, command.reason)


def give(uow: UnitOfWork, source: str, subject_id: UUID, command: Give) -> Line:
    """Hand a line to a colleague who works with the household too, and so may know of it."""
    uow.require(Permission.QUEUE_ACT)
    line = queries.one(uow, source, subject_id)
    if command.to_id not in [stand.user_id for stand in queries.colleagues(line)]:
        raise Invalid({"to_id": ["Choose somebody who works with this household and is here."]})
    mark = QueueMark(kind=MarkKind.GIVEN, to_id=command.to_id, from_id=line.found.owner_id)
    if line.source is Source.TASK:
        tasks.change(uow, subject_id, ChangeTask(assignee_id=command.to_id))
    _mark(uow, line, mark, command.reason)
    return queries.one(uow, source, subject_id)


def end(uow: UnitOfWork, mark_id: UUID) -> QueueMark:
    """Take a decision about a line back: it comes back, or is again whose it was."""
    mark = uow.edit(QueueMark, mark_id, to=Permission.QUEUE_ACT)
    if mark.ended_at is not None:
        raise Conflict("This was taken back already.")
    mark.ended_at = uow.now
    if mark.source is Source.TASK and mark.kind is MarkKind.GIVEN:
        _give_back(uow, mark)
    return mark


def _give_back(uow: UnitOfWork, mark: QueueMark) -> None:
    """Give a task back to whoever had it, unless it has gone to somebody else since."""
    task = uow.find(Task, mark.subject_id)
    if task is None or task.assignee_id != mark.to_id or task.status not in UNSETTLED:
        raise Conflict("This task has changed since. Open it to say whose it is.")
    task.assignee_id = mark.from_id


def _mark(uow: UnitOfWork, line: Line, mark: QueueMark, reason: str | None = None) -> QueueMark:
    """Keep a decision, in place of an earlier one of its kind about the same line."""
    query = uow.select(QueueMark).where(
        QueueMark.subject_id == line.subject_id,
        QueueMark.source == line.source,
        QueueMark.kind == mark.kind,
        QueueMark.ended_at.is_(None),
    )
    for earlier in uow.all(query.with_for_update()):
        earlier.ended_at = uow.now
    uow.session.flush()
    mark.household_id, mark.source = line.household_id, line.source
    mark.subject_id, mark.reason = line.subject_id, reason
    mark.by_id, mark.made_at = uow.actor.user_id, uow.now
    return uow.add(mark)
