"""What came of each case when many were held, held on or let go at once."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.sealed import Sealed, SealedEntity
from resettle.holds.acts import Way


class HoldResult(SealedEntity):
    """One case of one act upon many. Written once; `batch_id` is that of the act.

    Why a case was refused may tell of what is missing in it, so the words are sealed.
    """

    __tablename__ = "hold_result"
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    batch_id: Mapped[UUID] = mapped_column(index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("resettlement_case.id"), index=True, info=OPS)
    way: Mapped[Way] = mapped_column(info=OPS)
    review_on: Mapped[date | None] = mapped_column(info=OPS)
    done: Mapped[bool] = mapped_column(info=OPS)
    done_at: Mapped[datetime] = mapped_column(index=True, info=OPS)
    done_by: Mapped[UUID | None] = mapped_column(info=OPS)
    words = Sealed(DataClass.NOTE)
