"""Casework over JSON: notes of a household."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.casework import acts, queries, schemas, service
from resettle.casework.models import ContactNote
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
