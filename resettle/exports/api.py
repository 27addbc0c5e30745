"""Exports over JSON."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.exports import acts, opening, schemas, service
from resettle.exports.models import ListExport
from resettle.web.api import Api
from resettle.web.handing import handed_out

api = Api("exports_api", __name__, url_prefix="/api/exports")
EXPORT = "/<uuid:export_id>"


@api.reads("", permission=Permission.LIST_EXPORT, returns=schemas.ExportShape(), many=True)
def own(uow: UnitOfWork) -> Sequence[ListExport]:
    """List what the reader has asked for."""
    return service.own(uow)


@api.does(
    "POST",
    "",
    permission=Permission.LIST_EXPORT,
    body=schemas.AskExportSchema(),
    returns=schemas.ExportShape(),
    status=201,
)
def ask(uow: UnitOfWork, command: acts.AskExport) -> ListExport:
    """Ask for a list, with a purpose and somebody it is for."""
    return service.ask(uow, command)


@api.reads(EXPORT, permission=Permission.LIST_EXPORT, returns=schemas.ExportShape())
def show(uow: UnitOfWork, export_id: UUID) -> ListExport:
    """Show how far a list is."""
    return uow.get(ListExport, export_id, to=Permission.LIST_EXPORT)


@api.does(
    "POST",
    f"{EXPORT}/openings",
    permission=Permission.LIST_EXPORT,
    returns=schemas.ExportShape(),
    status=201,
)
def open_once(uow: UnitOfWork, export_id: UUID) -> ListExport:
    """Open a file for a minute, one of three times."""
    return service.open_once(uow, export_id)


@api.reads(f"{EXPORT}/content", permission=Permission.LIST_EXPORT, renders=handed_out)
def content(uow: UnitOfWork, export_id: UUID) -> opening.Opened:
    """Fetch a file that was just opened."""
    return opening.content(uow, export_id)
