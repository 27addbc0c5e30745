"""What people ask of this chapter: commands, each made by one schema or by the import."""

from dataclasses import dataclass
from datetime import date

from resettle.households.acts import UNSET, Unset
from resettle.households.models import Skill, Source
from resettle.households.rules import Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """All of somebody's contact details: what is left out is no longer so."""

    phone: str | None = None
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNeed:
    code: Coded
    severity: str | None = None
    identified_on: date | None = None
    restricted: bool = True
    practical_support: str | None = None
    source: Source = Source.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeNeed:
    severity: str | Unset | None = UNSET
    active: bool | Unset = UNSET
    restricted: bool | Unset = UNSET
    practical_support: str | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRelative:
    name: str
    relationship: Coded
    sex: str | None = None
    born_on: date | None = None
    nationality: Coded | None = None
    residence_country: Coded | None = None
    deceased: bool | None = None
    wants_reunification: bool | None = None
    rfsc_status: str | None = None
    source: Source = Source.PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLanguage:
    language: str
    understands: Skill = Skill.UNKNOWN
    speaks: Skill = Skill.UNKNOWN
    reads: Skill = Skill.UNKNOWN
    writes: Skill = Skill.UNKNOWN
    source_code: str | None = None
    code_system: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPhoto:
    taken_on: date | None = None
    source: Source = Source.PERSON
