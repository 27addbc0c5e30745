"""What each version of the form may and must hold, element by element.

Names and cardinalities are those of UNHCR's schemas. Whether an empty element is a fault is not in
a schema: it is what UNHCR's receiving States check.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from resettle.errf.records import Version


class Kind(Enum):
    TEXT = auto()
    NAME = auto()
    CODE = auto()
    DATE = auto()
    FLAG = auto()
    NUMBER = auto()
    DOCUMENT = auto()
    PHOTO = auto()


class Need(Enum):
    """What a field must be: FREE to be absent, PRESENT if only empty, ADVISED or FILLED."""

    FREE = auto()
    PRESENT = auto()
    ADVISED = auto()
    FILLED = auto()


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: Kind = Kind.TEXT
    need: Need = Need.FREE
    table: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record within a case; `most` is None where there is no limit."""

    tag: str
    fields: Mapping[str, Field]
    least: int = 0
    most: int | None = None
    key: str = ""
    noun: str = "the record"


@dataclass(frozen=True, slots=True)
class Layout:
    version: Version
    records: Mapping[str, Record]
    most_cases: int | None = None


def fields(need: Need, *names: str, kind: Kind = Kind.TEXT) -> list[Field]:
    return [Field(name, kind, need) for name in names]


def codes(need: Need = Need.FILLED, /, **tables: str) -> list[Field]:
    return [Field(name, Kind.CODE, need, f"{table}Code") for name, table in tables.items()]


def record(tag: str, *groups: list[Field], most: int | None = None, noun: str) -> Record:
    fields = {field.name: field for group in groups for field in group}
    key = next((name for name in ("IndividualGUID", "IndividualID") if name in fields), "")
    return Record(tag, fields, most=most, key=key, noun=noun)


def by_tag(*records: Record) -> dict[str, Record]:
    needed = {"dataIndividual", "dataProcessGroup", "dataResettlement"}
    return {one.tag: replace(one, least=1) if one.tag in needed else one for one in records}


LEVELS = tuple(f"LocationLevel{level}Description" for level in range(1, 6))
SKILLS = dict.fromkeys(
    ("LanguageReadCode", "LanguageWriteCode", "LanguageSpeakCode", "LanguageUnderstandCode"),
    "LanguageLevel",
)
PERSON = {
    "BirthCountryCode": "Country",
    "OriginCountryCode": "Country",
    "AsylumCountryCode": "Country",
    "SexCode": "Sex",
    "NationalityCode": "Country",
    "MarriageStatusCode": "MaritalStatus",
    "ReligionCode": "Religion",
    "EthnicityCode": "Ethnicity",
    "EducationLevelCode": "EducationLevel",
}
RELATIVE = {
    "RelationshipCode": "Relationship",
    "ResidenceCountryCode": "Country",
    "SexCode": "Sex",
    "NationalityCode": "Country",
    "MarriageStatusCode": "MaritalStatus",
}
MEMBER = {"RelationshipToPrincipalRepresentative": "Relationship"}
