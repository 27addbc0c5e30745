"""What people ask of incidents: commands, each made by one schema."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from resettle.households.acts import UNSET, Unset
from resettle.incidents.models import IncidentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TellAgency:
    """An agency was told, at a moment."""

    agency: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIncident:
    kind: IncidentKind
    severity: int
    happened_on: date
    text: str
    immediate_safety: str | None = None
    notified: list[TellAgency] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeIncident:
    severity: int | Unset = UNSET
    owner_id: UUID | Unset = UNSET
    immediate_safety: str | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something to be done because of an incident."""

    title: str
    due_on: date
    detail: str | None = None
    assignee_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIncident:
    outcome: str
    closed_on: date
