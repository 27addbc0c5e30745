"""A case on its way: where it stands, how it came there, and what it was judged by."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from resettle.cases.papers import DecisionKind
from resettle.core.classes import OPS, PROFILE, SECRET, DataClass, Held
from resettle.core.db import Base, Record
from resettle.core.sealed import Sealed, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class Source(StrEnum):
    """Who sent the case."""

    UNHCR = "unhcr"
    INZ = "inz"
    RFSC = "rfsc"
    SPONSOR = "sponsor"


class Mode(StrEnum):
    """How the case is decided: on a selection mission, or on papers alone."""

    MISSION = "mission"
    DOSSIER = "dossier"


class LinkKind(StrEnum):
    LINKED = "linked"
    CROSS_REFERENCED = "cross_referenced"
    SPLIT = "split"


class ResettlementCase(Record, SealedEntity):
    """The people submitted and decided together, and where they stand in their programme.

    `left_stage` is the stage that a side state such as a hold returns to. The days recorded here
    are what the guards ask for.
    """

    __tablename__ = "resettlement_case"
    __table_args__ = (
        UniqueConstraint("source", "case_number_index"),
        Index(
            "ix_resettlement_case_stage_case_size",
            *("programme_code", "stage", "stage_since", "case_size"),
        ),
    )
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    source: Mapped[Source] = mapped_column(info=OPS)
    case_number = Sealed(DataClass.ORIGIN)
    case_number_index: Mapped[str | None] = mapped_column(info=SECRET)
    application_no = Sealed(DataClass.ORIGIN)

    programme_code: Mapped[str] = mapped_column(info=OPS)
    programme_version: Mapped[int] = mapped_column(info=OPS)
    programme_year: Mapped[str | None] = mapped_column(info=OPS)
    route: Mapped[str | None] = mapped_column(info=OPS)
    stage: Mapped[str] = mapped_column(info=OPS)
    stage_since: Mapped[date] = mapped_column(info=OPS)
    left_stage: Mapped[str | None] = mapped_column(info=OPS)

    case_size: Mapped[int] = mapped_column(info=PROFILE)
    category_1 = Sealed(DataClass.ORIGIN)
    category_2 = Sealed(DataClass.ORIGIN)
    priority = Sealed(DataClass.ORIGIN)
    subcategory = Sealed(DataClass.ORIGIN)
    region = Sealed(DataClass.ORIGIN)
    cap_group: Mapped[str | None] = mapped_column(info=OPS)

    opened_on: Mapped[date] = mapped_column(info=OPS)
    submitted_on: Mapped[date | None] = mapped_column(info=OPS)
    received_on: Mapped[date | None] = mapped_column(info=OPS)
    nominated_on: Mapped[date | None] = mapped_column(info=OPS)
    eoi_received_on: Mapped[date | None] = mapped_column(info=OPS)
    processing_mode: Mapped[Mode | None] = mapped_column(info=OPS)
    interview_planned_on: Mapped[date | None] = mapped_column(info=OPS)
    interviewed_on: Mapped[date | None] = mapped_column(info=OPS)
    interviewer = Sealed(DataClass.NOTE)
    interview_interpreter = Sealed(DataClass.NOTE)
    lodged_on: Mapped[date | None] = mapped_column(info=OPS)
    decision: Mapped[DecisionKind | None] = mapped_column(info=OPS)
    decided_on: Mapped[date | None] = mapped_column(info=OPS)
    travel_on = Sealed(DataClass.LOC)
    reception_left_on: Mapped[date | None] = mapped_column(info=OPS)
    plan_agreed_on: Mapped[date | None] = mapped_column(info=OPS)
    exit_reviewed_on: Mapped[date | None] = mapped_column(info=OPS)
    exit_handover = Sealed(DataClass.NOTE)
    early_exit_agreed_on: Mapped[date | None] = mapped_column(info=OPS)
    relocation_outcome: Mapped[str | None] = mapped_column(info=OPS)


class StageEntry(SealedEntity):
    """One move in the history of a case. Written once, never changed."""

    __tablename__ = "stage_entry"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)
    sealed_by = "household_id"
    held = HELD

    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    seq: Mapped[int] = mapped_column(info=OPS)
    from_stage: Mapped[str | None] = mapped_column(info=OPS)
    to_stage: Mapped[str] = mapped_column(info=OPS)
    moved_on: Mapped[date] = mapped_column(info=OPS)
    moved_at: Mapped[datetime] = mapped_column(info=OPS)
    moved_by: Mapped[UUID | None] = mapped_column(info=OPS)
    overridden: Mapped[bool] = mapped_column(default=False, info=OPS)
    missing: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    reason_code = Sealed(DataClass.NOTE)
    reason = Sealed(DataClass.NOTE)


class Hold(Record, SealedEntity):
    """A pause with a reason and a day on which it is looked at again."""

    __tablename__ = "hold"
    sealed_by = "household_id"
    held = HELD

    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    # A pregnancy or a medical matter may be the reason, so even the code is sealed.
    reason_code = Sealed(DataClass.NOTE)
    note = Sealed(DataClass.NOTE)
    held_on: Mapped[date] = mapped_column(info=OPS)
    review_on: Mapped[date] = mapped_column(index=True, info=OPS)
    left_stage: Mapped[str] = mapped_column(info=OPS)
    released_on: Mapped[date | None] = mapped_column(info=OPS)


class CaseLink(SealedEntity):
    """Another case that is related to this one, ours or known by its number only."""

    __tablename__ = "case_link"
    sealed_by = "household_id"
    held = HELD

    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    linked_case_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("resettlement_case.id"), index=True, info=OPS
    )
    linked_number = Sealed(DataClass.ORIGIN)
    kind: Mapped[LinkKind] = mapped_column(info=OPS)


class PlacesGate(Base):
    """Locked while places of a programme are taken, so that two cases cannot take the last."""

    __tablename__ = "places_gate"
    held: ClassVar[Held] = Held(about="", kept="programme", export="never")
    audited: ClassVar[bool] = False

    programme_code: Mapped[str] = mapped_column(primary_key=True, info=OPS)


class AssignmentKind(StrEnum):
    PRIMARY = "primary"
    SECOND = "second"
    COVER = "cover"


class Assignment(Record, SealedEntity):
    """A caseworker who looks after a household, from a day until another (not included).

    Cover has its end from the start, so it falls back by itself.
    """

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_user_id_household_id", "user_id", "household_id"),)
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    kind: Mapped[AssignmentKind] = mapped_column(info=OPS)
    from_on: Mapped[date] = mapped_column(info=OPS)
    until_on: Mapped[date | None] = mapped_column(info=OPS)
    # Whose leave somebody stands in for; a row of cases/absences.py.
    absence_id: Mapped[UUID | None] = mapped_column(index=True, info=OPS)
    reason = Sealed(DataClass.NOTE)

    @classmethod
    def live_on(cls, day: date | ColumnElement[date]) -> ColumnElement[bool]:
        """Tell which assignments hold on a day, as a WHERE clause."""
        return and_(cls.from_on <= day, or_(cls.until_on.is_(None), cls.until_on > day))


LIVE_PRIMARY = (Assignment.until_on.is_(None)) & (Assignment.kind == AssignmentKind.PRIMARY)
Index(
    "uq_assignment_household_id_primary",
    Assignment.household_id,
    unique=True,
    sqlite_where=LIVE_PRIMARY,
    postgresql_where=LIVE_PRIMARY,
)
Index(
    "uq_hold_case_id_open",
    Hold.case_id,
    unique=True,
    sqlite_where=Hold.released_on.is_(None),
    postgresql_where=Hold.released_on.is_(None),
)

ONE_PRIMARY = "This household already has a primary caseworker. Hand it over instead."
CONFLICTS: Mapping[str, str] = {
    "uq_hold_case_id_open": "This case is already on hold.",
    "uq_assignment_household_id_primary": ONE_PRIMARY,
    "uq_resettlement_case_source_case_number_index": "There is already a case with this number.",
    "uq_stage_entry_case_id_seq": "Somebody else moved this case at the same moment.",
}
