"""What people ask of the board, as they asked it."""

from dataclasses import dataclass
from uuid import UUID

from resettle.proposals.models import StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """`place_id` is where to, or which place is ruled out; none is needed to lift what holds."""

    household_id: UUID
    kind: StepKind
    place_id: UUID | None = None
    reason_code: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """`place_id` must be the place that the board shows now: nobody decides unseen."""

    household_id: UUID
    place_id: UUID
    reason_code: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    reason: str
