"""Report runs: what was put together when, of which data, for whom; it never changes again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, Held
from resettle.core.db import Record
from resettle.runs.rules import RunState


class ReportRun(Record):
    """One report, with every figure as it was told then, and its files.

    `told` holds of each table its id, definition, data hash and policy beside the numbers. A run
    that was asked for again has `repeats`, and says whether its figures are the same.
    """

    __tablename__ = "report_run"
    held = Held(about="", kept="programme", export="never")

    report: Mapped[str] = mapped_column(info=OPS)
    audience: Mapped[str] = mapped_column(info=OPS)
    as_at: Mapped[date | None] = mapped_column(info=OPS)
    state: Mapped[RunState] = mapped_column(default=RunState.WAITING, info=OPS)
    title: Mapped[str] = mapped_column(info=OPS)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    asked_at: Mapped[datetime] = mapped_column(info=OPS)
    made_at: Mapped[datetime | None] = mapped_column(info=OPS)
    # Totals that somebody else states, by table: what is told is compared with them.
    stated: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}", info=OPS)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=OPS)
    confirmed_by: Mapped[UUID | None] = mapped_column(info=OPS)
    repeats: Mapped[UUID | None] = mapped_column(ForeignKey("report_run.id"), index=True, info=OPS)
    is_same: Mapped[bool | None] = mapped_column(info=OPS)
    told: Mapped[dict[str, Any]] = mapped_column(default=dict, info=OPS)
    digest: Mapped[str | None] = mapped_column(info=OPS)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary, info=OPS)
    xlsx: Mapped[bytes | None] = mapped_column(LargeBinary, info=OPS)
