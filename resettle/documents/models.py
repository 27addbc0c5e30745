"""Documents: what is known of each in the database, its content sealed in the storage."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.documents.rules import HELD_BACK, Confidentiality, Kind, State


class Document(Record, SealedEntity):
    """One paper of a household, or of one person in it. A new version is a row of its own.

    `stored` is where the sealed content lies; the name of the file that was sent is not kept.
    `fingerprint` tells, to whoever has the settings too, that the same file came twice.
    """

    __tablename__ = "document"
    sealed_by = "owner_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"), info=OPS)
    kind: Mapped[Kind] = mapped_column(info=PLAN)
    confidentiality: Mapped[Confidentiality] = mapped_column(info=OPS)
    state: Mapped[State] = mapped_column(default=State.QUARANTINED, info=OPS)
    title = Sealed(DataClass.ORIGIN)
    issued_on: Mapped[date | None] = mapped_column(info=PLAN)
    expires_on: Mapped[date | None] = mapped_column(index=True, info=PLAN)
    # Brought by the person it speaks of, or by a guardian: somebody of the staff looks at it.
    from_family: Mapped[bool] = mapped_column(default=False, info=OPS)
    original_seen: Mapped[bool] = mapped_column(default=False, info=OPS)
    media_type: Mapped[str] = mapped_column(info=OPS)
    size: Mapped[int] = mapped_column(info=OPS)
    stored: Mapped[str | None] = mapped_column(info=OPS)
    fingerprint: Mapped[str] = mapped_column(index=True, info=OPS)
    removed_at: Mapped[datetime | None] = mapped_column(info=OPS)
    removed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    # Why it was put into another class, or taken off the file.
    reason = Sealed(DataClass.NOTE)

    @property
    def owner_id(self) -> UUID:
        """Name whose key seals it: of the person it speaks of, else of the household."""
        return self.person_id or self.household_id

    @property
    def is_pending(self) -> bool:
        """Say whether it is taken in but cannot be opened yet."""
        return self.state in HELD_BACK


Index(
    "uq_document_replaces_id",
    Document.replaces_id,
    unique=True,
    sqlite_where=Document.removed_at.is_(None),
    postgresql_where=Document.removed_at.is_(None),
)

CONFLICTS: Mapping[str, str] = {
    "uq_document_replaces_id": "This document has a newer version already. Replace that one.",
}
