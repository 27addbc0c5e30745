"""What programmes share between them: domains, age groups, checklists and the milestones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from resettle.core.classes import DataClass
from resettle.programmes.terms import Basis, Due, Period, Span, age_on, written
from resettle.programmes.workflow import Workflow

HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    code: str
    name: str
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A version of the national outcomes, and the name that it gives to each domain."""

    code: str
    title: str
    effective: Period
    basis: Basis
    outcomes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can owe a step: the agencies, the group, the family itself."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeGroup:
    """Everybody from one age to another, both included."""

    code: str
    name: str
    youngest: int = field(metadata=written("from"))
    oldest: int | None = field(default=None, metadata=written("to"))
    basis: Basis

    def has(self, born: date, day: date) -> bool:
        age = age_on(born, day)
        return self.youngest <= age and (self.oldest is None or age <= self.oldest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthdays:
    """The ages at which the set of milestones of a person is looked at again."""

    ages: tuple[int, ...]
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    code: str
    title: str
    per: str = "case"
    waivable: bool = False
    instead_one_of: tuple[str, ...] = ()
    may_follow: bool = False
    document: str | None = None
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    code: str
    title: str
    basis: Basis
    items: tuple[ChecklistItem, ...] = field(metadata=written("item"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A step of settling in: for whom, by when, owed by whom, shown by what."""

    code: str
    title: str
    domain: str
    due: tuple[Due, ...]
    applies_to: tuple[str, ...] = field(metadata=written("for"))
    streams: tuple[str, ...]
    responsible: tuple[str, ...]
    evidence: str = ""
    opens: Due | None = None
    deadline: bool = True
    follow_up: bool = False
    at_reception: bool = False
    location_bound: bool = False
    data_class: DataClass = DataClass.PLAN
    basis: Basis
    day_basis: Basis
    note: str = ""

    @property
    def of_household(self) -> bool:
        return self.applies_to == (HOUSEHOLD,)

    def instance_code(self, due: Due, lengths: Mapping[Span, int]) -> str:
        """EDU-06@182 where an item comes several times, plain EDU-01 where it comes once."""
        return f"{self.code}@{due.length(lengths)}" if len(self.due) > 1 else self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A file that programmes include, so that what they have in common is written once."""

    code: str
    version: int
    title: str
    domains: tuple[Domain, ...] = field(default=(), metadata=written("domain"))
    frameworks: tuple[Framework, ...] = field(default=(), metadata=written("framework"))
    parties: tuple[Party, ...] = field(default=(), metadata=written("party"))
    age_groups: tuple[AgeGroup, ...] = field(default=(), metadata=written("age_group"))
    birthdays: Birthdays | None = None
    checklists: tuple[Checklist, ...] = field(default=(), metadata=written("checklist"))
    milestones: tuple[Milestone, ...] = field(default=(), metadata=written("milestone"))
    household: Workflow | None = None
    group: Workflow | None = field(default=None, metadata=written("sponsor"))
