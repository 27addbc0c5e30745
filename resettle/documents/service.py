"""What is done with documents: filed, replaced, put into another class, taken off and put back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func

from resettle.core.errors import Conflict, Invalid, NotFound, TooLarge, TooMany
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import contents, keeping, quarantine, queries, rules
from resettle.documents.acts import (
    BringDocument,
    ChangeDocument,
    KeepDocument,
    RemoveDocument,
    ReplaceDocument,
)
from resettle.documents.models import Document
from resettle.documents.refusals import Refused
from resettle.documents.rules import State
from resettle.households.acts import given
from resettle.households.models import Household, Person
from resettle.households.queries import household_of, people_at_home
from resettle.settings import Settings

MIB = 1024 * 1024
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
THERE_ALREADY = "This very file is on file already. Nothing was filed twice."
NOT_THERE = "There is no such record, or it is not yours to see."


def keep(uow: UnitOfWork, household_id: UUID, content: bytes, command: KeepDocument) -> Document:
    """File a document of a household, or of somebody in it, after looking at what it holds."""
    household = uow.get(Household, household_id, to=Permission.DOCUMENT_FILE)
    wanted = command.confidentiality
    _check_class(command.kind, rules.fitting(command.kind, wanted))
    faults = rules.day_faults(command.issued_on, command.expires_on, uow.today)
    home = {stay.person_id for stay in people_at_home(uow, household.id, uow.today)}
    if command.person_id is not None and command.person_id not in home:
        faults["person_id"] = ["Name somebody who belongs to the household."]
    if faults:
        raise Invalid(faults)
    document = Document(
        household_id=household.id,
        person_id=command.person_id,
        kind=command.kind,
        confidentiality=rules.fitting(command.kind, wanted),
        title=command.title,
        issued_on=command.issued_on,
        expires_on=command.expires_on,
        original_seen=command.original_seen,
    )
    return _file(uow, document, content)


def replace(
    uow: UnitOfWork, document_id: UUID, content: bytes, command: ReplaceDocument
) -> Document:
    """File a newer version of a document. The older one stays as it was."""
    older = _known(uow, document_id, Permission.DOCUMENT_FILE)
    if not queries.is_newest(uow, older):
        raise Conflict("This version was replaced or removed already. Replace the newest one.")
    if faults := rules.day_faults(command.issued_on, command.expires_on, uow.today):
        raise Invalid(faults)
    document = Document(
        household_id=older.household_id,
        person_id=older.person_id,
        replaces_id=older.id,
        kind=older.kind,
        confidentiality=older.confidentiality,
        title=older.title,
        issued_on=command.issued_on,
        expires_on=command.expires_on,
        original_seen=command.original_seen,
    )
    return _file(uow, document, content)


def bring(uow: UnitOfWork, person_id: UUID, content: bytes, command: BringDocument) -> Document:
    """Take in a paper that a person brings, of their own or of a child they are guardian of."""
    person = uow.get(Person, person_id, to=Permission.DOCUMENT_BRING)
    household_id = household_of(uow, person.id)
    assert household_id is not None  # who may bring it lives there too
    if command.kind not in rules.BROUGHT:
        raise Invalid({"kind": ["This is filed by your caseworker. Give it to them."]})
    wanted = rules.Confidentiality.HEALTH if command.about_health else None
    document = Document(
        household_id=household_id,
        person_id=person.id,
        kind=command.kind,
        confidentiality=rules.fitting(command.kind, wanted),
        title=command.title,
        expires_on=command.expires_on,
        from_family=True,
    )
    return _file(uow, document, content)


def _file(uow: UnitOfWork, document: Document, content: bytes) -> Document:
    _check_share(uow, len(content))
    document.fingerprint = keeping.fingerprint(uow, content)
    _refuse_twice(uow, document)
    try:
        found = contents.checked(content)
    except Refused as error:
        raise Invalid({"file": [str(error)]}) from error
    document.media_type, document.size = found.media_type, len(found.content)
    document.stored = keeping.store(uow, document, found.content)
    document.state = quarantine.first_state(uow)
    uow.add(document)
    keeping.look_after(uow, document)
    return document


def _check_share(uow: UnitOfWork, size: int) -> None:
    """Hold each account to its share, by number and by size. Raises TooLarge or TooMany."""
    settings = uow.use(Settings)
    if size > settings.upload_mib * MIB:
        raise TooLarge(f"The file is larger than {settings.upload_mib} MB.")
    if uow.actor.user_id is None:
        return
    mine = Document.created_by == uow.actor.user_id
    if uow.count(Document, mine, Document.created_at > uow.now - HOUR) >= settings.uploads_an_hour:
        raise TooMany(
            "You have filed very many documents within an hour. Go on a little later.", 600
        )
    query = uow.columns(Document, func.coalesce(func.sum(Document.size), 0).label("size"))
    (row,) = uow.rows(query.where(mine, Document.created_at > uow.now - DAY))
    if int(row.size) + size > settings.upload_mib_a_day * MIB:
        raise TooLarge("You have filed as much today as one account may. Go on tomorrow.")


def _refuse_twice(uow: UnitOfWork, document: Document) -> None:
    if uow.count(
        Document,
        Document.household_id == document.household_id,
        Document.person_id.is_(None)
        if document.person_id is None
        else Document.person_id == document.person_id,
        Document.fingerprint == document.fingerprint,
        Document.removed_at.is_(None),
    ):
        raise Conflict(THERE_ALREADY)


def change(uow: UnitOfWork, document_id: UUID, command: ChangeDocument) -> Document:
    """Correct what is known of a document. Another class needs a reason, which is kept."""
    document = _known(uow, document_id, Permission.DOCUMENT_CLASSIFY)
    document = uow.edit(Document, document.id, to=Permission.DOCUMENT_CLASSIFY)
    if document.removed_at is not None:
        raise Conflict("This document was taken off the file. Put it back first.")
    values: dict[str, Any] = given(command)
    reason = values.pop("reason", None)
    before = document.confidentiality
    for name, value in values.items():
        setattr(document, name, value)
    _check_class(document.kind, document.confidentiality)
    if faults := rules.day_faults(document.issued_on, document.expires_on, uow.today):
        raise Invalid(faults)
    if document.confidentiality is not before:
        if not reason:
            raise Invalid({"reason": ["Say why it belongs into another class."]})
        document.reason = reason
    return document


def _check_class(kind: rules.Kind, wanted: rules.Confidentiality) -> None:
    if fault := rules.class_fault(kind, wanted):
        raise Invalid({"confidentiality": [fault]})


def remove(uow: UnitOfWork, document_id: UUID, command: RemoveDocument) -> Document:
    """Take a document off the file, with a reason. It is kept, and can be put back for a while."""
    _known(uow, document_id, Permission.DOCUMENT_REMOVE)
    document = uow.edit(Document, document_id, to=Permission.DOCUMENT_REMOVE)
    if document.removed_at is not None:
        raise Conflict("This document was taken off the file already.")
    document.removed_at, document.removed_by = uow.now, uow.actor.user_id
    document.reason = command.reason
    return document


def restore(uow: UnitOfWork, document_id: UUID) -> Document:
    """Put a document back on the file, within some days of its removal."""
    document = _known(uow, document_id, Permission.DOCUMENT_REMOVE)
    if document.removed_at is None:
        raise Conflict("This document is on the file.")
    if document.state is State.REFUSED or not rules.may_restore(document.removed_at, uow.now):
        raise Conflict("This document cannot be put back any more. File it anew.")
    document.removed_at = document.removed_by = document.reason = None
    uow.session.flush()
    return document


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of a document, under a name that says nothing of whom it is about."""

    name: str
    media_type: str
    content: bytes


def open_content(uow: UnitOfWork, document_id: UUID) -> Opened:
    """Open a document for whoever may see all that it holds; the look is on record."""
    document = _known(uow, document_id, Permission.DOCUMENT_OPEN)
    (audience,) = uow.audiences(Document, [document])
    classes = rules.CLASSES[document.confidentiality]
    if not all(audience.sees(each) for each in classes):
        raise NotFound(NOT_THERE)
    if document.state is not State.CLEAN:
        raise Conflict(quarantine.refusal(document.state))
    uow.shown(audience, [("content", each) for each in sorted(classes)])
    uow.acted("Document", document.id, change="opened")
    return Opened(
        f"document-{str(document.id)[:8]}.{keeping.EXTENSIONS[document.media_type]}",
        document.media_type,
        keeping.content(uow, document),
    )


def show(uow: UnitOfWork, document_id: UUID) -> Document:
    return _known(uow, document_id, Permission.DOCUMENT_READ)


def _known(uow: UnitOfWork, document_id: UUID, to: Permission) -> Document:
    """Fetch a document whose class the reader may know of; else it is as if there were none."""
    document = uow.get(Document, document_id, to=to)
    if not queries.may_read(uow, document.confidentiality, document):
        raise NotFound(NOT_THERE)
    return document
