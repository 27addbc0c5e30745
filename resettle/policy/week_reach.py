"""How far a reader's knowledge of a group's daily work with a household reaches."""

from sqlalchemy import ColumnElement, and_, false

from resettle.cards.models import CardTopic
from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.messages.models import SponsorUpdate, ThreadMessage
from resettle.policy import reach
from resettle.policy.pairs import with_its_group
from resettle.roster.models import Shift, ShiftStatus
from resettle.tasks.models import Task
from resettle.upkeep.models import HouseDefect, HousePhoto


def shift_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show the group its own roster, and the family who comes, once somebody does."""
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, Shift.household_id, Shift.group_id)
    near = reach.of_household(Shift.household_id)(uow)
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return and_(near, Shift.status != ShiftStatus.OPEN)
    return near


def task_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show sponsors what was handed to their group, or what it made; of all else nothing."""
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, Task.household_id, Task.group_id)
    return reach.for_caseworkers(Task.household_id)(uow)


def update_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep updates between the group that wrote them and the caseworkers."""
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return false()
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, SponsorUpdate.household_id, SponsorUpdate.group_id)
    return reach.of_household(SponsorUpdate.household_id)(uow)


def message_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show the thread to the family, its caseworkers, and the group that it was written with."""
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, ThreadMessage.household_id, ThreadMessage.group_id)
    return reach.of_household(ThreadMessage.household_id)(uow)


def card_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show a card to the family, its caseworkers, and the group that it is of."""
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, CardTopic.household_id, CardTopic.group_id)
    return reach.of_household(CardTopic.household_id)(uow)


def defect_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show sponsors the defects that their own group has reported, and caseworkers all."""
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, HouseDefect.household_id, HouseDefect.group_id)
    return reach.for_caseworkers(HouseDefect.household_id)(uow)


def house_photo_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show sponsors the photos that their own group has taken, and caseworkers all."""
    if uow.actor.role in SPONSORS:
        return with_its_group(uow, HousePhoto.household_id, HousePhoto.group_id)
    return reach.for_caseworkers(HousePhoto.household_id)(uow)
