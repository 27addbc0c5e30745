"""What is done about shifts before they begin: planned, taken, given on, called off."""

from datetime import date, datetime
from uuid import UUID, uuid4

from resettle.appointments.rules import moment
from resettle.core.actor import Role
from resettle.core.clock import AUCKLAND, day_of
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.placements.queries import supporting_group
from resettle.roster import queries, rules
from resettle.roster.acts import AddShift, AssignShift, CancelShift, ChangeShift
from resettle.roster.definition import RosterSettings
from resettle.roster.events import DriverFound
from resettle.roster.models import AHEAD, Shift, ShiftKind, ShiftStatus
from resettle.sponsors.models import SponsorMember

NOT_YOURS = "This shift is not yours. Only who does it, or who leads the group, says that."
NOT_FIT = "Name a member who is confirmed, and whose vetting is in force on that day."
PLANS_OTHERS = (
    "Only who coordinates the group plans for others. Leave it open, or take it yourself."
)


def add(uow: UnitOfWork, household_id: UUID, command: AddShift) -> Shift:
    """Plan a shift, or a series of them. Gives the first."""
    household = uow.get(Household, household_id, to=Permission.ROSTER_WRITE)
    group_id = supporting_group(uow, household.id)
    if group_id is None:
        raise Conflict("No sponsor group supports this household at the moment.")
    _check(uow, household.id, command)
    series_id = uuid4() if command.every_weeks else None
    made = [
        Shift(
            household_id=household.id,
            group_id=group_id,
            series_id=series_id,
            kind=command.kind,
            words=command.words,
            place=command.place,
            riders=[str(id_) for id_ in command.rider_ids],
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for starts_at, ends_at in _times(command)
    ]
    for shift in made:
        if command.member_id is not None:
            _give(uow, shift, command.member_id)
        uow.session.add(shift)
    uow.session.flush()
    return made[0]


def _check(uow: UnitOfWork, household_id: UUID, command: AddShift) -> None:
    most = uow.use(RosterSettings).most_in_a_series
    first = day_of(command.starts_at)
    faults = rules.time_faults(command.starts_at, command.ends_at)
    faults |= rules.rhythm_faults(first, command.every_weeks, command.until, most)
    home = {stay.person_id for stay in people_at_home(uow, household_id, first)}
    if not home.issuperset(command.rider_ids):
        faults["rider_ids"] = ["Name people who belong to the household."]
    if command.rider_ids and command.kind is not ShiftKind.LIFT:
        faults["rider_ids"] = ["Only in a lift somebody rides along."]
    if faults:
        raise Invalid(faults)


def _times(command: AddShift) -> list[tuple[datetime, datetime]]:
    """Give beginning and end of each shift of a rhythm, at the same time of the day."""
    begins = command.starts_at.astimezone(AUCKLAND)
    long = command.ends_at - command.starts_at
    days = rules.days_of_series(begins.date(), command.every_weeks, command.until)
    found = [_at(day, begins) for day in days]
    return [(starts_at, starts_at + long) for starts_at in found]


def _at(day: date, like: datetime) -> datetime:
    """Give the time of a clock on a day; an hour later where the clocks skip it."""
    hour_later = like.time().replace(hour=min(like.hour + 1, 23))
    found = moment(day, like.time(), AUCKLAND) or moment(day, hour_later, AUCKLAND)
    assert found is not None, "clocks skip one hour, never two"
    return found


def change(uow: UnitOfWork, shift_id: UUID, command: ChangeShift) -> Shift:
    """Say anew when a shift is and what it is for. Whoever was asked is asked again."""
    shift = _planned(uow, shift_id, Permission.ROSTER_WRITE)
    _check_own_or_lead(uow, shift)
    values = given(command)
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    if faults := rules.time_faults(**(times | {n: v for n, v in values.items() if n in times})):
        raise Invalid(faults)
    moved = any(values.get(name, old) != old for name, old in times.items())
    for name, value in values.items():
        setattr(shift, name, value)
    if moved and shift.member_id is not None:
        _give(uow, shift, shift.member_id)
    return shift


def assign(uow: UnitOfWork, shift_id: UUID, command: AssignShift) -> Shift:
    """Ask a member to do it. Raises Invalid if that member may not, on that day."""
    shift = _planned(uow, shift_id, Permission.ROSTER_LEAD)
    _give(uow, shift, command.member_id)
    return shift


def take(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Take a shift that is open, or that somebody else gives on."""
    shift = _planned(uow, shift_id, Permission.ROSTER_WRITE)
    own = _own(uow, shift)
    if own is None:
        raise Forbidden("Only members of the group that supports this household take its shifts.")
    if shift.member_id == own.id:
        raise Conflict("This shift is yours already.")
    if shift.member_id is not None and shift.offered_at is None:
        raise Conflict("Somebody else has taken this.")
    _give(uow, shift, own.id)
    return shift


def confirm(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Say that one will do what one was asked to do, or that somebody without an account will."""
    shift = _planned(uow, shift_id, Permission.ROSTER_WRITE)
    _check_own(uow, shift)
    if shift.status is not ShiftStatus.ASKED:
        raise Conflict("There is nothing to confirm.")
    shift.status = ShiftStatus.CONFIRMED
    return shift


def offer(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Seek somebody else for one's own shift. It stays one's own until another takes it."""
    shift = _planned(uow, shift_id, Permission.ROSTER_WRITE)
    _check_own(uow, shift)
    if shift.offered_at is not None:
        raise Conflict("The others see already that you seek somebody.")
    shift.offered_at = uow.now
    return shift


def keep(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Keep one's own shift after all."""
    shift = _planned(uow, shift_id, Permission.ROSTER_WRITE)
    _check_own(uow, shift)
    if shift.offered_at is None:
        raise Conflict("You seek nobody for this shift.")
    shift.offered_at = None
    return shift


def release(uow: UnitOfWork, shift_id: UUID) -> Shift:
    """Take a member off a shift, which is open again: one's own, or anybody's for who leads."""
    shift = _planned(uow, shift_id, Permission.ROSTER_WRITE)
    _check_own_or_lead(uow, shift)
    if shift.member_id is None:
        raise Conflict("Nobody has taken this yet.")
    shift.member_id = shift.offered_at = None
    shift.status = ShiftStatus.OPEN
    _tell(uow, shift)
    return shift


def cancel(uow: UnitOfWork, shift_id: UUID, command: CancelShift) -> Shift:
    """Call a shift off, and those that follow it if that is said."""
    shift = _planned(uow, shift_id, Permission.ROSTER_WRITE)
    _check_own_or_lead(uow, shift)
    also = queries.following(uow, shift) if command.following else ()
    for each in (shift, *also):
        each.status, each.offered_at = ShiftStatus.CANCELLED, None
        each.cancel_reason = command.reason
    _tell(uow, shift)
    return shift


def _planned(uow: UnitOfWork, shift_id: UUID, to: Permission) -> Shift:
    shift = uow.edit(Shift, shift_id, to=to)
    if shift.status not in AHEAD:
        raise Conflict("This shift has begun, is over or was called off.")
    return shift


def _give(uow: UnitOfWork, shift: Shift, member_id: UUID) -> None:
    """Put a member on a shift: confirmed if they do it themselves, asked if another asks."""
    found = queries.fit(uow, shift.household_id, shift.group_id, day_of(shift.starts_at))
    member = next((each for each in found if each.id == member_id), None)
    if member is None:
        raise Invalid({"member_id": [NOT_FIT]})
    own = member.user_id is not None and member.user_id == uow.actor.user_id
    if not own and uow.actor.role is Role.SPONSOR_MEMBER and shift.member_id != member_id:
        raise Forbidden(PLANS_OTHERS)
    if faults := queries.faults_of(uow, shift, member):
        raise Invalid({"member_id": faults})
    shift.member_id, shift.offered_at = member.id, None
    shift.status = ShiftStatus.CONFIRMED if own else ShiftStatus.ASKED
    _tell(uow, shift)


def _tell(uow: UnitOfWork, shift: Shift) -> None:
    if shift.appointment_id is not None:
        uow.emit(DriverFound(shift.id, shift.appointment_id))


def _own(uow: UnitOfWork, shift: Shift) -> SponsorMember | None:
    mine = queries.own_members(uow)
    return next((member for member in mine if member.group_id == shift.group_id), None)


def _check_own(uow: UnitOfWork, shift: Shift) -> None:
    """See that the reader does this shift, or leads the group and speaks for who has no account."""
    if queries.spoken_for(uow, shift) is None:
        raise Conflict(NOT_YOURS)


def _check_own_or_lead(uow: UnitOfWork, shift: Shift) -> None:
    made = shift.created_by is not None and shift.created_by == uow.actor.user_id
    own = queries.spoken_for(uow, shift) is not None
    if not (made or own or uow.allows(Permission.ROSTER_LEAD, shift)):
        raise Conflict(NOT_YOURS)
