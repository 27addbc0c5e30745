"""Pages of a document: filed from a phone or a desk, looked at, replaced, taken off the file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, url_for

from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import quarantine, queries, rules, schemas, service
from resettle.documents.models import Document
from resettle.documents.rules import Confidentiality
from resettle.households.models import Household
from resettle.households.queries import members
from resettle.households.shapes import PersonShape
from resettle.web.bodies import sent_file
from resettle.web.handing import handed_out
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("documents", __name__, template_folder="templates")

Shown = dict[str, Any]
DOCUMENT = "/documents/<uuid:document_id>"
KINDS = sorted(((kind.value, title) for kind, title in rules.TITLES.items()), key=lambda k: k[1])
CLASSES: Mapping[Confidentiality, str] = {
    Confidentiality.NORMAL: "Normal: caseworkers of this household",
    Confidentiality.RESTRICTED: "Restricted: those who may also see where people come from",
    Confidentiality.HEALTH: "Health: those who may also see health",
}
READERS = [(each.value, title) for each, title in CLASSES.items()]
STATES: Mapping[str, str] = {
    "quarantined": "Being checked for viruses",
    "too_large": quarantine.TOO_LARGE,
    "clean": "Checked",
    "refused": "Refused",
}
NAMES = PersonShape(only=("id", "name", "name_in_script"))


@pages.form(
    "/households/<uuid:household_id>/documents/new",
    permission=Permission.DOCUMENT_FILE,
    schema=schemas.KeepDocumentSchema(),
    template="documents/new.html",
)
def file(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """File a paper: what it is, whose it is, and the days that stand on it."""
    if form.command:
        document = service.keep(uow, household_id, sent_file(form.files), form.command)
        return _to_file(document, _filed(document))
    household = uow.get(Household, household_id, to=Permission.DOCUMENT_FILE)
    return {**_of(uow, household), "kinds": KINDS, "readers": READERS}


def _filed(document: Document) -> str:
    if document.is_pending:
        return "The document is filed. It can be opened when it has been checked for viruses."
    return "The document is filed."


def _of(uow: UnitOfWork, household: Household) -> Shown:
    return {
        "reference": household.reference,
        "household_id": household.id,
        "people": _people(uow, household.id),
        "today": uow.today,
    }


def _people(uow: UnitOfWork, household_id: UUID) -> list[tuple[UUID, str]]:
    """Name the people of a household, as far as the reader may know their names."""
    people = [m.person for m in members(uow, household_id)]
    return [(p["id"], _name(p)) for p in NAMES.many_of(uow, people)]


def _reference(uow: UnitOfWork, document: Document) -> str:
    return uow.get(Household, document.household_id, to=Permission.HOUSEHOLD_READ).reference


def _name(person: Mapping[str, Any]) -> str:
    return person.get("name_in_script") or person.get("name") or ""


@pages.page(DOCUMENT, permission=Permission.DOCUMENT_READ, template="documents/show.html")
def show(uow: UnitOfWork, document_id: UUID) -> Shown:
    """Tell what is known of a document, its versions, and what may be done with it."""
    document = service.show(uow, document_id)
    told = schemas.DocumentShape().many_of(uow, queries.versions(uow, document))
    shown = next(row for row in told if row["id"] == document.id)
    newest = queries.is_newest(uow, document)
    return {
        "reference": _reference(uow, document),
        "household_id": document.household_id,
        "people": _people(uow, document.household_id),
        "own": uow.actor.role is Role.HOUSEHOLD_PERSON,
        "document": shown,
        "title": rules.TITLES[document.kind],
        "reads": CLASSES[document.confidentiality],
        "state": STATES[document.state.value],
        "versions": told if len(told) > 1 else [],
        "is_old": not newest,
        "newest": newest and uow.allows(Permission.DOCUMENT_FILE),
        "opens": document.state is rules.State.CLEAN,
    }


@pages.page(f"{DOCUMENT}/content", permission=Permission.DOCUMENT_OPEN, template="error.html")
def content(uow: UnitOfWork, document_id: UUID) -> Response:
    """Hand the content out, to be saved."""
    return handed_out(service.open_content(uow, document_id))


@pages.form(
    f"{DOCUMENT}/change",
    permission=Permission.DOCUMENT_CLASSIFY,
    schema=schemas.ChangeDocumentSchema(),
    template="documents/change.html",
)
def change(uow: UnitOfWork, form: Form, document_id: UUID) -> Shown | Led:
    """Correct what is known of a document."""
    if form.command:
        service.change(uow, document_id, form.command)
        return Go("documents.show", message="It is corrected.", document_id=document_id)
    document = service.show(uow, document_id)
    household = uow.get(Household, document.household_id, to=Permission.DOCUMENT_CLASSIFY)
    return {
        **_of(uow, household),
        "document": schemas.DocumentShape().one(uow, document),
        "kinds": KINDS,
        "readers": READERS,
    }


@pages.form(
    f"{DOCUMENT}/replacement",
    permission=Permission.DOCUMENT_FILE,
    schema=schemas.ReplaceDocumentSchema(),
    template="documents/replace.html",
)
def replace(uow: UnitOfWork, form: Form, document_id: UUID) -> Shown | Led:
    """File a newer version of a document."""
    if form.command:
        document = service.replace(uow, document_id, sent_file(form.files), form.command)
        return _to_file(document, "The newer version is filed. The older one is kept.")
    document = service.show(uow, document_id)
    household = uow.get(Household, document.household_id, to=Permission.DOCUMENT_FILE)
    return {
        **_of(uow, household),
        "document": schemas.DocumentShape().one(uow, document),
        "title": rules.TITLES[document.kind],
    }


@pages.form(
    f"{DOCUMENT}/removal",
    permission=Permission.DOCUMENT_REMOVE,
    schema=schemas.RemoveDocumentSchema(),
    template="documents/remove.html",
)
def remove(uow: UnitOfWork, form: Form, document_id: UUID) -> Shown | Led:
    """Take a document off the file, after saying why."""
    if form.command:
        document = service.remove(uow, document_id, form.command)
        back = url_for("documents.restore", document_id=document.id)
        return _to_file(document, "The document is off the file.", undo=back)
    document = service.show(uow, document_id)
    household = uow.get(Household, document.household_id, to=Permission.DOCUMENT_REMOVE)
    return {
        **_of(uow, household),
        "document": schemas.DocumentShape().one(uow, document),
        "title": rules.TITLES[document.kind],
        "undo_days": rules.UNDO.days,
    }


@pages.act(
    f"{DOCUMENT}/restoration",
    permission=Permission.DOCUMENT_REMOVE,
    schema=schemas.RestoreDocumentSchema(),
)
def restore(uow: UnitOfWork, form: Form, document_id: UUID) -> Led:  # noqa: ARG001  # a button
    """Put a document back on the file."""
    document = service.restore(uow, document_id)
    return _to_file(document, "The document is on the file again.")


def _to_file(document: Document, message: str, undo: str | None = None) -> Led:
    return Go(
        "household_file.documents", message=message, undo=undo, household_id=document.household_id
    )
