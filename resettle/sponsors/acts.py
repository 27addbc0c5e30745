"""What people ask of this chapter, as they asked it. Where None may stand, it leaves as is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.sponsors.models import ItemStatus, TrainingModule, VettingOutcome, VettingReason


@dataclass(frozen=True, slots=True)
class CreateGroup:
    legal_name: str
    entity_type: str
    location: str
    programme: str
    trading_name: str = ""
    registration_no: str = ""
    about: str = ""
    contact_email: str | None = None
    contact_phone: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateGroup:
    trading_name: str | None = None
    registration_no: str | None = None
    location: str | None = None
    about: str | None = None
    contact_email: str | None = None
    contact_phone: str | None = None


@dataclass(frozen=True, slots=True)
class ApproveGroup:
    max_persons: int
    max_households: int
    routes: Sequence[str]
    decided_on: date
    note: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class MoveGroup:
    to: str
    reason: str = ""
    override: bool = False
    reason_code: str | None = None
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class RecordStep:
    fact: str
    done_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class AddMember:
    name: str
    roles: Sequence[str]
    joined_on: date
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class UpdateMember:
    roles: Sequence[str] | None = None
    skills: Sequence[str] | None = None
    languages: Sequence[str] | None = None
    availability: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class RecordVetting:
    outcome: VettingOutcome
    agreed_on: date
    requested_on: date
    decided_on: date | None = None
    reason_code: VettingReason | None = None


@dataclass(frozen=True, slots=True)
class RecordTraining:
    module: TrainingModule
    completed_on: date
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class SignDeed:
    signed_on: date
    effective_from: date
    effective_to: date | None = None
    report_days: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class ReviseDeed:
    effective_to: date | None = None
    report_days: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class EndDeed:
    terminated_on: date


@dataclass(frozen=True, slots=True)
class RecordItem:
    status: ItemStatus
    note: str = ""
    evidence: str = ""
    done_on: date | None = None
