"""Questions about the evaluation record: how each criterion is judged now, and was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import selectinload

from resettle.accounts.queries import names
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import Evaluation
from resettle.judgements.definition import Criteria, Criterion
from resettle.judgements.models import Judgement
from resettle.judgements.rules import Confidence, Kind
from resettle.programmes.catalogue import Catalogue
from resettle.surveys.definition import SurveySettings

MOST = 500


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with the name of who judged."""

    id: UUID
    number: int
    rating: int
    confidence: Confidence
    reasoning: str
    judged_by: UUID | None
    judge: str
    judged_at: datetime
    evidence: Sequence[tuple[Kind, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion with all its judgements, the newest first."""

    criterion: Criterion
    judgements: Sequence[Judged]


def record(uow: UnitOfWork, programme_code: str) -> Sequence[Line]:
    """Tell how every criterion of a programme is judged. Raises NotFound for no programme."""
    uow.require(Permission.JUDGEMENT_READ)
    if programme_code not in uow.use(Catalogue).codes:
        raise NotFound("There is no such programme.")
    query = uow.select(Judgement).where(Judgement.programme_code == programme_code)
    ordered = query.order_by(Judgement.number.desc(), Judgement.id).limit(MOST)
    found = uow.all(ordered, selectinload(Judgement.evidence))
    judges = names(uow, [row.judged_by for row in found if row.judged_by is not None])
    return [
        Line(criterion, [_judged(row, judges) for row in found if row.criterion == criterion.code])
        for criterion in uow.use(Criteria).by_code.values()
    ]


def called(uow: UnitOfWork) -> Mapping[str, str]:
    """Say what a judgement can stand on, in words: an indicator's title, what a survey asks."""
    uow.require(Permission.JUDGEMENT_READ)
    asked = {
        f"{audience}:{question.code}": f"“{question.text}” ({audience})"
        for audience, posed in uow.use(SurveySettings).sets.items()
        for question in posed.questions
    }
    return {**{code: each.title for code, each in uow.use(Evaluation).indicators.items()}, **asked}


def _judged(row: Judgement, judges: Mapping[UUID, str]) -> Judged:
    return Judged(
        id=row.id,
        number=row.number,
        rating=row.rating,
        confidence=row.confidence,
        reasoning=row.reasoning,
        judged_by=row.judged_by,
        judge="" if row.judged_by is None else judges.get(row.judged_by, ""),
        judged_at=row.judged_at,
        evidence=[(each.kind, each.reference) for each in row.evidence],
    )


def criterion(uow: UnitOfWork, code: str) -> Criterion:
    found = uow.use(Criteria).by_code.get(code)
    if found is None:
        raise NotFound("There is no such criterion.")
    return found
