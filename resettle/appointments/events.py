"""What has happened to appointments."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class AppointmentChanged(Event):
    """An appointment is at another time, for others, or was called off or put off."""

    appointment_id: UUID
