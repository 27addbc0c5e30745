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


@api.lists(
    HOUSEHOLD + "/incidents",
    permission=Permission.INCIDENT_READ,
    returns=schemas.IncidentShape(),
    sorts=queries.INCIDENT_SORTS,
)
def incidents(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List the incidents of a household."""
    return queries.incidents(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/incidents",
    permission=Permission.INCIDENT_REPORT,
    body=schemas.ReportIncidentSchema(),
    returns=schemas.IncidentShape(),
    status=201,
)
def report(uow: UnitOfWork, household_id: UUID, command: acts.ReportIncident) -> Incident:
    """Report an incident."""
    return service.report(uow, household_id, command)


@api.does(
    "POST",
    "/incidents/<uuid:incident_id>/closing",
    permission=Permission.INCIDENT_CLOSE,
    body=schemas.CloseIncidentSchema(),
    returns=schemas.IncidentShape(),
    status=201,
)
def close(uow: UnitOfWork, incident_id: UUID, command: acts.CloseIncident) -> Incident:
    """Close an incident with its outcome."""
    return service.close(uow, incident_id, command)
