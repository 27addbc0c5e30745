"""What one person of a household said for themselves, and the answer."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.voices.rules import Feeling, Outcome, VoiceKind


class Topic(StrEnum):
    SUPPORT = "support"
    SPONSORSHIP = "sponsorship"
    DATA = "data"
    OTHER = "other"


class Voice(Record, SealedEntity):
    """Something said for the caseworkers alone: neither a group nor another adult reads it.

    It may tell of a danger, so it is sealed as what protects somebody is. A request to correct
    that was not followed stays beside the file, in the person's own words.
    """

    __tablename__ = "voice"
    __table_args__ = (Index("ix_voice_household_id_said_at", "household_id", "said_at"),)
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    kind: Mapped[VoiceKind] = mapped_column(info=OPS)
    topic: Mapped[Topic] = mapped_column(info=OPS)
    feeling: Mapped[Feeling | None] = mapped_column(info=OPS)
    language: Mapped[str] = mapped_column(info=PROFILE)
    text = Sealed(DataClass.PROT)
    should_be = Sealed(DataClass.PROT)
    said_at: Mapped[datetime] = mapped_column(info=OPS)
    by_link: Mapped[bool] = mapped_column(default=False, info=OPS)
    due_on: Mapped[date | None] = mapped_column(info=OPS)
    outcome: Mapped[Outcome | None] = mapped_column(info=OPS)
    answer = Sealed(DataClass.PROT)
    answered_on: Mapped[date | None] = mapped_column(info=OPS)
    answered_by: Mapped[UUID | None] = mapped_column(info=OPS)
    task_id: Mapped[UUID | None] = mapped_column(info=OPS)
