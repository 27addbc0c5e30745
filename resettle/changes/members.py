"""People who come and go one by one, each of them a change that is told and can be undone."""

import json
from uuid import UUID

from resettle.changes import acts, service
from resettle.changes.models import HouseholdChange
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import RecordDeparture
from resettle.households.models import HouseholdMember

STAY = HouseholdMember.__tablename__


def take_in(
    uow: UnitOfWork, household_id: UUID, act: acts.Birth | acts.Newcomer
) -> HouseholdMember:
    """Record a birth, or that somebody joins, and give their stay."""
    uow.require(Permission.HOUSEHOLD_CHANGE)
    change = service.record(uow, household_id, act)
    return uow.get(HouseholdMember, _made(change), to=Permission.HOUSEHOLD_CHANGE)


def _made(change: HouseholdChange) -> UUID:
    rows = json.loads(change.journal or "[]")
    return next(UUID(row["id"]) for row in rows if row["made"] and row["table"] == STAY)


def preview_departure(uow: UnitOfWork, member_id: UUID, left: RecordDeparture) -> service.Preview:
    """Tell what would follow if somebody left or died, without letting them."""
    member = uow.edit(HouseholdMember, member_id, to=Permission.HOUSEHOLD_CHANGE)
    departure = acts.Departure(member_id=member.id, left=left)
    return service.preview(uow, member.household_id, departure)


def let_go(uow: UnitOfWork, member_id: UUID, left: RecordDeparture) -> HouseholdMember:
    """Record that somebody leaves or dies, if nobody has changed their stay since it was seen."""
    member = uow.edit(HouseholdMember, member_id, to=Permission.HOUSEHOLD_CHANGE)
    service.record(uow, member.household_id, acts.Departure(member_id=member.id, left=left))
    return member
