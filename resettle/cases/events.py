"""What has happened to a case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class StageMoved(Event):
    """A case entered a stage; `reason` is a code of the list that the stage asks from."""

    case_id: UUID
    household_id: UUID
    from_stage: str | None
    to_stage: str
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class TravelPlanned(Event):
    """The day of travel is known, has moved, or is known no longer (None)."""

    household_id: UUID
    travel_on: date | None


@dataclass(frozen=True, slots=True)
class CaseworkerAssigned(Event):
    household_id: UUID
    user_id: UUID
    kind: str
    from_on: date
