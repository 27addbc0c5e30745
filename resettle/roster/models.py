"""Shifts of a sponsor group with a household that it supports."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity


class ShiftKind(StrEnum):
    VISIT = "visit"
    LIFT = "lift"
    ENGLISH_PRACTICE = "english_practice"
    OTHER = "other"


class ShiftStatus(StrEnum):
    """Open until somebody takes it or is asked; asked until they confirm."""

    OPEN = "open"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    UNDER_WAY = "under_way"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


AHEAD = (ShiftStatus.OPEN, ShiftStatus.ASKED, ShiftStatus.CONFIRMED)
TAKEN = (ShiftStatus.ASKED, ShiftStatus.CONFIRMED, ShiftStatus.UNDER_WAY)


class Shift(Record, SealedEntity):
    """Somebody of the group with a household at some time. `offered_at`: they seek another.

    A lift names who rides (`riders`, ids; nobody named is everybody at home), so that seats are
    counted anew whenever a driver is found. Where to is shown as the address of the household is.
    """

    __tablename__ = "roster_shift"
    __table_args__ = (
        Index("ix_roster_shift_household_id_starts_at", "household_id", "starts_at"),
        Index("ix_roster_shift_member_id_starts_at", "member_id", "starts_at"),
        Index("ix_roster_shift_group_id_starts_at", "group_id", "starts_at"),
    )
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), info=OPS)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("sponsor_member.id"), info=OPS)
    # What it is for, if caseworkers have asked; of that nothing is shown here.
    appointment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("appointment.id"), index=True, info=OPS
    )
    series_id: Mapped[UUID | None] = mapped_column(index=True, info=OPS)
    kind: Mapped[ShiftKind] = mapped_column(info=PLAN)
    words = Sealed(DataClass.PLAN)
    place = Sealed(DataClass.LOC)
    starts_at: Mapped[datetime] = mapped_column(info=PLAN)
    ends_at: Mapped[datetime] = mapped_column(info=PLAN)
    riders: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    status: Mapped[ShiftStatus] = mapped_column(default=ShiftStatus.OPEN, info=PLAN)
    offered_at: Mapped[datetime | None] = mapped_column(info=PLAN)
    arrived_at: Mapped[datetime | None] = mapped_column(info=PLAN)
    left_at: Mapped[datetime | None] = mapped_column(info=PLAN)
    minutes: Mapped[int | None] = mapped_column(info=PLAN)
    went = Sealed(DataClass.PLAN)
    cancel_reason = Sealed(DataClass.PLAN)
