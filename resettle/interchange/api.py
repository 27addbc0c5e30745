"""Imports over JSON: check a case file, import it, and see what came in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.interchange import acts, queries, schemas, service
from resettle.interchange.queries import ImportFile
from resettle.interchange.rules import Report
from resettle.web.api import Api
from resettle.web.bodies import Upload

api = Api("interchange_api", __name__, url_prefix="/api/imports")


@api.lists(
    "",
    permission=Permission.IMPORT_READ,
    returns=schemas.ImportRow(),
    sorts=queries.SORTS,
)
def index(uow: UnitOfWork) -> Select[Any]:
    """List the files that you have imported."""
    return queries.batches(uow)


@api.does(
    "POST",
    "/checks",
    permission=Permission.IMPORT_CHECK,
    uploads=True,
    returns=schemas.ReportShape(),
    replayed=False,
)
def check(uow: UnitOfWork, files: Sequence[Upload]) -> Report:
    """Tell what is in a case file and what is wrong with it. Nothing is stored."""
    return service.check(uow, one(files).data)


@api.does(
    "POST",
    "",
    permission=Permission.IMPORT_COMMIT,
    uploads=True,
    body=schemas.ImportFileSchema(),
    returns=schemas.ImportShape(),
    status=201,
)
def create(uow: UnitOfWork, files: Sequence[Upload], command: acts.ImportFile) -> ImportFile:
    """Import a case file, whole or not at all; one of many cases in the background, with 202."""
    batch = service.bring_file(uow, one(files).data, command)
    return queries.import_file(uow, batch.id)


@api.reads("/<uuid:batch_id>", permission=Permission.IMPORT_READ, returns=schemas.ImportShape())
def show(uow: UnitOfWork, batch_id: UUID) -> ImportFile:
    """Show how far an import is, its households, and who of them may be on record already."""
    return queries.import_file(uow, batch_id)


def one(files: Sequence[Upload]) -> Upload:
    if len(files) != 1:
        raise Invalid({"file": ["Send one file at a time, so that each is imported on its own."]})
    return files[0]
