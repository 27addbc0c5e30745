"""Questions about the roster: what is when, who may take it, what to think of before it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select

from resettle.appointments.rules import midnights
from resettle.core.clock import AUCKLAND, day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import DenyListed, Household
from resettle.households.queries import stays
from resettle.roster import rules
from resettle.roster.definition import RosterSettings
from resettle.roster.models import AHEAD, TAKEN, Shift, ShiftKind, ShiftStatus
from resettle.sponsors import rules as sponsors
from resettle.sponsors.models import MemberStatus, SponsorMember
from resettle.sponsors.queries import trusted_on

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"starts": (Shift.starts_at.expression,)}
NOBODY = "Nobody has taken this yet."
NOT_FIT = "Who was to do this may not do it on that day. Find somebody else."
ELSEWHERE = "Whoever does this has another shift at that time."
TWO_AT_ONCE = "Somebody else of the group is with the household at that time."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftFilters:
    first: date | None = None
    last: date | None = None
    status: ShiftStatus | None = None


def of_household(uow: UnitOfWork, household_id: UUID, wanted: ShiftFilters) -> Select[Shift]:
    household = uow.get(Household, household_id, to=Permission.ROSTER_READ)
    query = _between(uow, wanted.first, wanted.last).where(Shift.household_id == household.id)
    return query if wanted.status is None else query.where(Shift.status == wanted.status)


def between(uow: UnitOfWork, first: date, last: date) -> Sequence[Shift]:
    """Tell all shifts of some days that the reader may know of, in their order."""
    query = _between(uow, first, last).order_by(Shift.starts_at, Shift.id)
    return uow.all(query.where(Shift.status != ShiftStatus.CANCELLED))


def _between(uow: UnitOfWork, first: date | None, last: date | None) -> Select[Shift]:
    query = uow.select(Shift)
    if first is not None:
        query = query.where(Shift.starts_at >= midnights(first, first, AUCKLAND)[0])
    if last is not None:
        query = query.where(Shift.starts_at < midnights(last, last, AUCKLAND)[1])
    return query


def following(uow: UnitOfWork, shift: Shift) -> Sequence[Shift]:
    """Tell what comes after a shift in its series and is still ahead."""
    query = uow.select(Shift).where(
        Shift.series_id == shift.series_id,
        Shift.series_id.is_not(None),
        Shift.starts_at > shift.starts_at,
        Shift.status.in_(AHEAD),
    )
    return uow.all(query.order_by(Shift.starts_at, Shift.id))


# Who may do it


def own_members(uow: UnitOfWork) -> Sequence[SponsorMember]:
    """Tell the reader's own memberships that count today."""
    query = uow.select(SponsorMember).where(
        SponsorMember.user_id == uow.actor.user_id, trusted_on(uow.today)
    )
    return uow.all(query.order_by(SponsorMember.id))


def spoken_for(uow: UnitOfWork, shift: Shift) -> SponsorMember | None:
    """Find who does a shift, if the reader may say how it goes: oneself, or for who has no account.

    Who leads the group speaks for members without an account, as long as they are trusted.
    """
    query = uow.select(SponsorMember).where(
        SponsorMember.id == shift.member_id, trusted_on(uow.today)
    )
    member = uow.first(query)
    if member is None or member.user_id == uow.actor.user_id:
        return member
    stands_in = member.user_id is None and uow.allows(Permission.ROSTER_LEAD, shift)
    return member if stands_in else None


def fit(uow: UnitOfWork, household_id: UUID, group_id: UUID, day: date) -> Sequence[SponsorMember]:
    """Tell who of a group may be with a household on a day.

    Confirmed, with a vetting that holds today and then, and not kept from this household.
    """
    kept: Select[Any] = select(DenyListed.user_id).where(DenyListed.household_id == household_id)
    query = uow.select(SponsorMember).where(
        SponsorMember.group_id == group_id,
        trusted_on(max(day, uow.today)),
        or_(SponsorMember.user_id.is_(None), SponsorMember.user_id.not_in(kept)),
    )
    query = query.order_by(SponsorMember.name, SponsorMember.id)
    return uow.all(uow.touching(query, DenyListed))


def driver(member: SponsorMember, day: date) -> rules.Driver:
    trusted = member.status is MemberStatus.CONFIRMED
    return rules.Driver(
        licence_until=member.licence_until,
        seats=member.vehicle_seats or 0,
        child_seats=member.child_seats or 0,
        may_drive_children=(
            trusted and member.drives_children and sponsors.holds(member.vetted_until, day)
        ),
    )


def riders(uow: UnitOfWork, shifts: Collection[Shift]) -> Mapping[UUID, rules.Riders]:
    """Count who rides in each lift: those named, or everybody at home on that day."""
    lifts = [shift for shift in shifts if shift.kind is ShiftKind.LIFT]
    homes = stays(uow, {lift.household_id for lift in lifts}) if lifts else {}
    before = uow.use(RosterSettings).child_seat_before
    return {
        lift.id: rules.riders(_born(lift, homes[lift.household_id]), day_of(lift.starts_at), before)
        for lift in lifts
    }


