"""What is decided of plans without looking anything up: what is lacking, due, done, and when."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

OPEN, DONE, REACHED = "open", "done", "reached"
TASK_DAYS = 14


@dataclass(frozen=True, slots=True)
class Aim:
    """What of a goal decides whether a plan can be agreed."""

    wording: str | None
    baseline: int | None
    target: int | None
    status: str


def lacking(aims: Sequence[Aim]) -> list[str]:
    """Name what a plan still lacks before anybody can agree to it."""
    if not aims:
        return ["The plan has no goal yet."]
    return [
        f"Goal {number} lacks {', '.join(missing)}."
        for number, aim in enumerate(aims, start=1)
        if (missing := _missing(aim))
    ]


def _missing(aim: Aim) -> list[str]:
    needed = {
        "the staff wording": (aim.wording or "").strip(),
        "where the household stands now": aim.baseline,
        "where it wants to be": aim.target,
    }
    return [name for name, value in needed.items() if not value and aim.status == OPEN]


def exit_lacking(aims: Sequence[Aim], handovers: int) -> list[str]:
    """Name what an exit plan lacks: it may have no goal left, but says who takes over what."""
    lacks = lacking(aims) if aims else []
    return lacks if handovers else [*lacks, "Say who takes over which support."]


def agreement_faults(
    agreed_on: date,
    today: date,
    agreeing: Collection[object],
    adults: Collection[object],
) -> dict[str, list[str]]:
    """Tell what is wrong with an agreement: it takes adults of the household, on a day that was."""
    faults: dict[str, list[str]] = {}
    if agreed_on > today:
        faults["agreed_on"] = ["This day has not come yet."]
    if not agreeing:
        faults["person_ids"] = ["Name at least one adult who agreed."]
    elif not set(agreeing) <= set(adults):
        faults["person_ids"] = ["Only adults of the household agree to its plan."]
    return faults


def score_faults(scores: Mapping[str, int | None], known: Collection[int]) -> dict[str, list[str]]:
    """Refuse what is not on the scale of the programme."""
    return {
        name: [f"Choose from {min(known)} to {max(known)}."]
        for name, score in scores.items()
        if score is not None and score not in known
    }


@dataclass(frozen=True, slots=True)
class Stride:
    """What of a step decides how far a plan is."""

    status: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Actual:
    """How a plan compares with what was done: of what is due so far, and of how much in all."""

    household_id: UUID
    steps_done: int
    steps_due: int
    steps_total: int
    steps_late: int
    goals_reached: int
    goals_total: int


def actual(
    household_id: UUID, strides: Iterable[Stride], goals: Iterable[str], today: date
) -> Actual:
    """Compare a plan with what was done; what was dropped or given up counts nowhere."""
    counted = [s for s in strides if s.status in {OPEN, DONE}]
    due = [s for s in counted if s.due_on <= today or s.status == DONE]
    aims = [status for status in goals if status in {OPEN, REACHED}]
    return Actual(
        household_id=household_id,
        steps_done=sum(s.status == DONE for s in due),
        steps_due=len(due),
        steps_total=len(counted),
        steps_late=sum(is_late(s, today) for s in counted),
        goals_reached=sum(status == REACHED for status in aims),
        goals_total=len(aims),
    )


def is_late(stride: Stride, today: date) -> bool:
    return stride.status == OPEN and stride.due_on < today


def exit_begins(ends_on: date, months: int) -> date:
    """Tell the day on which an exit plan begins: so many months before support ends.

    The same day of the month, or the last one of a shorter month.
    """
    year, month = divmod(ends_on.year * 12 + ends_on.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(ends_on.day, last))


def task_due(begun_on: date, ends_on: date) -> date:
    """Give a fortnight to begin the exit plan with the family, but never beyond the support."""
    return max(begun_on, min(begun_on + timedelta(days=TASK_DAYS), ends_on))


@dataclass(frozen=True, slots=True)
class Given:
    """A rating as a picture needs it."""

    by: str
    rated_on: date
    score: int
    comment: str | None = None
    comment_language: str | None = None


def latest(ratings: Iterable[Given], by: str) -> int | None:
    """Tell the last score that somebody gave; of one day the later one counts."""
    mine = [rating for rating in ratings if rating.by == by]
    return max(mine, key=lambda r: r.rated_on).score if mine else None
