"""Questions about the changes of a household."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select

from resettle.changes.models import HouseholdChange
from resettle.core.clock import day_of
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.settings import Settings

SORTS: Mapping[str, tuple[ColumnElement[date], ...]] = {
    "happened": (HouseholdChange.happened_on.expression,)
}
TITLES: Mapping[str, str] = {
    "birth": "Birth",
    "death": "Death",
    "marriage": "Marriage",
    "separation": "Separation",
    "split": "Household split in two",
    "join": "Two households joined",
    "move": "Move",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it is shown, with what it did in words, and until when it can be undone."""

    id: UUID
    household_id: UUID
    kind: str
    title: str
    happened_on: date
    recorded_at: datetime
    recorded_by: UUID | None
    lines: Sequence[Mapping[str, str]]
    undone_at: datetime | None
    undo_until: date | None
    version: int


def of_household(uow: UnitOfWork, household_id: UUID) -> Select[HouseholdChange]:
    household = uow.get(Household, household_id, to=Permission.TIMELINE_READ)
    return uow.select(HouseholdChange).where(HouseholdChange.household_id == household.id)


def tell(uow: UnitOfWork, change: HouseholdChange) -> Told:
    last = day_of(change.created_at) + timedelta(days=uow.use(Settings).undo_days)
    may_undo = change.part_of is None and change.undone_at is None and uow.today <= last
    return Told(
        id=change.id,
        household_id=change.household_id,
        kind=str(change.kind),
        title=TITLES[str(change.kind)],
        happened_on=change.happened_on,
        recorded_at=change.created_at,
        recorded_by=change.created_by,
        lines=json.loads(change.lines or "[]"),
        undone_at=change.undone_at,
        undo_until=last if may_undo else None,
        version=change.version,
    )
