"""Judgements, which are added and never changed, and the evidence that each stands on."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resettle.core.classes import OPS, PROFILE, Held
from resettle.core.db import Entity
from resettle.judgements.rules import Confidence, Kind

HELD = Held(about="", kept="programme", export="never")


class Judgement(Entity):
    """How one criterion of a programme was judged, and why. The newest number counts."""

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("programme_code", "criterion", "number"),)
    held = HELD

    programme_code: Mapped[str] = mapped_column(info=OPS)
    criterion: Mapped[str] = mapped_column(info=OPS)
    number: Mapped[int] = mapped_column(info=OPS)
    rating: Mapped[int] = mapped_column(info=OPS)
    confidence: Mapped[Confidence] = mapped_column(info=OPS)
    reasoning: Mapped[str] = mapped_column(info=PROFILE)
    judged_by: Mapped[UUID | None] = mapped_column(info=OPS)
    judged_at: Mapped[datetime] = mapped_column(info=OPS)

    evidence: Mapped[list["JudgementEvidence"]] = relationship(
        viewonly=True, order_by=lambda: (JudgementEvidence.kind, JudgementEvidence.reference)
    )


class JudgementEvidence(Entity):
    """What a judgement stands on, by its code: never by anybody's name."""

    __tablename__ = "judgement_evidence"
    held = HELD

    judgement_id: Mapped[UUID] = mapped_column(ForeignKey("judgement.id"), index=True, info=OPS)
    kind: Mapped[Kind] = mapped_column(info=OPS)
    reference: Mapped[str] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_judgement_programme_code_criterion_number": (
        "Somebody else judged this criterion at the same moment. Look at theirs first."
    ),
}
