"""Saved views: what a reader often asks of the caseload, under a name."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, SECRET, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.views import rules


class SavedView(Record, SealedEntity):
    """Filters and a sort of one reader's. What it shows is whatever its opener may see.

    Its name may hold anything, and what is searched for may be somebody's name: both are sealed
    like notes, under the key of the account. So the name is compared by its look-up value, which a
    view that is removed gives up.
    """

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "name_index"),)
    sealed_by = "user_id"
    held = Held(about="user_id", kept="account", export="never")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    name = Sealed(DataClass.NOTE)
    name_index: Mapped[str | None] = mapped_column(info=SECRET)
    q = Sealed(DataClass.NOTE)
    stage: Mapped[str | None] = mapped_column(info=OPS)
    location: Mapped[str | None] = mapped_column(info=PROFILE)
    sort: Mapped[str] = mapped_column(info=OPS)
    place: Mapped[int] = mapped_column(info=OPS)
    is_default: Mapped[bool] = mapped_column(info=OPS)
    removed_at: Mapped[datetime | None] = mapped_column(info=OPS)

    @property
    def query(self) -> str:
        return rules.query_of(self.q, self.stage, self.location, self.sort)


Index(
    "uq_saved_view_default",
    SavedView.user_id,
    unique=True,
    sqlite_where=SavedView.is_default,
    postgresql_where=SavedView.is_default,
)

CONFLICTS: Mapping[str, str] = {
    "uq_saved_view_user_id_name_index": "You have a view of this name already.",
    "uq_saved_view_default": "Another view of yours was just made the first. Look once more.",
}
