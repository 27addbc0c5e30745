"""How the queue is ordered and why: what is late, what comes first, who attends to it.

A line's weight is its days late, and so many days more as its kind counts for (PULL). The sum
can be said in words, so nobody need wonder why a line stands where it does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

WEEK = timedelta(days=7)
LONGEST_SNOOZE = timedelta(days=60)
FAR = date(9999, 12, 31)


class Source(StrEnum):
    """Where a line of the queue comes from; what comes first of two alike."""

    INCIDENT = "incident"
    CONTINUITY = "continuity"
    CONTACT = "contact"
    APPOINTMENT = "appointment"
    TASK = "task"
    MILESTONE = "milestone"
    CONSENT = "consent"
    DOCUMENT = "document"
    PAPER = "paper"
    WORDS = "words"
    THREAD = "thread"
    REPORT = "report"
    UPDATE = "update"
    HOLD = "hold"
    DUPLICATE = "duplicate"
    CHECKLIST = "checklist"
    TENANCY = "tenancy"
    DEFECT = "defect"
    HOUSE_CHECK = "house_check"


TITLES: Mapping[Source, str] = {
    Source.INCIDENT: "Incidents",
    Source.CONTINUITY: "Support that ended early",
    Source.CONTACT: "Keeping in touch",
    Source.APPOINTMENT: "Appointments",
    Source.TASK: "Tasks",
    Source.MILESTONE: "Milestones",
    Source.CONSENT: "Consents running out",
    Source.DOCUMENT: "Papers running out",
    Source.PAPER: "Papers from families",
    Source.WORDS: "Words from sponsors and families",
    Source.THREAD: "Messages of shared threads",
    Source.REPORT: "Sponsor reports",
    Source.UPDATE: "Updates of sponsor groups",
    Source.HOLD: "Cases on hold",
    Source.DUPLICATE: "Possible duplicates",
    Source.CHECKLIST: "Papers to follow",
    Source.TENANCY: "Tenancies that end",
    Source.DEFECT: "Defects of houses",
    Source.HOUSE_CHECK: "Houses that groups looked at",
}

SAFETY_PULL = 100
PULL: Mapping[Source, int] = {
    Source.INCIDENT: 30,
    Source.CONTINUITY: 20,
    Source.CONTACT: 10,
    Source.APPOINTMENT: 8,
    Source.TASK: 7,
    Source.MILESTONE: 5,
    Source.CONSENT: 5,
    Source.DOCUMENT: 5,
    Source.PAPER: 4,
    Source.WORDS: 4,
    Source.THREAD: 8,
    Source.REPORT: 3,
    Source.UPDATE: 6,
    Source.HOLD: 3,
    Source.DUPLICATE: 1,
    Source.CHECKLIST: 0,
    Source.TENANCY: 6,
    Source.DEFECT: 4,
    Source.HOUSE_CHECK: 6,
}


class Group(StrEnum):
    NOW = "now"
    TODAY = "today"
    WEEK = "week"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides where a line stands. Without a day it waits until somebody takes it up."""

    source: Source
    due_on: date | None
    safety: bool = False
    blocked: bool = False
    snoozed_until: date | None = None


def is_snoozed(standing: Standing, today: date) -> bool:
    """Say whether a line is set aside; what concerns safety never is."""
    until = standing.snoozed_until
    return until is not None and until > today and not standing.safety


def late_days(standing: Standing, today: date) -> int:
    return 0 if standing.due_on is None else max((today - standing.due_on).days, 0)


def group(standing: Standing, today: date) -> Group:
    """Sort a line: safety and what is late now, then by its day; what others block waits."""
    if standing.safety:
        return Group.NOW
    due_on = FAR if standing.due_on is None else standing.due_on
    if is_snoozed(standing, today) or due_on > today + WEEK:
        return Group.WAITING
    if due_on > today:
        return Group.WAITING if standing.blocked else Group.WEEK
    return Group.NOW if due_on < today else Group.TODAY


def weight(standing: Standing, today: date) -> int:
    """Count the days late, negative where the day is yet to come, and what the kind adds."""
    due_on = today + LONGEST_SNOOZE if standing.due_on is None else standing.due_on
    pull = SAFETY_PULL if standing.safety else 0
    return (today - due_on).days + PULL[standing.source] + pull


