"""What is decided of a family's words without looking anything up."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ANSWERED_WITHIN = 5  # working days
CORRECTED_WITHIN = 20  # working days, as for a request to correct


class VoiceKind(StrEnum):
    RIGHT_FOR_US = "right_for_us"
    CORRECTION = "correction"


class Feeling(StrEnum):
    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


class Outcome(StrEnum):
    CHANGED = "changed"
    NOT_CHANGED = "not_changed"
    TALKED = "talked"


# They say nothing of what was said: more people read tasks.
TASKS = {
    VoiceKind.RIGHT_FOR_US: "Read what the family says about its support, and answer",
    VoiceKind.CORRECTION: "Decide what the family asks to have corrected",
}
DAYS = {VoiceKind.RIGHT_FOR_US: ANSWERED_WITHIN, VoiceKind.CORRECTION: CORRECTED_WITHIN}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, as far as it decides what follows."""

    kind: VoiceKind
    feeling: Feeling | None
    has_text: bool


def wants_answer(said: Said) -> bool:
    """Say whether somebody has to look: not where all is well and nothing was added."""
    return said.kind is VoiceKind.CORRECTION or said.has_text or said.feeling is not Feeling.YES


def is_time_to_ask(last_on: date | None, today: date, every_days: int) -> bool:
    """Say whether it is time to ask again whether all this is still right."""
    return last_on is None or last_on + timedelta(days=every_days) <= today


def outcome_fault(kind: VoiceKind, outcome: Outcome) -> dict[str, list[str]]:
    """Say what does not fit: a request to correct is decided, not only talked about."""
    if kind is VoiceKind.CORRECTION and outcome is Outcome.TALKED:
        return {"outcome": ["Say whether it was corrected or not."]}
    return {}


def is_statement(kind: VoiceKind, outcome: Outcome | None) -> bool:
    """Say whether the person's words stand beside the file: asked to correct, and it was not."""
    return kind is VoiceKind.CORRECTION and outcome is not Outcome.CHANGED
