"""What all answered together: each voice apart, and told by the one way in which figures leave.

An answer counts while the person who gave it agrees to be part of the evaluation, as it was on the
day of the figures. Sponsors' answers are counted by group as a household's are by household, since
those who live or work together give each other away.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from resettle.core.crypto import Keyring
from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.releases.definition import ReleaseCatalogue
from resettle.releases.keys import ReleaseKeys
from resettle.releases.making import Kind, Made, Task, plain, shown, table_of
from resettle.releases.population import Subject
from resettle.releases.protect import Axes, Protected
from resettle.releases.rules import share
from resettle.releases.telling import Counted, Told
from resettle.surveys import rules
from resettle.surveys.definition import Question, QuestionSet, SurveySettings
from resettle.surveys.models import SurveyAnswer
from resettle.surveys.rules import Audience

KIND = "survey"
AGREE, OTHER, NOT_SAID = "Mostly or completely", "Less", "Rather not say"
VOICES: Mapping[Audience, str] = {Audience.FAMILY: "Families", Audience.SPONSORS: "Sponsors"}


@dataclass(frozen=True, slots=True)
class Given:
    """One answer under the keys of the release path; `household` is the group of a sponsor's."""

    unit: str
    person: str
    household: str
    lives_in: str
    point_days: int
    score: int | None


def title(uow: UnitOfWork, code: str, by: str, audience: str) -> str:
    """Name a question. Raises Invalid if there is none, or if the audience may not be told it."""
    voice, _, question = asked(uow, code)
    if by or not uow.use(ReleaseCatalogue).allows(audience, ("time", "outcome")):
        raise Invalid({"by": ["Answers are told by the time since arrival, and by nothing else."]})
    return f"{VOICES[voice]}: {question.text}"


def asked(uow: UnitOfWork, code: str) -> tuple[Audience, QuestionSet, Question]:
    """Find a question by its code, such as family:belonging. Raises Invalid if there is none."""
    for voice, questions in uow.use(SurveySettings).sets.items():
        for question in questions.questions:
            if code == code_of(voice, question):
                return voice, questions, question
    raise Invalid({"code": ["There is no such question."]})


def code_of(voice: Audience, question: Question) -> str:
    return f"{voice}:{question.code}"


def make(uow: UnitOfWork, task: Task) -> Made:
    """Count the answers to one question. Raises Refused if they may not be told."""
    voice, questions, question = asked(uow, task.code)
    counted = [_counted(each) for each in given(uow, task)]
    axes = Axes("time", "outcome", population(task.code))
    table = table_of(uow, of_question(task, task.code), counted, axes)
    return Made(
        figures={**_in_order(shown(table)), "points": _points(table)},
        told=table.told,
        counted=counted,
        definition={
            "population": f"answers of {VOICES[voice].lower()}",
            "rows": "After arrival",
            "columns": "Answer",
            "question": question.text,
            "edition": questions.edition,
        },
    )


def population(code: str, *more: str) -> str:
    return " ".join((KIND, code, *more))


def of_question(task: Task, code: str) -> Task:
    """Let a task be compared with what was told of this question, and not of the others.

    Who agrees to one is no part of who agrees to another, so that nothing follows from the
    difference; and since the same people answer them all, nearly every number would be withheld.
    """
    return replace(task, told=[*_beside(task.told, code)])


def _beside(told: Iterable[Told], code: str) -> Iterable[Told]:
    for each in told:
        kind, _, rest = dict(each.definition).get("population", "").partition(" ")
        if kind != KIND or rest.partition(" ")[0] == code:
            yield each


def given(uow: UnitOfWork, task: Task, code: str = "") -> Sequence[Given]:
    """Read the answers to a question that count on the day of a task, as the system."""
    answers = _answers(uow, code or task.code, task.as_at)
    people = {each.person: each for each in task.people}
    return [each for each in answers if not each.person or _agrees(people.get(each.person))]


def _agrees(subject: Subject | None) -> bool:
    return subject is not None and subject.agreed


def _answers(uow: UnitOfWork, code: str, as_at: date) -> Sequence[Given]:
    voice, questions, question = asked(uow, code)
    keys, answer = ReleaseKeys.of(uow.use(Keyring)), SurveyAnswer
    query = uow.columns(
        answer,
        answer.invitation_id,
        answer.person_id,
        answer.household_id,
        answer.group_id,
        answer.point_days,
        answer.score,
    ).where(
        answer.audience == voice,
        answer.edition == questions.edition,
        answer.question == question.code,
        answer.answered_on <= as_at,
    )
    return [
        Given(
            keys.name(row.invitation_id),
            "" if row.person_id is None or row.group_id is not None else keys.name(row.person_id),
            keys.name(row.group_id or row.household_id),
            keys.name(row.household_id),
            row.point_days,
            row.score,
        )
        for row in uow.rows(query.order_by(answer.id))
    ]


def _counted(each: Given) -> Counted:
    name = f"{rules.months(each.point_days)} months"
    return Counted(each.unit, each.household, name, _said(each.score))


def _said(score: int | None) -> str:
    if score is None:
        return NOT_SAID
    return AGREE if rules.agrees(score) else OTHER


def _in_order(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Put the points into the order in which they come."""
    order = sorted(range(len(figures["rows"])), key=lambda at: _months(figures["rows"][at]))
    parted = {part: [figures[part][at] for at in order] for part in PARTED}
    return {**figures, **parted}


PARTED = ("rows", "cells", "row_totals")


def _months(name: str) -> int:
    return int(name.split(maxsplit=1)[0])


def _points(table: Protected) -> list[dict[str, Any]]:
    """Tell each point, its share worked out from what is told of it and of nothing else."""
    points = []
    for name in sorted(table.rows, key=_months):
        told = {column: table.cells[name, column] for column in table.columns}
        agree, other = told.get(AGREE, 0), told.get(OTHER, 0)
        spoke = agree + other if isinstance(agree, int) and isinstance(other, int) else None
        found = share(agree, spoke)
        points.append(
            {
                "point": name,
                "answers": plain(table.row_totals[name]),
                "agree": plain(agree),
                "other": plain(other),
                "not_said": plain(told.get(NOT_SAID, 0)),
                "percent": found and found.percent,
                "low": found and found.low,
                "high": found and found.high,
            }
        )
    return points


SURVEYS = Kind(title, make)
