"""Papers of an application over JSON, under /api/sponsor-groups/<group>/evidence."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evidence import schemas, service
from resettle.evidence.acts import FileEvidence
from resettle.evidence.models import Evidence
from resettle.web.api import Api
from resettle.web.bodies import Upload
from resettle.web.handing import handed_out

api = Api("evidence_api", __name__, url_prefix="/api/sponsor-groups/<uuid:group_id>/evidence")
READ, FILE = Permission.EVIDENCE_READ, Permission.EVIDENCE_FILE
ONE = "/<uuid:evidence_id>"


@api.reads("", permission=READ, returns=schemas.EvidenceShape(), many=True)
def index(uow: UnitOfWork, group_id: UUID) -> Sequence[Any]:
    """List the papers of the application that counts."""
    return service.listed(uow, group_id)


@api.does(
    "POST",
    "",
    permission=FILE,
    body=schemas.FileEvidenceSchema(),
    uploads=True,
    returns=schemas.EvidenceShape(),
    status=201,
)
def add(
    uow: UnitOfWork, group_id: UUID, command: FileEvidence, files: Sequence[Upload]
) -> Evidence:
    """Send a paper: it is checked by what it holds, and its name is not kept."""
    return service.add(uow, group_id, files[0].data, command)


@api.reads(f"{ONE}/content", permission=READ, renders=handed_out)
def content(uow: UnitOfWork, group_id: UUID, evidence_id: UUID) -> service.Opened:
    """Fetch the content of a paper."""
    return service.open_content(uow, group_id, evidence_id)


@api.does("DELETE", ONE, permission=FILE)
def remove(uow: UnitOfWork, group_id: UUID, evidence_id: UUID) -> None:
    """Take a paper out. It is gone then."""
    service.remove(uow, group_id, evidence_id)
