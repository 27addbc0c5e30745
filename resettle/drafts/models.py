"""Drafts: forms as far as they are written."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.sealed import Sealed, SealedEntity


class Draft(SealedEntity):
    """One form as its writer has left it: known by the form, its record, and its own number.

    It is sealed for the household that it is about, or for its writer where it is about none, so
    that it becomes unreadable with the rest of their record.
    """

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("user_id", "nonce"),
        Index("ix_draft_user_id_path", "user_id", "path"),
    )
    sealed_by = "sealed_for"
    held = Held(about="user_id", kept="draft", export="never")
    # It is saved every few seconds and binds nobody: what comes of it is audited when it is sent.
    audited: ClassVar[bool] = False

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    household_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("household.id"), index=True, info=OPS
    )
    sealed_for: Mapped[UUID] = mapped_column(info=OPS)
    endpoint: Mapped[str] = mapped_column(info=OPS)
    path: Mapped[str] = mapped_column(info=OPS)
    label: Mapped[str] = mapped_column(info=OPS)
    nonce: Mapped[str] = mapped_column(info=OPS)
    begun_at: Mapped[datetime] = mapped_column(info=OPS)
    saved_at: Mapped[datetime] = mapped_column(info=OPS)
    discarded_at: Mapped[datetime | None] = mapped_column(info=OPS)
    # Whether its writer, who leaves, hands it over with the household; and who wrote it before.
    goes_on: Mapped[bool] = mapped_column(default=False, info=OPS)
    from_id: Mapped[UUID | None] = mapped_column(info=OPS)
    content = Sealed(DataClass.NOTE)


CONFLICTS: Mapping[str, str] = {
    "uq_draft_user_id_nonce": "This draft is being saved already.",
}
