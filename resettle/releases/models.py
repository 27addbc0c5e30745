"""Figures that leave the team: what they were made of, what they say, who let them go."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, SECRET, Held
from resettle.core.db import Base, Entity, Record

HELD = Held(about="", kept="programme", export="never")


class ReleaseStatus(StrEnum):
    """Made and not seen by a second person; released; or refused, since it would tell of few."""

    MADE = "made"
    RELEASED = "released"
    REFUSED = "refused"


class Snapshot(Entity):
    """Everybody as at a day, frozen: keys that name nobody, and what each is counted by.

    `content` is sealed under the key of the release path and shown to nobody. `digest` is its
    fingerprint, so that a figure can say of what it was made.
    """

    __tablename__ = "release_snapshot"
    __table_args__ = (UniqueConstraint("as_at"),)
    held = HELD

    as_at: Mapped[date] = mapped_column(info=OPS)
    taken_at: Mapped[datetime] = mapped_column(info=OPS)
    digest: Mapped[str] = mapped_column(info=OPS)
    content: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)


class Release(Record):
    """Figures for one audience, protected and frozen: asked for again, they are the same.

    `figures` is what may be told, `definition` what it means. `ledger` is the sealed list of who
    was counted where, for the figures that come after.
    """

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("code", "by", "audience", "as_at"),)
    held = HELD

    kind: Mapped[str] = mapped_column(info=OPS)
    code: Mapped[str] = mapped_column(info=OPS)
    by: Mapped[str] = mapped_column(default="", info=OPS)
    audience: Mapped[str] = mapped_column(info=OPS)
    as_at: Mapped[date] = mapped_column(index=True, info=OPS)
    status: Mapped[ReleaseStatus] = mapped_column(default=ReleaseStatus.MADE, info=OPS)
    title: Mapped[str] = mapped_column(info=OPS)
    definition: Mapped[dict[str, Any]] = mapped_column(default=dict, info=OPS)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict, info=OPS)
    refusal: Mapped[str | None] = mapped_column(info=OPS)
    snapshot_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("release_snapshot.id"), index=True, info=OPS
    )
    data_hash: Mapped[str | None] = mapped_column(info=OPS)
    ledger: Mapped[bytes | None] = mapped_column(LargeBinary, info=SECRET)
    asked_at: Mapped[datetime] = mapped_column(info=OPS)
    asked_by: Mapped[UUID | None] = mapped_column(info=OPS)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=OPS)
    confirmed_by: Mapped[UUID | None] = mapped_column(info=OPS)


class ReleaseGate(Base):
    """Locked while an audience is told something, so that no two figures pass each other by."""

    __tablename__ = "release_gate"
    held: ClassVar[Held] = Held(about="", kept="programme", export="never")
    audited: ClassVar[bool] = False

    audience: Mapped[str] = mapped_column(primary_key=True, info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_release_code_by_audience_as_at": (
        "Somebody else asked for the same figures at the same moment. Look at the list."
    ),
    "uq_release_snapshot_as_at": "The figures of this day are just being made. Ask again.",
}
