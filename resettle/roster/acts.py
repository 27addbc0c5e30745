"""What people ask of the roster: commands, each made by one schema."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from resettle.households.acts import UNSET, Unset
from resettle.roster.models import ShiftKind
from resettle.tasks.models import Category, HandoverLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class AddShift:
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    words: str | None = None
    place: str | None = None
    rider_ids: Sequence[UUID] = ()
    member_id: UUID | None = None
    every_weeks: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeShift:
    starts_at: datetime | Unset = UNSET
    ends_at: datetime | Unset = UNSET
    words: str | Unset | None = UNSET
    place: str | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignShift:
    member_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelShift:
    """`following`: and those that come after it in its series."""

    reason: str
    following: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveShift:
    """How it went. Minutes only where nobody said when they arrived."""

    went: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForLift:
    """What caseworkers tell a group of an appointment: as little as a driver has to know."""

    words: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCar:
    licence_until: date | None = None
    vehicle_seats: int | None = None
    child_seats: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGroupTask:
    title: str
    category: Category
    due_on: date
    handover: HandoverLevel = HandoverLevel.WE_DO
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroupTask:
    """What is not told stays as it is."""

    member_id: UUID | None = None
    handover: HandoverLevel | None = None
