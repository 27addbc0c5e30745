"""What is decided of milestones without looking anything up: late, overdue, moved, how far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

OPEN = frozenset({"not_started", "in_progress", "blocked"})
ASIDE = frozenset({"not_applicable", "waived"})
MET, MET_LATE = "met", "met_late"
NO_LONGER = "After the day moved, this no longer applies."

Key = tuple[UUID | None, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a milestone decides whether it is late, overdue or counted."""

    status: str
    due_on: date
    met_on: date | None
    deadline: bool


def state(standing: Standing) -> str:
    """Tell the status, where what was met after its day is met late."""
    if standing.status == MET and is_late(standing):
        return MET_LATE
    return standing.status


def is_late(standing: Standing) -> bool:
    """Tell whether it was met after its day; where the day is only typical, nobody is late."""
    return standing.deadline and standing.met_on is not None and standing.met_on > standing.due_on


def is_overdue(standing: Standing, today: date) -> bool:
    return standing.deadline and today > standing.due_on and standing.status in OPEN


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a household is, of what is due so far; what is set aside counts nowhere."""

    household_id: UUID
    met: int
    due: int
    total: int
    overdue: int

    @property
    def words(self) -> str:
        if not self.due:
            return "Nothing is due yet"
        return f"{self.met} of {self.due} due so far"


def progress(household_id: UUID, standings: Iterable[Standing], today: date) -> Progress:
    counted = [s for s in standings if s.status not in ASIDE]
    due = [s for s in counted if s.deadline and s.due_on <= today]
    return Progress(
        household_id=household_id,
        met=sum(s.status == MET for s in due),
        due=len(due),
        total=len(counted),
        overdue=sum(is_overdue(s, today) for s in due),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A milestone as it stands, as far as a new plan asks; `dropped` if an earlier plan did it."""

    key: Key
    due_on: date
    overridden: bool
    status: str
    dropped: bool


@dataclass(frozen=True, slots=True)
class Change:
    key: Key
    due_on: date
    to: date


@dataclass(frozen=True, slots=True)
class Replan:
    """What a new plan does to the milestones that there are."""

    moved: tuple[Change, ...]
    stays: tuple[Change, ...]
    added: tuple[Key, ...]
    dropped: tuple[Key, ...]
    restored: tuple[Key, ...]


def replan(kept: Sequence[Kept], planned: Mapping[Key, date], taken: frozenset[Key]) -> Replan:
    """Compare what there is with what is planned now.

    Days that a person set stay. What was met moves too: whether it was late follows from the
    right day. `taken` are items that stand on a day of their own, so the plan leaves them alone.
    """
    there = {each.key for each in kept} | taken
    changes = [
        (each, Change(each.key, each.due_on, planned[each.key]))
        for each in kept
        if each.key in planned and planned[each.key] != each.due_on
    ]
    return Replan(
        moved=tuple(change for each, change in changes if not each.overridden),
        stays=tuple(change for each, change in changes if each.overridden),
        added=tuple(key for key in planned if key not in there),
        dropped=tuple(
            each.key for each in kept if each.key not in planned and each.status == "not_started"
        ),
        restored=tuple(each.key for each in kept if each.key in planned and each.dropped),
    )
