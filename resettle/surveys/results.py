"""What all answered together: each voice apart, small groups hidden, nobody told who answered what.

An answer counts while the person who gave it agrees to be part of the evaluation. Sponsors' answers
are counted by group as a household's are by household, since those who live or work together
give each other away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func

from resettle.consents.models import Purpose
from resettle.consents.queries import agreeing
from resettle.core.crypto import Keyring
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases.protect import protect
from resettle.releases.telling import POLICIES, Counted, Number, Refused
from resettle.surveys import queries, rules
from resettle.surveys.definition import Question
from resettle.surveys.models import SurveyAnswer
from resettle.surveys.rules import Audience

AGREE, OTHER, NOT_SAID = "agree", "other", "not said"
LEAST_FOR_PERCENT = 30


@dataclass(frozen=True, slots=True)
class PointResult:
    """The answers to one question at one point; numbers as they may be told."""

    point: str
    answers: str
    agree: str
    other: str
    not_said: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question to one audience. `refused` says why nothing may be told yet."""

    audience: str
    code: str
    text: str
    edition: int
    points: tuple[PointResult, ...]
    refused: str | None
    footer: str


def results(uow: UnitOfWork, policy: str) -> Sequence[QuestionResult]:
    """Tell what families and sponsors answered, apart, under a policy of disclosure."""
    uow.require(Permission.SURVEY_RESULTS)
    rows = _answers(uow)
    return [
        _of_question(uow, audience, question, rows, policy)
        for audience in Audience
        for question in queries.set_of(uow, audience).questions
    ]


def _answers(uow: UnitOfWork) -> Sequence[Any]:
    answer = SurveyAnswer
    columns = (
        answer.invitation_id,
        answer.household_id,
        answer.group_id,
        answer.person_id,
        answer.audience,
        answer.edition,
        answer.question,
        answer.point_days,
        answer.score,
    )
    query = uow.figures(
        Permission.SURVEY_RESULTS, *columns, func.count(answer.id), over=[SurveyAnswer]
    ).group_by(*columns)
    rows = uow.rows(query)
    asked = {row.person_id for row in rows if row.person_id is not None}
    agree = agreeing(uow, asked, Purpose.EVALUATION)
    return [row for row in rows if row.person_id is None or row.person_id in agree]


def _of_question(
    uow: UnitOfWork, audience: Audience, question: Question, rows: Sequence[Any], policy: str
) -> QuestionResult:
    edition = queries.set_of(uow, audience).edition
    about = (audience, edition, question.code)
    here = [row for row in rows if (row.audience, row.edition, row.question) == about]
    points, refused, footer = _protected(uow, here, policy)
    return QuestionResult(
        audience.value, question.code, question.text, edition, points, refused, footer
    )


def _protected(
    uow: UnitOfWork, rows: Sequence[Any], policy: str
) -> tuple[tuple[PointResult, ...], str | None, str]:
    try:
        table = protect(
            [_counted(row) for row in rows], POLICIES[policy], uow.use(Keyring).index_key
        )
    except Refused as why:
        return (), str(why), ""
    points = tuple(
        _point(
            name,
            table.row_totals[name],
            {column: table.cells[name, column] for column in table.columns},
        )
        for name in sorted(table.rows, key=lambda name: int(name.split()[0]))
    )
    return points, None, table.footer


def _counted(row: Any) -> Counted:
    together = row.household_id if row.audience is Audience.FAMILY else row.group_id
    name = f"{rules.months(row.point_days)} months"
    return Counted(str(row.invitation_id), str(together), name, _said(row.score))


def _said(score: int | None) -> str:
    if score is None:
        return NOT_SAID
    return AGREE if rules.agrees(score) else OTHER


def _point(name: str, total: Number, cells: dict[str, Number]) -> PointResult:
    agree, other = cells.get(AGREE, 0), cells.get(OTHER, 0)
    return PointResult(
        point=name,
        answers=str(total),
        agree=str(agree),
        other=str(other),
        not_said=str(cells.get(NOT_SAID, 0)),
        percent=_percent(agree, other),
    )


def _percent(agree: Number, other: Number) -> int | None:
    """Give whole percent of those who said something, where both numbers may be told."""
    if not isinstance(agree, int) or not isinstance(other, int):
        return None
    whole = agree + other
    return round(100 * agree / whole) if whole >= LEAST_FOR_PERCENT else None
