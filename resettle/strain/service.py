"""What is done: a manager notes something of a group, writes to groups; a member has read it."""

from uuid import UUID

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.catalogue import Catalogue
from resettle.sponsors.models import SponsorGroup
from resettle.strain import queries
from resettle.strain.acts import SendToGroups, WriteNote
from resettle.strain.models import GroupMessage, GroupMessageReading, SupervisionNote


def write_note(uow: UnitOfWork, group_id: UUID, command: WriteNote) -> SupervisionNote:
    """Note something of a group, for programme managers alone."""
    group = uow.get(SponsorGroup, group_id, to=Permission.SUPERVISION_WRITE)
    return uow.add(
        SupervisionNote(
            group_id=group.id,
            text=command.text,
            author_id=uow.actor.user_id,
            written_at=uow.now,
        )
    )


def send(uow: UnitOfWork, command: SendToGroups) -> GroupMessage:
    """Write once to all groups, or to those of one place: it waits on their page until read."""
    uow.require(Permission.GROUP_MESSAGE_SEND)
    if command.location is not None and command.location not in uow.use(Catalogue).locations:
        raise Invalid({"location": ["There is no such place."]})
    return uow.add(
        GroupMessage(
            text=command.text,
            location=command.location,
            author_id=uow.actor.user_id,
            sent_at=uow.now,
        )
    )


def mark_read(uow: UnitOfWork, message_id: UUID) -> GroupMessageReading:
    """Say that one has read a message; said again, nothing changes."""
    message = uow.get(GroupMessage, message_id, to=Permission.GROUP_MESSAGE_DISMISS)
    assert uow.actor.user_id is not None
    found = queries.reading_of(uow, message.id)
    return found or uow.add(
        GroupMessageReading(group_message_id=message.id, user_id=uow.actor.user_id, read_at=uow.now)
    )
