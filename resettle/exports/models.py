"""Exports: who took which list out of the service, for whom and why; and the file, for a day."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedContent, SealedEntity
from resettle.exports.rules import Format, State


class ListExport(Record, SealedEntity):
    """One list, sealed under a key of its own. After a day only that it was made is left.

    `gathered` are the rows so far while it is made block by block; `households` names whose files
    are in it, so that they can be told who took them.
    """

    __tablename__ = "list_export"
    held = Held(about="user_id", kept="export", export="never")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    dataset: Mapped[str] = mapped_column(info=OPS)
    columns: Mapped[list[str]] = mapped_column(info=OPS)
    format: Mapped[Format] = mapped_column(info=OPS)
    from_on: Mapped[date | None] = mapped_column(info=OPS)
    until_on: Mapped[date | None] = mapped_column(info=OPS)
    purpose = Sealed(DataClass.NOTE)
    recipient = Sealed(DataClass.NOTE)
    state: Mapped[State] = mapped_column(default=State.WAITING, info=OPS)
    rows_total: Mapped[int] = mapped_column(default=0, info=OPS)
    rows_done: Mapped[int] = mapped_column(default=0, info=OPS)
    last_id: Mapped[UUID | None] = mapped_column(info=OPS)
    households: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    gathered = SealedContent(DataClass.NOTE)
    content = SealedContent(DataClass.NOTE)
    ready_until: Mapped[datetime | None] = mapped_column(info=OPS)
    opened_until: Mapped[datetime | None] = mapped_column(info=OPS)
    downloads: Mapped[int] = mapped_column(default=0, info=OPS)
