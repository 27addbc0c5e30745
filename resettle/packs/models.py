"""Packs: who took which file out of the service, for whom and why; and the file, for a day."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedContent, SealedEntity


class PackState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"
    FORGOTTEN = "forgotten"


class Pack(Record, SealedEntity):
    """One hand-over pack. The file is forgotten after a day; that it was made stays on record."""

    __tablename__ = "pack"
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    asked_by: Mapped[UUID] = mapped_column(index=True, info=OPS)
    state: Mapped[PackState] = mapped_column(default=PackState.WAITING, info=OPS)
    purpose = Sealed(DataClass.NOTE)
    recipient = Sealed(DataClass.NOTE)
    ready_until: Mapped[datetime | None] = mapped_column(info=OPS)
    opened_until: Mapped[datetime | None] = mapped_column(info=OPS)
    downloads: Mapped[int] = mapped_column(default=0, info=OPS)
    content = SealedContent(DataClass.NOTE)
