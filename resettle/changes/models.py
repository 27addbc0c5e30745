"""The changes of households: what happened, what it changed, and whether it was taken back."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity


class Kind(StrEnum):
    BIRTH = "birth"
    NEWCOMER = "newcomer"
    DEPARTURE = "departure"
    DEATH = "death"
    MARRIAGE = "marriage"
    SEPARATION = "separation"
    SPLIT = "split"
    JOIN = "join"
    MOVE = "move"
    PROVIDER = "provider"
    EMPTIED = "emptied"


# What follows from an act elsewhere, and so is taken back there and not here.
ELSEWHERE: Mapping[Kind, str] = {
    Kind.PROVIDER: "A change of provider concerns many files. Change it again instead.",
    Kind.EMPTIED: "Two records were made one. Take them apart again instead.",
}


class HouseholdChange(Record, SealedEntity):
    """One change of a household. What it says and what it did are sealed: they name people.

    A change that concerns two files is told in each; `part_of` points to the one that can be
    undone, which alone has the journal of what was done.
    """

    __tablename__ = "household_change"
    __table_args__ = (
        Index("ix_household_change_household_id_happened_on", "household_id", "happened_on"),
    )
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    part_of: Mapped[UUID | None] = mapped_column(
        ForeignKey("household_change.id"), index=True, info=OPS
    )
    kind = Sealed(DataClass.NOTE)
    happened_on: Mapped[date] = mapped_column(info=OPS)
    lines = Sealed(DataClass.NOTE)
    journal = Sealed(DataClass.SECRET)
    undone_at: Mapped[datetime | None] = mapped_column(info=OPS)
    undone_by: Mapped[UUID | None] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {}
