"""Questions about incidents. What is of safeguarding is out of scope for who may not read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from resettle.accounts.models import UserAccount
from resettle.cases.models import Assignment, ResettlementCase
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.incidents import rules
from resettle.incidents.models import Incident, IncidentStatus
from resettle.tasks.models import Task

INCIDENT_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "reported": (Incident.reported_at.expression,)
}
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilters:
    status: IncidentStatus | None = None


def incidents(
    uow: UnitOfWork, household_id: UUID, wanted: IncidentFilters | None = None
) -> Select[Any]:
    household = uow.get(Household, household_id, to=Permission.INCIDENT_READ)
    query = uow.select(Incident).where(Incident.household_id == household.id)
    if wanted is not None and wanted.status is not None:
        query = query.where(Incident.status == wanted.status)
    return query


def follow_ups(uow: UnitOfWork, incident: Incident) -> Sequence[Task]:
    """Name the tasks that follow from an incident, the first due first."""
    ids = [UUID(id_) for id_ in rules.read_ids(incident.follow_ups)]
    query = uow.select(Task).where(or_(Task.id.in_(ids), Task.source_id == incident.id))
    return uow.all(query.order_by(Task.due_on, Task.id).limit(MOST))


def workers(uow: UnitOfWork, household_id: UUID) -> list[tuple[UUID, str]]:
    """Name who looks after a household today, to those who may know of the household."""
    query = (
        uow.columns(Assignment, UserAccount.id.label("id"), UserAccount.name.label("name"))
        .join(UserAccount, UserAccount.id == Assignment.user_id)
        .where(Assignment.household_id == household_id, Assignment.live_on(uow.today))
        .order_by(UserAccount.name, UserAccount.id)
        .limit(MOST)
    )
    found = {row.id: row.name for row in uow.rows(uow.touching(query, UserAccount))}
    return [*found.items()]


def no_safeguarding_open(uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Answer for the fact that no safeguarding concern is open.

    Who may not read concerns is never told that there is none, so that nobody learns of one.
    """
    if not uow.allows(Permission.PROTECTION_READ):
        return False
    query = select(Incident.id).where(
        Incident.household_id == case.household_id,
        Incident.safeguarding.is_(True),
        Incident.status == IncidentStatus.OPEN,
    )
    found: Any = uow.touching(query, Incident)
    return not uow.rows(found)
