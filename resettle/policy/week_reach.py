"""How far a reader's knowledge of a group's daily work with a household reaches."""

from sqlalchemy import ColumnElement, and_

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.policy import reach
from resettle.roster.models import Shift, ShiftStatus


def shift_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show the group its own roster, and the family who comes, once somebody does."""
    near = reach.of_household(Shift.household_id)(uow)
    if uow.actor.role in SPONSORS:
        return and_(near, Shift.group_id.in_(uow.actor.group_ids))
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return and_(near, Shift.status != ShiftStatus.OPEN)
    return near
