"""What is done with surveys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from resettle.surveys.rules import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeSurveyLink:
    """A link for one person, to the survey that is open for them now."""

    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskResults:
    """The answers to all questions in numbers, for an audience; without a day, the latest."""

    audience: str
    as_at: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSurvey:
    """A score for each question; 0 is that the person would rather not say."""

    scores: Mapping[str, int]
    way: Way = Way.SELF
