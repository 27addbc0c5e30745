"""Questions about incidents."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from resettle.cases.models import ResettlementCase
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.incidents.models import Incident, IncidentStatus

INCIDENT_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "reported": (Incident.reported_at.expression,)
}


def incidents(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List the incidents of a household; those of safeguarding only for whoever may read them."""
    household = uow.get(Household, household_id, to=Permission.INCIDENT_READ)
    query = uow.select(Incident).where(Incident.household_id == household.id)
    if uow.allows(Permission.PROTECTION_READ, household):
        return query
    return query.where(Incident.safeguarding.is_(False))


def no_safeguarding_open(uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Answer for the fact that no safeguarding concern is open, whoever asks."""
    query = select(Incident.id).where(
        Incident.household_id == case.household_id,
        Incident.safeguarding.is_(True),
        Incident.status == IncidentStatus.OPEN,
    )
    found: Any = uow.touching(query, Incident)
    return not uow.rows(found)
