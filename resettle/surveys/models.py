"""Who was asked when, and what was answered: in two tables, since they have different readers."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, SECRET, Held
from resettle.core.db import Entity, Record
from resettle.surveys.rules import Audience, Way


class SurveyInvitation(Record):
    """One person asked at one point. That they were asked their caseworkers know, no answer.

    `token_hash` is what is kept of a link that opens the questions, and nothing else.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = (
        UniqueConstraint("household_id", "person_id", "point_days"),
        UniqueConstraint("household_id", "user_id", "point_days"),
    )
    held = Held(about="person_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    audience: Mapped[Audience] = mapped_column(info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_account.id"), index=True, info=OPS
    )
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    point_days: Mapped[int] = mapped_column(info=OPS)
    edition: Mapped[int] = mapped_column(info=OPS)
    language: Mapped[str] = mapped_column(info=OPS)
    opens_on: Mapped[date] = mapped_column(info=OPS)
    closes_on: Mapped[date] = mapped_column(info=OPS)
    token_hash: Mapped[str | None] = mapped_column(unique=True, info=SECRET)
    link_until: Mapped[datetime | None] = mapped_column(info=OPS)
    answered_at: Mapped[datetime | None] = mapped_column(info=OPS)
    way: Mapped[Way | None] = mapped_column(info=OPS)


class SurveyAnswer(Entity):
    """The answer to one question: for whoever gave it, and for everybody else in numbers alone.

    Without a score the person would rather not say.
    """

    __tablename__ = "survey_answer"
    __table_args__ = (
        UniqueConstraint("invitation_id", "question"),
        Index("ix_survey_answer_question", "audience", "question", "point_days"),
    )
    held = Held(about="person_id", kept="case_file", export="my_record")

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("survey_invitation.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    audience: Mapped[Audience] = mapped_column(info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("user_account.id"), index=True, info=OPS
    )
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    point_days: Mapped[int] = mapped_column(info=OPS)
    edition: Mapped[int] = mapped_column(info=OPS)
    question: Mapped[str] = mapped_column(info=OPS)
    score: Mapped[int | None] = mapped_column(info=PLAN)
    answered_on: Mapped[date] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_survey_invitation_household_id_person_id_point_days": (
        "A link was made for this person at the same moment. Look again."
    ),
    "uq_survey_answer_invitation_id_question": "These questions were answered already.",
}
