"""What waits for members of sponsor groups and for managers, or runs out, as the reader sees it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from resettle.core.actor import SPONSORS, Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.messages.queries import waiting as unread_threads
from resettle.notifications import rules
from resettle.notifications.models import GroupReminder
from resettle.notifications.queries import NO_DAY
from resettle.notifications.rules import Kind
from resettle.settings import Settings
from resettle.sponsors.models import Deed, SponsorGroup, SponsorMember, Training
from resettle.sponsors.queries import confirmed
from resettle.strain.queries import waiting as unread_messages

MOST = 200
OF_GROUPS = frozenset({*SPONSORS, Role.PROGRAMME_MANAGER})
SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "newest": (GroupReminder.made_at.expression,)
}
# So long after it was written a message is told of; older ones wait on the page alone.
LATELY = timedelta(days=14)
OVER = frozenset({"DECLINED", "ENDED", "WITHDRAWN", "ALUMNI", "DORMANT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell; without a day it is told once and for all."""

    kind: Kind
    subject_id: UUID
    group_id: UUID | None = None
    household_id: UUID | None = None
    due_on: date = NO_DAY
    stage: int = 0
    reference: str = ""

    @property
    def key(self) -> tuple[str, UUID, date, int]:
        return (self.kind.value, self.subject_id, self.due_on, self.stage)

    @property
    def path(self) -> str:
        return path_of(self.kind, self.group_id, self.household_id)


def path_of(kind: Kind, group_id: UUID | None, household_id: UUID | None) -> str:
    """Name the page on which something is to be done about it."""
    match kind:
        case Kind.THREAD:
            return f"/households/{household_id}/thread"
        case Kind.GROUP_MESSAGE:
            return "/our-week"
        case _:
            return f"/sponsor-groups/{group_id}"


def notices(uow: UnitOfWork) -> Sequence[Notice]:
    """Tell what waits for the reader or runs out, of what the reader may know."""
    if uow.actor.role in SPONSORS:
        return [*_threads(uow), *_messages(uow), *_running_out(uow)]
    return [*_running_out(uow)] if uow.actor.role is Role.PROGRAMME_MANAGER else []


def _threads(uow: UnitOfWork) -> Iterator[Notice]:
    found = unread_threads(uow, uow.now - LATELY)
    query = uow.select(Household).where(Household.id.in_([row.household_id for row in found]))
    homes = {home.id: home for home in uow.all(query)}
    for row in found:
        home = homes.get(row.household_id)
        if home is not None and uow.allows(Permission.THREAD_READ, home):
            yield Notice(
                kind=Kind.THREAD,
                subject_id=row.id,
                group_id=row.group_id,
                household_id=home.id,
                reference=home.reference,
            )


def _messages(uow: UnitOfWork) -> Iterator[Notice]:
    for message in unread_messages(uow):
        yield Notice(kind=Kind.GROUP_MESSAGE, subject_id=message.id)


def _running_out(uow: UnitOfWork) -> Iterator[Notice]:
    """Tell what runs out: all of a group to who leads it, to a member what is theirs."""
    yield from _notices(uow, Kind.VETTING, _vettings(uow))
    yield from _notices(uow, Kind.TRAINING, _trainings(uow))
    if uow.actor.role is not Role.SPONSOR_MEMBER:
        yield from _notices(uow, Kind.APPROVAL, _approvals(uow))
        yield from _notices(uow, Kind.DEED, _deeds(uow))


Ending = tuple[UUID, UUID, date]


def _notices(uow: UnitOfWork, kind: Kind, found: Sequence[Ending]) -> Iterator[Notice]:
    for id_, group_id, until in found:
        stage = rules.stage(until, uow.today)
        if stage is not None:
            yield Notice(kind=kind, subject_id=id_, group_id=group_id, due_on=until, stage=stage)


