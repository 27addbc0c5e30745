"""Applications of sponsor groups: plan, budget, questions, scores. Nothing of any household."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, VET, Held
from resettle.core.db import Record

HELD = Held(about="", kept="sponsor_group", export="never")


class Decision(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Which side of a budget a line stands on."""

    INCOME = "income"
    SPENDING = "spending"


class GroupApplication(Record):
    """One attempt of a group. The newest counts; earlier ones stay with what was said of them."""

    __tablename__ = "group_application"
    __table_args__ = (UniqueConstraint("group_id", "round"),)
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), info=OPS)
    round: Mapped[int] = mapped_column(info=OPS)
    begun_on: Mapped[date] = mapped_column(info=OPS)
    subject_line: Mapped[str] = mapped_column(default="", info=PROFILE)
    # Skill -> who outside the group has promised it.
    links: Mapped[dict[str, Any]] = mapped_column(default=dict, info=PROFILE)
    discussed_on: Mapped[date | None] = mapped_column(info=OPS)
    discussed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    discussion: Mapped[str] = mapped_column(default="", info=PROFILE)
    submitted_on: Mapped[date | None] = mapped_column(info=OPS)
    submitted_by: Mapped[UUID | None] = mapped_column(info=OPS)
    decision: Mapped[Decision | None] = mapped_column(info=OPS)
    decided_on: Mapped[date | None] = mapped_column(info=OPS)
    decided_by: Mapped[UUID | None] = mapped_column(info=OPS)
    reasons: Mapped[str] = mapped_column(default="", info=VET)
    feedback: Mapped[str] = mapped_column(default="", info=PROFILE)

    @property
    def is_open(self) -> bool:
        """Say whether the group may still write in it."""
        return self.submitted_on is None and self.decision is None


class ApplicationPart(Record):
    """What the settlement plan says of one part of life, and which role leads on it."""

    __tablename__ = "application_part"
    __table_args__ = (UniqueConstraint("application_id", "domain"),)
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("group_application.id"), info=OPS)
    domain: Mapped[str] = mapped_column(info=OPS)
    text: Mapped[str] = mapped_column(default="", info=PROFILE)
    led_by: Mapped[str | None] = mapped_column(info=OPS)


class ApplicationLine(Record):
    __tablename__ = "application_line"
    __table_args__ = (CheckConstraint("dollars > 0", name="dollars"),)
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("group_application.id"), index=True, info=OPS
    )
    side: Mapped[Side] = mapped_column(info=OPS)
    category: Mapped[str] = mapped_column(info=OPS)
    dollars: Mapped[int] = mapped_column(info=PROFILE)
    note: Mapped[str] = mapped_column(default="", info=PROFILE)


class ApplicationQuestion(Record):
    """A question of whoever assesses, and the group's answer: both stay as they were written."""

    __tablename__ = "application_question"
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    application_id: Mapped[UUID] = mapped_column(
        ForeignKey("group_application.id"), index=True, info=OPS
    )
    question: Mapped[str] = mapped_column(info=PROFILE)
    asked_on: Mapped[date] = mapped_column(info=OPS)
    asked_by: Mapped[UUID | None] = mapped_column(info=OPS)
    answer: Mapped[str | None] = mapped_column(info=PROFILE)
    answered_on: Mapped[date | None] = mapped_column(info=OPS)
    answered_by: Mapped[UUID | None] = mapped_column(info=OPS)


class ApplicationScore(Record):
    """What one assessor thinks of one criterion, with the reason. The group never sees it."""

    __tablename__ = "application_score"
    __table_args__ = (UniqueConstraint("application_id", "criterion", "assessor_id"),)
    held = HELD

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("group_application.id"), info=OPS)
    criterion: Mapped[str] = mapped_column(info=OPS)
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    score: Mapped[int] = mapped_column(info=VET)
    reason: Mapped[str] = mapped_column(info=VET)


CONFLICTS: Mapping[str, str] = {
    "uq_group_application_group_id_round": "The application was begun already.",
    "uq_application_score_application_id_criterion_assessor_id": "Your score was given already.",
    "ck_application_line_dollars": "An amount is more than nothing.",
}
