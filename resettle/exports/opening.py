"""Handing out the file of a list that was just opened, which each household in it is told."""

from uuid import UUID

from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.exports import rules, shapes
from resettle.exports.models import ListExport
from resettle.exports.rules import Format, State
from resettle.exports.service import NO_LONGER, dataset_of

MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Opened:
    """The file of an export, under a name without meaning."""

    def __init__(self, export: ListExport) -> None:
        self.name = f"list-{str(export.id)[:8]}.{export.format}"
        self.media_type = MEDIA_TYPES[export.format]
        self.content: bytes = export.content


def content(uow: UnitOfWork, export_id: UUID) -> Opened:
    """Give a file that was just opened. Each household in it is told who took it."""
    export = uow.get(ListExport, export_id, to=Permission.LIST_EXPORT)
    dataset = dataset_of(uow, export.dataset)
    if export.state is not State.READY or not rules.is_open(export.opened_until, uow.now):
        raise Conflict(NO_LONGER)
    shown = shapes.classes(dataset, export.columns)
    for home in export.households:
        uow.looks.add(UUID(home), (), shown)
    uow.acted("ListExport", export.id, change="downloaded")
    return Opened(export)
