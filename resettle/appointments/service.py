"""What is done about appointments: made, changed, and what came of them."""

from datetime import date
from typing import Any
from uuid import UUID

from resettle.appointments import rules
from resettle.appointments.acts import ChangeAppointment, MakeAppointment, RecordOutcome
from resettle.appointments.events import AppointmentChanged
from resettle.appointments.models import Appointment, Kind, Outcome
from resettle.core.clock import AUCKLAND
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.tasks import service as tasks
from resettle.tasks.acts import AddTask
from resettle.tasks.models import Category, TaskOrigin
from resettle.tasks.queries import assignees

Faults = dict[str, list[str]]
HAPPENED = frozenset({Outcome.ATTENDED, Outcome.LATE, Outcome.DID_NOT_ATTEND})
# What stays the same when an appointment is put off: the booking is for the old time.
KEPT = (
    "household_id",
    "person_id",
    "kind",
    "with_whom",
    "place",
    "interpreter_needed",
    "interpreter_language",
    "interpreter_gender",
    "transport",
    "driver",
    "pickup",
    "companion_id",
    "companion",
)


def make(uow: UnitOfWork, household_id: UUID, command: MakeAppointment) -> Appointment:
    """Write an appointment down. What it clashes with is warned of, and keeps nobody from it."""
    household = uow.get(Household, household_id, to=Permission.APPOINTMENT_WRITE)
    values = given(command)
    if faults := _faults(uow, household.id, values):
        raise Invalid(faults)
    return uow.add(Appointment(household_id=household.id, **_plain(values)))


def change(uow: UnitOfWork, appointment_id: UUID, command: ChangeAppointment) -> Appointment:
    """Change what was written down of an appointment that is still to come of something."""
    appointment = uow.edit(Appointment, appointment_id, to=Permission.APPOINTMENT_WRITE)
    if appointment.outcome is not Outcome.PLANNED:
        raise Conflict("What came of this appointment is recorded. Take that back first.")
    values = given(command)
    times = {"starts_at": appointment.starts_at, "ends_at": appointment.ends_at}
    if faults := _faults(uow, appointment.household_id, times | values):
        raise Invalid(faults)
    for name, value in _plain(values).items():
        setattr(appointment, name, value)
    uow.emit(AppointmentChanged(appointment.id))
    return appointment


def record(uow: UnitOfWork, appointment_id: UUID, command: RecordOutcome) -> Appointment:
    """Say what came of an appointment. Put off, it gets a new time; a next step is a task."""
    appointment = uow.edit(Appointment, appointment_id, to=Permission.APPOINTMENT_WRITE)
    if appointment.outcome is not Outcome.PLANNED:
        raise Conflict("What came of this appointment is recorded already.")
    if faults := _outcome_faults(uow, appointment, command):
        raise Invalid(faults)
    if command.outcome is Outcome.RESCHEDULED:
        appointment.moved_to_id = _put_off(uow, appointment, command).id
    appointment.outcome, appointment.outcome_note = command.outcome, command.note
    uow.emit(AppointmentChanged(appointment.id))
    if command.follow_up and command.follow_up_due:
        _follow_up(uow, appointment, command.follow_up, command.follow_up_due)
    return appointment


def reopen(uow: UnitOfWork, appointment_id: UUID) -> Appointment:
    """Take back what came of an appointment; one that took its place is called off."""
    appointment = uow.edit(Appointment, appointment_id, to=Permission.APPOINTMENT_WRITE)
    if appointment.outcome is Outcome.PLANNED:
        raise Conflict("Nothing is recorded of this appointment yet.")
    if appointment.moved_to_id is not None:
        instead = uow.get(Appointment, appointment.moved_to_id, to=Permission.APPOINTMENT_WRITE)
        if instead.outcome is Outcome.PLANNED:
            instead.outcome = Outcome.CANCELLED
    appointment.outcome, appointment.moved_to_id = Outcome.PLANNED, None
    appointment.outcome_note = None
    return appointment


def _put_off(uow: UnitOfWork, appointment: Appointment, command: RecordOutcome) -> Appointment:
    kept = {name: getattr(appointment, name) for name in KEPT}
    return uow.add(Appointment(**kept, starts_at=command.starts_at, ends_at=command.ends_at))


def _follow_up(uow: UnitOfWork, appointment: Appointment, what: str, due_on: date) -> None:
    """Make the next step a task. Its title tells nothing of the appointment; the detail does."""
    day = appointment.starts_at.astimezone(AUCKLAND)
    tasks.add(
        uow,
        appointment.household_id,
        AddTask(
            title=f"Next step after the appointment of {day:%-d %B %Y}",
            detail=what,
            category=Category.APPOINTMENT,
            due_on=due_on,
        ),
        created_from=TaskOrigin.APPOINTMENT,
        source_id=appointment.id,
    )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Keep a kind as its code, since a sealed column holds text."""
    return {n: v.value if isinstance(v, Kind) else v for n, v in values.items()}


def _faults(uow: UnitOfWork, household_id: UUID, values: dict[str, Any]) -> Faults:
    person_id, companion_id = values.get("person_id"), values.get("companion_id")
    home = {stay.person_id for stay in people_at_home(uow, household_id, uow.today)}
    faults = rules.time_faults(values["starts_at"], values["ends_at"])
    if person_id is not None and person_id not in home:
        faults["person_id"] = ["Name somebody who belongs to the household."]
    if companion_id is not None and companion_id not in dict(assignees(uow, household_id)):
        faults["companion_id"] = ["Name somebody who looks after this household."]
    return faults


def _outcome_faults(uow: UnitOfWork, appointment: Appointment, command: RecordOutcome) -> Faults:
    faults: Faults = {}
    if command.outcome is Outcome.PLANNED:
        faults["outcome"] = ["Say what came of it."]
    if command.outcome in HAPPENED and appointment.starts_at > uow.now:
        faults["outcome"] = ["It has not begun yet."]
    if bool(command.follow_up) != bool(command.follow_up_due):
        missing = "follow_up_due" if command.follow_up else "follow_up"
        faults[missing] = ["Say what is to be done next, and by when."]
    if command.outcome is Outcome.RESCHEDULED:
        faults |= _new_time_faults(command)
    return faults


def _new_time_faults(command: RecordOutcome) -> Faults:
    if command.starts_at is None or command.ends_at is None:
        return {"starts_at": ["Say when it takes place instead."]}
    return rules.time_faults(command.starts_at, command.ends_at)
