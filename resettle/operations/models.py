"""Who was erased: a mark without a name, so that no backup brings anybody back."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, Held
from resettle.core.db import Base


class Erasure(Base):
    """One household or person who was erased. The id leads nowhere any more."""

    __tablename__ = "erasure"
    held: ClassVar[Held] = Held(about="", kept="programme", export="never")

    owner_id: Mapped[UUID] = mapped_column(primary_key=True, info=OPS)
    erased_at: Mapped[datetime] = mapped_column(info=OPS)