def _vettings(uow: UnitOfWork) -> Sequence[Ending]:
    """Find vettings of members that run out; a newer outcome has moved the day."""
    until = SponsorMember.vetted_until
    query = uow.columns(SponsorMember, SponsorMember.id, SponsorMember.group_id, until)
    query = _of_members(uow, query).where(until.between(uow.today, _last(uow)))
    found = uow.rows(query.order_by(until, SponsorMember.id).limit(MOST))
    return [(row.id, row.group_id, row.vetted_until) for row in found]


def _trainings(uow: UnitOfWork) -> Sequence[Ending]:
    """Find trainings that are to be done again; done again, the row has a later day."""
    years, day = uow.use(Settings).training_valid_years, Training.completed_on
    query = uow.columns(Training, Training.id, Training.group_id, day).join(
        SponsorMember, SponsorMember.id == Training.member_id
    )
    query = _of_members(uow, uow.along(query, SponsorMember)).where(
        day.between(rules.years_after(uow.today, -years), rules.years_after(_last(uow), -years))
    )
    found = uow.rows(query.order_by(day, Training.id).limit(MOST))
    return [(row.id, row.group_id, rules.years_after(row.completed_on, years)) for row in found]


def _of_members(uow: UnitOfWork, query: Select[Any]) -> Select[Any]:
    """Keep members who count, of groups that go on; to a member, that member alone."""
    query = query.join(SponsorGroup, SponsorGroup.id == SponsorMember.group_id)
    query = uow.along(query, SponsorGroup).where(confirmed(), SponsorGroup.status.not_in(OVER))
    if uow.actor.role is Role.SPONSOR_MEMBER:
        query = query.where(SponsorMember.user_id == uow.actor.user_id)
    return query


def _approvals(uow: UnitOfWork) -> Sequence[Ending]:
    until = SponsorGroup.approved_until
    query = uow.columns(SponsorGroup, SponsorGroup.id, until).where(
        until.between(uow.today, _last(uow)), SponsorGroup.status.not_in(OVER)
    )
    found = uow.rows(query.order_by(until, SponsorGroup.id).limit(MOST))
    return [(row.id, row.id, row.approved_until) for row in found]


def _deeds(uow: UnitOfWork) -> Sequence[Ending]:
    """Find deeds that run out and that no other deed of the group goes on from."""
    until, later = Deed.effective_to, aliased(Deed)
    goes_on = (
        select(later.id)
        .where(
            later.group_id == Deed.group_id,
            later.id != Deed.id,
            later.terminated_on.is_(None),
            or_(later.effective_to.is_(None), later.effective_to > until),
        )
        .exists()
    )
    query = uow.columns(Deed, Deed.id, Deed.group_id, until).join(
        SponsorGroup, SponsorGroup.id == Deed.group_id
    )
    query = uow.along(query, SponsorGroup).where(
        until.between(uow.today, _last(uow)),
        Deed.terminated_on.is_(None),
        SponsorGroup.status.not_in(OVER),
        ~goes_on,
    )
    found = uow.rows(query.order_by(until, Deed.id).limit(MOST))
    return [(row.id, row.group_id, row.effective_to) for row in found]


def _last(uow: UnitOfWork) -> date:
    return uow.today + timedelta(days=max(rules.AHEAD))


def told(uow: UnitOfWork, *, unread: bool) -> Select[GroupReminder]:
    """List what the reader was told, of groups that they may still know of."""
    uow.require(Permission.REMINDER_OWN)
    about = GroupReminder.group_id
    groups = {row.group_id for row in uow.rows(uow.columns(GroupReminder, about).distinct())}
    query = uow.columns(SponsorGroup, SponsorGroup.id).where(SponsorGroup.id.in_(groups))
    known = [row.id for row in uow.rows(query)]
    query = uow.select(GroupReminder).where(or_(about.is_(None), about.in_(known)))
    return query.where(GroupReminder.read_at.is_(None)) if unread else query
