"""Pages of the papers that a group sends with its application."""

from typing import Any
from uuid import UUID

from flask import Response

from resettle.applications import queries as applications
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import quarantine
from resettle.evidence import queries, rules, schemas, service
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.shapes import GroupShape
from resettle.web.bodies import sent_file
from resettle.web.handing import handed_out
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("evidence", __name__, template_folder="templates")

HOME = "/sponsor-groups/<uuid:group_id>/evidence"
READ, FILE = Permission.EVIDENCE_READ, Permission.EVIDENCE_FILE
SENT = {
    False: "The paper is with the application.",
    True: "The paper is sent. It can be opened when it has been checked for viruses.",
}
STATES = {
    "quarantined": "Being checked for viruses",
    "too_large": quarantine.TOO_LARGE,
    "refused": service.NOT_KEPT,
    "clean": "",
}
Shown = dict[str, Any]
KINDS = [(kind.value, title) for kind, title in rules.TITLES.items()]


@pages.page(HOME, permission=READ, template="evidence/papers.html")
def show(uow: UnitOfWork, group_id: UUID) -> Shown:
    """List the papers of an application, to be opened."""
    group = uow.get(SponsorGroup, group_id, to=READ)
    rows = schemas.EvidenceShape().many_of(uow, service.listed(uow, group_id))
    takes = queries.takes(uow, applications.current(uow, group.id))
    may_file, assesses = (uow.allows(p, group) for p in (FILE, Permission.APPLICATION_ASSESS))
    return {
        "group": GroupShape().one(uow, group),
        "papers": [_told(row) for row in rows],
        "may_add": may_file and takes,
        "may_remove": may_file and (takes or assesses),
    }


def _told(row: Shown) -> Shown:
    return {**row, "title": rules.TITLES[row["kind"]], "why": STATES[row["state"]]}


@pages.form(
    f"{HOME}/new",
    permission=FILE,
    schema=schemas.FileEvidenceSchema(),
    template="evidence/new.html",
)
def add(uow: UnitOfWork, form: Form, group_id: UUID) -> Shown | Led:
    """Send a paper with the application."""
    if form.command:
        paper = service.add(uow, group_id, sent_file(form.files), form.command)
        return Go(".show", message=SENT[paper.is_pending], group_id=group_id)
    group = uow.get(SponsorGroup, group_id, to=FILE)
    return {"group": GroupShape().one(uow, group), "kinds": KINDS, "most": rules.LARGEST_MIB}


@pages.page(f"{HOME}/<uuid:evidence_id>/content", permission=READ, template="error.html")
def content(uow: UnitOfWork, group_id: UUID, evidence_id: UUID) -> Response:
    """Hand a paper out, to be saved."""
    return handed_out(service.open_content(uow, group_id, evidence_id))


@pages.button(f"{HOME}/<uuid:evidence_id>/removal", permission=FILE)
def remove(uow: UnitOfWork, group_id: UUID, evidence_id: UUID) -> Led:
    """Take a paper out. It is gone then."""
    service.remove(uow, group_id, evidence_id)
    return Go(".show", message="The paper is taken out, and gone.", group_id=group_id)
