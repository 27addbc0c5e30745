"""What somebody wants to be reminded of by mail, and what they were reminded of."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, Held
from resettle.core.db import Entity, Record
from resettle.day.rules import Source
from resettle.notifications.rules import Kind, Mailing


class ReminderChoice(Record):
    """How one user wants to be told; whoever has none is told as usual."""

    __tablename__ = "reminder_choice"
    held = Held(about="user_id", kept="account", export="never")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), unique=True, info=OPS)
    mailing: Mapped[Mailing] = mapped_column(info=OPS)
    digest_at: Mapped[time] = mapped_column(Time, info=OPS)
    quiet_from: Mapped[time] = mapped_column(Time, info=OPS)
    quiet_until: Mapped[time] = mapped_column(Time, info=OPS)
    digest_on: Mapped[date | None] = mapped_column(info=OPS)


class Reminder(Entity):
    """One thing that one user was told of, once: a line of the queue, with the day it was due.

    `subject_id` is the row that the line is about: which table that is, its source says.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("user_id", "source", "subject_id", "due_on"),
        Index("ix_reminder_user_id_made_at", "user_id", "made_at"),
    )
    held = Held(about="user_id", kept="session", export="never")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    source: Mapped[Source] = mapped_column(info=OPS)
    subject_id: Mapped[UUID] = mapped_column(info=OPS)
    # A line without a day has been told once and for all, on the day that is no day.
    due_on: Mapped[date] = mapped_column(info=OPS)
    made_at: Mapped[datetime] = mapped_column(info=OPS)
    read_at: Mapped[datetime | None] = mapped_column(info=OPS)
    mailed_at: Mapped[datetime | None] = mapped_column(info=OPS)


class GroupReminder(Entity):
    """One thing of a sponsor group that one user was told of, once each time that it comes near.

    `stage` is how many days ahead it was told at most; `subject_id` the row that runs out or waits.
    """

    __tablename__ = "group_reminder"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "subject_id", "due_on", "stage"),
        Index("ix_group_reminder_user_id_made_at", "user_id", "made_at"),
    )
    held = Held(about="user_id", kept="session", export="never")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    kind: Mapped[Kind] = mapped_column(info=OPS)
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    household_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=OPS
    )
    subject_id: Mapped[UUID] = mapped_column(info=OPS)
    due_on: Mapped[date] = mapped_column(info=OPS)
    stage: Mapped[int] = mapped_column(info=OPS)
    made_at: Mapped[datetime] = mapped_column(info=OPS)
    read_at: Mapped[datetime | None] = mapped_column(info=OPS)
    mailed_at: Mapped[datetime | None] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_group_reminder_user_id_kind_subject_id_due_on_stage": "This was told already.",
    "uq_reminder_user_id_source_subject_id_due_on": "This was told already.",
    "uq_reminder_choice_user_id": "Your choice is being saved already. Look at it again.",
}