Rank = tuple[int, bool, int, int, date, str, str]


def rank(standing: Standing, today: date, reference: str, subject_id: UUID) -> Rank:
    """Give what a queue is sorted by: the same rows always stand in the same order."""
    return (
        [*Group].index(group(standing, today)),
        not standing.safety,
        -weight(standing, today),
        [*Source].index(standing.source),
        standing.due_on or FAR,
        reference,
        subject_id.hex,
    )


def when(standing: Standing, today: date) -> str:
    """Say how a line stands to its day."""
    if standing.due_on is None:
        return "No day is set."
    days = (today - standing.due_on).days
    if days == 0:
        return "Due today."
    if days > 0:
        return f"{_days(days)} late."
    return f"Due in {_days(-days)}, on {standing.due_on:%A %-d %B}."


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def silence(stage_days: int | None, usual: int, *, arrived: bool) -> int | None:
    """Tell after how many days without contact a household has fallen silent.

    The programme says it of a stage. Where it does not, whoever has arrived is heard from as is
    usual here, and of whoever is still abroad no contact is expected.
    """
    if stage_days is not None:
        return stage_days
    return usual if arrived else None


def contact_words(last_on: date | None, every: int | None, today: date) -> str:
    """Say when somebody was last in touch with a household, and how often that is expected."""
    if every is None:
        return "No regular contact is expected at this stage."
    expected = f"At this stage somebody is in touch every {_days(every)}."
    if last_on is None:
        return f"No contact is on record yet. {expected}"
    days = (today - last_on).days
    if days == 0:
        return f"Somebody was in touch today. {expected}"
    return f"Nobody was in touch for {_days(days)}. {expected}"


class Part(StrEnum):
    """What somebody is to a household; the same words as an assignment's."""

    PRIMARY = "primary"
    COVER = "cover"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Stand:
    """One caseworker of a household today: whether they work here still, and are here now."""

    user_id: UUID
    name: str
    part: Part
    works: bool = True
    away: bool = False
    until_on: date | None = None
    instead_of: str = ""

    @property
    def present(self) -> bool:
        return self.works and not self.away


def attending(stands: Iterable[Stand]) -> tuple[Stand, ...]:
    """Name who attends to a household: its caseworker; else who stands in; else the second one.

    Nobody, where no one of them is here: then it is the team leader's.
    """
    here = [stand for stand in stands if stand.present]
    for part in Part:
        found = [stand for stand in here if stand.part is part]
        if found:
            return tuple(sorted(found, key=lambda stand: (stand.name, stand.user_id.hex)))
    return ()


def owners(
    stands: Sequence[Stand], named: UUID | None, given_to: UUID | None = None
) -> tuple[Stand, ...]:
    """Name whose a line is: to whom it was given, who is named on it, or who attends.

    Somebody who is away or gone, or may not know the household any more, has no line of it.
    """
    for wanted in (given_to, named):
        found = tuple(s for s in stands if s.present and s.user_id == wanted)
        if found:
            return found[:1]
    return attending(stands)


def why_here(stand: Stand) -> str:
    """Say why somebody has a household in the queue that is not theirs for good."""
    if stand.part is Part.COVER:
        until = "" if stand.until_on is None else f" until {stand.until_on:%A %-d %B}"
        whom = f" for {stand.instead_of}" if stand.instead_of else ""
        return f"{stand.name} stands in{whom}{until}."
    return f"{stand.name} is the second caseworker." if stand.part is Part.SECOND else ""


def snooze_faults(until_on: date, today: date, *, safety: bool) -> dict[str, list[str]]:
    """Tell why a line may not be set aside until a day."""
    if safety:
        return {"_schema": ["What concerns somebody’s safety cannot be put off."]}
    if until_on <= today:
        return {"until_on": ["Name a day that is yet to come."]}
    if until_on > today + LONGEST_SNOOZE:
        return {"until_on": [f"At most {LONGEST_SNOOZE.days} days: it should come back to you."]}
    return {}


def why_nobody(stands: Sequence[Stand]) -> str:
    """Say why nobody attends to a household, so that a team leader knows what to do."""
    if not stands:
        return "It has no caseworker."
    if any(stand.works for stand in stands):
        return "Its caseworker is away, and nobody stands in."
    return "Its caseworker has left."
