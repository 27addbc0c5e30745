"""The evidence about a group, notes of its adviser and messages to groups, over JSON."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.strain import acts, queries, rules, schemas, service
from resettle.strain.models import GroupMessage, GroupMessageReading, SupervisionNote
from resettle.web.api import Api

api = Api("strain_api", __name__, url_prefix="/api")
GROUP = "/sponsor-groups/<uuid:group_id>"
NOTES = GROUP + "/supervision-notes"
NOTE = schemas.NoteShape()
MESSAGE = schemas.GroupMessageShape()


@api.reads(
    GROUP + "/strain", permission=Permission.STRAIN_READ, returns=schemas.LineShape(), many=True
)
def evidence(uow: UnitOfWork, group_id: UUID) -> Sequence[rules.Line]:
    """Tell how a group's support goes, in numbers with what they are compared to. No score."""
    return queries.evidence(uow, group_id)


@api.lists(NOTES, permission=Permission.SUPERVISION_READ, returns=NOTE, sorts=queries.NOTE_SORTS)
def notes(uow: UnitOfWork, group_id: UUID) -> Select[SupervisionNote]:
    """List what programme managers have noted of a group."""
    return queries.notes(uow, group_id)


@api.does(
    "POST",
    NOTES,
    permission=Permission.SUPERVISION_WRITE,
    body=schemas.WriteNoteSchema(),
    returns=NOTE,
    status=201,
)
def write_note(uow: UnitOfWork, group_id: UUID, command: acts.WriteNote) -> SupervisionNote:
    """Note something of a group, for programme managers alone."""
    return service.write_note(uow, group_id, command)


@api.lists(
    "/group-messages",
    permission=Permission.GROUP_MESSAGE_READ,
    returns=MESSAGE,
    sorts=queries.MESSAGE_SORTS,
)
def messages(uow: UnitOfWork) -> Select[GroupMessage]:
    """List the messages to sponsor groups."""
    return queries.messages(uow)


@api.does(
    "POST",
    "/group-messages",
    permission=Permission.GROUP_MESSAGE_SEND,
    body=schemas.SendToGroupsSchema(),
    returns=MESSAGE,
    status=201,
)
def send(uow: UnitOfWork, command: acts.SendToGroups) -> GroupMessage:
    """Write to all sponsor groups, or to those of one place."""
    return service.send(uow, command)


@api.does(
    "POST",
    "/group-messages/<uuid:group_message_id>/reading",
    permission=Permission.GROUP_MESSAGE_DISMISS,
    returns=schemas.ReadingShape(),
)
def mark_read(uow: UnitOfWork, group_message_id: UUID) -> GroupMessageReading:
    """Say that one has read a message, so that it leaves the group's page."""
    return service.mark_read(uow, group_message_id)
