"""Lifts: asked for by caseworkers for an appointment; and what a member's car holds."""

from uuid import UUID

from resettle.appointments.models import Appointment, Outcome
from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.placements.queries import supporting_group
from resettle.roster.acts import AskForLift, NoteCar
from resettle.roster.events import DriverFound
from resettle.roster.models import AHEAD, Shift, ShiftKind, ShiftStatus
from resettle.sponsors.models import SponsorMember

NOT_NEEDED = "The caseworker needs no lift any more."


def ask(uow: UnitOfWork, appointment_id: UUID, command: AskForLift) -> Shift:
    """Ask the sponsor group to drive people to an appointment.

    The group learns when, how many ride, and what is written for it here: never what it is about.
    """
    appointment = uow.edit(Appointment, appointment_id, to=Permission.ROSTER_ASK)
    if appointment.outcome is not Outcome.PLANNED:
        raise Conflict("What came of this appointment is recorded.")
    group_id = supporting_group(uow, appointment.household_id)
    if group_id is None:
        raise Conflict("No sponsor group supports this household at the moment.")
    if _asked(uow, appointment.id) is not None:
        raise Conflict("The group is asked already.")
    person = appointment.person_id
    return uow.add(
        Shift(
            household_id=appointment.household_id,
            group_id=group_id,
            appointment_id=appointment.id,
            kind=ShiftKind.LIFT,
            words=command.words,
            place=command.place,
            riders=[] if person is None else [str(person)],
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
        )
    )


def _asked(uow: UnitOfWork, appointment_id: UUID) -> Shift | None:
    return uow.first(
        uow.select(Shift).where(
            Shift.appointment_id == appointment_id, Shift.status != ShiftStatus.CANCELLED
        )
    )


def withdraw(uow: UnitOfWork, appointment_id: UUID) -> Shift:
    """Ask the group no more: people get there in another way."""
    appointment = uow.edit(Appointment, appointment_id, to=Permission.ROSTER_ASK)
    shift = _asked(uow, appointment.id)
    if shift is None or shift.status not in AHEAD:
        raise Conflict("There is no lift to call off.")
    shift.status, shift.offered_at = ShiftStatus.CANCELLED, None
    shift.cancel_reason = NOT_NEEDED
    uow.emit(DriverFound(shift.id, appointment.id))
    return shift


def of_appointment(uow: UnitOfWork, appointment_id: UUID) -> Shift | None:
    """Find the lift that the group was asked for, if there is one."""
    appointment = uow.get(Appointment, appointment_id, to=Permission.ROSTER_ASK)
    return _asked(uow, appointment.id)


def note_car(uow: UnitOfWork, member_id: UUID, command: NoteCar) -> SponsorMember:
    """Note a member's licence and the seats of their car. What is not told is not there."""
    member = uow.edit(SponsorMember, member_id, to=Permission.MEMBER_CAR)
    if member.left_on is not None:
        raise Conflict("The member has left.")
    member.licence_until = command.licence_until
    member.vehicle_seats, member.child_seats = command.vehicle_seats, command.child_seats
    return member
