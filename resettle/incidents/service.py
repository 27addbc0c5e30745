"""What is done about incidents: reported, looked after, told to agencies, closed."""

from datetime import date
from uuid import UUID

from resettle.core.clock import day_of
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.incidents import queries, rules
from resettle.incidents.acts import (
    ChangeIncident,
    CloseIncident,
    FollowUp,
    ReportIncident,
    TellAgency,
)
from resettle.incidents.events import IncidentReported
from resettle.incidents.models import Incident, IncidentKind, IncidentStatus
from resettle.tasks.models import Category, Task

COMPLAINTS_APART = "A complaint has a page of its own, so that it is answered in time."


def report(uow: UnitOfWork, household_id: UUID, command: ReportIncident) -> Incident:
    """Report an incident. Whoever reports a safeguarding concern need not be able to read it."""
    household = uow.get(Household, household_id, to=Permission.INCIDENT_REPORT)
    if command.happened_on > uow.today:
        raise Invalid({"happened_on": ["This day has not come yet."]})
    if command.kind is IncidentKind.COMPLAINT:
        raise Invalid({"kind": [COMPLAINTS_APART]})
    notices = [_notice(uow, command.happened_on, each) for each in command.notified]
    incident = uow.add(
        Incident(
            household_id=household.id,
            kind=command.kind.value,
            safeguarding=rules.is_safeguarding(command.kind.value),
            severity=command.severity,
            happened_on=command.happened_on,
            reported_at=uow.now,
            reported_by=uow.actor.user_id,
            text=command.text,
            immediate_safety=command.immediate_safety,
            notified=rules.written_notices(notices) if notices else None,
        )
    )
    uow.emit(IncidentReported(incident.id, household.id))
    return incident


def _notice(uow: UnitOfWork, happened_on: date, told: TellAgency) -> rules.Notice:
    if fault := rules.notice_fault(told.at, uow.now, day_of(told.at), happened_on):
        raise Invalid({"at": [fault]})
    return rules.Notice(told.agency, told.at)


def change(uow: UnitOfWork, incident_id: UUID, command: ChangeIncident) -> Incident:
    """Say who looks after an incident, how bad it is, and what was done at once."""
    incident = _open(uow, incident_id, Permission.INCIDENT_UPDATE)
    values = given(command)
    _check_worker(uow, incident, "owner_id", values.get("owner_id"))
    for name, value in values.items():
        setattr(incident, name, value)
    return incident


def tell(uow: UnitOfWork, incident_id: UUID, command: TellAgency) -> Incident:
    """Record that an agency was told, and when."""
    incident = _open(uow, incident_id, Permission.INCIDENT_UPDATE)
    notice = _notice(uow, incident.happened_on, command)
    incident.notified = rules.written_notices([*incident.notices, notice])
    return incident


def follow_up(uow: UnitOfWork, incident_id: UUID, command: FollowUp) -> Incident:
    """Leave a task that follows from an incident; the task does not say from what."""
    incident = _open(uow, incident_id, Permission.INCIDENT_UPDATE)
    _check_worker(uow, incident, "assignee_id", command.assignee_id)
    if command.due_on < uow.today:
        raise Invalid({"due_on": ["This day has passed."]})
    task = uow.add(
        Task(
            household_id=incident.household_id,
            title=command.title,
            detail=command.detail,
            category=Category.OTHER,
            due_on=command.due_on,
            assignee_id=command.assignee_id or uow.actor.user_id,
        )
    )
    incident.follow_ups = rules.with_id(incident.follow_ups, task.id)
    return incident


def close(uow: UnitOfWork, incident_id: UUID, command: CloseIncident) -> Incident:
    """Close an incident with its outcome."""
    incident = _open(uow, incident_id, Permission.INCIDENT_CLOSE)
    if not incident.happened_on <= command.closed_on <= uow.today:
        raise Invalid({"closed_on": ["Name a day between the incident and today."]})
    incident.status = IncidentStatus.CLOSED
    incident.closed_on, incident.outcome = command.closed_on, command.outcome
    return incident


def _open(uow: UnitOfWork, incident_id: UUID, to: Permission) -> Incident:
    incident = uow.edit(Incident, incident_id, to=to)
    if incident.status is IncidentStatus.CLOSED:
        raise Conflict("This incident is closed already.")
    return incident


def _check_worker(uow: UnitOfWork, incident: Incident, name: str, user_id: UUID | None) -> None:
    known = {id_ for id_, _ in queries.workers(uow, incident.household_id)}
    if user_id is not None and user_id not in known:
        raise Invalid({name: ["Choose somebody who looks after this household."]})
