"""Households, the people in them, and since when: the root of nearly every other table."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, case
from sqlalchemy.orm import Mapped, mapped_column, relationship

from resettle.core.classes import IDENT, OPS, PROFILE, SECRET, DataClass, Held
from resettle.core.db import Base, Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.households.rules import full_name

CASE_FILE = "case_file"


class Stream(StrEnum):
    QUOTA = "quota"
    CORS = "cors"
    RFSC = "rfsc"
    CONVENTION = "convention"
    AFGHAN_INTERPRETER = "afghan_interpreter"
    AFGHAN_RESPONSE = "afghan_response"
    OTHER = "other"


class Source(StrEnum):
    """Who told us: the person, or somebody else, and then a notice to the person is due."""

    PERSON = "person"
    UNHCR = "unhcr"
    INZ = "inz"
    SPONSOR = "sponsor"
    PROVIDER = "provider"


class Sex(StrEnum):
    F = "F"
    M = "M"
    X = "X"
    U = "U"


class MemberRole(StrEnum):
    PRINCIPAL = "principal"
    PARTNER = "partner"
    DEPENDANT = "dependant"
    OTHER = "other"


class LeaveReason(StrEnum):
    MOVED_OUT = "moved_out"
    SEPARATED = "separated"
    JOINED_OTHER_HOUSEHOLD = "joined_other_household"
    LEFT_NEW_ZEALAND = "left_new_zealand"
    DIED = "died"
    RECORDED_IN_ERROR = "recorded_in_error"
    OTHER = "other"


class Skill(StrEnum):
    """How well a language is read, written, spoken or understood."""

    EASILY = "easily"
    NOT_EASILY = "not_easily"
    NONE = "none"
    UNKNOWN = "unknown"


class Household(Record, SealedEntity):
    __tablename__ = "household"
    __table_args__ = (Index("ix_household_display_name_id", "display_name", "id"),)
    held = Held(about="id", kept=CASE_FILE, export="my_record")

    reference: Mapped[str] = mapped_column(unique=True, info=OPS)
    display_name: Mapped[str] = mapped_column(info=IDENT)
    stream: Mapped[Stream] = mapped_column(info=OPS)
    programme_code: Mapped[str] = mapped_column(info=OPS)
    programme_version: Mapped[int] = mapped_column(info=OPS)
    primary_language: Mapped[str] = mapped_column(info=PROFILE)
    needs_interpreter: Mapped[bool] = mapped_column(default=True, info=PROFILE)
    preferred_contact: Mapped[str | None] = mapped_column(info=PROFILE)
    location: Mapped[str | None] = mapped_column(index=True, info=PROFILE)
    provider: Mapped[str | None] = mapped_column(info=PROFILE)
    source: Mapped[Source] = mapped_column(default=Source.PERSON, info=OPS)
    arrived_on: Mapped[date | None] = mapped_column(info=OPS)
    placed_on: Mapped[date | None] = mapped_column(info=OPS)
    support_start_on: Mapped[date | None] = mapped_column(info=OPS)
    support_end_on: Mapped[date | None] = mapped_column(info=OPS)
    exited_on: Mapped[date | None] = mapped_column(info=OPS)
    exit_reason: Mapped[str | None] = mapped_column(info=OPS)
    risk_level = Sealed(DataClass.NOTE)
    notes_summary = Sealed(DataClass.NOTE)

    # For reading: rows are made with ids, since a sealed value is bound to its owner's id.
    members: Mapped[list["HouseholdMember"]] = relationship(
        viewonly=True,
        primaryjoin=(
            "and_(Household.id == HouseholdMember.household_id, HouseholdMember.left_on.is_(None))"
        ),
        order_by=lambda: (LEADER_FIRST, HouseholdMember.joined_on, HouseholdMember.id),
    )

    @property
    def size(self) -> int:
        return len(self.members)


class Person(Record, SealedEntity):
    __tablename__ = "person"
    __table_args__ = (Index("ix_person_born_on", "born_on"),)
    held = Held(about="id", kept=CASE_FILE, export="my_record")

    family_name: Mapped[str] = mapped_column(info=IDENT)
    given_name: Mapped[str] = mapped_column(default="", info=IDENT)
    other_names: Mapped[str] = mapped_column(default="", info=IDENT)
    preferred_name: Mapped[str | None] = mapped_column(info=IDENT)
    name_in_script: Mapped[str | None] = mapped_column(info=IDENT)
    pronunciation: Mapped[str | None] = mapped_column(info=IDENT)
    aliases: Mapped[list[str]] = mapped_column(default=list, info=IDENT)
    sex: Mapped[Sex] = mapped_column(info=IDENT)
    born_on: Mapped[date] = mapped_column(info=IDENT)
    born_is_estimate: Mapped[bool] = mapped_column(default=False, info=IDENT)
    marital_status: Mapped[str | None] = mapped_column(info=IDENT)
    deceased_on: Mapped[date | None] = mapped_column(info=IDENT)

    education_level: Mapped[str | None] = mapped_column(info=PROFILE)
    education_degree: Mapped[str | None] = mapped_column(info=PROFILE)
    years_schooling: Mapped[int | None] = mapped_column(info=PROFILE)
    occupation_code: Mapped[str | None] = mapped_column(info=PROFILE)
    occupation_text: Mapped[str | None] = mapped_column(info=PROFILE)
    work_years: Mapped[int | None] = mapped_column(info=PROFILE)
    english_level: Mapped[int | None] = mapped_column(info=PROFILE)
    english_scale: Mapped[str | None] = mapped_column(info=PROFILE)
    english_source_level: Mapped[str | None] = mapped_column(info=PROFILE)
    english_assessed_on: Mapped[date | None] = mapped_column(info=PROFILE)
    literacy_first_language: Mapped[Skill | None] = mapped_column(info=PROFILE)

    # Sealed text; those that a code list names are kept as rules.Coded, with the source's code.
    nationality = Sealed(DataClass.ORIGIN)
    other_nationalities = Sealed(DataClass.ORIGIN)
    stateless = Sealed(DataClass.ORIGIN)
    birth_country = Sealed(DataClass.ORIGIN)
    birth_place = Sealed(DataClass.ORIGIN)
    origin_country = Sealed(DataClass.ORIGIN)
    asylum_country = Sealed(DataClass.ORIGIN)
    asylum_arrived_on = Sealed(DataClass.ORIGIN)
    registered_on = Sealed(DataClass.ORIGIN)
    ethnicity = Sealed(DataClass.ORIGIN)
    religion = Sealed(DataClass.ORIGIN)
    immigration_status = Sealed(DataClass.ORIGIN)
    unhcr_individual_id = Sealed(DataClass.ORIGIN)
    inz_client_no = Sealed(DataClass.ORIGIN)
    unhcr_id_index: Mapped[str | None] = mapped_column(index=True, info=SECRET)

    phone = Sealed(DataClass.LOC)
    email = Sealed(DataClass.LOC)
    address = Sealed(DataClass.LOC)
    contact_confirmed_on: Mapped[date | None] = mapped_column(info=OPS)

    # Where the plain coded facts came from: {"education_level": {"source_code", "code_system"}}.
    source_codes: Mapped[dict[str, Any]] = mapped_column(default=dict, info=PROFILE)
    source: Mapped[Source] = mapped_column(default=Source.PERSON, info=OPS)
    notice_due_on: Mapped[date | None] = mapped_column(info=OPS)
    notice_given_on: Mapped[date | None] = mapped_column(info=OPS)
    notice_language: Mapped[str | None] = mapped_column(info=OPS)
    notice_text_version: Mapped[str | None] = mapped_column(info=OPS)

    languages: Mapped[list["PersonLanguage"]] = relationship(
        viewonly=True, order_by="PersonLanguage.language"
    )

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.other_names, self.family_name)


class HouseholdMember(Record):
    """One person's stay in one household. Who left and came back has two rows."""

    __tablename__ = "household_member"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="leaves_after_joining"),
    )
    held = Held(about="household_id", kept=CASE_FILE, export="my_record")

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    relationship_code: Mapped[str] = mapped_column(info=IDENT)
    relationship_source_code: Mapped[str | None] = mapped_column(info=IDENT)
    code_system: Mapped[str | None] = mapped_column(info=OPS)
    role: Mapped[MemberRole] = mapped_column(info=IDENT)
    joined_on: Mapped[date] = mapped_column(info=OPS)
    left_on: Mapped[date | None] = mapped_column(info=OPS)
    leave_reason: Mapped[LeaveReason | None] = mapped_column(info=IDENT)
    guardian_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id"), index=True, info=IDENT
    )
    # On no screen: that it is set would tell the guardian that there is something to keep back.
    guardian_withheld: Mapped[bool] = mapped_column(default=False, info=SECRET)

    person: Mapped[Person] = relationship(viewonly=True, foreign_keys=person_id)


