"""How far a reader's knowledge reaches of surveys: that one was asked, and what was answered.

What somebody answered only they read. Whoever supports them learns that they were asked.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, false

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.policy import reach
from resettle.surveys.models import SurveyAnswer, SurveyInvitation
from resettle.surveys.rules import Audience


def invitation_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.role is Role.CASEWORKER:
        of_family = SurveyInvitation.audience == Audience.FAMILY
        return and_(of_family, reach.for_caseworkers(SurveyInvitation.household_id)(uow))
    return _own(uow, SurveyInvitation)


def answer_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return _own(uow, SurveyAnswer)


def _own(uow: UnitOfWork, model: Any) -> ColumnElement[bool]:
    if uow.actor.role is Role.HOUSEHOLD_PERSON and uow.actor.person_id is not None:
        return model.person_id == uow.actor.person_id  # type: ignore[no-any-return]
    if uow.actor.role in SPONSORS and uow.actor.user_id is not None:
        return model.user_id == uow.actor.user_id  # type: ignore[no-any-return]
    return false()
