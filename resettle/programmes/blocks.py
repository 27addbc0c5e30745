"""The blocks of a programme file: periods, support, money, eligibility, caps, reports.

Pure data. Every block says what it rests on (`basis`): the published sources, or "default"
where the figure is ours.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from resettle.programmes.terms import ALWAYS, Basis, Due, MonthDay, Period, written


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective(Period):
    """The days for which this version is the one that holds, or is open to new entries."""

    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    starts: MonthDay
    basis: Basis

    def of(self, day: date) -> str:
        """Name the programme year of a day: "2024/25", or "2024" where it is the calendar's."""
        first = self.starts
        if (first.month, first.day) == (1, 1):
            return str(day.year)
        year = day.year - ((day.month, day.day) < (first.month, first.day))
        return f"{year}/{(year + 1) % 100:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A list of codes that the programme allows: routes, kinds of approval, subcategories."""

    codes: tuple[str, ...]
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How long the household is supported, by whom, and how long it stays at a reception centre.

    `without` names parties of the shared catalogue that this programme does not have.
    """

    days: int
    up_to: bool = False
    basis: Basis
    reception_days: int = 0
    reception_basis: Basis
    housing_commitment_days: int | None = None
    housing_basis: Basis | None = None
    by: str
    without: tuple[str, ...] = ()
    note: str = ""


class Where(StrEnum):
    ANY = "any"
    LISTED = "listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locations:
    """Where a household may be settled: anywhere, or in the listed settlement locations only."""

    mode: Where
    excluded: tuple[str, ...] = ()
    basis: Basis
    note: str = ""

    def allows(self, code: str, listed: Collection[str]) -> bool:
        if code in self.excluded:
            return False
        return self.mode is Where.ANY or code in listed


class Per(StrEnum):
    HOUSEHOLD = "household"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """The money that a group shows before it is approved."""

    amount: Decimal
    currency: str
    per: Per
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorRules:
    """What a sponsor group must be."""

    kinds: tuple[str, ...]
    basis: Basis
    min_members: int | None = None
    min_members_basis: Basis | None = None
    vet_all: bool
    vet_valid_years: int | None = None
    vet_basis: Basis
    child_protection_course: bool = False
    training_basis: Basis
    funds: Funds | None = None
    note: str = ""


class RuleKind(StrEnum):
    AGE = "age"
    MANDATED = "mandated"
    BASIC_ENGLISH = "basic_english"
    WORK_OR_STUDY = "work_or_study"
    NO_OTHER_CATEGORY = "no_other_category"
    COUNTRY_EXCLUDED = "country_excluded"
    REGION_ACCEPTED = "region_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRule:
    """One test of the principal applicant; which figures it has depends on its kind."""

    code: str
    kind: RuleKind
    basis: Basis
    title: str
    decline_reason: str
    youngest: int | None = field(default=None, metadata=written("from_age"))
    oldest: int | None = field(default=None, metadata=written("to_age"))
    work_years: int | None = None
    tertiary_years: int | None = None
    countries: tuple[str, ...] = ()
    effective: Period = ALWAYS
    note: str = ""


class CapPer(StrEnum):
    TOTAL = "total"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """So many persons, in all or a programme year, of all cases or of some subcategories.

    `overflow` is how far the cap may be passed so that a family stays together. A cap that is a
    target (`at_least`) is told, and refuses nobody.
    """

    code: str
    title: str
    persons: int
    per: CapPer
    overflow: int = 0
    at_least: bool = False
    subcategories: tuple[str, ...] = ()
    effective: Period = ALWAYS
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    code: str
    title: str
    due: Due
    owner: str
    with_money: bool = False
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReports:
    serious_hours: int
    other_working_days: int
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """Something that must be done within a time of entering a stage, though the stage goes on."""

    code: str
    title: str
    stage: str
    due: Due
    owner: str
    basis: Basis


class Rounding(StrEnum):
    NONE = "NONE"
    RR3_MSD = "RR3_MSD"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallCounts:
    """How small numbers are hidden in one kind of view."""

    view: str
    threshold: int
    show_zero: bool = True
    rounding: Rounding = Rounding.NONE
    secondary: bool = True
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    size: int
    income: Decimal
    start_up: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTable:
    """What a sponsor is expected to find for a family of each size."""

    code: str
    title: str
    currency: str
    effective: Period = ALWAYS
    basis: Basis
    rows: tuple[CostRow, ...] = field(metadata=written("row"))
    each_more_income: Decimal
    each_more_start_up: Decimal
    note: str = ""

    def for_size(self, persons: int) -> CostRow:
        """Find the row of a family of that size, carried on beyond the last row of the table."""
        row = max((r for r in self.rows if r.size <= persons), key=lambda r: r.size)
        more = persons - row.size
        return CostRow(
            size=persons,
            income=row.income + more * self.each_more_income,
            start_up=row.start_up + more * self.each_more_start_up,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    framework: str
    basis: Basis
