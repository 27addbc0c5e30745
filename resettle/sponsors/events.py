"""What has happened to a sponsor group."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.events import Event


@dataclass(frozen=True, slots=True)
class GroupBrokenOff(Event):
    """The group was suspended or ended, so each of its households needs somebody to look."""

    group_id: UUID
    status: str


@dataclass(frozen=True, slots=True)
class MemberWentAway(Event):
    """Somebody has left a group, so what stands in their name needs somebody else."""

    group_id: UUID
    member_id: UUID
