"""Pages on which incidents are reported, read, followed up and closed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.accounts.queries import names
from resettle.core.actor import SPONSORS
from resettle.core.clock import AUCKLAND
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.incidents import acts, queries, rules, schemas, service
from resettle.incidents.models import Incident, IncidentKind, IncidentStatus
from resettle.tasks.models import TaskStatus
from resettle.web.fields import Day, Name
from resettle.web.frame import plain
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("incidents", __name__, template_folder="templates")

Shown = dict[str, Any]
FILE = "/households/<uuid:household_id>/incidents"
INCIDENT = "/incidents/<uuid:incident_id>"
COVER = HouseholdShape(only=("id", "reference", "name"))
SHAPE = schemas.IncidentShape()
MOST = 200
OPEN = (TaskStatus.OPEN, TaskStatus.DOING)
NOON = time(12)
APART = "Only those who may read protection notes will see it, and know that it is there."
TITLES: Mapping[str, str] = {
    IncidentKind.SAFEGUARDING_CHILD: "A child may not be safe",
    IncidentKind.SELF_HARM: "Somebody may harm themselves",
    IncidentKind.EXPLOITATION_WORK: "Exploitation at work",
    IncidentKind.HOUSING_UNSAFE: "A house that is not safe",
}
KINDS = [
    (
        kind.value,
        TITLES.get(kind, plain(kind.value)),
        APART if rules.is_safeguarding(kind.value) else "",
    )
    for kind in IncidentKind
    if kind is not IncidentKind.COMPLAINT
]
SEVERITIES = [*rules.SEVERITIES.items()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An agency that was told, as the form has it: the day and the time stand in two boxes."""

    agency: str
    on: date
    at: time = NOON

    @property
    def meant(self) -> acts.TellAgency:
        return acts.TellAgency(agency=self.agency, at=datetime.combine(self.on, self.at, AUCKLAND))


class ToldSchema(Command[Told]):
    makes = Told

    agency = Name(required=True)
    on = Day(required=True)
    at = fields.Time(format="%H:%M", error_messages={"invalid": "Write the time as 14:30."})


@pages.page(FILE, permission=Permission.INCIDENT_READ, template="incidents/index.html")
def index(uow: UnitOfWork, household_id: UUID) -> Shown:
    """List the incidents of a household that the reader may know of, the open ones first."""
    household = uow.get(Household, household_id, to=Permission.INCIDENT_READ)
    query = queries.incidents(uow, household_id)
    newest = query.order_by(Incident.status.desc(), Incident.reported_at.desc(), Incident.id)
    rows = SHAPE.many_of(uow, uow.all(newest.limit(MOST)))
    owners = names(uow, [row["owner_id"] for row in rows])
    return {
        "household": COVER.one(uow, household),
        "incidents": [_told(row, owners) for row in rows],
    }


def _told(row: Shown, people: Any) -> Shown:
    return {
        **row,
        "what": TITLES.get(row["kind"], plain(row["kind"])),
        "how_bad": rules.SEVERITIES[row["severity"]],
        "open": row["status"] is IncidentStatus.OPEN,
        "owner": people.get(row["owner_id"], ""),
        "reporter": people.get(row["reported_by"], ""),
    }


