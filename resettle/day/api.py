"""The queue over JSON."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import acts, queries, schemas, service
from resettle.day.models import QueueMark
from resettle.day.queries import Line, QueueFilters
from resettle.web.api import Api

api = Api("queue_api", __name__, url_prefix="/api/queue")
LINE = "/<string:source>/<uuid:subject_id>"


@api.reads(
    "",
    permission=Permission.QUEUE_READ,
    returns=schemas.LineShape(),
    many=True,
    filters=schemas.QueueFiltersSchema(),
)
def queue(uow: UnitOfWork, wanted: QueueFilters) -> Sequence[Line]:
    """Show all that waits for the reader, in its order, with the reason for it."""
    return queries.queue(uow, wanted).lines


@api.does("POST", LINE + "/completion", permission=Permission.QUEUE_ACT)
def finish(uow: UnitOfWork, source: str, subject_id: UUID) -> None:
    """Tick off a task, or a sponsor report that was read."""
    service.finish(uow, source, subject_id)


@api.does("POST", LINE + "/reopening", permission=Permission.QUEUE_ACT)
def reopen(uow: UnitOfWork, source: str, subject_id: UUID) -> None:
    """Take back that something was ticked off."""
    service.reopen(uow, source, subject_id)


@api.does(
    "POST",
    LINE + "/snooze",
    permission=Permission.QUEUE_ACT,
    body=schemas.SnoozeSchema(),
    returns=schemas.MarkShape(),
    status=201,
)
def snooze(uow: UnitOfWork, source: str, subject_id: UUID, command: acts.Snooze) -> QueueMark:
    """Put a line off until a day, with the reason."""
    return service.snooze(uow, source, subject_id, command)


@api.does(
    "POST",
    LINE + "/delegation",
    permission=Permission.QUEUE_ACT,
    body=schemas.GiveSchema(),
    returns=schemas.LineShape(),
)
def give(uow: UnitOfWork, source: str, subject_id: UUID, command: acts.Give) -> Line:
    """Hand a line to a colleague who works with the household too."""
    return service.give(uow, source, subject_id, command)


@api.does(
    "POST",
    "/marks/<uuid:mark_id>/end",
    permission=Permission.QUEUE_ACT,
    returns=schemas.MarkShape(),
)
def end(uow: UnitOfWork, mark_id: UUID) -> QueueMark:
    """Take back that a line was put off or handed on."""
    return service.end(uow, mark_id)
