"""The time that a caseworker is away, and who stands in meanwhile."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, Held
from resettle.core.db import Record


class Absence(Record):
    """A leave from a day until another, not included. Why somebody is away is not asked.

    Each household that is covered has an assignment of kind cover that names this absence.
    """

    __tablename__ = "absence"
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    from_on: Mapped[date] = mapped_column(info=OPS)
    until_on: Mapped[date] = mapped_column(index=True, info=OPS)

    @classmethod
    def live_on(cls, day: date | ColumnElement[date]) -> ColumnElement[bool]:
        return (cls.from_on <= day) & (cls.until_on > day)
