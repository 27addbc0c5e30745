"""What is done in the evaluation record: judging, on evidence, again and again."""

from sqlalchemy import func

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import Evaluation
from resettle.judgements import rules
from resettle.judgements.acts import Judge
from resettle.judgements.definition import Criteria
from resettle.judgements.models import Judgement, JudgementEvidence
from resettle.judgements.rules import Kind
from resettle.programmes.catalogue import Catalogue
from resettle.surveys.definition import SurveySettings


def judge(uow: UnitOfWork, command: Judge) -> Judgement:
    """Judge a criterion. What was judged before stays, with its number.

    Raises Invalid for evidence that is not there, or a rating without any.
    """
    uow.require(Permission.JUDGEMENT_MAKE)
    evidence = {kind: getattr(command, kind.value) for kind in Kind}
    if faults := _unknown(uow, command) or rules.faults(command.rating, evidence, known(uow)):
        raise Invalid(faults)
    judgement = uow.add(
        Judgement(
            programme_code=command.programme,
            criterion=command.criterion,
            number=_next(uow, command),
            rating=command.rating,
            confidence=command.confidence,
            reasoning=command.reasoning,
            judged_by=uow.actor.user_id,
            judged_at=uow.now,
        )
    )
    for kind, codes in evidence.items():
        for code in codes:
            uow.add(JudgementEvidence(judgement_id=judgement.id, kind=kind, reference=code))
    return judgement


def _unknown(uow: UnitOfWork, command: Judge) -> dict[str, list[str]]:
    """Say which criterion or programme there is not."""
    found = {}
    if command.criterion not in uow.use(Criteria).by_code:
        found["criterion"] = ["There is no such criterion."]
    if command.programme not in uow.use(Catalogue).codes:
        found["programme"] = ["There is no such programme."]
    return found


def known(uow: UnitOfWork) -> dict[Kind, frozenset[str]]:
    """Name the indicators and the questions of surveys that there are to stand on."""
    uow.require(Permission.JUDGEMENT_MAKE)
    sets = uow.use(SurveySettings).sets
    asked = {f"{audience}:{code}" for audience, asked in sets.items() for code in asked.codes}
    return {
        Kind.INDICATOR: frozenset(uow.use(Evaluation).indicators),
        Kind.SURVEY: frozenset(asked),
    }


def _next(uow: UnitOfWork, command: Judge) -> int:
    query = uow.columns(Judgement, func.max(Judgement.number).label("last")).where(
        Judgement.programme_code == command.programme, Judgement.criterion == command.criterion
    )
    (row,) = uow.rows(query)
    return (row.last or 0) + 1
