"""Entries of the log: the sponsor group's own, and the family's own words."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.logs.rules import Side


class LogEntry(Record, SealedEntity):
    """What somebody of a sponsor group or of a household wrote. Its caseworkers always read it.

    `group_id` is the group that reads it, and `with_family` says that all at home read it. What
    somebody at home writes for less than all of them bears that person's id.
    """

    __tablename__ = "log_entry"
    __table_args__ = (Index("ix_log_entry_household_id_created_at", "household_id", "created_at"),)
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    side: Mapped[Side] = mapped_column(info=OPS)
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    author_id: Mapped[UUID | None] = mapped_column(info=OPS)
    with_family: Mapped[bool] = mapped_column(default=False, info=OPS)
    happened_on: Mapped[date] = mapped_column(info=OPS)
    language: Mapped[str | None] = mapped_column(info=PROFILE)
    text = Sealed(DataClass.PLAN)
    taken_back_at: Mapped[datetime | None] = mapped_column(info=OPS)
