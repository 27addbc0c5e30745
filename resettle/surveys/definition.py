"""Which questions are asked whom and when: config/surveys.toml, read once at the start."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resettle.surveys.rules import HIGHEST, Audience


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions to one audience. Whenever one changes, the set gets a new edition."""

    title: str
    edition: int
    questions: Sequence[Question]

    @property
    def codes(self) -> list[str]:
        return [question.code for question in self.questions]


@dataclass(frozen=True, slots=True)
class SurveySettings:
    points: Sequence[int]
    open_days: int
    link_days: int
    scale: Mapping[int, str]
    sets: Mapping[Audience, QuestionSet]


class BadSurveys(ValueError):
    """The file of questions has a fault."""


def load(path: Path) -> SurveySettings:
    """Read the questions. Raises KeyError or BadSurveys with what is wrong."""
    told = tomllib.loads(path.read_text())
    scale = {int(score): words for score, words in told["scale"].items()}
    if {*scale} != {*range(HIGHEST + 1)}:
        raise BadSurveys(f"{path.name}: scale has a word for each of 0 to {HIGHEST}")
    return SurveySettings(
        points=[int(days) for days in told["points"]["days"]],
        open_days=int(told["points"]["open_days"]),
        link_days=int(told["links"]["days"]),
        scale=scale,
        sets={audience: _set(path, told, audience) for audience in Audience},
    )


def _set(path: Path, told: Mapping[str, Any], audience: Audience) -> QuestionSet:
    made = told[audience]
    questions = [Question(each["code"], each["text"]) for each in made["question"]]
    if len({question.code for question in questions}) != len(questions):
        raise BadSurveys(f"{path.name}: {audience} asks a question twice")
    return QuestionSet(made["title"], int(made["edition"]), questions)
