"""The lines of evidence: a number, since when, beside what. Nothing here adds up to a score."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from resettle.pulses.rules import Spread

WHOLE = 100


class Sign(StrEnum):
    CONTACT = "days_without_contact"
    SHIFTS = "shifts_missed"
    TASKS = "tasks_late"
    REPORTS = "reports_overdue"
    MONEY = "spent_of_pledged"
    MEMBERS = "members_active"
    PULSE = "pulse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is on record of one household, or of the group as a whole where none is named.

    `since` is the day that the number counts from; `against` is what it is set beside, which for
    times and delays is the setting from which on a line is marked.
    """

    sign: Sign
    number: int
    against: int
    since: date | None
    worth_a_look: bool
    household_id: UUID | None = None
    reference: str | None = None
    question: str | None = None
    spread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """A household that the group supports, and since when."""

    id: UUID
    reference: str
    since: date


def contact(home: Home, last: date | None, today: date, limit: int) -> Line:
    """Count the days since the last contact; where there was none, since the support began."""
    since = last or home.since
    days = max(0, (today - since).days)
    return _of(home, Sign.CONTACT, days, limit, since=since, marked=days >= limit)


def shifts(home: Home, missed: int, before: int, since: date, limit: int) -> Line:
    marked = missed >= limit and missed > before
    return _of(home, Sign.SHIFTS, missed, before, since=since, marked=marked)


def late(home: Home, sign: Sign, count: int, oldest: date | None, delay: tuple[date, int]) -> Line:
    """Count what is late; it is marked when the oldest of it is late by some days."""
    today, limit = delay
    marked = oldest is not None and (today - oldest).days >= limit
    return _of(home, sign, count, limit, since=oldest, marked=marked)


def money(spent: int, pledged: int, since: date | None, percent: int) -> Line:
    """Set what was spent beside what is pledged, in cents; where nothing is pledged, beside it."""
    marked = spent > 0 and spent * WHOLE >= pledged * percent
    return Line(sign=Sign.MONEY, number=spent, against=pledged, since=since, worth_a_look=marked)


def members(now: int, before: int, since: date, percent: int) -> Line:
    marked = before > 0 and now * WHOLE <= before * percent
    return Line(sign=Sign.MEMBERS, number=now, against=before, since=since, worth_a_look=marked)


def pulse(spread: Spread, since: date | None, percent: int) -> Line:
    """Count the low answers to a question of the pulse, beside all answers, with their spread."""
    return Line(
        sign=Sign.PULSE,
        number=spread.low,
        against=spread.answers,
        since=since,
        worth_a_look=spread.is_marked(percent),
        question=spread.question,
        spread=spread.counts,
    )


def _of(
    home: Home, sign: Sign, number: int, against: int, *, since: date | None, marked: bool
) -> Line:
    return Line(
        sign=sign,
        number=number,
        against=against,
        since=since,
        worth_a_look=marked,
        household_id=home.id,
        reference=home.reference,
    )
