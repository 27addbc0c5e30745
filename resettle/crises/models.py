"""Crises, and the households that each of them concerns."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, Held
from resettle.core.db import Entity, Record


class Crisis(Record):
    """A flag on all files that something concerns, with its reason and its end.

    It names a place or a community and nobody; which households it concerns stands in
    `crisis_household`, since that tells of a household what its criterion tells.
    """

    __tablename__ = "crisis"
    held = Held(about="", kept="programme", export="never")

    reason: Mapped[str] = mapped_column(info=PROFILE)
    location: Mapped[str | None] = mapped_column(info=PROFILE)
    language: Mapped[str | None] = mapped_column(info=PROFILE)
    nationality: Mapped[str | None] = mapped_column(info=PROFILE)
    reach_key: Mapped[str] = mapped_column(info=OPS)
    raised_at: Mapped[datetime] = mapped_column(info=OPS)
    raised_by: Mapped[UUID | None] = mapped_column(info=OPS)
    ends_on: Mapped[date] = mapped_column(info=OPS)
    closed_at: Mapped[datetime | None] = mapped_column(info=OPS)
    closed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    closing_note: Mapped[str | None] = mapped_column(info=PROFILE)


class CrisisHousehold(Entity):
    """A household that a crisis concerns, with the welfare check that its caseworker owes."""

    __tablename__ = "crisis_household"
    __table_args__ = (UniqueConstraint("crisis_id", "household_id"),)
    held = Held(about="household_id", kept="case_file", export="my_record")

    crisis_id: Mapped[UUID] = mapped_column(ForeignKey("crisis.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), index=True, info=OPS)


Index(
    "uq_crisis_reach_key_open",
    Crisis.reach_key,
    unique=True,
    sqlite_where=Crisis.closed_at.is_(None),
    postgresql_where=Crisis.closed_at.is_(None),
)

CONFLICTS: Mapping[str, str] = {
    "uq_crisis_reach_key_open": "This flag is up already. Send its checks again to newcomers.",
    "uq_crisis_household_crisis_id_household_id": "Somebody else sent the checks at this moment.",
}
