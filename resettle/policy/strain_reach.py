"""How far a reader's knowledge reaches of what is noted about groups, and of messages to them."""

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.sponsors.models import SponsorGroup
from resettle.strain.models import GroupMessage


def note_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Keep notes about groups to programme managers: those noted of never learn of them."""
    if uow.actor.role is not Role.PROGRAMME_MANAGER:
        return false()
    return true()


def message_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Show messages to those whose group they are for."""
    if uow.actor.role is Role.PROGRAMME_MANAGER:
        return true()
    if uow.actor.role not in SPONSORS:
        return false()
    ours = SponsorGroup.id.in_(uow.actor.own_group_ids)
    places = select(SponsorGroup.location).where(ours)
    has_group = select(SponsorGroup.id).where(ours).exists()
    here = or_(GroupMessage.location.is_(None), GroupMessage.location.in_(places))
    return and_(has_group, here)


def nobody(_uow: UnitOfWork) -> ColumnElement[bool]:
    """Show rows to nobody: they are counted, never read."""
    return false()
