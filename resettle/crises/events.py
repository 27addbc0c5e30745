"""What has happened to crises."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class HouseholdsStruck(Event):
    """A crisis concerns these households, whoever looks after them."""

    crisis_id: UUID
    household_ids: tuple[UUID, ...]
