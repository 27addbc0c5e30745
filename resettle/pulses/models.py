"""Who was asked, and what was answered: the answers name nobody, and hang on no invitation."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, SECRET, Held
from resettle.core.db import Entity


class PulseInvitation(Entity):
    """One member asked in one round. `token_hash` is all that is kept of the link.

    That somebody has answered is a mark without a time, and in no trail: beside the time of an
    answer it would say whose answer it is.
    """

    __tablename__ = "pulse_invitation"
    __table_args__ = (
        UniqueConstraint("group_id", "user_id", "opened_on"),
        Index("ix_pulse_invitation_user_id_closes_on", "user_id", "closes_on"),
    )
    held = Held(about="user_id", kept="account", export="never")
    audited: ClassVar[bool] = False

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), info=OPS)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    opened_on: Mapped[date] = mapped_column(info=OPS)
    closes_on: Mapped[date] = mapped_column(info=OPS)
    token_hash: Mapped[str | None] = mapped_column(unique=True, info=SECRET)
    answered: Mapped[bool] = mapped_column(default=False, info=OPS)


class PulseAnswer(Entity):
    """One answer to one question in the round of a group. Nobody reads it: it is counted."""

    __tablename__ = "pulse_answer"
    __table_args__ = (
        CheckConstraint("value BETWEEN 1 AND 5", name="value"),
        Index("ix_pulse_answer_group_id_opened_on", "group_id", "opened_on"),
    )
    held = Held(about="", kept="sponsor_group", export="never")

    group_id: Mapped[UUID] = mapped_column(ForeignKey("sponsor_group.id"), info=OPS)
    opened_on: Mapped[date] = mapped_column(info=OPS)
    question: Mapped[str] = mapped_column(info=OPS)
    value: Mapped[int] = mapped_column(info=PROFILE)


CONFLICTS: Mapping[str, str] = {
    "uq_pulse_invitation_group_id_user_id_opened_on": "This member was asked already.",
}
