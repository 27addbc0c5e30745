"""Pairs of records that may be of one person, and what was decided about each pair."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import IDENT, OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity


class Verdict(StrEnum):
    OPEN = "open"
    SAME = "same"
    DIFFERENT = "different"


class DuplicateCandidate(Record, SealedEntity):
    """Two records that may be one person. Only a person decides, and may decide again."""

    __tablename__ = "duplicate_candidate"
    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="two_records"),
    )
    held = Held(about="person_id", kept="case_file", export="never")
    sealed_by = "person_id"

    # The later record; the one whose worker is asked.
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), info=OPS)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    score: Mapped[int] = mapped_column(info=OPS)
    reasons: Mapped[list[str]] = mapped_column(info=IDENT)
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.OPEN, info=OPS)
    decided_at: Mapped[datetime | None] = mapped_column(info=OPS)
    decided_by: Mapped[UUID | None] = mapped_column(info=OPS)
    reason = Sealed(DataClass.NOTE)


CONFLICTS: Mapping[str, str] = {
    "uq_duplicate_candidate_person_id_other_id": "These two records are already on the list.",
}
