"""What has happened to a change."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class ChangeTakenBack(Event):
    """Somebody who may has undone a change; its journal is still to be played backwards."""

    change_id: UUID


@dataclass(frozen=True, slots=True)
class ProviderChanged(Event):
    """Another provider has a household from today on."""

    household_id: UUID
    before: str | None
    provider: str


@dataclass(frozen=True, slots=True)
class LinesSettled(Event):
    """A change has closed what somebody may have been reminded of, or taken it to another file."""

    closed: frozenset[UUID]
    carried: Mapping[UUID, UUID]
