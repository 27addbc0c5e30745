"""The consent ledger: what each person agreed to and took back, in rows that are only added."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.consents.rules import Decision
from resettle.core.classes import IDENT, OPS, Held
from resettle.core.db import Entity


class Purpose(StrEnum):
    SUPPORT_DELIVERY = "support_delivery"
    SHARE_WITH_SPONSOR = "share_with_sponsor"
    SHARE_WITH_SCHOOL = "share_with_school"
    SHARE_WITH_HEALTH = "share_with_health"
    SHARE_WITH_HOUSING = "share_with_housing"
    SHARE_IN_HOUSEHOLD = "share_in_household"
    EVALUATION = "evaluation"
    PHOTO_PRIVATE = "photo_private"
    PHOTO_PUBLIC = "photo_public"
    CONTACT_AFTER_EXIT = "contact_after_exit"


class RecipientType(StrEnum):
    SPONSOR_GROUP = "sponsor_group"
    AGENCY = "agency"
    HOUSEHOLD = "household"
    EVALUATION = "evaluation"
    PUBLIC = "public"


class Item(StrEnum):
    """What of a person may be shared; `all` where the purpose itself says what."""

    PROFILE = "profile"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    PHOTO = "photo"
    PHONE = "phone"
    ADDRESS = "address"
    HEALTH_FLAGS = "health_flags"
    DIET = "diet"
    ALL = "all"


class Method(StrEnum):
    OWN_ACCOUNT = "own_account"
    SIGNED = "signed"
    VERBAL_INTERPRETED = "verbal_interpreted"
    GUARDIAN = "guardian"
    # Nobody spoke: the household in which it was given is another, or the person has died.
    HOUSEHOLD_CHANGE = "household_change"


class ConsentEntry(Entity):
    """One decision. In effect is the last row by (valid_from, seq) about the same thing."""

    __tablename__ = "consent_entry"
    __table_args__ = (
        UniqueConstraint("person_id", "seq"),
        Index("ix_consent_entry_effect", "person_id", "purpose", "item", "valid_from", "seq"),
    )
    held = Held(about="household_id", kept="case_file", export="my_record")

    seq: Mapped[int] = mapped_column(info=OPS)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    purpose: Mapped[Purpose] = mapped_column(info=OPS)
    item: Mapped[Item] = mapped_column(info=OPS)
    recipient_type: Mapped[RecipientType] = mapped_column(info=OPS)
    # Without an id: every recipient of the type, such as any sponsor group that may be matched.
    recipient_id: Mapped[UUID | None] = mapped_column(info=OPS)
    recipient_name: Mapped[str | None] = mapped_column(info=OPS)
    decision: Mapped[Decision] = mapped_column(info=OPS)
    method: Mapped[Method] = mapped_column(info=OPS)
    language: Mapped[str] = mapped_column(info=OPS)
    interpreter: Mapped[str | None] = mapped_column(info=IDENT)
    text_version: Mapped[str] = mapped_column(info=OPS)
    # The guardian who spoke for a child; None where the person spoke.
    given_by: Mapped[UUID | None] = mapped_column(info=OPS)
    child_assents: Mapped[bool | None] = mapped_column(info=OPS)
    recorded_by: Mapped[UUID | None] = mapped_column(info=OPS)
    recorded_at: Mapped[datetime] = mapped_column(info=OPS)
    valid_from: Mapped[datetime] = mapped_column(info=OPS)
    expires_on: Mapped[date | None] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_consent_entry_person_id_seq": (
        "Another decision of this person was recorded at the same moment. Record it again."
    ),
}
