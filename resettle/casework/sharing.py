"""Sharing with the household and its sponsor group: an act of its own, with a text of its own."""

from uuid import UUID

from resettle.casework import queries
from resettle.casework.acts import ShareNote, UnshareNote
from resettle.casework.models import ContactNote, SharedNote
from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork


def share(uow: UnitOfWork, note_id: UUID, command: ShareNote) -> SharedNote:
    """Let the household and its sponsor group read a text; the note itself stays with staff.

    Raises Conflict if the readers are no longer those that the sharer was shown.
    """
    note = queries.one(uow, note_id, to=Permission.NOTE_SHARE)
    uow.require(Permission.NOTE_SHARE, note)
    readers = may_share(uow, note)
    if command.seen is not None and command.seen != readers.mark:
        raise Conflict("Who would read this has changed since you looked. Look again.")
    return uow.add(
        SharedNote(
            household_id=note.household_id,
            note_id=note.id,
            group_id=readers.group_id,
            text=command.text,
            reason=command.reason,
            shared_at=uow.now,
            shared_by=uow.actor.user_id,
        )
    )


def may_share(uow: UnitOfWork, note: ContactNote) -> queries.Readers:
    """Tell who would read what is shared of a note. Raises Conflict where nothing may be."""
    uow.require(Permission.NOTE_SHARE, note)
    if note.visibility in queries.NEEDS:
        raise Conflict("What only some caseworkers may read is not shared with anybody else.")
    if note.confidential:
        raise Conflict("This was told in confidence: the others at home would read it too.")
    if queries.shared_now(uow, note) is not None:
        raise Conflict("This note is shared already. Take that back first.")
    readers = queries.readers(uow, note.household_id)
    if readers is None:
        raise Conflict("No sponsor group supports this household at the moment.")
    return readers


def unshare(uow: UnitOfWork, shared_note_id: UUID, command: UnshareNote) -> SharedNote:
    """Take a shared text back. From this moment only staff can read it."""
    shared = uow.edit(SharedNote, shared_note_id, to=Permission.NOTE_SHARE)
    if shared.unshared_at is not None:
        raise Conflict("This is not shared any more.")
    shared.unshared_at, shared.unshared_by = uow.now, uow.actor.user_id
    shared.unshare_reason = command.reason
    return shared
