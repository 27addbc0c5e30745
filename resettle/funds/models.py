"""The ledger of a sponsor group: entries that are never changed, pledges, receipts, a budget.

Amounts are whole cents and of no household: who gave, to whom it was paid and what was noted are
sealed under the group's key.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedContent, SealedEntity
from resettle.documents.rules import HELD_BACK
from resettle.documents.rules import State as Hold
from resettle.funds.rules import Category, Kind, State, Valuation

HELD = Held(about="", kept="sponsor_group", export="never")
GROUP = "sponsor_group.id"


class Pledge(Record, SealedEntity):
    """What somebody has promised to a group: once, or the same amount on each of some months."""

    __tablename__ = "fund_pledge"
    __table_args__ = (
        CheckConstraint("cents > 0", name="cents"),
        CheckConstraint("months BETWEEN 1 AND 60", name="months"),
    )
    sealed_by = "group_id"
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey(GROUP), index=True, info=OPS)
    household_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=OPS
    )
    pledger = Sealed(DataClass.FIN)
    cents: Mapped[int] = mapped_column(info=OPS)
    months: Mapped[int] = mapped_column(default=1, info=OPS)
    pledged_on: Mapped[date] = mapped_column(info=OPS)
    first_on: Mapped[date] = mapped_column(info=OPS)
    note = Sealed(DataClass.FIN)
    withdrawn_on: Mapped[date | None] = mapped_column(info=OPS)
    reason = Sealed(DataClass.FIN)

    @property
    def total(self) -> int:
        return self.cents * self.months


class FundEntry(Record, SealedEntity):
    """One line of the ledger. What was recorded stands: an error is taken back by a counter-entry.

    `reverses_id` names what a counter-entry takes back, with the same amount below nothing;
    `refunds_id` names the spending of which money came back. `member_id` is who spent it.
    """

    __tablename__ = "fund_entry"
    __table_args__ = (
        CheckConstraint(
            "(reverses_id IS NULL AND cents > 0) OR (reverses_id IS NOT NULL AND cents < 0)",
            name="cents",
        ),
        Index("ix_fund_entry_group_id_happened_on", "group_id", "happened_on"),
    )
    sealed_by = "group_id"
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey(GROUP), info=OPS)
    household_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=OPS
    )
    kind: Mapped[Kind] = mapped_column(info=OPS)
    category: Mapped[Category | None] = mapped_column(info=OPS)
    happened_on: Mapped[date] = mapped_column(info=OPS)
    cents: Mapped[int] = mapped_column(info=OPS)
    valuation: Mapped[Valuation | None] = mapped_column(info=OPS)
    # Who gave it, or to whom it was paid.
    party = Sealed(DataClass.FIN)
    note = Sealed(DataClass.FIN)
    pledge_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("fund_pledge.id"), index=True, info=OPS
    )
    member_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_member.id"), index=True, info=OPS
    )
    # Why there is no receipt, where there is none.
    no_receipt = Sealed(DataClass.FIN)
    reverses_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("fund_entry.id"), unique=True, info=OPS
    )
    refunds_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("fund_entry.id"), index=True, info=OPS
    )
    state: Mapped[State] = mapped_column(default=State.RECORDED, info=OPS)
    decided_by: Mapped[UUID | None] = mapped_column(info=OPS)
    decided_at: Mapped[datetime | None] = mapped_column(info=OPS)
    # Why it was refused, or why it is taken back.
    reason = Sealed(DataClass.FIN)


class FundReceipt(Record, SealedEntity):
    """What shows that money was spent: a picture drawn anew, or a PDF.

    Where there is a virus scanner nobody opens it before that has seen it; what the scanner finds
    something in stays as a line without content, so that the group knows.
    """

    __tablename__ = "fund_receipt"
    sealed_by = "group_id"
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey(GROUP), index=True, info=OPS)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("fund_entry.id"), index=True, info=OPS)
    state: Mapped[Hold] = mapped_column(
        default=Hold.CLEAN, server_default=Hold.CLEAN.value, info=OPS
    )
    media_type: Mapped[str] = mapped_column(info=OPS)
    size: Mapped[int] = mapped_column(info=OPS)
    content = SealedContent(DataClass.FIN)

    @property
    def is_pending(self) -> bool:
        """Say whether it is taken in but cannot be opened yet."""
        return self.state in HELD_BACK


class BudgetLine(Record):
    """What a group means to spend on something: on one household, or beside them all."""

    __tablename__ = "fund_budget_line"
    __table_args__ = (CheckConstraint("cents >= 0", name="cents"),)
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey(GROUP), index=True, info=OPS)
    household_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=OPS
    )
    category: Mapped[Category] = mapped_column(info=OPS)
    cents: Mapped[int] = mapped_column(info=OPS)


Index(
    "uq_fund_budget_line_household",
    BudgetLine.group_id,
    BudgetLine.household_id,
    BudgetLine.category,
    unique=True,
    sqlite_where=BudgetLine.household_id.is_not(None),
    postgresql_where=BudgetLine.household_id.is_not(None),
)
Index(
    "uq_fund_budget_line_group",
    BudgetLine.group_id,
    BudgetLine.category,
    unique=True,
    sqlite_where=BudgetLine.household_id.is_(None),
    postgresql_where=BudgetLine.household_id.is_(None),
)

CONFLICTS: Mapping[str, str] = {
    "uq_fund_entry_reverses_id": "This entry was taken back already.",
    "uq_fund_budget_line_household": "Somebody has just set this line of the budget. Look again.",
    "uq_fund_budget_line_group": "Somebody has just set this line of the budget. Look again.",
}
