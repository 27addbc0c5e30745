"""Rows that are somebody's own, and about a household: drafts, reminders, links."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from resettle.accounts.models import FamilyLink
from resettle.core.actor import SPONSORS, Role
from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.notifications.models import GroupReminder
from resettle.policy import reach
from resettle.policy.pairs import with_its_group
from resettle.policy.reach import household_rows
from resettle.policy.relations import one_of


def own_within_reach(model: Any) -> Scope:
    """One's own rows; not those about a household that one may no longer know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        known = select(Household.id).where(household_rows(uow))
        near = or_(model.household_id.is_(None), one_of(uow, model.household_id, known))
        return and_(model.user_id == uow.actor.user_id, near)

    return scope


def group_reminder_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep what one was told; not of what lies between a household and a group gone from it."""
    told = GroupReminder
    own = told.user_id == uow.actor.user_id
    if uow.actor.role not in SPONSORS:
        return own
    near = with_its_group(uow, told.household_id, told.group_id)
    return and_(own, or_(told.household_id.is_(None), near))


def link_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show links to the person they let in, and to that person's caseworkers."""
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return FamilyLink.person_id == uow.actor.person_id
    return reach.for_caseworkers(FamilyLink.household_id)(uow)
