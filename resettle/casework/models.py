"""Notes of contacts, and the texts that are shared with a household and its sponsor group."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, column
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity

LIVE = column("unshared_at").is_(None)
HELD = Held(about="household_id", kept="case_file", export="my_record")


class Channel(StrEnum):
    VISIT = "visit"
    PHONE = "phone"
    MESSAGE = "message"
    VIDEO = "video"
    OFFICE = "office"
    INTERAGENCY = "interagency"
    EMAIL = "email"
    HANDOVER = "handover"  # no contact: what a caseworker leaves to the next


class Visibility(StrEnum):
    """Who may read a note, among those who may see the household's notes at all."""

    STAFF = "staff"
    STAFF_AND_SPONSOR = "staff_and_sponsor"
    SAFEGUARDING = "safeguarding"
    HEALTH = "health"


class ContactNote(Record, SealedEntity):
    """What a caseworker wrote about a contact. It is amended by a new note, never overwritten."""

    __tablename__ = "contact_note"
    __table_args__ = (
        Index("ix_contact_note_household_id_occurred_at", "household_id", "occurred_at"),
    )
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    amends_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contact_note.id"), unique=True, info=OPS
    )
    author_id: Mapped[UUID | None] = mapped_column(info=OPS)
    occurred_at: Mapped[datetime] = mapped_column(info=OPS)
    channel: Mapped[Channel] = mapped_column(info=OPS)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.STAFF, info=OPS)
    language: Mapped[str | None] = mapped_column(info=PROFILE)
    interpreter_used: Mapped[bool] = mapped_column(default=False, info=PROFILE)
    minutes: Mapped[int | None] = mapped_column(info=OPS)
    domains: Mapped[list[str]] = mapped_column(default=list, info=PLAN)
    present = Sealed(DataClass.NOTE)
    interpreter = Sealed(DataClass.NOTE)
    text = Sealed(DataClass.NOTE)
    next_action = Sealed(DataClass.NOTE)
    next_due: Mapped[date | None] = mapped_column(info=OPS)
    # "yes" where the author saw a risk: an assessment, so it is sealed like the text.
    risk = Sealed(DataClass.NOTE)
    # What somebody told in confidence: others of the household are not to learn it.
    confidential: Mapped[bool] = mapped_column(default=False, info=OPS)


class SharedNote(Record, SealedEntity):
    """A text written for the sponsor group and the household, and for how long they may read it.

    It is not the note that it came from: of that nothing is shown to them.
    """

    __tablename__ = "shared_note"
    __table_args__ = (
        Index(
            "uq_shared_note_live",
            "note_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_shared_note_note_id", "note_id"),
    )
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    note_id: Mapped[UUID] = mapped_column(ForeignKey("contact_note.id"), info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    text = Sealed(DataClass.PLAN)
    reason = Sealed(DataClass.NOTE)
    shared_at: Mapped[datetime] = mapped_column(info=OPS)
    shared_by: Mapped[UUID | None] = mapped_column(info=OPS)
    unshared_at: Mapped[datetime | None] = mapped_column(info=OPS)
    unshared_by: Mapped[UUID | None] = mapped_column(info=OPS)
    unshare_reason = Sealed(DataClass.NOTE)


CONFLICTS: Mapping[str, str] = {
    "uq_contact_note_amends_id": "This note has been amended already. Amend the newest one.",
    "uq_shared_note_live": "This note is shared already. Take that back first.",
}
