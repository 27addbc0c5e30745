"""What people decide about a line of their queue: later, somebody else's, or seen."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.day.rules import Source


class MarkKind(StrEnum):
    SNOOZED = "snoozed"
    GIVEN = "given"
    SEEN = "seen"


class SnoozeReason(StrEnum):
    """Why something is put off: a code, so that a team leader may know it without the file."""

    FAMILY = "family"
    AGENCY = "agency"
    BOOKED = "booked"
    AWAY = "away"
    HANDOVER = "handover"
    OTHER = "other"


class QueueMark(Record, SealedEntity):
    """One decision about one line. It is kept when it is over, so that it can be read later.

    `subject_id` is the row that the line is about: which table that is, its source says.
    """

    __tablename__ = "queue_mark"
    __table_args__ = (Index("ix_queue_mark_subject_id_source", "subject_id", "source"),)
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    source: Mapped[Source] = mapped_column(info=OPS)
    subject_id: Mapped[UUID] = mapped_column(info=OPS)
    kind: Mapped[MarkKind] = mapped_column(info=OPS)
    reason_code: Mapped[SnoozeReason | None] = mapped_column(info=OPS)
    reason = Sealed(DataClass.NOTE)
    until_on: Mapped[date | None] = mapped_column(info=OPS)
    to_id: Mapped[UUID | None] = mapped_column(info=OPS)
    from_id: Mapped[UUID | None] = mapped_column(info=OPS)
    by_id: Mapped[UUID | None] = mapped_column(info=OPS)
    made_at: Mapped[datetime] = mapped_column(info=OPS)
    ended_at: Mapped[datetime | None] = mapped_column(info=OPS)


Index(
    "uq_queue_mark_open",
    QueueMark.source,
    QueueMark.subject_id,
    QueueMark.kind,
    unique=True,
    sqlite_where=QueueMark.ended_at.is_(None),
    postgresql_where=QueueMark.ended_at.is_(None),
)

CONFLICTS: Mapping[str, str] = {
    "uq_queue_mark_open": "Somebody else just decided about this line. Look at your queue again.",
}
