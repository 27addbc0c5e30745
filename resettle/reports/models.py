"""Editions of reports, the comments on their lines, and the family's own word apart from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.reports.rules import Said, Stage

HELD = Held(about="household_id", kept="case_file", export="my_record")
DUE, HOUSEHOLD = "report_due.id", "household.id"


class GroupReport(Record, SealedEntity):
    """One edition of a report as it was submitted: what was on record then, and what was said.

    `facts` is the snapshot as JSON; the numbers in it stand beside it, for evaluation. `statuses`
    maps each domain to how it stands. What is returned is submitted anew as the next edition.
    """

    __tablename__ = "group_report"
    __table_args__ = (UniqueConstraint("report_due_id", "edition"),)
    sealed_by = "household_id"
    held = HELD

    report_due_id: Mapped[UUID] = mapped_column(ForeignKey(DUE), info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(HOUSEHOLD), index=True, info=OPS)
    edition: Mapped[int] = mapped_column(info=OPS)
    stage: Mapped[Stage] = mapped_column(default=Stage.SUBMITTED, info=OPS)
    from_on: Mapped[date] = mapped_column(info=OPS)
    submitted_on: Mapped[date] = mapped_column(info=OPS)
    submitted_by: Mapped[UUID | None] = mapped_column(info=OPS)
    reviewed_on: Mapped[date | None] = mapped_column(info=OPS)
    reviewed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    statuses: Mapped[dict[str, Any]] = mapped_column(info=OPS)
    milestones_met: Mapped[int] = mapped_column(info=OPS)
    minutes: Mapped[int] = mapped_column(info=OPS)
    contacts: Mapped[int] = mapped_column(info=OPS)
    spent_cents: Mapped[int] = mapped_column(info=OPS)
    facts = Sealed(DataClass.PLAN)
    sentences = Sealed(DataClass.PLAN)
    worries = Sealed(DataClass.PLAN)
    needs = Sealed(DataClass.PLAN)
    referrals = Sealed(DataClass.PLAN)
    members = Sealed(DataClass.PLAN)


class ReportComment(Record, SealedEntity):
    """What the reader of a report asks for on one of its lines before accepting it."""

    __tablename__ = "report_comment"
    __table_args__ = (UniqueConstraint("group_report_id", "line"),)
    sealed_by = "household_id"
    held = HELD

    group_report_id: Mapped[UUID] = mapped_column(ForeignKey("group_report.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(HOUSEHOLD), index=True, info=OPS)
    line: Mapped[str] = mapped_column(info=OPS)
    text = Sealed(DataClass.PLAN)


class FamilySection(Record, SealedEntity):
    """What an adult of the family says of the time of a report, entered apart from the group.

    The group reads it only where the person agreed, and never changes it.
    """

    __tablename__ = "family_section"
    __table_args__ = (
        UniqueConstraint("report_due_id", "person_id"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    )
    sealed_by = "person_id"
    held = Held(about="person_id", kept="case_file", export="my_record")

    report_due_id: Mapped[UUID] = mapped_column(ForeignKey(DUE), info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(HOUSEHOLD), index=True, info=OPS)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    rating: Mapped[int] = mapped_column(info=PLAN)
    comment = Sealed(DataClass.PLAN)
    language: Mapped[str] = mapped_column(default="", info=OPS)
    said: Mapped[Said] = mapped_column(info=OPS)
    # Whether the group may read it.
    shared: Mapped[bool] = mapped_column(default=False, info=OPS)
    said_on: Mapped[date] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_group_report_report_due_id_edition": "Somebody of your group has just submitted it.",
    "uq_family_section_report_due_id_person_id": "This person’s word is on record. Load it again.",
}
