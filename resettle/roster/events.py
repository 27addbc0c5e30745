"""What happens to lifts that caseworkers have asked a group for."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class DriverFound(Event):
    """A lift to an appointment has a driver, or has lost the one that it had."""

    shift_id: UUID
    appointment_id: UUID
