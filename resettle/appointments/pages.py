"""Pages of appointments: those of a household, one by itself, and what came of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.appointments import acts, forms, queries, service, shapes
from resettle.appointments.models import Appointment
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import members
from resettle.households.schemas import LANGUAGES
from resettle.households.shapes import HouseholdMemberShape, HouseholdShape
from resettle.tasks.queries import assignees
from resettle.web.api import page_of
from resettle.web.fields import Code
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("appointments", __name__, template_folder="templates")

Shown = dict[str, Any]
APPOINTMENT = "/appointments/<uuid:appointment_id>"
HOUSEHOLD = "/households/<uuid:household_id>"
COVER = HouseholdShape(only=("id", "reference", "name"))
MEMBER = HouseholdMemberShape(only=("person_id", "person.name"))
WHICH = {"ahead": "To come", "past": "Past", "all": "All"}


class WhichSchema(Command[dict[str, str]]):
    makes = dict

    show = Code(tuple(WHICH))


@pages.page(
    HOUSEHOLD + "/appointments",
    permission=Permission.APPOINTMENT_READ,
    template="appointments/household.html",
    filters=WhichSchema(),
    paged=True,
)
def of_household(
    uow: UnitOfWork, household_id: UUID, wanted: dict[str, str], arguments: Mapping[str, str]
) -> Shown:
    """List the appointments of a household: those to come, unless asked otherwise."""
    which = wanted.get("show", "ahead")
    narrowed = {
        "ahead": queries.AppointmentFilters(first=uow.today),
        "past": queries.AppointmentFilters(last=uow.today),
        "all": queries.AppointmentFilters(),
    }[which]
    query = queries.of_household(uow, household_id, narrowed)
    found = page_of(uow, query, queries.SORTS, arguments)
    household = uow.get(Household, household_id, to=Permission.APPOINTMENT_READ)
    asked: dict[str, Any] = {k: v for k, v in arguments.items() if v.strip() and k != "cursor"}
    here = {**asked, "household_id": household_id}
    return {
        "household": COVER.one(uow, household),
        "rows": shapes.told(uow, found.rows),
        "names": _people(uow, household_id),
        "offered": [*WHICH.items()],
        "which": which,
        "following": found.following and url_for(".of_household", **here, cursor=found.following),
        "first": url_for(".of_household", **here) if "cursor" in arguments else None,
    }


@pages.page(
    APPOINTMENT, permission=Permission.APPOINTMENT_READ, template="appointments/appointment.html"
)
def show(uow: UnitOfWork, appointment_id: UUID) -> Shown:
    """Show one appointment, with what to think of before it."""
    row = uow.get(Appointment, appointment_id, to=Permission.APPOINTMENT_READ)
    return {
        **_around(uow, row.household_id),
        "appointment": shapes.told(uow, [row])[0],
        "names": _people(uow, row.household_id),
        "colleagues": dict(assignees(uow, row.household_id)),
        "languages": dict(LANGUAGES),
        "genders": dict(shapes.GENDERS),
        "transports": dict(shapes.TRANSPORTS),
    }


@pages.form(
    HOUSEHOLD + "/appointments/new",
    permission=Permission.APPOINTMENT_WRITE,
    schema=forms.WrittenSchema(),
    template="appointments/edit.html",
)
def make(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Write an appointment down."""
    if form.command:
        made = service.make(uow, household_id, acts.MakeAppointment(**form.command.facts()))
        return Go(".show", message="The appointment is written down.", appointment_id=made.id)
    household = uow.get(Household, household_id, to=Permission.APPOINTMENT_WRITE)
    return {
        **_asked(uow, household_id),
        "appointment": None,
        "languages": _languages(household.primary_language),
        "spoken": household.primary_language,
        "needs_interpreter": household.needs_interpreter,
    }


@pages.form(
    APPOINTMENT + "/change",
    permission=Permission.APPOINTMENT_WRITE,
    schema=forms.WrittenSchema(),
    template="appointments/edit.html",
)
def change(uow: UnitOfWork, form: Form, appointment_id: UUID) -> Shown | Led:
    """Write an appointment anew. What is left empty is taken away."""
    if form.command:
        service.change(uow, appointment_id, acts.ChangeAppointment(**form.command.facts()))
        return Go(".show", message="The appointment is changed.", appointment_id=appointment_id)
    row = uow.get(Appointment, appointment_id, to=Permission.APPOINTMENT_WRITE)
    return {
        **_asked(uow, row.household_id),
        "appointment": shapes.told(uow, [row])[0],
        "languages": _languages(row.interpreter_language),
        "spoken": row.interpreter_language,
        "needs_interpreter": row.interpreter_needed,
    }


@pages.form(
    APPOINTMENT + "/outcome",
    permission=Permission.APPOINTMENT_WRITE,
    schema=forms.CameOfSchema(),
    template="appointments/outcome.html",
)
def record(uow: UnitOfWork, form: Form, appointment_id: UUID) -> Shown | Led:
    """Say what came of an appointment, and what is to be done next."""
    row = uow.get(Appointment, appointment_id, to=Permission.APPOINTMENT_WRITE)
    minutes = int((row.ends_at - row.starts_at).total_seconds()) // 60
    if form.command:
        service.record(uow, appointment_id, form.command.recorded(minutes))
        undo = url_for(".reopen", appointment_id=appointment_id)
        where = {"household_id": row.household_id}
        return Go(".of_household", message="What came of it is recorded.", undo=undo, **where)
    return {
        **_around(uow, row.household_id),
        "appointment": shapes.told(uow, [row])[0],
        "outcomes": [*shapes.OUTCOMES.items()],
    }


@pages.button(APPOINTMENT + "/reopening", permission=Permission.APPOINTMENT_WRITE)
def reopen(uow: UnitOfWork, appointment_id: UUID) -> Led:
    """Take back what came of an appointment."""
    service.reopen(uow, appointment_id)
    return Go(
        ".show", message="The appointment is as it was before.", appointment_id=appointment_id
    )


def _around(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.APPOINTMENT_READ)
    return {"reference": household.reference, "household_id": household.id}


def _asked(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Give what the form offers to choose from."""
    return {
        **_around(uow, household_id),
        "kinds": shapes.KINDS,
        "people": [*_people(uow, household_id).items()],
        "genders": shapes.GENDERS,
        "transports": shapes.TRANSPORTS,
        "colleagues": assignees(uow, household_id),
        "today": uow.today,
    }


def _people(uow: UnitOfWork, household_id: UUID) -> dict[UUID, str]:
    named = MEMBER.many_of(uow, members(uow, household_id))
    return {each["person_id"]: each["person"].get("name", "") for each in named}


def _languages(spoken: str | None) -> list[tuple[str, str]]:
    """Offer the languages that are usual here, and the one that is spoken."""
    usual = dict(LANGUAGES)
    return [*({} if spoken is None or spoken in usual else {spoken: spoken}).items(), *LANGUAGES]
