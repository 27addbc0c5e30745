"""What people ask of incidents: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.incidents.models import IncidentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIncident:
    kind: IncidentKind
    severity: int
    happened_on: date
    text: str
    immediate_safety: str | None = None
    notified: str | None = None
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIncident:
    outcome: str
    closed_on: date
