"""The papers of the people of a household, as they see them; and a new one that they bring."""

from typing import Any
from uuid import UUID

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import queries, rules, schemas, service
from resettle.documents.rules import Kind
from resettle.households.models import Person
from resettle.households.queries import household_of, members
from resettle.households.shapes import PersonShape
from resettle.web.bodies import sent_file
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("my_papers", __name__, template_folder="templates")

Shown = dict[str, Any]
KINDS = sorted(((k.value, rules.TITLES[k]) for k in rules.BROUGHT), key=lambda kind: kind[1])
NAMES = PersonShape(only=("id", "name", "name_in_script"))


@pages.page(
    "/my-household/papers", permission=Permission.DOCUMENT_BRING, template="documents/mine.html"
)
def show(uow: UnitOfWork) -> Shown:
    """Show one's own papers and those of one's children, and whose paper may be brought."""
    person_id = uow.actor.person_id
    household_id = None if person_id is None else household_of(uow, person_id)
    if household_id is None:
        raise NotFound("Your account belongs to no household at the moment.")
    spoken_for = [
        member.person
        for member in members(uow, household_id)
        if uow.allows(Permission.DOCUMENT_BRING, member.person)
    ]
    people = {row["id"]: row for row in NAMES.many_of(uow, spoken_for)}
    rows = schemas.DocumentShape().many_of(uow, queries.brought(uow, household_id))
    return {
        "people": people,
        "rows": [{**row, "what": rules.TITLES[Kind(row["kind"])]} for row in rows],
        "today": uow.today,
    }


@pages.form(
    "/persons/<uuid:person_id>/papers/new",
    permission=Permission.DOCUMENT_BRING,
    schema=schemas.BringDocumentSchema(),
    template="documents/bring.html",
)
def bring(uow: UnitOfWork, form: Form, person_id: UUID) -> Shown | Led:
    """Bring a paper: what it is, and a photo or file of it."""
    if form.command:
        document = service.bring(uow, person_id, sent_file(form.files), form.command)
        return Go(".show", message=_said(document.is_pending))
    person = uow.get(Person, person_id, to=Permission.DOCUMENT_BRING)
    return {"person": NAMES.one(uow, person), "kinds": KINDS}


def _said(is_pending: bool) -> str:  # noqa: FBT001  # one answer or the other
    if is_pending:
        return "Your paper has arrived. It can be opened when it has been checked for viruses."
    return "Your paper has arrived. Your caseworker is told of it."
