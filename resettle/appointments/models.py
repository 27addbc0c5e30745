"""Appointments of households and their people."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PLAN, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity

HELD = Held(about="household_id", kept="case_file", export="my_record")


class Kind(StrEnum):
    WORK_AND_INCOME = "work_and_income"
    IRD = "ird"
    BANK = "bank"
    SCHOOL = "school"
    ECE = "ece"
    GP = "gp"
    HOSPITAL = "hospital"
    DENTAL = "dental"
    MENTAL_HEALTH = "mental_health"
    MATERNITY = "maternity"
    IMMUNISATION = "immunisation"
    HOUSING_VIEWING = "housing_viewing"
    TENANCY = "tenancy"
    ENGLISH_ASSESSMENT = "english_assessment"
    ENGLISH_CLASS = "english_class"
    JOB_INTERVIEW = "job_interview"
    JOB_COACH = "job_coach"
    DRIVING = "driving"
    LEGAL = "legal"
    INZ = "inz"
    COMMUNITY = "community"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of it: planned until somebody says so."""

    PLANNED = "planned"
    ATTENDED = "attended"
    LATE = "late"
    DID_NOT_ATTEND = "did_not_attend"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"


class Transport(StrEnum):
    OWN_WAY = "own_way"
    STAFF_CAR = "staff_car"
    SPONSOR_CAR = "sponsor_car"
    TAXI = "taxi"
    BUS = "bus"
    ON_FOOT = "on_foot"
    AT_HOME = "at_home"


class Gender(StrEnum):
    """By whom the people want to be interpreted, where they say so."""

    WOMAN = "woman"
    MAN = "man"


class Appointment(Record, SealedEntity):
    """Where somebody has to be at some moment. Nobody named: the whole household goes.

    With whom it is and what kind it is may tell of health, so both are sealed as health is.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_household_id_starts_at", "household_id", "starts_at"),
        Index("ix_appointment_companion_id_starts_at", "companion_id", "starts_at"),
        Index("ix_appointment_starts_at", "starts_at"),
    )
    sealed_by = "household_id"
    held = HELD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), info=OPS)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    kind = Sealed(DataClass.HEALTH)
    with_whom = Sealed(DataClass.HEALTH)
    starts_at: Mapped[datetime] = mapped_column(info=PLAN)
    ends_at: Mapped[datetime] = mapped_column(info=PLAN)
    place = Sealed(DataClass.LOC)
    interpreter_needed: Mapped[bool] = mapped_column(default=False, info=PROFILE)
    interpreter_booked: Mapped[bool] = mapped_column(default=False, info=PLAN)
    interpreter_language: Mapped[str | None] = mapped_column(info=PROFILE)
    interpreter_gender: Mapped[Gender | None] = mapped_column(info=PROFILE)
    interpreter = Sealed(DataClass.NOTE)
    transport: Mapped[Transport | None] = mapped_column(info=PLAN)
    driver = Sealed(DataClass.LOC)
    pickup = Sealed(DataClass.LOC)
    # A colleague who goes along; others are named in words.
    companion_id: Mapped[UUID | None] = mapped_column(info=OPS)
    companion = Sealed(DataClass.NOTE)
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.PLANNED, info=PLAN)
    outcome_note = Sealed(DataClass.NOTE)
    # The one that took its place, where it was put off.
    moved_to_id: Mapped[UUID | None] = mapped_column(info=OPS)
