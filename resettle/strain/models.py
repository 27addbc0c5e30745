"""Notes of advisers about sponsor groups, and messages to many groups with who has read them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Entity, Record
from resettle.core.sealed import Sealed, SealedEntity


class SupervisionNote(Record, SealedEntity):
    """What a programme manager notes of a group they advise. Nobody of the group reads it.

    It is added to and never changed, so that what was known when stays told.
    """

    __tablename__ = "supervision_note"
    sealed_by = "group_id"
    held = Held(about="", kept="sponsor_group", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    text = Sealed(DataClass.VET)
    author_id: Mapped[UUID | None] = mapped_column(info=OPS)
    written_at: Mapped[datetime] = mapped_column(info=OPS)


class GroupMessage(Record):
    """A message to all sponsor groups, or to those of one place. It speaks of no household."""

    __tablename__ = "group_message"
    held = Held(about="", kept="programme", export="never")

    text: Mapped[str] = mapped_column(info=PROFILE)
    location: Mapped[str | None] = mapped_column(info=OPS)
    author_id: Mapped[UUID | None] = mapped_column(info=OPS)
    sent_at: Mapped[datetime] = mapped_column(index=True, info=OPS)


class GroupMessageReading(Entity):
    """That somebody has read a message to groups, so that it waits for them no more."""

    __tablename__ = "group_message_reading"
    __table_args__ = (UniqueConstraint("group_message_id", "user_id"),)
    held = Held(about="user_id", kept="account", export="never")

    group_message_id: Mapped[UUID] = mapped_column(ForeignKey("group_message.id"), info=OPS)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    read_at: Mapped[datetime] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_group_message_reading_group_message_id_user_id": (
        "You have read this on another device just now."
    ),
}
