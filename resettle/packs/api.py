"""Hand-over packs over JSON."""

from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.packs import acts, schemas, service
from resettle.packs.models import Pack
from resettle.web.api import Api
from resettle.web.handing import handed_out

api = Api("packs_api", __name__, url_prefix="/api")
PACK = "/packs/<uuid:pack_id>"


@api.does(
    "POST",
    "/households/<uuid:household_id>/packs",
    permission=Permission.EXPORT_REQUEST,
    body=schemas.AskPackSchema(),
    returns=schemas.PackShape(),
    status=201,
)
def ask(uow: UnitOfWork, household_id: UUID, command: acts.AskPack) -> Pack:
    """Ask for the hand-over pack of a household."""
    return service.ask(uow, household_id, command)


@api.reads(PACK, permission=Permission.EXPORT_DOWNLOAD, returns=schemas.PackShape())
def show(uow: UnitOfWork, pack_id: UUID) -> Pack:
    """Show how far a pack is."""
    return uow.get(Pack, pack_id, to=Permission.EXPORT_DOWNLOAD)


@api.does(
    "POST",
    f"{PACK}/openings",
    permission=Permission.EXPORT_DOWNLOAD,
    returns=schemas.PackShape(),
    status=201,
)
def open_once(uow: UnitOfWork, pack_id: UUID) -> Pack:
    """Open a pack for a minute, one of three times."""
    return service.open_once(uow, pack_id)


@api.reads(f"{PACK}/content", permission=Permission.EXPORT_DOWNLOAD, renders=handed_out)
def content(uow: UnitOfWork, pack_id: UUID) -> service.Opened:
    """Fetch the file of a pack that was just opened."""
    return service.content(uow, pack_id)
