"""What a case is judged by: the applicant's facts, the checklists, the checks, the decisions."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class DecisionKind(StrEnum):
    APPROVED_IN_PRINCIPLE = "approved_in_principle"
    APPROVED = "approved"
    DECLINED = "declined"


class Decision(SealedEntity):
    """What was decided, when, and why. A new decision is a new row."""

    __tablename__ = "decision"
    sealed_by = "household_id"
    held = HELD

    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    kind: Mapped[DecisionKind] = mapped_column(info=OPS)
    decided_on: Mapped[date] = mapped_column(info=OPS)
    recorded_at: Mapped[datetime] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)
    reason_code = Sealed(DataClass.NOTE)
    note = Sealed(DataClass.NOTE)


class CheckKind(StrEnum):
    HEALTH = "health"
    CHARACTER_SECURITY = "character_security"
    RISK = "risk"
    SETTLEMENT = "settlement"


class CaseCheck(Record, SealedEntity):
    """One of the four checks before a decision, and what came of it."""

    __tablename__ = "case_check"
    __table_args__ = (UniqueConstraint("case_id", "kind"),)
    sealed_by = "household_id"
    held = HELD

    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    kind: Mapped[CheckKind] = mapped_column(info=OPS)
    checked_on: Mapped[date] = mapped_column(info=OPS)
    result = Sealed(DataClass.NOTE)
    note = Sealed(DataClass.NOTE)


class ItemStatus(StrEnum):
    OPEN = "open"
    MET = "met"
    WAIVED = "waived"
    TO_FOLLOW = "to_follow"


class ChecklistItem(Record, SealedEntity):
    """One line of a case's checklist: of the case, or of one person in it.

    `instead` names the document that stands in for what was waived.
    """

    __tablename__ = "checklist_item"
    __table_args__ = (UniqueConstraint("case_id", "list_code", "item_code", "person_id"),)
    sealed_by = "household_id"
    held = HELD

    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    list_code: Mapped[str] = mapped_column(info=OPS)
    item_code: Mapped[str] = mapped_column(info=OPS)
    status: Mapped[ItemStatus] = mapped_column(default=ItemStatus.OPEN, info=OPS)
    instead: Mapped[str | None] = mapped_column(info=OPS)
    note = Sealed(DataClass.NOTE)


class EligibilityFacts(Record, SealedEntity):
    """What is known of the principal applicant, for the rules to judge by; None is not known."""

    __tablename__ = "eligibility_facts"
    sealed_by = "household_id"
    held = HELD

    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), unique=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    english_assessed_on: Mapped[date | None] = mapped_column(info=PROFILE)
    basic_english: Mapped[bool | None] = mapped_column(info=PROFILE)
    work_years: Mapped[int | None] = mapped_column(info=PROFILE)
    tertiary_years: Mapped[int | None] = mapped_column(info=PROFILE)
    mandate_confirmed = Sealed(DataClass.ORIGIN)
    other_category = Sealed(DataClass.ORIGIN)
    asylum_country = Sealed(DataClass.ORIGIN)
    region_accepted = Sealed(DataClass.ORIGIN)


# NULL differs from NULL in a unique key, so the lines of the case itself need one of their own.
Index(
    "uq_checklist_item_of_case",
    ChecklistItem.case_id,
    ChecklistItem.list_code,
    ChecklistItem.item_code,
    unique=True,
    sqlite_where=ChecklistItem.person_id.is_(None),
    postgresql_where=ChecklistItem.person_id.is_(None),
)