LEADER_FIRST: ColumnElement[int] = case(
    (HouseholdMember.role == MemberRole.PRINCIPAL, 0),
    (HouseholdMember.role == MemberRole.PARTNER, 1),
    else_=2,
)

_STAYS = HouseholdMember.left_on.is_(None)
_LEADS = _STAYS & (HouseholdMember.role == MemberRole.PRINCIPAL)
Index(
    "uq_household_member_one_principal",
    HouseholdMember.household_id,
    unique=True,
    sqlite_where=_LEADS,
    postgresql_where=_LEADS,
)
Index(
    "uq_household_member_one_home",
    HouseholdMember.person_id,
    unique=True,
    sqlite_where=_STAYS,
    postgresql_where=_STAYS,
)


class PersonLanguage(Record):
    __tablename__ = "person_language"
    __table_args__ = (UniqueConstraint("person_id", "language"),)
    held = Held(about="person_id", kept=CASE_FILE, export="my_record")

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True, info=OPS)
    language: Mapped[str] = mapped_column(info=PROFILE)
    understands: Mapped[Skill] = mapped_column(default=Skill.UNKNOWN, info=PROFILE)
    speaks: Mapped[Skill] = mapped_column(default=Skill.UNKNOWN, info=PROFILE)
    reads: Mapped[Skill] = mapped_column(default=Skill.UNKNOWN, info=PROFILE)
    writes: Mapped[Skill] = mapped_column(default=Skill.UNKNOWN, info=PROFILE)
    source_code: Mapped[str | None] = mapped_column(info=PROFILE)
    code_system: Mapped[str | None] = mapped_column(info=OPS)


class DenyListed(Record, SealedEntity):
    """A user who may never see this household, whatever else would allow it."""

    __tablename__ = "deny_listed"
    __table_args__ = (UniqueConstraint("household_id", "user_id"),)
    held = Held(about="household_id", kept=CASE_FILE, export="never")
    sealed_by = "household_id"

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    user_id: Mapped[UUID] = mapped_column(index=True, info=OPS)
    reason = Sealed(DataClass.NOTE)


class ReferenceCounter(Base):
    """The last number given in a year, locked while the next is taken."""

    __tablename__ = "reference_counter"
    held: ClassVar[Held] = Held(about="", kept=CASE_FILE, export="never")
    audited: ClassVar[bool] = False

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=OPS)
    last: Mapped[int] = mapped_column(info=OPS)


CONFLICTS: Mapping[str, str] = {
    "uq_household_member_one_principal": "This household already has a principal applicant.",
    "uq_household_member_one_home": (
        "This person still belongs to a household. Record the day of leaving it first."
    ),
    "uq_person_language_person_id_language": "This language is already on record for this person.",
    "uq_deny_listed_household_id_user_id": "This user is already kept from this household.",
}
