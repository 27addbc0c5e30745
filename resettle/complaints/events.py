"""What has happened to complaints."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class ComplaintMade(Event):
    complaint_id: UUID


@dataclass(frozen=True, slots=True)
class ComplaintAcknowledged(Event):
    complaint_id: UUID
