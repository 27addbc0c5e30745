"""What has happened to two records of one person."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class HouseholdEmptied(Event):
    """The last one at home in a household turned out to be on record, and at home, elsewhere."""

    household_id: UUID


@dataclass(frozen=True, slots=True)
class HouseholdFilled(Event):
    """Records are two again, so that somebody is at home again where nobody was."""

    household_id: UUID
