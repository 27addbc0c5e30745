"""Incidents of a household over JSON."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.incidents import acts, queries, schemas, service
from resettle.incidents.models import Incident
from resettle.web.api import Api

api = Api("incidents_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"
INCIDENT = "/incidents/<uuid:incident_id>"


@api.lists(
    HOUSEHOLD + "/incidents",
    permission=Permission.INCIDENT_READ,
    returns=schemas.IncidentShape(),
    sorts=queries.INCIDENT_SORTS,
    filters=schemas.IncidentFiltersSchema(),
)
def incidents(uow: UnitOfWork, household_id: UUID, wanted: queries.IncidentFilters) -> Select[Any]:
    """List the incidents of a household that the reader may know of."""
    return queries.incidents(uow, household_id, wanted)


@api.does(
    "POST",
    HOUSEHOLD + "/incidents",
    permission=Permission.INCIDENT_REPORT,
    body=schemas.ReportIncidentSchema(),
    returns=schemas.ReceiptShape(),
    status=201,
)
def report(uow: UnitOfWork, household_id: UUID, command: acts.ReportIncident) -> Incident:
    """Report an incident, also one that the reporter may not read afterwards."""
    return service.report(uow, household_id, command)


@api.reads(INCIDENT, permission=Permission.INCIDENT_READ, returns=schemas.IncidentShape())
def show(uow: UnitOfWork, incident_id: UUID) -> Incident:
    """Show an incident."""
    return uow.get(Incident, incident_id, to=Permission.INCIDENT_READ)


@api.does(
    "PATCH",
    INCIDENT,
    permission=Permission.INCIDENT_UPDATE,
    body=schemas.ChangeIncidentSchema(),
    returns=schemas.IncidentShape(),
)
def change(uow: UnitOfWork, incident_id: UUID, command: acts.ChangeIncident) -> Incident:
    """Say who looks after an incident, how bad it is, and what was done at once."""
    return service.change(uow, incident_id, command)


@api.does(
    "POST",
    INCIDENT + "/notices",
    permission=Permission.INCIDENT_UPDATE,
    body=schemas.TellAgencySchema(),
    returns=schemas.IncidentShape(),
    status=201,
)
def tell(uow: UnitOfWork, incident_id: UUID, command: acts.TellAgency) -> Incident:
    """Record that an agency was told, and when."""
    return service.tell(uow, incident_id, command)


@api.does(
    "POST",
    INCIDENT + "/follow-ups",
    permission=Permission.INCIDENT_UPDATE,
    body=schemas.FollowUpSchema(),
    returns=schemas.IncidentShape(),
    status=201,
)
def follow_up(uow: UnitOfWork, incident_id: UUID, command: acts.FollowUp) -> Incident:
    """Leave a task that follows from an incident."""
    return service.follow_up(uow, incident_id, command)


@api.does(
    "POST",
    INCIDENT + "/closing",
    permission=Permission.INCIDENT_CLOSE,
    body=schemas.CloseIncidentSchema(),
    returns=schemas.IncidentShape(),
    status=201,
)
def close(uow: UnitOfWork, incident_id: UUID, command: acts.CloseIncident) -> Incident:
    """Close an incident with its outcome."""
    return service.close(uow, incident_id, command)
