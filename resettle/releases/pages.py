"""Pages: figures that were told, one of them with its table, and how more are asked for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases import queries, schemas, service
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.models import ReleaseStatus
from resettle.web.api import page_of
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("releases", __name__, template_folder="templates")

Shown = dict[str, Any]
RELEASE = schemas.ReleaseShape()
STATUS_WORDS: Mapping[str, str] = {
    "made": "Waits for a second person",
    "released": "Released",
    "refused": "Not told",
}


@pages.page(
    "/figures",
    permission=Permission.RELEASE_READ,
    template="releases/index.html",
    filters=schemas.ReleaseFiltersSchema(),
    paged=True,
)
def index(uow: UnitOfWork, wanted: queries.ReleaseFilters, arguments: Mapping[str, str]) -> Shown:
    """List figures that were told, the newest first."""
    asked = {"sort": "-asked_at", **arguments}
    page = page_of(uow, queries.released(uow, wanted), queries.SORTS, asked)
    return {
        "rows": [_row(uow, row) for row in RELEASE.many_of(uow, page.rows)],
        "following": page.following,
        "may_ask": uow.allows(Permission.RELEASE_MAKE),
    }


@pages.page(
    "/figures/<uuid:release_id>",
    permission=Permission.RELEASE_READ,
    template="releases/show.html",
)
def show(uow: UnitOfWork, release_id: UUID) -> Shown:
    """Show figures as they were told, with what they mean and of what they were made."""
    release = queries.one(uow, release_id)
    waits = release.status is ReleaseStatus.MADE and release.asked_by != uow.actor.user_id
    return {
        "release": _row(uow, RELEASE.one(uow, release)),
        "may_confirm": waits and uow.allows(Permission.RELEASE_CONFIRM, release),
    }


def _row(uow: UnitOfWork, row: Shown) -> Shown:
    audiences = uow.use(ReleaseCatalogue).audiences
    return {
        **row,
        "status_word": STATUS_WORDS[row["status"]],
        "audience_title": audiences[row["audience"]].title,
    }


@pages.form(
    "/figures/new",
    permission=Permission.RELEASE_MAKE,
    schema=schemas.AskReleaseSchema(),
    template="releases/ask.html",
)
def ask(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Ask for a table of the catalogue."""
    if form.command:
        release = service.ask(uow, form.command)
        return Go(".show", release_id=release.id)
    catalogue = uow.use(ReleaseCatalogue)
    return {
        "tables": [(table.code, table.title) for table in catalogue.tables.values()],
        "audiences": [(each.code, each.title) for each in catalogue.audiences.values()],
    }


@pages.button("/figures/<uuid:release_id>/confirmation", permission=Permission.RELEASE_CONFIRM)
def confirm(uow: UnitOfWork, release_id: UUID) -> Led:
    """Let figures go to their audience, as a second person."""
    service.confirm(uow, release_id)
    return Go(".show", message="The figures are released.", release_id=release_id)
