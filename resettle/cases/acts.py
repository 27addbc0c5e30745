"""What people ask of cases: commands, each made by one schema or by the import."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.cases.models import AssignmentKind, LinkKind, Mode, Source
from resettle.cases.papers import DecisionKind, ItemStatus
from resettle.households.acts import UNSET, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A case of a programme. Left out, its size is the household's, and its day is today."""

    programme_code: str
    source: Source
    route: str | None = None
    stage: str | None = None
    opened_on: date | None = None
    case_number: str | None = None
    case_size: int | None = None
    category_1: str | None = None
    category_2: str | None = None
    priority: str | None = None
    subcategory: str | None = None
    programme_year: str | None = None
    region: str | None = None
    submitted_on: date | None = None
    nominated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCase:
    """What is recorded on the way, for the moves to ask for."""

    application_no: str | Unset | None = UNSET
    case_size: int | Unset = UNSET
    category_1: str | Unset | None = UNSET
    category_2: str | Unset | None = UNSET
    priority: str | Unset | None = UNSET
    subcategory: str | Unset | None = UNSET
    programme_year: str | Unset | None = UNSET
    region: str | Unset | None = UNSET
    submitted_on: date | Unset | None = UNSET
    received_on: date | Unset | None = UNSET
    nominated_on: date | Unset | None = UNSET
    eoi_received_on: date | Unset | None = UNSET
    processing_mode: Mode | Unset | None = UNSET
    interview_planned_on: date | Unset | None = UNSET
    interviewed_on: date | Unset | None = UNSET
    interviewer: str | Unset | None = UNSET
    interview_interpreter: str | Unset | None = UNSET
    lodged_on: date | Unset | None = UNSET
    travel_on: date | Unset | None = UNSET
    reception_left_on: date | Unset | None = UNSET
    early_exit_agreed_on: date | Unset | None = UNSET
    relocation_outcome: str | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCase:
    """A move to a stage. `reason` is a code of the list that the stage asks from."""

    to: str
    on: date
    override_reason: str | None = None
    reason: str | None = None
    note: str | None = None
    review_on: date | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCase:
    reason: str
    review_on: date
    on: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendHold:
    review_on: date
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCase:
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDecision:
    kind: DecisionKind
    decided_on: date
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCheck:
    checked_on: date
    result: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordApplicant:
    """What is known of the principal applicant, for the rules of the programme."""

    english_assessed_on: date | Unset | None = UNSET
    basic_english: bool | Unset | None = UNSET
    work_years: int | Unset | None = UNSET
    tertiary_years: int | Unset | None = UNSET
    mandate_confirmed: bool | Unset | None = UNSET
    other_category: bool | Unset | None = UNSET
    asylum_country: str | Unset | None = UNSET
    region_accepted: bool | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerItem:
    status: ItemStatus
    note: str | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCase:
    kind: LinkKind
    linked_case_id: UUID | None = None
    linked_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignCaseworker:
    user_id: UUID
    kind: AssignmentKind
    from_on: date
    until_on: date | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAssignment:
    until_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassign:
    """Several households that one caseworker takes over, helps with, or covers, from a day on."""

    household_ids: Sequence[UUID]
    user_id: UUID
    kind: AssignmentKind = AssignmentKind.PRIMARY
    from_on: date
    until_on: date | None = None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Assignments that were just made, and are to be undone."""

    assignment_ids: Sequence[UUID]
