"""Pairs of records that may be of one person, and what was decided about each pair."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
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


class MergeStatus(StrEnum):
    PROPOSED = "proposed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    PARTING = "parting"  # somebody asks to take the two apart again
    PARTED = "parted"


UNDER_WAY = (MergeStatus.PROPOSED, MergeStatus.MERGED, MergeStatus.PARTING)
ONE_RECORD = (MergeStatus.MERGED, MergeStatus.PARTING)


class PersonMerge(Record, SealedEntity):
    """One record that takes over what another holds, as one asks and a second person confirms.

    `before` holds both records as they were and every row that changed hands, so that the two
    can be taken apart exactly. It is on no screen.
    """

    __tablename__ = "person_merge"
    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two_records"),)
    held = Held(about="kept_id", kept="case_file", export="never")
    sealed_by = "kept_id"

    candidate_id: Mapped[UUID] = mapped_column(
        ForeignKey("duplicate_candidate.id"), index=True, info=OPS
    )
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    gone_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    status: Mapped[MergeStatus] = mapped_column(default=MergeStatus.PROPOSED, info=OPS)
    # Which facts are taken from the record that goes, by their names.
    taken: Mapped[list[str]] = mapped_column(info=OPS)
    # The versions on which the proposal looked: what was changed since is looked at anew.
    kept_version: Mapped[int] = mapped_column(info=OPS)
    gone_version: Mapped[int] = mapped_column(info=OPS)
    proposed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    merged_by: Mapped[UUID | None] = mapped_column(info=OPS)
    merged_at: Mapped[datetime | None] = mapped_column(info=OPS)
    parting_by: Mapped[UUID | None] = mapped_column(info=OPS)
    parted_by: Mapped[UUID | None] = mapped_column(info=OPS)
    parted_at: Mapped[datetime | None] = mapped_column(info=OPS)
    reason = Sealed(DataClass.NOTE)
    before = Sealed(DataClass.PROT)

    @property
    def person_id(self) -> UUID:
        """Name whom it is about, for those who may see it and for the record of looks."""
        return self.kept_id


_UNDER_WAY = PersonMerge.status.in_(UNDER_WAY)
Index(
    "uq_person_merge_one_at_a_time",
    PersonMerge.gone_id,
    unique=True,
    sqlite_where=_UNDER_WAY,
    postgresql_where=_UNDER_WAY,
)


CONFLICTS: Mapping[str, str] = {
    "uq_person_merge_one_at_a_time": "Somebody asks already to merge this record with another.",
    "uq_duplicate_candidate_person_id_other_id": "These two records are already on the list.",
}
