"""In which order the rows are locked that a sponsorship hangs together with.

First the groups of a household, by their ids, and then its sponsorships, as a group that is broken
off does it too. So groups that take over from each other at one moment wait for one another, and
none of them for ever.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.placements.models import Sponsorship
from resettle.sponsors.models import SponsorGroup


def edit(uow: UnitOfWork, sponsorship_id: UUID, to: Permission) -> Sponsorship:
    """Fetch a sponsorship to change what it takes of its group's room, or another's with it."""
    this = select(Sponsorship.household_id).where(Sponsorship.id == sponsorship_id)
    _lock_groups(uow, Sponsorship.household_id == this.scalar_subquery())
    return uow.edit(Sponsorship, sponsorship_id, to=to)


def lock_groups_of(uow: UnitOfWork, household_id: UUID) -> None:
    """Lock the groups that support a household or are asked to, before anything of it ends."""
    _lock_groups(uow, Sponsorship.household_id == household_id)


def _lock_groups(uow: UnitOfWork, whose: ColumnElement[bool]) -> None:
    theirs = select(Sponsorship.group_id).where(whose, Sponsorship.ended_on.is_(None))
    query: Select[Any] = select(SponsorGroup.id).where(SponsorGroup.id.in_(theirs))
    query = query.order_by(SponsorGroup.id).with_for_update(key_share=True)
    uow.session.scalars(uow.touching(query, SponsorGroup, Sponsorship)).all()
