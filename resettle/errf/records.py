"""What a submission holds: the same records for every version of the form.

Codes stay as UNHCR wrote them; `resettle.errf.codes` converts them. A value that the file lacks, or
that cannot be read as what it should be, is None or empty here and a finding elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

PRINCIPAL_APPLICANT = "PA"


class Unreadable(Exception):
    """The file cannot be read as an eRRF at all; the one sentence says why."""


class Version(StrEnum):
    V2_8 = "2.8"
    V3 = "3"
    V4_1 = "4.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Individual:
    guid: str
    id: str
    family_name: str
    second_family_name: str
    given_name: str
    middle_name: str
    maiden_name: str
    concatenated_name: str
    registration_date: date | None
    birth_date: date | None
    birth_date_estimated: bool | None
    birth_country: str
    birth_place: str
    origin_country: str
    asylum_country: str
    arrival_date: date | None
    sex: str
    nationality: str
    marital_status: str
    religion: str
    ethnicity: str
    education_level: str
    mother_name: str
    father_name: str
    relationship: str

    @property
    def label(self) -> str:
        return self.id or self.guid or "an individual without ID"

    @property
    def key(self) -> str:
        """What the other records of the file name this person by."""
        return (self.guid or self.id).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfIndividual:
    """A record about one person: `refers_to` as in the file, `individual_id` if they are in it."""

    guid: str
    refers_to: str
    individual_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEntry(OfIndividual):
    group_guid: str
    relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(OfIndividual):
    type: str
    country: str
    postal: str
    level1: str
    level2: str
    level3: str
    level4: str
    level5: str
    level6: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(OfIndividual):
    phone_number: str
    phone_country: str
    phone_type: str
    email: str
    in_use: bool | None
    started_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(OfIndividual):
    last_name: str
    first_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Education(OfIndividual):
    level: str
    degree: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment(OfIndividual):
    type: str
    occupation: str
    occupation_text: str
    no_occupation_category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative(OfIndividual):
    family_name: str
    second_family_name: str
    given_name: str
    middle_name: str
    maiden_name: str
    relationship: str
    birth_date: date | None
    birth_date_estimated: bool | None
    birth_country: str
    birth_place: str
    residence_country: str
    sex: str
    nationality: str
    deceased: bool | None
    deceased_on: date | None
    marital_status: str
    legal_status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(OfIndividual):
    language: str
    read: str
    write: str
    speak: str
    understand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph(OfIndividual):
    type: int | None
    image: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Vulnerability(OfIndividual):
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(OfIndividual):
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resettlement(OfIndividual):
    category: str
    second_category: str
    priority: str


R = TypeVar("R", bound=OfIndividual)


def by_person(records: Iterable[R]) -> Mapping[str, list[R]]:
    """Sort records by the key of the person whom they are about; nobody's are an empty list."""
    sorted_ = defaultdict[str, list[R]](list)
    for record in records:
        sorted_[record.refers_to.casefold()].append(record)
    return sorted_


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossReference:
    guid: str
    from_guid: str
    from_number: str
    to_guid: str
    to_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    position: int
    number: str
    guid: str
    size: int | None
    individuals: tuple[Individual, ...]
    group_entries: tuple[GroupEntry, ...]
    cross_references: tuple[CrossReference, ...]
    addresses: tuple[Address, ...]
    contacts: tuple[Contact, ...]
    aliases: tuple[Alias, ...]
    educations: tuple[Education, ...]
    employments: tuple[Employment, ...]
    relatives: tuple[Relative, ...]
    languages: tuple[Language, ...]
    photographs: tuple[Photograph, ...]
    resettlements: tuple[Resettlement, ...]
    vulnerabilities: tuple[Vulnerability, ...]
    documents: tuple[Document, ...]

    @property
    def label(self) -> str:
        return self.number or f"case {self.position}"

    @property
    def resettlement(self) -> Resettlement | None:
        return self.resettlements[0] if self.resettlements else None

    @property
    def principal_applicants(self) -> tuple[Individual, ...]:
        """Who is marked PA; a person who stands in the file twice is still one person."""
        found = {
            one.key: one
            for one in reversed(self.individuals)
            if one.relationship == PRINCIPAL_APPLICANT
        }
        return tuple(reversed(found.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    version: Version
    code_system: str
    indicator: str
    cases: tuple[Case, ...]
