"""What people ask of milestones: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.milestones.models import EvidenceType


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMet:
    """Met on a real day, which may lie back; late takes a reason."""

    met_on: date
    reason: str | None = None
    evidence_type: EvidenceType | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class GiveReason:
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBlocker:
    blocker: str
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDue:
    """Set the day by hand, or with None let it follow the rule again."""

    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewAnchor:
    anchor: str
    to: date
