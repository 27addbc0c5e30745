"""Incidents: what went wrong, until it is closed."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.incidents import rules

HELD = Held(about="household_id", kept="case_file", export="my_record")


class IncidentKind(StrEnum):
    SAFEGUARDING_CHILD = "safeguarding_child"
    FAMILY_VIOLENCE = "family_violence"
    SELF_HARM = "self_harm"
    DISCRIMINATION = "discrimination"
    EXPLOITATION_WORK = "exploitation_work"
    HOUSING_UNSAFE = "housing_unsafe"
    PRIVACY_BREACH = "privacy_breach"
    ACCIDENT = "accident"
    COMPLAINT = "complaint"
    OTHER = "other"


class IncidentStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Incident(Record, SealedEntity):
    """Something that went wrong or may harm somebody, until it is closed with an outcome.

    The kind says much, so it is sealed; `safeguarding` alone decides who may see the row.
    """

    __tablename__ = "incident"
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    kind = Sealed(DataClass.PROT)
    safeguarding: Mapped[bool] = mapped_column(info=OPS)
    severity: Mapped[int] = mapped_column(info=OPS)
    status: Mapped[IncidentStatus] = mapped_column(default=IncidentStatus.OPEN, info=OPS)
    happened_on: Mapped[date] = mapped_column(info=OPS)
    reported_at: Mapped[datetime] = mapped_column(info=OPS)
    reported_by: Mapped[UUID | None] = mapped_column(info=OPS)
    owner_id: Mapped[UUID | None] = mapped_column(info=OPS)
    # The placement or other record that the incident arose from.
    source_id: Mapped[UUID | None] = mapped_column(index=True, info=OPS)
    text = Sealed(DataClass.PROT)
    immediate_safety = Sealed(DataClass.PROT)
    # Agencies with the moment, as rules.written_notices writes them.
    notified = Sealed(DataClass.PROT)
    # The tasks that follow from it. The tasks themselves do not say so: more people read them.
    follow_ups = Sealed(DataClass.PROT)
    outcome = Sealed(DataClass.PROT)
    closed_on: Mapped[date | None] = mapped_column(info=OPS)

    @property
    def notices(self) -> tuple[rules.Notice, ...]:
        return rules.read_notices(self.notified)
