"""Casework over JSON: notes of a household, and what of them is shared."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.casework import acts, queries, schemas, service, sharing
from resettle.casework.models import ContactNote, SharedNote
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("casework_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"


@api.lists(
    HOUSEHOLD + "/notes",
    permission=Permission.NOTE_READ,
    returns=schemas.NoteShape(),
    sorts=queries.NOTE_SORTS,
    filters=schemas.NoteFiltersSchema(),
)
def notes(uow: UnitOfWork, household_id: UUID, wanted: queries.NoteFilters) -> Select[Any]:
    """List the notes on contacts with a household."""
    return queries.notes(uow, household_id, wanted)


@api.does(
    "POST",
    HOUSEHOLD + "/notes",
    permission=Permission.NOTE_WRITE,
    body=schemas.WriteNoteSchema(),
    returns=schemas.NoteShape(),
    status=201,
)
def write_note(uow: UnitOfWork, household_id: UUID, command: acts.WriteNote) -> ContactNote:
    """Write down a contact with a household."""
    return service.write_note(uow, household_id, command)


@api.does(
    "POST",
    "/notes/<uuid:note_id>/amendments",
    permission=Permission.NOTE_AMEND,
    body=schemas.AmendNoteSchema(),
    returns=schemas.NoteShape(),
    status=201,
)
def amend_note(uow: UnitOfWork, note_id: UUID, command: acts.AmendNote) -> ContactNote:
    """Amend a note; the old one stays as it was."""
    return service.amend_note(uow, note_id, command)


@api.lists(
    HOUSEHOLD + "/shared-notes",
    permission=Permission.SHARED_NOTE_READ,
    returns=schemas.SharedNoteShape(),
    sorts=queries.SHARED_SORTS,
)
def shared_notes(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List what caseworkers have shared with the household and its sponsor group."""
    return queries.shared_notes(uow, household_id)


@api.does(
    "POST",
    "/notes/<uuid:note_id>/sharing",
    permission=Permission.NOTE_SHARE,
    body=schemas.ShareNoteSchema(),
    returns=schemas.SharedNoteShape(),
    status=201,
)
def share_note(uow: UnitOfWork, note_id: UUID, command: acts.ShareNote) -> SharedNote:
    """Share a text with the household and its sponsor group."""
    return sharing.share(uow, note_id, command)


@api.does(
    "POST",
    "/shared-notes/<uuid:shared_note_id>/unsharing",
    permission=Permission.NOTE_SHARE,
    body=schemas.UnshareNoteSchema(),
    returns=schemas.SharedNoteShape(),
    status=201,
)
def unshare_note(uow: UnitOfWork, shared_note_id: UUID, command: acts.UnshareNote) -> SharedNote:
    """Take back what was shared; it is hidden at once."""
    return sharing.unshare(uow, shared_note_id, command)
