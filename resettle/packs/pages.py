"""Pages of a household's file on paper: the summary to print, and the pack to hand over."""

from typing import Any
from uuid import UUID

from flask import Response

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.packs import rules, schemas, sections, service
from resettle.packs.models import Pack
from resettle.web.handing import handed_out
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("packs", __name__, template_folder="templates")

Shown = dict[str, Any]
PACK = "/packs/<uuid:pack_id>"


@pages.page(
    "/households/<uuid:household_id>/summary",
    permission=Permission.EXPORT_REQUEST,
    template="packs/summary.html",
)
def summary(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Tell the whole file on sheets of paper."""
    return {"told": sections.summary(uow, household_id), "household_id": household_id}


@pages.form(
    "/households/<uuid:household_id>/packs/new",
    permission=Permission.EXPORT_REQUEST,
    schema=schemas.AskPackSchema(),
    template="packs/new.html",
)
def ask(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Ask for a pack, with a purpose and somebody it is for."""
    if form.command:
        pack = service.ask(uow, household_id, form.command)
        return Go("packs.show", message="The pack is being made.", pack_id=pack.id)
    household = uow.get(Household, household_id, to=Permission.EXPORT_REQUEST)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "hours": rules.VALID.days * 24,
        "most": rules.DOWNLOADS_MOST,
    }


@pages.page(PACK, permission=Permission.EXPORT_DOWNLOAD, template="packs/show.html")
def show(uow: UnitOfWork, pack_id: UUID) -> Shown:
    """Tell how far a pack is, and until when it can be opened."""
    pack = uow.get(Pack, pack_id, to=Permission.EXPORT_DOWNLOAD)
    household = uow.get(Household, pack.household_id, to=Permission.EXPORT_REQUEST)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "pack": schemas.PackShape().one(uow, pack),
        "good": rules.is_good(pack.ready_until, pack.downloads, uow.now),
        "open": rules.is_open(pack.opened_until, uow.now),
        "left": rules.DOWNLOADS_MOST - pack.downloads,
    }


@pages.act(
    f"{PACK}/openings",
    permission=Permission.EXPORT_DOWNLOAD,
    schema=schemas.OpenPackSchema(),
)
def open_once(uow: UnitOfWork, form: Form, pack_id: UUID) -> Led:  # noqa: ARG001  # a button
    """Open a pack for a minute."""
    service.open_once(uow, pack_id)
    return Go("packs.show", message="It can be saved for one minute.", pack_id=pack_id)


@pages.page(f"{PACK}/content", permission=Permission.EXPORT_DOWNLOAD, template="error.html")
def content(uow: UnitOfWork, pack_id: UUID) -> Response:
    """Hand the file out, to be saved."""
    return handed_out(service.content(uow, pack_id))
