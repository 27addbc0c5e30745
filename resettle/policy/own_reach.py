"""Rows that are somebody's own, and about a household: drafts and reminders."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.policy.reach import household_rows


def own_within_reach(model: Any) -> Scope:
    """One's own rows; not those about a household that one may no longer know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        known = select(Household.id).where(household_rows(uow))
        near = or_(model.household_id.is_(None), model.household_id.in_(known))
        return and_(model.user_id == uow.actor.user_id, near)

    return scope
