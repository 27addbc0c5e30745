"""What has happened in matching."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class RunAsked(Event):
    """Somebody asked for a run: its facts are to be frozen, whoever may see each of them.

    Without `waited_for` it goes on as a job, however small it is.
    """

    run_id: UUID
    waited_for: bool = True
