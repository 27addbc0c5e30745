"""What is known of one person: specific needs, relatives elsewhere, the photo."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import IDENT, OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedContent, SealedEntity
from resettle.households.models import CASE_FILE, Source
from resettle.people.rules import NeedKind


class SpecificNeed(Record, SealedEntity):
    """A need that somebody should heed. The code is for the caseworker; others get the practice.

    Its code lies in one of two columns, since health and protection have different readers.
    """

    __tablename__ = "specific_need"
    held = Held(about="person_id", kept=CASE_FILE, export="my_record")
    sealed_by = "person_id"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    kind: Mapped[NeedKind] = mapped_column(info=OPS)
    health_code = Sealed(DataClass.HEALTH)
    protection_code = Sealed(DataClass.PROT)
    severity = Sealed(DataClass.NOTE)
    identified_on: Mapped[date | None] = mapped_column(info=OPS)
    active: Mapped[bool] = mapped_column(default=True, info=OPS)
    restricted: Mapped[bool] = mapped_column(default=True, info=OPS)
    practical_support: Mapped[str | None] = mapped_column(info=PROFILE)
    source: Mapped[Source] = mapped_column(default=Source.PERSON, info=OPS)

    @property
    def code(self) -> str | None:
        """The coded fact as it is kept (households.rules.Coded), from whichever shelf."""
        text: str | None = (
            self.health_code if self.kind is NeedKind.HEALTH else self.protection_code
        )
        return text


class Relative(Record, SealedEntity):
    """A relative who does not travel with the household: abroad, or in New Zealand already."""

    __tablename__ = "relative"
    held = Held(about="person_id", kept=CASE_FILE, export="my_record")
    sealed_by = "person_id"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    name = Sealed(DataClass.ORIGIN)
    relationship_code = Sealed(DataClass.ORIGIN)
    sex = Sealed(DataClass.ORIGIN)
    born_on = Sealed(DataClass.ORIGIN)
    nationality = Sealed(DataClass.ORIGIN)
    residence_country = Sealed(DataClass.ORIGIN)
    deceased = Sealed(DataClass.ORIGIN)
    wants_reunification = Sealed(DataClass.ORIGIN)
    rfsc_status = Sealed(DataClass.ORIGIN)
    source: Mapped[Source] = mapped_column(default=Source.PERSON, info=OPS)


class Photo(Record, SealedEntity):
    """The one photo of a person: a picture made anew, without the data that cameras add."""

    __tablename__ = "photo"
    held = Held(about="person_id", kept=CASE_FILE, export="my_record")
    sealed_by = "person_id"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True, info=OPS)
    content = SealedContent(DataClass.IDENT)
    media_type: Mapped[str] = mapped_column(info=OPS)
    width: Mapped[int] = mapped_column(info=OPS)
    height: Mapped[int] = mapped_column(info=OPS)
    taken_on: Mapped[date | None] = mapped_column(info=IDENT)
    source: Mapped[Source] = mapped_column(default=Source.PERSON, info=OPS)


CONFLICTS = {
    "uq_photo_person_id": "This person already has a photo. Load it again, and replace it."
}
