"""Complaints, with the clock that runs from the day on which they arrive."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from resettle.complaints import rules
from resettle.core.classes import OPS, PROFILE, VET, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity


class Complainant(StrEnum):
    PERSON = "person"
    HOUSEHOLD = "household"
    SOMEBODY_FOR_THEM = "somebody_for_them"


class ComplaintChannel(StrEnum):
    OWN_ACCOUNT = "own_account"
    IN_PERSON = "in_person"
    PHONE = "phone"
    MESSAGE = "message"
    LETTER = "letter"
    EMAIL = "email"
    PASSED_ON = "passed_on"


class About(StrEnum):
    SPONSOR_GROUP = "sponsor_group"
    STAFF = "staff"
    SERVICE = "service"
    OTHER = "other"


class ComplaintStatus(StrEnum):
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class Outcome(StrEnum):
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    TAKEN_BACK = "taken_back"
    PASSED_ON = "passed_on"


class Complaint(Record, SealedEntity):
    """What somebody complained of, in their own words, until it is resolved.

    Neither the household's caseworkers nor its group read it: they may be whom it is about.
    """

    __tablename__ = "complaint"
    sealed_by = "household_id"
    held = Held(about="household_id", kept="case_file", export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    complainant: Mapped[Complainant] = mapped_column(info=OPS)
    channel: Mapped[ComplaintChannel] = mapped_column(info=OPS)
    language: Mapped[str] = mapped_column(info=PROFILE)
    about: Mapped[About] = mapped_column(info=VET)
    about_group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), index=True, info=VET
    )
    about_user_id: Mapped[UUID | None] = mapped_column(index=True, info=VET)
    text = Sealed(DataClass.VET)
    in_english = Sealed(DataClass.VET)
    wanted = Sealed(DataClass.VET)
    status: Mapped[ComplaintStatus] = mapped_column(
        default=ComplaintStatus.RECEIVED, index=True, info=OPS
    )
    received_on: Mapped[date] = mapped_column(info=OPS)
    due_on: Mapped[date] = mapped_column(index=True, info=OPS)
    acknowledged_on: Mapped[date | None] = mapped_column(info=OPS)
    acknowledged_by: Mapped[UUID | None] = mapped_column(info=OPS)
    resolved_on: Mapped[date | None] = mapped_column(info=OPS)
    resolved_by: Mapped[UUID | None] = mapped_column(info=OPS)
    outcome: Mapped[Outcome | None] = mapped_column(info=VET)
    answer = Sealed(DataClass.VET)
    # Done when the complaint is acknowledged. The task does not say whence it comes.
    task_id: Mapped[UUID | None] = mapped_column(info=OPS)

    @property
    def clock(self) -> rules.Clock:
        return rules.Clock(self.due_on, self.acknowledged_on)
