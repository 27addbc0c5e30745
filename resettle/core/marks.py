"""What a database is for: a few named facts about the installation itself."""

from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, Held
from resettle.core.db import Base


class Mark(Base):
    """One fact, such as that this database is the demonstration's own."""

    __tablename__ = "mark"
    held: ClassVar[Held] = Held(about="", kept="programme", export="never")

    name: Mapped[str] = mapped_column(primary_key=True, info=OPS)
    value: Mapped[str] = mapped_column(info=OPS)
