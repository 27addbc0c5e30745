"""What has happened in the ledger."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Event):
    household_id: UUID
    person_id: UUID
    purpose: str
    item: str
    recipient_id: UUID | None
