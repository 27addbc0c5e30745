"""Updates and the shared thread over JSON."""

from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.messages import acts, queries, schemas, service
from resettle.messages.models import SponsorUpdate, ThreadMessage, ThreadPlace
from resettle.web.api import Api

api = Api("messages_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"
MESSAGE = "/thread-messages/<uuid:message_id>"
UPDATE = schemas.UpdateShape()
SAID = schemas.MessageShape()


@api.lists(
    HOUSEHOLD + "/sponsor-updates",
    permission=Permission.UPDATE_READ,
    returns=UPDATE,
    sorts=queries.UPDATE_SORTS,
)
def updates(uow: UnitOfWork, household_id: UUID) -> Select[SponsorUpdate]:
    """List what the group has told the caseworker."""
    return queries.updates(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/sponsor-updates",
    permission=Permission.UPDATE_SEND,
    body=schemas.SendUpdateSchema(),
    returns=UPDATE,
    status=201,
)
def send_update(uow: UnitOfWork, household_id: UUID, command: acts.SendUpdate) -> SponsorUpdate:
    """Tell the caseworker in a line how it goes."""
    return service.send_update(uow, household_id, command)


@api.does(
    "POST",
    "/sponsor-updates/<uuid:update_id>/reading",
    permission=Permission.UPDATE_CLOSE,
    returns=UPDATE,
)
def read_update(uow: UnitOfWork, update_id: UUID) -> SponsorUpdate:
    """Say that an update was read."""
    return service.read_update(uow, update_id)


@api.lists(
    HOUSEHOLD + "/thread",
    permission=Permission.THREAD_READ,
    returns=SAID,
    sorts=queries.THREAD_SORTS,
)
def thread(uow: UnitOfWork, household_id: UUID) -> Select[ThreadMessage]:
    """List the messages between a family, its group and its caseworkers."""
    return queries.thread(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/thread",
    permission=Permission.THREAD_WRITE,
    body=schemas.WriteSchema(),
    returns=SAID,
    status=201,
)
def write(uow: UnitOfWork, household_id: UUID, command: acts.Write) -> ThreadMessage:
    """Write to the family, its group and its caseworkers at once."""
    return service.write(uow, household_id, command)


@api.does(
    "POST",
    HOUSEHOLD + "/thread/reading",
    permission=Permission.THREAD_READ,
    returns=schemas.PlaceShape(),
)
def mark_read(uow: UnitOfWork, household_id: UUID) -> ThreadPlace:
    """Remember that the reader has read the thread up to now."""
    return service.mark_read(uow, household_id)


@api.does("POST", MESSAGE + "/retraction", permission=Permission.THREAD_WRITE, returns=SAID)
def retract(uow: UnitOfWork, message_id: UUID) -> ThreadMessage:
    """Take back one's own message."""
    return service.retract(uow, message_id)


@api.does(
    "POST",
    MESSAGE + "/report",
    permission=Permission.THREAD_WRITE,
    body=schemas.ReportSchema(),
    returns=SAID,
)
def report(uow: UnitOfWork, message_id: UUID, command: acts.Report) -> ThreadMessage:
    """Tell caseworkers that a message is a worry."""
    return service.report(uow, message_id, command)
