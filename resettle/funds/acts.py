"""What people ask of the ledger, as they asked it. Amounts are whole cents."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.funds.rules import Category, Kind, Valuation


@dataclass(frozen=True, slots=True)
class MakePledge:
    amount: int
    first_on: date
    pledged_on: date
    months: int = 1
    pledger: str | None = None
    note: str | None = None
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Something is refused or taken back, with the reason why."""

    reason: str


@dataclass(frozen=True, slots=True)
class RecordGift:
    kind: Kind
    amount: int
    happened_on: date
    category: Category | None = None
    valuation: Valuation | None = None
    donor: str | None = None
    note: str | None = None
    pledge_id: UUID | None = None
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ClaimSpending:
    """What the one who records it has spent."""

    amount: int
    category: Category
    happened_on: date
    payee: str | None = None
    note: str | None = None
    no_receipt: str | None = None
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSpending(ClaimSpending):
    """The same of any member of the group, recorded by the treasurer."""

    member_id: UUID


@dataclass(frozen=True, slots=True)
class RecordRefund:
    amount: int
    happened_on: date
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SetBudget:
    category: Category
    amount: int
    household_id: UUID | None = None
