"""Defects of houses, their ratings, and power bills."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedContent, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class DefectKind(StrEnum):
    HEATING = "heating"
    DAMP = "damp"
    WATER = "water"
    POWER = "power"
    SECURITY = "security"
    APPLIANCE = "appliance"
    OTHER = "other"


class HouseDefect(Record, SealedEntity):
    """Something that the landlord has to mend, by a day."""

    __tablename__ = "house_defect"
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey("dwelling.id"), index=True, info=OPS)
    kind: Mapped[DefectKind] = mapped_column(info=PROFILE)
    text = Sealed(DataClass.NOTE)
    landlord = Sealed(DataClass.LOC)
    # What a member of the sponsor group wrote, for the group and the caseworkers to read.
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=OPS
    )
    said = Sealed(DataClass.PLAN)
    reported_on: Mapped[date] = mapped_column(info=OPS)
    due_on: Mapped[date] = mapped_column(info=OPS)
    landlord_told_on: Mapped[date | None] = mapped_column(info=OPS)
    mended_on: Mapped[date | None] = mapped_column(info=OPS)


class DefectPhoto(SealedEntity):
    """A picture of a defect, made anew without what the camera wrote beside it. Kept as it came."""

    __tablename__ = "defect_photo"
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    defect_id: Mapped[UUID] = mapped_column(ForeignKey("house_defect.id"), index=True, info=OPS)
    # It may show people, and where they live.
    content = SealedContent(DataClass.LOC)
    media_type: Mapped[str] = mapped_column(info=OPS)
    width: Mapped[int] = mapped_column(info=OPS)
    height: Mapped[int] = mapped_column(info=OPS)
    added_at: Mapped[datetime] = mapped_column(info=OPS)
    added_by: Mapped[UUID | None] = mapped_column(info=OPS)


class HousePhoto(SealedEntity):
    """A picture that a sponsor group took of a house that it makes ready: of an item, or a defect.

    It was made anew, without the place and the time. The group sees its own, caseworkers all.
    """

    __tablename__ = "house_photo"
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey("dwelling.id"), index=True, info=OPS)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), index=True, info=OPS)
    item_code: Mapped[str | None] = mapped_column(info=OPS)
    defect_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("house_defect.id"), index=True, info=OPS
    )
    content = SealedContent(DataClass.PLAN)
    added_at: Mapped[datetime] = mapped_column(info=OPS)
    added_by: Mapped[UUID | None] = mapped_column(info=OPS)


class HouseRating(Record, SealedEntity):
    """How a house was found on a day, from 1 (bad) to 5 (good)."""

    __tablename__ = "house_rating"
    __table_args__ = tuple(
        CheckConstraint(f"{name} BETWEEN 1 AND 5", name=name)
        for name in ("warm", "dry", "safe", "affordable", "enough_space")
    )
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey("dwelling.id"), index=True, info=OPS)
    rated_on: Mapped[date] = mapped_column(info=OPS)
    warm: Mapped[int | None] = mapped_column(info=PROFILE)
    dry: Mapped[int | None] = mapped_column(info=PROFILE)
    safe: Mapped[int | None] = mapped_column(info=PROFILE)
    affordable: Mapped[int | None] = mapped_column(info=PROFILE)
    enough_space: Mapped[int | None] = mapped_column(info=PROFILE)
    note = Sealed(DataClass.NOTE)


class PowerBill(Record, SealedEntity):
    """What power cost a household for some days; the amount in dollars, as text."""

    __tablename__ = "power_bill"
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    dwelling_id: Mapped[UUID] = mapped_column(ForeignKey("dwelling.id"), index=True, info=OPS)
    billed_on: Mapped[date] = mapped_column(info=OPS)
    days: Mapped[int] = mapped_column(info=PROFILE)
    amount = Sealed(DataClass.FIN)
    cold: Mapped[bool] = mapped_column(info=PROFILE)
