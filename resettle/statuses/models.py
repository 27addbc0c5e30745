"""Dated, coded statuses of people."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.households.models import CASE_FILE, Source


class PersonStatus(Record, SealedEntity):
    """Something that is so of a person since a day: a code of config/statuses.toml.

    It holds until the next of its kind begins, and is known to have held on `known_on`. What is
    corrected stays, beside the row that names it in `corrects_id`. The code is kept with what
    somebody lives on, since a benefit tells of both purse and health: no sponsor is shown either.
    """

    __tablename__ = "person_status"
    __table_args__ = (CheckConstraint("known_on >= from_on", name="known_since"),)
    held = Held(about="person_id", kept=CASE_FILE, export="my_record")
    sealed_by = "person_id"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    kind: Mapped[str] = mapped_column(info=OPS)
    code = Sealed(DataClass.FIN)
    note = Sealed(DataClass.NOTE)
    from_on: Mapped[date] = mapped_column(info=OPS)
    known_on: Mapped[date] = mapped_column(info=OPS)
    source: Mapped[Source] = mapped_column(default=Source.PERSON, info=OPS)
    corrects_id: Mapped[UUID | None] = mapped_column(info=OPS)
    corrected_at: Mapped[datetime | None] = mapped_column(info=OPS)
    corrected_because = Sealed(DataClass.NOTE)
    # What the person's record said before, on no day's word: it says so again if nothing stands.
    undated_before: Mapped[int | None] = mapped_column(info=PROFILE)


_STANDS = PersonStatus.corrected_at.is_(None)
Index(
    "uq_person_status_one_a_day",
    PersonStatus.person_id,
    PersonStatus.kind,
    PersonStatus.from_on,
    unique=True,
    sqlite_where=_STANDS,
    postgresql_where=_STANDS,
)

SAME_DAY = "A status of this kind since this day is on record already. Correct that one."
CONFLICTS: Mapping[str, str] = {"uq_person_status_one_a_day": SAME_DAY}