def _born(lift: Shift, at_home: Iterable[Any]) -> list[date]:
    day = day_of(lift.starts_at)
    there = [s for s in at_home if s.joined_on <= day and (s.left_on is None or day < s.left_on)]
    return [s.born_on for s in there if not lift.riders or str(s.person_id) in lift.riders]


def faults_of(uow: UnitOfWork, shift: Shift, member: SponsorMember) -> list[str]:
    """Tell why a member cannot drive this lift; nothing, if they can or it is no lift."""
    if shift.kind is not ShiftKind.LIFT:
        return []
    day = day_of(shift.starts_at)
    return rules.driver_faults(driver(member, day), riders(uow, [shift])[shift.id], day)


# What to think of before


def warnings(uow: UnitOfWork, shifts: Sequence[Shift]) -> Mapping[UUID, tuple[str, ...]]:
    """Warn of each shift that is still ahead, in a constant number of queries."""
    ahead = [shift for shift in shifts if shift.status in AHEAD]
    if not ahead:
        return {}
    others = _meanwhile(uow, ahead)
    known = _members(uow, {shift.member_id for shift in ahead if shift.member_id})
    counted = riders(uow, ahead)
    return {
        shift.id: tuple(_of(shift, others, known.get(shift.member_id), counted.get(shift.id)))
        for shift in ahead
    }


def _of(
    shift: Shift,
    others: Sequence[rules.Slot],
    member: SponsorMember | None,
    who: rules.Riders | None,
) -> Iterable[str]:
    day = day_of(shift.starts_at)
    if shift.member_id is None:
        yield NOBODY
    elif member is None or not sponsors.holds(member.vetted_until, day) or member.left_on:
        yield NOT_FIT
    elif who is not None:
        yield from rules.driver_faults(driver(member, day), who, day)
    if rules.of_member(slot(shift), others):
        yield ELSEWHERE
    if rules.of_household(slot(shift), others):
        yield TWO_AT_ONCE


def _members(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID | None, SponsorMember]:
    found = uow.all(uow.select(SponsorMember).where(SponsorMember.id.in_(ids)))
    return {member.id: member for member in found}


def members_named(uow: UnitOfWork, ids: Collection[UUID]) -> Sequence[SponsorMember]:
    """Fetch members whose names a list of shifts shows, those who left since among them."""
    return uow.all(uow.select(SponsorMember).where(SponsorMember.id.in_(ids)))


def slot(shift: Shift) -> rules.Slot:
    return rules.Slot(shift.id, shift.household_id, shift.member_id, shift.starts_at, shift.ends_at)


def _meanwhile(uow: UnitOfWork, shifts: Sequence[Shift]) -> list[rules.Slot]:
    begins, ends = min(s.starts_at for s in shifts), max(s.ends_at for s in shifts)
    query = uow.select(Shift).where(
        Shift.status.in_((*TAKEN, ShiftStatus.OPEN)),
        Shift.starts_at < ends,
        Shift.ends_at > begins,
    )
    return [slot(shift) for shift in uow.all(query)]


# Hours


@dataclass(frozen=True, slots=True)
class Hours:
    """What a group gave a household in some days: minutes that were counted, and how often."""

    household_id: UUID
    first: date
    last: date
    minutes: int
    shifts: int
    missed: int
    by_kind: Mapping[str, int]


def hours(uow: UnitOfWork, household_id: UUID, first: date, last: date) -> Hours:
    """Count the hours that a group gave a household between two days."""
    household = uow.get(Household, household_id, to=Permission.ROSTER_READ)
    begins, ends = midnights(first, last, AUCKLAND)
    rows = uow.rows(_counted(uow, household.id, begins, ends))
    done = [row for row in rows if row.status is ShiftStatus.DONE]
    return Hours(
        household_id=household.id,
        first=first,
        last=last,
        minutes=sum(row.minutes for row in done),
        shifts=sum(row.shifts for row in done),
        missed=sum(row.shifts for row in rows if row.status is ShiftStatus.MISSED),
        by_kind={row.kind.value: row.minutes for row in done},
    )


def _counted(uow: UnitOfWork, household_id: UUID, begins: datetime, ends: datetime) -> Select[Any]:
    return (
        uow.columns(
            Shift,
            Shift.kind,
            Shift.status,
            func.coalesce(func.sum(Shift.minutes), 0).label("minutes"),
            func.count().label("shifts"),
        )
        .where(
            Shift.household_id == household_id, Shift.starts_at >= begins, Shift.starts_at < ends
        )
        .group_by(Shift.kind, Shift.status)
        .order_by(Shift.kind, Shift.status)
    )
