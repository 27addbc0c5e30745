"""What happened in the release path."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class ReleaseAsked(Event):
    """Somebody asked for figures: they are made before the answer leaves."""

    release_id: UUID
