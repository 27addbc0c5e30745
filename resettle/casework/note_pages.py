"""Pages of one note: its versions side by side, amended, shared, taken back; and whom to note."""

import json
from typing import Any
from uuid import UUID

from resettle.accounts.queries import names
from resettle.casework import acts, queries, schemas, service, sharing
from resettle.casework.models import ContactNote, SharedNote
from resettle.core.errors import Conflict
from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("notes", __name__, template_folder="templates")

Shown = dict[str, Any]
NOTE = "/notes/<uuid:note_id>"
COVER = HouseholdShape(only=("id", "reference", "name"))
SHAPE = schemas.NoteShape()
SHARED = schemas.SharedNoteShape()
MOST = 200


@pages.page("/contact", permission=Permission.NOTE_WRITE, template="casework/choose.html")
def choose(uow: UnitOfWork) -> Shown:
    """Ask whom a contact was with."""
    query = uow.select(Household).order_by(Household.display_name, Household.id)
    return {"households": COVER.many_of(uow, uow.all(query.limit(MOST)))}


@pages.page(NOTE, permission=Permission.NOTE_READ, template="casework/note.html")
def show(uow: UnitOfWork, note_id: UUID) -> Shown:
    """Show a note in all its versions, and what of it is shared."""
    note = queries.one(uow, note_id)
    found = queries.versions(uow, note)
    uow.unlock([note.household_id])
    shared = queries.shared_now(uow, note)
    authors = names(uow, [each.author_id for each in found])
    return {
        **_of(uow, note),
        "versions": [_told(row, authors) for row in SHAPE.many_of(uow, found)],
        "topics": _topics(uow, found[-1]),
        "newest": found[-1].id,
        "is_own": note.author_id == uow.actor.user_id,
        "shared": None if shared is None else SHARED.one(uow, shared),
        "why_not": _why_not_shared(uow, found[-1]),
    }


def _told(row: Shown, authors: Any) -> Shown:
    present = json.loads(row["present"]) if row["present"] else []
    return {
        **row,
        "how": plain(row["channel"]),
        "who": plain(row["visibility"]),
        "language": language(row["language"]),
        "present": ", ".join(present),
        "author": authors.get(row["author_id"], ""),
    }


def _topics(uow: UnitOfWork, note: ContactNote) -> list[str]:
    """Name what a note is about, as the programme names it."""
    household = uow.get(Household, note.household_id, to=Permission.NOTE_READ)
    known = uow.use(Catalogue).get(household.programme_code, household.programme_version).domains
    names = {domain.code: domain.name for domain in known}
    return [names.get(code, plain(code)) for code in note.domains]


def _why_not_shared(uow: UnitOfWork, note: ContactNote) -> str:
    try:
        sharing.may_share(uow, note)
    except Conflict as error:
        return str(error)
    return ""


def _of(uow: UnitOfWork, note: ContactNote) -> Shown:
    household = uow.get(Household, note.household_id, to=Permission.NOTE_READ)
    return {"household": COVER.one(uow, household), "note": SHAPE.one(uow, note)}


@pages.form(
    NOTE + "/amendments",
    permission=Permission.NOTE_AMEND,
    schema=schemas.AmendNoteSchema(),
    template="casework/amend.html",
)
def amend(uow: UnitOfWork, form: Form, note_id: UUID) -> Shown | Led:
    """Write a note anew; what stood there before stays beside it."""
    if form.command:
        made = service.amend_note(uow, note_id, form.command)
        return Go(".show", message="The note is amended.", note_id=made.id)
    return _of(uow, service.amendable(uow, note_id))


@pages.form(
    NOTE + "/sharing",
    permission=Permission.NOTE_SHARE,
    schema=schemas.SharingSchema(),
    template="casework/share.html",
)
def share(uow: UnitOfWork, form: Form, note_id: UUID) -> Shown | Led:
    """Write what the others are to read, look at it with their eyes, and only then share it."""
    asked: acts.Sharing | None = form.command
    if asked and asked.confirmed:
        sharing.share(uow, note_id, asked.shared)
        return Go(".show", message="It is shared.", note_id=note_id)
    note = queries.one(uow, note_id, to=Permission.NOTE_SHARE)
    readers = sharing.may_share(uow, note)
    return {
        **_of(uow, note),
        "group": readers.group,
        "readers": [name for _, name in readers.members],
        "seen": readers.mark,
        "is_preview": bool(form.values) and not form.errors and "again" not in form.values,
    }


@pages.form(
    "/shared-notes/<uuid:shared_note_id>/unsharing",
    permission=Permission.NOTE_SHARE,
    schema=schemas.UnshareNoteSchema(),
    template="casework/unshare.html",
)
def unshare(uow: UnitOfWork, form: Form, shared_note_id: UUID) -> Shown | Led:
    """Take back what was shared; from that moment only staff can read it."""
    if form.command:
        shared = sharing.unshare(uow, shared_note_id, form.command)
        return Go(".show", message="It is taken back, and hidden now.", note_id=shared.note_id)
    shared = uow.get(SharedNote, shared_note_id, to=Permission.NOTE_SHARE)
    household = uow.get(Household, shared.household_id, to=Permission.NOTE_READ)
    return {
        "household": COVER.one(uow, household),
        "shared": SHARED.one(uow, shared),
        "note_id": shared.note_id,
        "version": shared.version,
    }
