"""What is done about incidents: they are reported, and closed with an outcome."""

from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.incidents import rules
from resettle.incidents.acts import CloseIncident, ReportIncident
from resettle.incidents.models import Incident, IncidentStatus


def report(uow: UnitOfWork, household_id: UUID, command: ReportIncident) -> Incident:
    """Report an incident. Whoever reports a safeguarding concern need not be able to read it."""
    household = uow.get(Household, household_id, to=Permission.INCIDENT_REPORT)
    if command.happened_on > uow.today:
        raise Invalid({"happened_on": ["This day has not come yet."]})
    return uow.add(
        Incident(
            household_id=household.id,
            kind=command.kind.value,
            safeguarding=rules.is_safeguarding(command.kind.value),
            severity=command.severity,
            happened_on=command.happened_on,
            reported_at=uow.now,
            reported_by=uow.actor.user_id,
            owner_id=command.owner_id,
            text=command.text,
            immediate_safety=command.immediate_safety,
            notified=command.notified,
        )
    )


def close(uow: UnitOfWork, incident_id: UUID, command: CloseIncident) -> Incident:
    """Close an incident with its outcome, for whoever may read it."""
    incident = uow.edit(Incident, incident_id, to=Permission.INCIDENT_CLOSE)
    if incident.safeguarding:
        household = uow.get(Household, incident.household_id, to=Permission.INCIDENT_READ)
        uow.require(Permission.PROTECTION_READ, household)
    if incident.status is IncidentStatus.CLOSED:
        raise Conflict("This incident is closed already.")
    if not incident.happened_on <= command.closed_on <= uow.today:
        raise Invalid({"closed_on": ["Name a day between the incident and today."]})
    incident.status = IncidentStatus.CLOSED
    incident.closed_on, incident.outcome = command.closed_on, command.outcome
    return incident
