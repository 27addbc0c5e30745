"""What people ask of this chapter: commands, each made by one schema or by the import."""

from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from resettle.households.models import LeaveReason, Sex, Skill, Source, Stream
from resettle.households.rules import Coded


class Unset(Enum):
    """Stands for what was not sent, since None means "nothing"."""

    UNSET = "unset"


UNSET = Unset.UNSET


def given(command: Any) -> dict[str, Any]:
    """Name the facts that a command really holds."""
    held = {f.name: getattr(command, f.name) for f in fields(command)}
    return {name: value for name, value in held.items() if value is not UNSET}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """What may be told of a person. A new person needs a family name, a sex and a birth day."""

    family_name: str | Unset = UNSET
    given_name: str | Unset = UNSET
    other_names: str | Unset = UNSET
    preferred_name: str | Unset | None = UNSET
    name_in_script: str | Unset | None = UNSET
    pronunciation: str | Unset | None = UNSET
    aliases: list[str] | Unset = UNSET
    sex: Sex | Unset = UNSET
    born_on: date | Unset = UNSET
    born_is_estimate: bool | Unset = UNSET
    marital_status: str | Unset | None = UNSET
    education_level: str | Unset | None = UNSET
    education_degree: str | Unset | None = UNSET
    years_schooling: int | Unset | None = UNSET
    occupation_code: str | Unset | None = UNSET
    occupation_text: str | Unset | None = UNSET
    work_years: int | Unset | None = UNSET
    english_level: int | Unset | None = UNSET
    english_scale: str | Unset | None = UNSET
    english_source_level: str | Unset | None = UNSET
    english_assessed_on: date | Unset | None = UNSET
    literacy_first_language: Skill | Unset | None = UNSET
    nationality: Coded | Unset | None = UNSET
    stateless: bool | Unset | None = UNSET
    birth_country: Coded | Unset | None = UNSET
    birth_place: str | Unset | None = UNSET
    origin_country: Coded | Unset | None = UNSET
    asylum_country: Coded | Unset | None = UNSET
    asylum_arrived_on: date | Unset | None = UNSET
    registered_on: date | Unset | None = UNSET
    ethnicity: Coded | Unset | None = UNSET
    religion: Coded | Unset | None = UNSET
    immigration_status: str | Unset | None = UNSET
    unhcr_individual_id: str | Unset | None = UNSET
    inz_client_no: str | Unset | None = UNSET
    phone: str | Unset | None = UNSET
    email: str | Unset | None = UNSET
    address: str | Unset | None = UNSET
    source: Source | Unset = UNSET
    source_codes: dict[str, Any] | Unset = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """A person on the way into a household, and what they are to the principal applicant."""

    person: PersonFacts
    relationship: Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinHousehold:
    """Somebody new comes, or somebody whom we know comes from elsewhere."""

    person: PersonFacts | None = None
    person_id: UUID | None = None
    relationship: Coded
    joined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHousehold:
    stream: Stream
    programme_code: str
    programme_version: int | None = None
    primary_language: str
    needs_interpreter: bool = True
    preferred_contact: str | None = None
    location: str | None = None
    source: Source = Source.PERSON
    members: list[NewMember]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHousehold:
    primary_language: str | Unset = UNSET
    needs_interpreter: bool | Unset = UNSET
    preferred_contact: str | Unset | None = UNSET
    location: str | Unset | None = UNSET
    provider: str | Unset | None = UNSET
    risk_level: str | Unset | None = UNSET
    notes_summary: str | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBirth:
    family_name: str
    given_name: str = ""
    other_names: str = ""
    name_in_script: str | None = None
    sex: Sex
    born_on: date
    relationship: Coded
    guardian_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeparture:
    left_on: date
    reason: LeaveReason
    successor_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGuardian:
    guardian_id: UUID | None
    guardian_withheld: bool = False
