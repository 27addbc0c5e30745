"""Updates for the caseworker, messages of the shared thread, and how far each has read."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class Mood(StrEnum):
    GOOD = "good"
    MIXED = "mixed"
    HARD = "hard"


class Side(StrEnum):
    """Who somebody speaks for in the thread."""

    FAMILY = "family"
    GROUP = "group"
    CASEWORKER = "caseworker"


class SponsorUpdate(Record, SealedEntity):
    """A line and a mood for the caseworker. Neither the family nor another group reads it."""

    __tablename__ = "sponsor_update"
    __table_args__ = (Index("ix_sponsor_update_household_id_sent_at", "household_id", "sent_at"),)
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    author_id: Mapped[UUID | None] = mapped_column(info=OPS)
    signed = Sealed(DataClass.PLAN)
    mood: Mapped[Mood] = mapped_column(info=PLAN)
    text = Sealed(DataClass.PLAN)
    sent_at: Mapped[datetime] = mapped_column(info=PLAN)
    read_at: Mapped[datetime | None] = mapped_column(info=PLAN)
    read_by: Mapped[UUID | None] = mapped_column(info=OPS)


class ThreadMessage(Record, SealedEntity):
    """A message between a family, its sponsor group and its caseworkers.

    One that was taken back is kept, and shown to nobody. People of the household sign with their
    name only as far as they share it, so their name is not in the row.
    """

    __tablename__ = "thread_message"
    __table_args__ = (Index("ix_thread_message_household_id_sent_at", "household_id", "sent_at"),)
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    author_id: Mapped[UUID | None] = mapped_column(info=OPS)
    side: Mapped[Side] = mapped_column(info=PLAN)
    signed = Sealed(DataClass.PLAN)
    text = Sealed(DataClass.PLAN)
    sent_at: Mapped[datetime] = mapped_column(info=PLAN)
    retracted_at: Mapped[datetime | None] = mapped_column(info=PLAN)

    @property
    def shown_text(self) -> str | None:
        return None if self.retracted_at is not None else self.text


class ThreadPlace(Record):
    """How far somebody has read in the thread of a household."""

    __tablename__ = "thread_place"
    __table_args__ = (UniqueConstraint("household_id", "user_id"),)
    held = Held(about="household_id", kept="case_file", export="never")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    read_until: Mapped[datetime] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_thread_place_household_id_user_id": "You have read this on another device just now.",
}
