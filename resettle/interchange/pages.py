"""Pages to import case files: choose one, look at what would come in, confirm, see what did."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.interchange import queries, schemas, service
from resettle.interchange.acts import STREAMS
from resettle.interchange.models import GOES_ON, ImportState
from resettle.programmes.catalogue import Catalogue
from resettle.settings import Settings
from resettle.web.api import page_of
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import NothingSchema

pages = Pages("imports", __name__, url_prefix="/imports", template_folder="templates")
NEWEST = {"sort": "-imported_at"}
BROUGHT = {True: "The file is kept, and taken in soon.", False: "The file was imported."}
STATES = {
    ImportState.WAITING: "Waits to be taken in",
    ImportState.UNDER_WAY: "Being taken in",
    ImportState.DONE: "Imported",
    ImportState.REFUSED: "Not imported",
}


@pages.page("", permission=Permission.IMPORT_READ, template="interchange/imports.html", paged=True)
def index(uow: UnitOfWork, arguments: Mapping[str, str]) -> dict[str, Any]:
    page = page_of(uow, queries.batches(uow), queries.SORTS, {**NEWEST, **arguments})
    return {
        "imports": schemas.ImportRow().many_of(uow, page.rows),
        "titles": dict(_programmes(uow)),
        "states": {state.value: word for state, word in STATES.items()},
        "following": page.following,
    }


@pages.form(
    "/checks",
    permission=Permission.IMPORT_CHECK,
    schema=NothingSchema(),
    template="interchange/choose.html",
)
def check(uow: UnitOfWork, form: Form) -> dict[str, Any] | Led:
    if form.command is None:
        return {}
    chosen = [file for file in form.files if file.name or file.data]
    if len(chosen) != 1:
        raise Invalid({"file": ["Choose one file."]})
    upload = service.keep_upload(uow, chosen[0].name, chosen[0].data)
    return Go("imports.preview", upload_id=upload.id)


@pages.form(
    "/checks/<uuid:upload_id>",
    permission=Permission.IMPORT_COMMIT,
    schema=schemas.ConfirmImportSchema(),
    template="interchange/preview.html",
)
def preview(uow: UnitOfWork, form: Form, upload_id: UUID) -> dict[str, Any] | Led:
    taken = queries.batch_of(uow, upload_id)
    if form.command is None:
        shown = schemas.PreviewShape().one(uow, queries.preview(uow, upload_id))
        most = uow.use(Settings).import_cases
        return {
            "file": shown,
            "programmes": _programmes(uow),
            "at_once": most,
            "taken_in": None if taken is None else taken.id,
        }
    if not form.command.confirmed:
        raise Invalid({"confirmed": ["Tick the box once you have looked at the cases."]})
    if taken is not None:
        return Go("imports.show", batch_id=taken.id)
    batch = service.import_upload(uow, upload_id, form.command)
    return Go("imports.show", message=BROUGHT[batch.is_pending], batch_id=batch.id)


def _programmes(uow: UnitOfWork) -> list[tuple[str, str]]:
    catalogue = uow.use(Catalogue)
    return [(code, catalogue.in_force(code, uow.today).title) for code in STREAMS]


@pages.button(
    "/checks/<uuid:upload_id>/removal",
    permission=Permission.IMPORT_CHECK,
)
def remove(uow: UnitOfWork, upload_id: UUID) -> Led:  # nothing asked
    service.forget_upload(uow, upload_id)
    return Go("imports.index", message="The file was thrown away. Nothing of it is kept.")


@pages.page(
    "/<uuid:batch_id>", permission=Permission.IMPORT_READ, template="interchange/imported.html"
)
def show(uow: UnitOfWork, batch_id: UUID) -> dict[str, Any]:
    batch = schemas.ImportShape().one(uow, queries.import_file(uow, batch_id))
    began = uow.use(Catalogue).get(batch["programme_code"], batch["programme_version"])
    # The households may have come a long way since, in the same version of the programme.
    titles = {stage.code: stage.title for stage in began.stages}
    state = ImportState(batch["state"])
    return {
        "batch": batch,
        "state": STATES[state],
        "goes_on": state in GOES_ON,
        "programme": began.title,
        "stages": titles,
    }
