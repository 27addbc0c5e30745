"""Steps that somebody took on the board, and what was decided with what was known then."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class StepKind(StrEnum):
    """Another place than the run's, the run's place kept, a place ruled out, or rulings lifted."""

    MOVE = "move"
    KEEP = "keep"
    FORBID = "forbid"
    FREE = "free"


class BoardStep(Record):
    """One step on the board. `made` is the ruling that it made, `lifted` those that it lifted.

    So it can be taken back, last step first.
    """

    __tablename__ = "board_step"
    held = HELD

    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    kind: Mapped[StepKind] = mapped_column(info=OPS)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("place.id"), index=True, info=OPS)
    made: Mapped[UUID | None] = mapped_column(ForeignKey("match_ruling.id"), index=True, info=OPS)
    lifted: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    taken_at: Mapped[datetime] = mapped_column(info=OPS)
    taken_by: Mapped[UUID | None] = mapped_column(info=OPS)
    undone_at: Mapped[datetime | None] = mapped_column(info=OPS)


class PlaceDecision(Record, SealedEntity):
    """A person's decision that a household is offered a place, with what was known at that moment.

    `known` is JSON: the facts of the household and the place in the run, why each place could be
    or not, what the best would have been. Nothing of it is ever changed. `proposed_place_id` is
    what the run had proposed; where the decision differs, `reason_code` says why.
    """

    __tablename__ = "place_decision"
    held = HELD
    sealed_by = "household_id"

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True, info=OPS)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id"), index=True, info=OPS)
    allocation_id: Mapped[UUID] = mapped_column(
        ForeignKey("place_allocation.id"), unique=True, info=OPS
    )
    sponsorship_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsorship.id"), index=True, info=OPS
    )
    proposed_place_id: Mapped[UUID | None] = mapped_column(info=OPS)
    reason_code: Mapped[str | None] = mapped_column(info=OPS)
    note = Sealed(DataClass.PROFILE)
    known = Sealed(DataClass.PROFILE)
    decided_at: Mapped[datetime] = mapped_column(info=OPS)
    decided_by: Mapped[UUID | None] = mapped_column(info=OPS)
    declined_on: Mapped[date | None] = mapped_column(info=OPS)
    declined_by: Mapped[UUID | None] = mapped_column(info=OPS)
    decline_reason: Mapped[str | None] = mapped_column(info=OPS)

    @property
    def differs(self) -> bool:
        """Say whether a person decided otherwise than the run proposed."""
        return self.place_id != self.proposed_place_id


_HOLDS = PlaceDecision.declined_on.is_(None)
Index(
    "uq_place_decision_holds",
    PlaceDecision.household_id,
    unique=True,
    sqlite_where=_HOLDS,
    postgresql_where=_HOLDS,
)

CONFLICTS: Mapping[str, str] = {
    "uq_place_decision_holds": "It is decided already where this household goes.",
}
