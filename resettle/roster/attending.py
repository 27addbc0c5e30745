"""What is said of a shift when it takes place: arrived, left, how it went, nobody came."""

from datetime import timedelta
from uuid import UUID

from resettle.core.clock import day_of
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.roster import queries, rules
from resettle.roster.acts import LeaveShift
from resettle.roster.definition import RosterSettings
from resettle.roster.models import Shift, ShiftStatus
from resettle.sponsors.models import SponsorMember

TAKING_PLACE = frozenset({ShiftStatus.ASKED, ShiftStatus.CONFIRMED})
DAY_LONG = timedelta(days=1)


def arrive(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Say that one has arrived, or that somebody without an account has, by who leads.

    A driver who may not drive these people any more is stopped.
    """
    shift = uow.edit(Shift, shift_id, to=Permission.ROSTER_WRITE)
    member = _own(uow, shift)
    if shift.status not in TAKING_PLACE:
        raise Conflict("You have arrived already, or this shift is over.")
    if uow.now < shift.starts_at - uow.use(RosterSettings).check_in_before:
        raise Conflict("It is too early for that: this shift begins later.")
    if faults := queries.faults_of(uow, shift, member):
        raise Conflict(" ".join(faults))
    shift.status, shift.arrived_at, shift.offered_at = ShiftStatus.UNDER_WAY, uow.now, None
    return shift


def leave(uow: UnitOfWork, shift_id: UUID, command: LeaveShift) -> Shift:
    """Say that one has left and how it went, in a line. The time is counted.

    Who has not said that they arrived says how many minutes it was.
    """
    shift = uow.edit(Shift, shift_id, to=Permission.ROSTER_WRITE)
    _own(uow, shift)
    if shift.status not in {*TAKING_PLACE, ShiftStatus.UNDER_WAY}:
        raise Conflict("What came of this shift is recorded already.")
    if uow.now < shift.starts_at - uow.use(RosterSettings).check_in_before:
        raise Conflict("It is too early for that: this shift begins later.")
    if command.minutes is None and shift.arrived_at is None:
        raise Invalid({"minutes": ["Say how many minutes it was."]})
    shift.minutes = _minutes(uow, shift, command)
    shift.status, shift.left_at, shift.went = ShiftStatus.DONE, uow.now, command.went
    return shift


def _minutes(uow: UnitOfWork, shift: Shift, command: LeaveShift) -> int:
    if command.minutes is not None or shift.arrived_at is None:
        return command.minutes or 0
    return rules.minutes_between(shift.arrived_at, uow.now)


def miss(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Record that nobody came, after the shift has begun."""
    shift = uow.edit(Shift, shift_id, to=Permission.ROSTER_LEAD)
    if shift.status not in {*TAKING_PLACE, ShiftStatus.OPEN}:
        raise Conflict("What came of this shift is recorded already.")
    if uow.now < shift.starts_at:
        raise Conflict("It has not begun yet.")
    shift.status = ShiftStatus.MISSED
    return shift


def take_back(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Take back what was said of a shift today or yesterday: who it is of, or who leads."""
    shift = uow.edit(Shift, shift_id, to=Permission.ROSTER_WRITE)
    if not uow.allows(Permission.ROSTER_LEAD, shift):
        _own(uow, shift)
    if shift.status not in {ShiftStatus.UNDER_WAY, ShiftStatus.DONE, ShiftStatus.MISSED}:
        raise Conflict("There is nothing to take back.")
    if day_of(shift.updated_at) < uow.today - DAY_LONG:
        raise Conflict("This stands since days. Tell the caseworker if it is wrong.")
    shift.status = ShiftStatus.OPEN if shift.member_id is None else ShiftStatus.CONFIRMED
    shift.arrived_at = shift.left_at = shift.minutes = shift.went = None
    return shift


def _own(uow: UnitOfWork, shift: Shift) -> SponsorMember:
    member = queries.spoken_for(uow, shift)
    if member is None:
        raise Conflict("This shift is not yours. Only who does it says that.")
    return member
