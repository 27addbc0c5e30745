"""What people ask of many cases at once: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Way(StrEnum):
    HOLD = "hold"
    EXTEND = "extend"
    RELEASE = "release"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which cases are looked at, and what would be done with them."""

    way: Way = Way.HOLD
    stage: str | None = None
    location: str | None = None
    review_on: date | None = None
    moves_travel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DoMany:
    """Do one thing with these cases. To hold takes a reason; all but a release a later day."""

    way: Way
    case_ids: list[UUID]
    reason: str | None = None
    note: str | None = None
    review_on: date | None = None
    moves_travel: bool = False
