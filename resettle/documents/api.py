"""Documents over JSON; their content over an address of its own, as a file to be saved."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.cases.models import ResettlementCase
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import acts, queries, schemas, service
from resettle.documents.models import Document
from resettle.documents.queries import Required
from resettle.web.api import Api
from resettle.web.bodies import Upload
from resettle.web.handing import handed_out

api = Api("documents_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>/documents"
DOCUMENT = "/documents/<uuid:document_id>"


@api.lists(
    HOUSEHOLD,
    permission=Permission.DOCUMENT_READ,
    returns=schemas.DocumentShape(),
    sorts=queries.SORTS,
    filters=schemas.DocumentFiltersSchema(),
)
def documents(uow: UnitOfWork, household_id: UUID, wanted: queries.DocumentFilters) -> Select[Any]:
    """List the documents of a household in their newest versions."""
    return queries.documents(uow, household_id, wanted)


@api.does(
    "POST",
    HOUSEHOLD,
    permission=Permission.DOCUMENT_FILE,
    body=schemas.KeepDocumentSchema(),
    uploads=True,
    returns=schemas.DocumentShape(),
    status=201,
)
def keep(
    uow: UnitOfWork, household_id: UUID, command: acts.KeepDocument, files: Sequence[Upload]
) -> Document:
    """File a document; it is checked by what it holds, and its name is not kept."""
    return service.keep(uow, household_id, files[0].data, command)


@api.reads(
    "/persons/<uuid:person_id>/documents",
    permission=Permission.DOCUMENT_READ,
    returns=schemas.DocumentShape(),
    many=True,
)
def of_person(uow: UnitOfWork, person_id: UUID) -> Sequence[Document]:
    """List the documents of one person."""
    return queries.of_person(uow, person_id)


@api.does(
    "POST",
    "/persons/<uuid:person_id>/documents",
    permission=Permission.DOCUMENT_BRING,
    body=schemas.BringDocumentSchema(),
    uploads=True,
    returns=schemas.DocumentShape(),
    status=201,
)
def bring(
    uow: UnitOfWork, person_id: UUID, command: acts.BringDocument, files: Sequence[Upload]
) -> Document:
    """Bring a paper of one's own, or of one's child."""
    return service.bring(uow, person_id, files[0].data, command)


@api.reads(
    "/cases/<uuid:case_id>/documents",
    permission=Permission.CASE_READ,
    returns=schemas.RequiredShape(),
    many=True,
)
def required(uow: UnitOfWork, case_id: UUID) -> Sequence[Required]:
    """List the documents that a case asks for, and how it stands with each."""
    return queries.required(uow, uow.get(ResettlementCase, case_id, to=Permission.CASE_READ))


@api.reads(DOCUMENT, permission=Permission.DOCUMENT_READ, returns=schemas.DocumentShape())
def show(uow: UnitOfWork, document_id: UUID) -> Document:
    """Show what is known of a document."""
    return service.show(uow, document_id)


@api.reads(f"{DOCUMENT}/content", permission=Permission.DOCUMENT_OPEN, renders=handed_out)
def content(uow: UnitOfWork, document_id: UUID) -> service.Opened:
    """Fetch the content of a document."""
    return service.open_content(uow, document_id)


@api.does(
    "PATCH",
    DOCUMENT,
    permission=Permission.DOCUMENT_CLASSIFY,
    body=schemas.ChangeDocumentSchema(),
    returns=schemas.DocumentShape(),
)
def change(uow: UnitOfWork, document_id: UUID, command: acts.ChangeDocument) -> Document:
    """Correct what is known of a document."""
    return service.change(uow, document_id, command)


@api.does(
    "POST",
    f"{DOCUMENT}/versions",
    permission=Permission.DOCUMENT_FILE,
    body=schemas.ReplaceDocumentSchema(),
    uploads=True,
    returns=schemas.DocumentShape(),
    status=201,
)
def replace(
    uow: UnitOfWork, document_id: UUID, command: acts.ReplaceDocument, files: Sequence[Upload]
) -> Document:
    """File a newer version of a document; the older one stays."""
    return service.replace(uow, document_id, files[0].data, command)


@api.does(
    "POST",
    f"{DOCUMENT}/removal",
    permission=Permission.DOCUMENT_REMOVE,
    body=schemas.RemoveDocumentSchema(),
    returns=schemas.DocumentShape(),
    status=201,
)
def remove(uow: UnitOfWork, document_id: UUID, command: acts.RemoveDocument) -> Document:
    """Take a document off the file, with a reason."""
    return service.remove(uow, document_id, command)


@api.does(
    "POST",
    f"{DOCUMENT}/restoration",
    permission=Permission.DOCUMENT_REMOVE,
    returns=schemas.DocumentShape(),
    status=201,
)
def restore(uow: UnitOfWork, document_id: UUID) -> Document:
    """Put a document back on the file."""
    return service.restore(uow, document_id)
