"""What is asked of a family's words: commands, each made by one schema."""

from dataclasses import dataclass

from resettle.voices.models import Topic
from resettle.voices.rules import Feeling, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class SayRight:
    """Whether something is still right; with words where somebody wants to add them."""

    topic: Topic
    feeling: Feeling
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCorrection:
    text: str
    should_be: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerVoice:
    outcome: Outcome
    answer: str
