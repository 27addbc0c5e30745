"""What people ask of this chapter, as they asked it. Where None may stand, it leaves as is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.placements.models import (
    AnswerMethod,
    CheckStatus,
    Feature,
    LandlordKind,
    PlacementKind,
    RentPaidBy,
    Tenure,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDwelling:
    location: str
    address: str
    bedrooms: int
    tenure: Tenure
    household_id: UUID | None = None
    directions: str | None = None
    tenancy_from: date | None = None
    tenancy_to: date | None = None
    weekly_rent: str | None = None
    bond: str | None = None
    rent_paid_by: RentPaidBy | None = None
    landlord_kind: LandlordKind | None = None
    landlord: str | None = None
    step_free: bool = False
    features: Sequence[Feature] = ()
    healthy_homes_seen: bool = False
    heating: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDwelling:
    """`no_end` says that the tenancy goes on until somebody gives notice."""

    no_end: bool = False
    household_id: UUID | None = None
    address: str | None = None
    directions: str | None = None
    bedrooms: int | None = None
    tenure: Tenure | None = None
    tenancy_from: date | None = None
    tenancy_to: date | None = None
    weekly_rent: str | None = None
    bond: str | None = None
    rent_paid_by: RentPaidBy | None = None
    landlord_kind: LandlordKind | None = None
    landlord: str | None = None
    step_free: bool | None = None
    features: Sequence[Feature] | None = None
    healthy_homes_seen: bool | None = None
    heating: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellNeed:
    told_on: date
    step_free: bool = False
    features: Sequence[Feature] = ()
    weekly_income: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedItem:
    item_code: str
    status: CheckStatus
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckHouse:
    items: Sequence[CheckedItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePlacement:
    kind: PlacementKind
    start_on: date
    location: str | None = None
    dwelling_id: UUID | None = None
    end_on: date | None = None
    provider: str | None = None
    group_id: UUID | None = None
    received_by: str = ""
    reason: str | None = None
    ends_current: bool = False
    override: bool = False


@dataclass(frozen=True, slots=True)
class EndPlacement:
    end_on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RecordArrival:
    arrived_on: date


@dataclass(frozen=True, slots=True)
class MoveAnchor:
    anchor: str
    to: date


@dataclass(frozen=True, slots=True)
class ProposeSponsorship:
    group_id: UUID
    route: str


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    person_id: UUID
    agrees: bool
    method: AnswerMethod
    answered_on: date
    language: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class DeclineProposal:
    """`reason` is a code of the list of reasons for which groups say no."""

    reason: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class GiveReason:
    reason: str


@dataclass(frozen=True, slots=True)
class EndSponsorship:
    ending_kind: str
    ended_on: date
    reasons: Sequence[str] = ()
    note: str | None = None
