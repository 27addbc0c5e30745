"""What follows from lifts for the appointment, and from the appointment for its lift."""

from resettle.appointments.events import AppointmentChanged
from resettle.appointments.models import Appointment, Outcome, Transport
from resettle.core.work import UnitOfWork
from resettle.roster.events import DriverFound
from resettle.roster.models import AHEAD, Shift, ShiftStatus
from resettle.sponsors.models import SponsorMember

CALLED_OFF = "The appointment was called off or put off."


def tell_appointment(uow: UnitOfWork, event: DriverFound) -> None:
    """Write on the appointment who drives there, or that nobody does any more."""
    shift = uow.find(Shift, event.shift_id)
    appointment = uow.find(Appointment, event.appointment_id)
    assert shift is not None
    assert appointment is not None
    member_id = shift.member_id if shift.status in AHEAD else None
    member = None if member_id is None else uow.find(SponsorMember, member_id)
    appointment.transport = None if member is None else Transport.SPONSOR_CAR
    appointment.driver = None if member is None else member.name


def follow_appointment(uow: UnitOfWork, event: AppointmentChanged) -> None:
    """Move the lift with its appointment, or call it off; who drives is asked about a new time.

    Nothing of the appointment is told but when it is, and who rides.
    """
    appointment = uow.find(Appointment, event.appointment_id)
    shift = uow.first(
        uow.select(Shift).where(
            Shift.appointment_id == event.appointment_id, Shift.status.in_(AHEAD)
        )
    )
    if shift is None or appointment is None:
        return
    if appointment.outcome in {Outcome.CANCELLED, Outcome.RESCHEDULED}:
        shift.status, shift.cancel_reason = ShiftStatus.CANCELLED, CALLED_OFF
        return
    moved = (shift.starts_at, shift.ends_at) != (appointment.starts_at, appointment.ends_at)
    shift.starts_at, shift.ends_at = appointment.starts_at, appointment.ends_at
    shift.riders = [] if appointment.person_id is None else [str(appointment.person_id)]
    if moved and shift.member_id is not None:
        shift.status = ShiftStatus.ASKED
