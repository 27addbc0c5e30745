"""The small words that a programme file is written in: a basis, a period, a due date, an age."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, Self

DEFAULT = "default"

_SOURCES = re.compile(r"S\d+[a-z]?(?: S\d+[a-z]?)*")
_DUE = re.compile(
    r"(?P<anchor>[a-z_]+)(?P<terms>(?: [+-] (?:\d+ (?:working )?days?|support|reception))*)"
)
_TERM = re.compile(r" (?P<sign>[+-]) (?:(?P<days>\d+) (?P<working>working )?days?|(?P<span>\w+))")
_MONTH_DAY = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)")


def written(key: str) -> dict[str, Any]:
    """Name the key that a field has in the file, where it differs from its name here."""
    return {"key": key}


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a fact comes from: the published sources that say so, or nobody, a default of ours."""

    sources: tuple[str, ...] = ()

    @property
    def is_default(self) -> bool:
        return not self.sources

    @classmethod
    def parse(cls, text: str) -> Self:
        if text == DEFAULT:
            return cls()
        if not _SOURCES.fullmatch(text):
            raise ValueError('must be "default", or source ids such as "S37" or "S39 S41"')
        return cls(tuple(text.split()))

    def __str__(self) -> str:
        return " ".join(self.sources) or DEFAULT


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last day, both included; open where a day is left out."""

    start: date | None = field(default=None, metadata=written("from"))
    end: date | None = field(default=None, metadata=written("to"))

    def covers(self, day: date) -> bool:
        return (self.start or date.min) <= day <= (self.end or date.max)

    def overlaps(self, other: "Period") -> bool:
        return (self.start or date.min) <= (other.end or date.max) and (
            other.start or date.min
        ) <= (self.end or date.max)


ALWAYS: Final = Period()


@dataclass(frozen=True, slots=True)
class MonthDay:
    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> Self:
        match = _MONTH_DAY.fullmatch(text)
        if not match:
            raise ValueError('must be a month and a day such as "07-01"')
        # A leap year lets 02-29 through and nothing else.
        found = date(2000, int(match["month"]), int(match["day"]))
        return cls(found.month, found.day)


class Anchor(StrEnum):
    """The day that a due date is counted from."""

    ARRIVED = "arrived"
    PLACED = "placed"
    ENTERED = "entered"
    LEFT_SCHOOL = "left_school"


class Span(StrEnum):
    """A length that each version of a programme has its own figure for."""

    SUPPORT = "support"
    RECEPTION = "reception"


@dataclass(frozen=True, slots=True)
class Due:
    """An anchor and what is counted from it, such as "placed + support - 30 days"."""

    anchor: Anchor
    days: int = 0
    working_days: int = 0
    spans: tuple[tuple[Span, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        match = _DUE.fullmatch(text)
        if not match or match["anchor"] not in set(Anchor):
            raise ValueError(
                'must be a day such as "placed + 14 days", "entered + 5 working days" or'
                f' "arrived + reception"; days are counted from {", ".join(Anchor)}'
            )
        terms = [term.groupdict() for term in _TERM.finditer(match["terms"])]
        return cls(
            anchor=Anchor(match["anchor"]),
            days=sum(_signed(t) for t in terms if t["days"] and not t["working"]),
            working_days=sum(_signed(t) for t in terms if t["working"]),
            spans=tuple((Span(t["span"]), int(t["sign"] + "1")) for t in terms if t["span"]),
        )

    def length(self, lengths: Mapping[Span, int]) -> int:
        """How many calendar days lie between the anchor and the day that is due."""
        return self.days + sum(lengths[span] * sign for span, sign in self.spans)

    def after(self, anchor_day: date, lengths: Mapping[Span, int]) -> date:
        """Tell the day that is due, before working days are added (see working_days.py)."""
        return anchor_day + timedelta(days=self.length(lengths))


def age_on(born: date, day: date) -> int:
    """Whole years; who was born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birthday(born: date, age: int) -> date:
    """Tell the day on which somebody turns that old."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _signed(term: Mapping[str, str]) -> int:
    return int(term["sign"] + term["days"])