@pages.form(
    FILE + "/new",
    permission=Permission.INCIDENT_REPORT,
    schema=schemas.ReportIncidentSchema(exclude=("notified",)),
    template="incidents/report.html",
)
def report(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Report an incident, also for those who will not read it afterwards."""
    back = _back(uow, household_id)
    if form.command:
        service.report(uow, household_id, form.command)
        return replace(back, message="Thank you. It is with the caseworkers now.")
    household = uow.get(Household, household_id, to=Permission.INCIDENT_REPORT)
    return {
        "reference": household.reference,
        "back": back.location,
        "kinds": KINDS,
        "severities": SEVERITIES,
        "sponsor": uow.actor.role in SPONSORS,
        "today": uow.today,
    }


def _back(uow: UnitOfWork, household_id: UUID) -> Led:
    if uow.actor.role in SPONSORS:
        return Go("our_household.show", household=household_id)
    return Go("incidents.index", household_id=household_id)


@pages.page(INCIDENT, permission=Permission.INCIDENT_READ, template="incidents/incident.html")
def show(uow: UnitOfWork, incident_id: UUID) -> Shown:
    incident = uow.get(Incident, incident_id, to=Permission.INCIDENT_READ)
    tasks = queries.follow_ups(uow, incident)
    having = [task.assignee_id for task in tasks]
    people = names(uow, [incident.owner_id, incident.reported_by, *having])
    return {
        **_frame(uow, incident),
        "incident": _told(SHAPE.one(uow, incident), people),
        "tasks": [
            {
                "id": task.id,
                "title": task.title,
                "due_on": task.due_on,
                "done_on": task.done_on,
                "status": plain(task.status.value),
                "late": task.status in OPEN and task.due_on < uow.today,
                "who": _name(people, task.assignee_id),
            }
            for task in tasks
        ],
        "may_close": uow.allows(Permission.INCIDENT_CLOSE),
    }


def _name(people: Mapping[UUID, str], user_id: UUID | None) -> str:
    return people.get(user_id, "") if user_id else ""


def _frame(uow: UnitOfWork, incident: Incident) -> Shown:
    household = uow.get(Household, incident.household_id, to=Permission.INCIDENT_READ)
    return {
        "household": COVER.one(uow, household),
        "incident_id": incident.id,
        "version": incident.version,
        "today": uow.today,
        "now": f"{uow.now.astimezone(AUCKLAND):%H:%M}",
    }


def _to(incident_id: UUID, message: str) -> Led:
    return Go("incidents.show", message=message, incident_id=incident_id)


@pages.form(
    INCIDENT + "/change",
    permission=Permission.INCIDENT_UPDATE,
    schema=schemas.ChangeIncidentSchema(),
    template="incidents/change.html",
)
def change(uow: UnitOfWork, form: Form, incident_id: UUID) -> Shown | Led:
    """Say who looks after an incident, and how bad it is."""
    if form.command:
        service.change(uow, incident_id, form.command)
        return _to(incident_id, "The incident is changed.")
    incident = uow.get(Incident, incident_id, to=Permission.INCIDENT_UPDATE)
    return {
        **_frame(uow, incident),
        "incident": SHAPE.one(uow, incident),
        "workers": queries.workers(uow, incident.household_id),
        "severities": SEVERITIES,
    }


@pages.form(
    INCIDENT + "/notices/new",
    permission=Permission.INCIDENT_UPDATE,
    schema=ToldSchema(),
    template="incidents/notice.html",
)
def tell(uow: UnitOfWork, form: Form, incident_id: UUID) -> Shown | Led:
    """Record that an agency was told."""
    if form.command:
        service.tell(uow, incident_id, form.command.meant)
        return _to(incident_id, "It is recorded who was told, and when.")
    return _frame(uow, uow.get(Incident, incident_id, to=Permission.INCIDENT_UPDATE))


@pages.form(
    INCIDENT + "/follow-ups/new",
    permission=Permission.INCIDENT_UPDATE,
    schema=schemas.FollowUpSchema(),
    template="incidents/follow_up.html",
)
def follow_up(uow: UnitOfWork, form: Form, incident_id: UUID) -> Shown | Led:
    """Leave a task that follows from an incident."""
    if form.command:
        service.follow_up(uow, incident_id, form.command)
        return _to(incident_id, "The task is made.")
    incident = uow.get(Incident, incident_id, to=Permission.INCIDENT_UPDATE)
    return {
        **_frame(uow, incident),
        "workers": queries.workers(uow, incident.household_id),
        "me_id": uow.actor.user_id,
    }


@pages.form(
    INCIDENT + "/closing",
    permission=Permission.INCIDENT_CLOSE,
    schema=schemas.CloseIncidentSchema(),
    template="incidents/close.html",
)
def close(uow: UnitOfWork, form: Form, incident_id: UUID) -> Shown | Led:
    """Close an incident with its outcome."""
    if form.command:
        service.close(uow, incident_id, form.command)
        return _to(incident_id, "The incident is closed.")
    return _frame(uow, uow.get(Incident, incident_id, to=Permission.INCIDENT_CLOSE))
