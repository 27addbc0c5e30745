"""What was decided of who is offered which place."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class PlaceDecided(Event):
    decision_id: UUID
    household_id: UUID
    place_id: UUID


@dataclass(frozen=True, slots=True)
class PlaceDeclined(Event):
    """A place that was offered is not taken: by whom not, the code says."""

    decision_id: UUID
    household_id: UUID
    reason: str
