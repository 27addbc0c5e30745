"""What is asked of applications, as it was asked. Where None may stand, it leaves as is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from resettle.applications.models import Side


@dataclass(frozen=True, slots=True)
class TellOfUs:
    subject_line: str | None = None
    links: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class WritePart:
    text: str
    led_by: str | None = None


@dataclass(frozen=True, slots=True)
class AddLine:
    side: Side
    category: str
    dollars: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordTalk:
    discussed_on: date
    discussion: str


@dataclass(frozen=True, slots=True)
class Submit:
    declared: bool


@dataclass(frozen=True, slots=True)
class Ask:
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    answer: str


@dataclass(frozen=True, slots=True)
class Score:
    criterion: str
    score: int
    reason: str


@dataclass(frozen=True, slots=True)
class Approve:
    max_persons: int
    max_households: int
    routes: Sequence[str]
    expires_on: date
    reasons: str


@dataclass(frozen=True, slots=True)
class Decline:
    reasons: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    reason: str
