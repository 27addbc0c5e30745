"""Complaints over JSON."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.complaints import acts, queries, schemas, service
from resettle.complaints.models import Complaint
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("complaints_api", __name__, url_prefix="/api")
COMPLAINT = "/complaints/<uuid:complaint_id>"


@api.does(
    "POST",
    "/households/<uuid:household_id>/complaints",
    permission=Permission.COMPLAINT_CREATE,
    body=schemas.ComplainSchema(),
    returns=schemas.ReceiptShape(),
    status=201,
)
def complain(uow: UnitOfWork, household_id: UUID, command: acts.Complain) -> Complaint:
    """Take a complaint down, in the words and the language of who complains."""
    return service.complain(uow, household_id, command)


@api.lists(
    "/complaints",
    permission=Permission.COMPLAINT_READ,
    returns=schemas.ComplaintShape(),
    sorts=queries.SORTS,
    filters=schemas.ComplaintFiltersSchema(),
)
def complaints(uow: UnitOfWork, wanted: queries.ComplaintFilters) -> Select[Any]:
    """List the complaints that the reader may read; none is about the reader."""
    return queries.complaints(uow, wanted)


@api.reads(COMPLAINT, permission=Permission.COMPLAINT_READ, returns=schemas.ComplaintShape())
def show(uow: UnitOfWork, complaint_id: UUID) -> Complaint:
    """Show a complaint."""
    return uow.get(Complaint, complaint_id, to=Permission.COMPLAINT_READ)


@api.does(
    "POST",
    COMPLAINT + "/acknowledgement",
    permission=Permission.COMPLAINT_DECIDE,
    body=schemas.AcknowledgeSchema(),
    returns=schemas.ComplaintShape(),
)
def acknowledge(uow: UnitOfWork, complaint_id: UUID, command: acts.Acknowledge) -> Complaint:
    """Record that whoever complained was told that it arrived."""
    return service.acknowledge(uow, complaint_id, command)


@api.does(
    "POST",
    COMPLAINT + "/resolution",
    permission=Permission.COMPLAINT_DECIDE,
    body=schemas.ResolveSchema(),
    returns=schemas.ComplaintShape(),
)
def resolve(uow: UnitOfWork, complaint_id: UUID, command: acts.Resolve) -> Complaint:
    """Decide a complaint, with the answer that is given."""
    return service.resolve(uow, complaint_id, command)
