"""What was told of the answers last, question by question; and all of it asked for at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases import service
from resettle.releases.acts import AskRelease
from resettle.releases.models import Release
from resettle.releases.queries import ReleaseFilters, released
from resettle.surveys.acts import AskResults
from resettle.surveys.definition import SurveySettings
from resettle.surveys.results import KIND, code_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """One question to one audience, as it was told last; without a release it was not."""

    audience: str
    code: str
    text: str
    edition: int
    release_id: UUID | None = None
    as_at: date | None = None
    points: Sequence[Mapping[str, Any]] = ()
    refused: str | None = None
    footer: str = ""


def results(uow: UnitOfWork, policy: str) -> Sequence[QuestionResult]:
    """Tell what families and sponsors answered, apart, as it was told to an audience last."""
    uow.require(Permission.SURVEY_RESULTS)
    query = released(uow, ReleaseFilters(kind=KIND, audience=policy))
    newest = {
        release.code: release
        for release in uow.all(query.order_by(Release.as_at, Release.asked_at, Release.id))
    }
    return [
        _told(voice.value, question.text, code, newest.get(code), questions.edition)
        for voice, questions in uow.use(SurveySettings).sets.items()
        for question in questions.questions
        for code in (code_of(voice, question),)
    ]


def _told(
    voice: str, text: str, code: str, release: Release | None, edition: int
) -> QuestionResult:
    asked = QuestionResult(audience=voice, code=code.partition(":")[2], text=text, edition=edition)
    if release is None:
        return asked
    return replace(
        asked,
        text=release.definition.get("question", text),
        edition=release.definition.get("edition", edition),
        release_id=release.id,
        as_at=release.as_at,
        points=release.figures.get("points", ()),
        refused=release.refusal,
        footer=release.figures.get("footer", ""),
    )


def ask_all(uow: UnitOfWork, command: AskResults) -> Sequence[Release]:
    """Ask for the answers to every question, for an audience. What was told stays as it was."""
    uow.require(Permission.RELEASE_MAKE)
    return [
        service.ask(
            uow,
            AskRelease(code_of(voice, question), command.audience, kind=KIND, as_at=command.as_at),
        )
        for voice, questions in uow.use(SurveySettings).sets.items()
        for question in questions.questions
    ]
