"""Rows that are somebody's own, and about a household: drafts, reminders, links."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from resettle.accounts.models import FamilyLink
from resettle.core.actor import Role
from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.policy import reach
from resettle.policy.reach import household_rows


def own_within_reach(model: Any) -> Scope:
    """One's own rows; not those about a household that one may no longer know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        known = select(Household.id).where(household_rows(uow))
        near = or_(model.household_id.is_(None), model.household_id.in_(known))
        return and_(model.user_id == uow.actor.user_id, near)

    return scope


def link_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show links to the person they let in, and to that person's caseworkers."""
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return FamilyLink.person_id == uow.actor.person_id
    return reach.for_caseworkers(FamilyLink.household_id)(uow)
