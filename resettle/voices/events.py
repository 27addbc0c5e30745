"""What has happened to a family's words."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class FamilySpoke(Event):
    voice_id: UUID


@dataclass(frozen=True, slots=True)
class FamilyAnswered(Event):
    voice_id: UUID
