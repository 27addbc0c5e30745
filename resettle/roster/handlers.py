"""What follows from lifts for the appointment, and from the appointment for its lift.

And what becomes of the work of a group that does not support the household any more.
"""

from resettle.appointments.events import AppointmentChanged
from resettle.appointments.models import Appointment, Outcome, Transport
from resettle.cases.queries import primary
from resettle.core.work import UnitOfWork
from resettle.placements.events import SponsorshipEnded, SponsorshipSuspended
from resettle.placements.queries import supporting_group
from resettle.roster import leaving
from resettle.roster.events import DriverFound
from resettle.roster.models import AHEAD, Shift, ShiftStatus
from resettle.sponsors.events import MemberWentAway
from resettle.sponsors.models import SponsorMember
from resettle.tasks.models import Task, TaskOrigin
from resettle.tasks.queries import UNSETTLED

CALLED_OFF = "The appointment was called off or put off."
GONE = "The group does not support the household at the moment."


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


def call_off(uow: UnitOfWork, event: SponsorshipSuspended | SponsorshipEnded) -> None:
    """Call off what a group had planned with a household that it does not support any more."""
    query = uow.select(Shift).where(
        Shift.household_id == event.household_id,
        Shift.group_id == event.group_id,
        Shift.status.in_(AHEAD),
    )
    for shift in uow.all(query.order_by(Shift.id)):
        shift.status, shift.offered_at, shift.cancel_reason = ShiftStatus.CANCELLED, None, GONE
        if shift.appointment_id is not None:
            uow.emit(DriverFound(shift.id, shift.appointment_id))


def free_member(uow: UnitOfWork, event: MemberWentAway) -> None:
    """Open again what somebody who has left the group had taken, and give its tasks to nobody."""
    leaving.free(uow, event.member_id)


def hand_on(uow: UnitOfWork, event: SponsorshipEnded) -> None:
    """Give the open tasks of a group that has gone to the next one, or back to the caseworker.

    What a group wrote down for itself is not for the next one to read, so it goes to the
    caseworker too.
    """
    query = uow.select(Task).where(
        Task.household_id == event.household_id,
        Task.group_id == event.group_id,
        Task.status.in_(UNSETTLED),
    )
    successor = supporting_group(uow, event.household_id)
    worker = primary(uow, event.household_id)
    for task in uow.all(query.order_by(Task.id)):
        task.group_id = None if task.created_from is TaskOrigin.GROUP else successor
        task.member_id = None
        if task.group_id is None and worker is not None:
            task.assignee_id = task.assignee_id or worker.user_id
