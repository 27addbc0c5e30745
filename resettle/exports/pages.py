"""Pages of exports: which lists there are, asking for one, how far it is, saving it."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.exports import datasets, opening, rules, schemas, service
from resettle.exports.acts import AskExport
from resettle.exports.datasets import DATASETS
from resettle.exports.models import ListExport
from resettle.web.handing import handed_out
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("exports", __name__, template_folder="templates")

Shown = dict[str, Any]
EXPORT = "/exports/<uuid:export_id>"
STATES = {
    "waiting": "Waits to be made",
    "making": "Being made",
    "ready": "Ready",
    "refused": "Not made: you may not take this list any more",
    "forgotten": "Forgotten",
}
FORMATS = [("xlsx", "Workbook (XLSX)"), ("csv", "Plain table (CSV)")]


@pages.page("/exports", permission=Permission.LIST_EXPORT, template="exports/index.html")
def index(uow: UnitOfWork) -> Shown:
    """Tell which lists can be taken, and which were."""
    rows = schemas.ExportShape().many_of(uow, service.own(uow))
    return {
        "offered": [(each.code, each.title) for each in datasets.offered(uow)],
        "rows": [_in_words(row) for row in rows],
    }


def _in_words(row: Shown) -> Shown:
    return {**row, "title": DATASETS[row["dataset"]].title, "word": STATES[row["state"]]}


@pages.form(
    "/exports/<string:dataset>/new",
    permission=Permission.LIST_EXPORT,
    schema=schemas.AskedOnPageSchema(),
    template="exports/new.html",
)
def ask(uow: UnitOfWork, form: Form, dataset: str) -> Shown | Led:
    """Ask for a list, with chosen columns, a purpose and somebody it is for."""
    found = service.dataset_of(uow, dataset)
    if form.command:
        export = service.ask(uow, AskExport(dataset=dataset, **asdict(form.command)))
        return Go(".show", message="The list is being made.", export_id=export.id)
    return {
        "title": found.title,
        "columns": [*found.columns.items()],
        "day": found.columns.get(found.day.key, "day"),
        "formats": FORMATS,
        "most": rules.ROWS_MOST,
        "hours": int(rules.VALID.total_seconds() // 3600),
        "downloads": rules.DOWNLOADS_MOST,
    }


@pages.page(EXPORT, permission=Permission.LIST_EXPORT, template="exports/show.html")
def show(uow: UnitOfWork, export_id: UUID) -> Shown:
    """Tell how far a list is, and until when it can be saved."""
    export = uow.get(ListExport, export_id, to=Permission.LIST_EXPORT)
    return {
        "export": _in_words(schemas.ExportShape().one(uow, export)),
        "good": rules.is_good(export.ready_until, export.downloads, uow.now),
        "open": rules.is_open(export.opened_until, uow.now),
        "left": rules.DOWNLOADS_MOST - export.downloads,
        "left_out": rules.left_out(export.rows_total),
        "most": rules.ROWS_MOST,
    }


@pages.button(f"{EXPORT}/openings", permission=Permission.LIST_EXPORT)
def open_once(uow: UnitOfWork, export_id: UUID) -> Led:
    """Open a file for a minute."""
    service.open_once(uow, export_id)
    return Go(".show", message="It can be saved for one minute.", export_id=export_id)


@pages.page(f"{EXPORT}/content", permission=Permission.LIST_EXPORT, template="error.html")
def content(uow: UnitOfWork, export_id: UUID) -> Response:
    """Hand the file out, to be saved."""
    return handed_out(opening.content(uow, export_id))
