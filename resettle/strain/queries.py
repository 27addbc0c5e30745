"""Questions about a group under strain: the evidence, what was noted, which messages wait."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds import totals
from resettle.households.models import Household
from resettle.placements.models import Sponsorship
from resettle.placements.seen import supporting
from resettle.pulses.definition import PulseSettings
from resettle.pulses.queries import spreads as pulse_spreads
from resettle.sponsors.models import SponsorGroup
from resettle.strain import counts, rules
from resettle.strain.definition import StrainSettings
from resettle.strain.models import GroupMessage, GroupMessageReading, SupervisionNote
from resettle.strain.rules import Home, Line, Sign

MOST = 50
DAY = timedelta(days=1)
NOTE_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "written": (SupervisionNote.written_at.expression,)
}
MESSAGE_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "sent": (GroupMessage.sent_at.expression,)
}


def evidence(uow: UnitOfWork, group_id: UUID) -> Sequence[Line]:
    """Tell what is on record of a group, household by household, as far as the reader works there.

    Sums of money are for those who may know them; the other lines for whoever reads this.
    """
    group = uow.get(SponsorGroup, group_id, to=Permission.STRAIN_READ)
    homes = _homes(uow, group.id)
    ids = {home.id for home in homes}
    return [*_of_homes(uow, group.id, homes, ids), *_of_group(uow, group, ids)]


def _homes(uow: UnitOfWork, group_id: UUID) -> Sequence[Home]:
    columns: tuple[Any, ...] = (
        *(Household.id, Household.reference, Household.arrived_on),
        *(Sponsorship.confirmed_on, Sponsorship.proposed_on),
    )
    query = (
        uow.columns(Sponsorship, *columns)
        .join(Household, Household.id == Sponsorship.household_id)
        .where(Sponsorship.group_id == group_id, supporting(uow))
        .order_by(Household.reference, Sponsorship.id)
        .limit(MOST)
    )
    return [
        Home(row.id, row.reference, row.arrived_on or row.confirmed_on or row.proposed_on)
        for row in uow.rows(uow.along(query, Household))
    ]


def _of_homes(
    uow: UnitOfWork, group_id: UUID, homes: Sequence[Home], ids: set[UUID]
) -> Iterator[Line]:
    known = uow.use(StrainSettings)
    now, before = _spans(uow)
    last = counts.last_contacts(uow, group_id, ids)
    missed = [counts.missed(uow, group_id, ids, days) for days in (now, before)]
    late = (
        (Sign.TASKS, counts.tasks_late(uow, group_id, ids), known.task_days_late),
        (Sign.REPORTS, counts.reports_late(uow, group_id, ids), known.report_days_late),
    )
    for home in homes:
        yield rules.contact(home, last.get(home.id), uow.today, known.days_without_contact)
        counted = [found.get(home.id, 0) for found in missed]
        yield rules.shifts(home, counted[0], counted[1], now[0], known.shifts_missed)
        for sign, found, limit in late:
            one = found.get(home.id)
            count, oldest = (one.count, one.oldest) if one else (0, None)
            yield rules.late(home, sign, count, oldest, (uow.today, limit))


def _of_group(uow: UnitOfWork, group: SponsorGroup, ids: set[UUID]) -> Iterator[Line]:
    known = uow.use(StrainSettings)
    now, before = _spans(uow)
    active = [counts.active(uow, group.id, ids, days) for days in (now, before)]
    yield rules.members(active[0], active[1], now[0], known.members_left_percent)
    since, spreads = pulse_spreads(uow, group.id)
    for each in spreads:
        yield rules.pulse(each, since, uow.use(PulseSettings).low_percent)
    if uow.allows(Permission.FUNDS_TOTALS, group):
        sums = totals.balances(uow, group.id)
        first = counts.pledged_since(uow, group.id)
        yield rules.money(sums.spent, sums.pledged, first, known.spent_percent)


def _spans(uow: UnitOfWork) -> tuple[tuple[date, date], tuple[date, date]]:
    """Give the days that are counted, and as many before them."""
    begins = uow.today - uow.use(StrainSettings).span + DAY
    return (begins, uow.today), (begins - uow.use(StrainSettings).span, begins - DAY)


def notes(uow: UnitOfWork, group_id: UUID) -> Select[SupervisionNote]:
    group = uow.get(SponsorGroup, group_id, to=Permission.SUPERVISION_READ)
    uow.unlock([group.id])
    return uow.select(SupervisionNote).where(SupervisionNote.group_id == group.id)


def newest_notes(uow: UnitOfWork, group_id: UUID) -> Sequence[SupervisionNote]:
    query = notes(uow, group_id).order_by(SupervisionNote.written_at.desc(), SupervisionNote.id)
    return uow.all(query.limit(MOST))


def messages(uow: UnitOfWork) -> Select[GroupMessage]:
    """List the messages to groups that the reader may know of."""
    uow.require(Permission.GROUP_MESSAGE_READ)
    return uow.select(GroupMessage)


def newest_messages(uow: UnitOfWork) -> Sequence[GroupMessage]:
    query = messages(uow).order_by(GroupMessage.sent_at.desc(), GroupMessage.id)
    return uow.all(query.limit(MOST))


def waiting(uow: UnitOfWork) -> Sequence[GroupMessage]:
    """Tell which messages the reader has not read: the newest first, none that is long past."""
    if not uow.allows(Permission.GROUP_MESSAGE_READ):
        return []
    read = uow.subquery(GroupMessageReading, GroupMessageReading.group_message_id).where(
        GroupMessageReading.user_id == uow.actor.user_id
    )
    since = uow.now - uow.use(StrainSettings).message_shown
    query = messages(uow).where(GroupMessage.id.not_in(read), GroupMessage.sent_at >= since)
    query = query.order_by(GroupMessage.sent_at.desc(), GroupMessage.id).limit(MOST)
    return uow.all(uow.touching(query, GroupMessageReading))


def reading_of(uow: UnitOfWork, message_id: UUID) -> GroupMessageReading | None:
    return uow.first(
        uow.select(GroupMessageReading).where(
            GroupMessageReading.group_message_id == message_id,
            GroupMessageReading.user_id == uow.actor.user_id,
        )
    )
