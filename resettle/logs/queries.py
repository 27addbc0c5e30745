"""Questions about the log."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.core.actor import SPONSORS
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.logs.models import LogEntry
from resettle.placements.models import Sponsorship, SponsorshipStatus

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "-written": (LogEntry.created_at.expression,)
}


def entries(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List what was written down about a household, as far as it was meant for the reader."""
    household = uow.get(Household, household_id, to=Permission.SHARED_NOTE_READ)
    return uow.select(LogEntry).where(LogEntry.household_id == household.id)


def supporting(uow: UnitOfWork, household_id: UUID) -> UUID | None:
    """Name the group that supports a household now; for sponsors, which of their own."""
    match = Sponsorship
    query = uow.select(match).where(
        match.household_id == household_id,
        match.status == SponsorshipStatus.CONFIRMED,
        match.ended_on.is_(None),
    )
    if uow.actor.role in SPONSORS:
        query = query.where(match.group_id.in_(uow.actor.group_ids))
    found = uow.first(query.order_by(match.id))
    return None if found is None else found.group_id
