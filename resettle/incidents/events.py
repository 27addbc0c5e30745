"""What has happened to incidents."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class IncidentReported(Event):
    """Somebody reported an incident; who looks after it is not decided yet."""

    incident_id: UUID
    household_id: UUID
