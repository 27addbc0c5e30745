"""Appointments over JSON."""

from uuid import UUID

from sqlalchemy import Select

from resettle.appointments import acts, queries, schemas, service
from resettle.appointments.models import Appointment
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("appointments_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"
APPOINTMENT = "/appointments/<uuid:appointment_id>"


@api.lists(
    HOUSEHOLD + "/appointments",
    permission=Permission.APPOINTMENT_READ,
    returns=schemas.AppointmentShape(),
    sorts=queries.SORTS,
    filters=schemas.AppointmentFiltersSchema(),
)
def of_household(
    uow: UnitOfWork, household_id: UUID, wanted: queries.AppointmentFilters
) -> Select[Appointment]:
    """List the appointments of a household."""
    return queries.of_household(uow, household_id, wanted)


@api.lists(
    "/appointments",
    permission=Permission.APPOINTMENT_READ,
    returns=schemas.AppointmentShape(),
    sorts=queries.SORTS,
    filters=schemas.AppointmentFiltersSchema(),
)
def mine(uow: UnitOfWork, wanted: queries.AppointmentFilters) -> Select[Appointment]:
    """List the appointments of all households of the reader."""
    return queries.mine(uow, wanted)


@api.does(
    "POST",
    HOUSEHOLD + "/appointments",
    permission=Permission.APPOINTMENT_WRITE,
    body=schemas.MakeAppointmentSchema(),
    returns=schemas.AppointmentShape(),
    status=201,
)
def make(uow: UnitOfWork, household_id: UUID, command: acts.MakeAppointment) -> Appointment:
    """Write an appointment of a household down."""
    return service.make(uow, household_id, command)


@api.reads(APPOINTMENT, permission=Permission.APPOINTMENT_READ, returns=schemas.AppointmentShape())
def show(uow: UnitOfWork, appointment_id: UUID) -> Appointment:
    """Show an appointment."""
    return uow.get(Appointment, appointment_id, to=Permission.APPOINTMENT_READ)


@api.reads(
    APPOINTMENT + "/warnings",
    permission=Permission.APPOINTMENT_READ,
    returns=schemas.WarnedShape(),
)
def warnings(uow: UnitOfWork, appointment_id: UUID) -> queries.Warned:
    """Tell what an appointment clashes with, and whether an interpreter is missing."""
    return queries.warned(uow, appointment_id)


@api.does(
    "PATCH",
    APPOINTMENT,
    permission=Permission.APPOINTMENT_WRITE,
    body=schemas.ChangeAppointmentSchema(),
    returns=schemas.AppointmentShape(),
)
def change(uow: UnitOfWork, appointment_id: UUID, command: acts.ChangeAppointment) -> Appointment:
    """Change what was written down of an appointment."""
    return service.change(uow, appointment_id, command)


@api.does(
    "POST",
    APPOINTMENT + "/outcome",
    permission=Permission.APPOINTMENT_WRITE,
    body=schemas.RecordOutcomeSchema(),
    returns=schemas.AppointmentShape(),
)
def record(uow: UnitOfWork, appointment_id: UUID, command: acts.RecordOutcome) -> Appointment:
    """Say what came of an appointment; the next step becomes a task."""
    return service.record(uow, appointment_id, command)


@api.does(
    "POST",
    APPOINTMENT + "/reopening",
    permission=Permission.APPOINTMENT_WRITE,
    returns=schemas.AppointmentShape(),
)
def reopen(uow: UnitOfWork, appointment_id: UUID) -> Appointment:
    """Take back what came of an appointment."""
    return service.reopen(uow, appointment_id)
