"""What people ask about the upkeep of a house: commands, each made by one schema."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from resettle.placements.acts import CheckedItem
from resettle.upkeep.models import DefectKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDefect:
    kind: DefectKind
    text: str
    reported_on: date
    landlord: str | None = None
    due_on: date | None = None


class Step(StrEnum):
    """How far it is with a defect."""

    TOLD = "told"
    MENDED = "mended"


@dataclass(frozen=True, slots=True)
class TickHouse:
    items: Sequence[CheckedItem]


@dataclass(frozen=True, slots=True)
class SeenItem:
    item_code: str
    version: int


@dataclass(frozen=True, slots=True)
class ConfirmChecks:
    items: Sequence[SeenItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOurs:
    kind: DefectKind
    said: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Follow:
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class MendDefect:
    mended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RateHouse:
    rated_on: date
    warm: int
    dry: int
    safe: int
    affordable: int
    enough_space: int
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBill:
    amount: str
    days: int
    billed_on: date
    cold: bool = False
