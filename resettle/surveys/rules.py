"""When a survey is open, how an invitation stands, and what of the answers is counted. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

NOT_SAID = 0
HIGHEST = 5
AGREES_FROM = 4


class Audience(StrEnum):
    """Whose voice it is. The family's is counted apart from the sponsors'."""

    FAMILY = "family"
    SPONSORS = "sponsors"


class Way(StrEnum):
    """Who noted the answers: the person, or somebody who read the questions out."""

    SELF = "self"
    READ_OUT = "read_out"


class Standing(StrEnum):
    AHEAD = "ahead"
    OPEN = "open"
    WAITING = "waiting"
    ANSWERED = "answered"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Window:
    """From when until when the survey of one point can be answered."""

    point_days: int
    opens_on: date
    closes_on: date

    def is_open(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


def windows(arrived_on: date, points: Sequence[int], open_days: int) -> list[Window]:
    """Lay the points along the days since an arrival."""
    opens = [(days, arrived_on + timedelta(days=days)) for days in points]
    return [Window(days, day, day + timedelta(days=open_days)) for days, day in opens]


def standing(
    window: Window, today: date, answered_at: datetime | None, *, invited: bool
) -> Standing:
    """Say how a survey stands with one person."""
    if answered_at is not None:
        return Standing.ANSWERED
    if today < window.opens_on:
        return Standing.AHEAD
    if today > window.closes_on:
        return Standing.OVER
    return Standing.WAITING if invited else Standing.OPEN


def months(point_days: int) -> int:
    """Name a point as people do."""
    return round(point_days / 30.4375)


def faults(scores: Mapping[str, int], codes: Collection[str]) -> dict[str, list[str]]:
    """Say what of the answers does not fit the questions: each has one answer, and no other."""
    missing = {code: ["Choose one of the answers."] for code in codes if code not in scores}
    odd = {code: ["There is no such question."] for code in scores if code not in codes}
    return missing | odd


def agrees(score: int) -> bool:
    return score >= AGREES_FROM
