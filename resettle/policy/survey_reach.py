"""How far a reader's knowledge reaches of surveys, and of how the programme is judged.

What somebody answered only they read. Whoever supports them learns that they were asked.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, true

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.policy import reach
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience

JUDGES = frozenset({Role.PROGRAMME_MANAGER, Role.AUDITOR, Role.EVALUATOR})


def invitation_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is Role.CASEWORKER:
        of_family = SurveyInvitation.audience == Audience.FAMILY
        return and_(of_family, reach.for_caseworkers(SurveyInvitation.household_id)(uow))
    return _own(uow, SurveyInvitation)


def answer_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return _own(uow, SurveyAnswer)


def judgement_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show how the programme is judged to who leads it and to who looks over it."""
    return true() if uow.actor.role in JUDGES else false()


def _own(uow: UnitOfWork, model: Any) -> ColumnElement[bool]:
    if uow.actor.role is Role.HOUSEHOLD_PERSON and uow.actor.person_id is not None:
        return model.person_id == uow.actor.person_id  # type: ignore[no-any-return]
    if uow.actor.role in SPONSORS and uow.actor.user_id is not None:
        return model.user_id == uow.actor.user_id  # type: ignore[no-any-return]
    return false()
