"""What people ask of this chapter: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date

from resettle.households.models import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatus:
    """`known_on` is the day on which it was still so; today, unless said otherwise."""

    kind: str
    code: str
    from_on: date
    known_on: date | None = None
    source: Source = Source.PERSON
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectStatus:
    """What should have been recorded, and why it was not."""

    code: str
    from_on: date
    known_on: date | None = None
    source: Source = Source.PERSON
    note: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class TakeBackStatus:
    because: str


@dataclass(frozen=True, slots=True)
class StillSo:
    known_on: date | None = None
