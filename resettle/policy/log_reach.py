"""How far a reader's knowledge of the log reaches: to what was meant for them, and to their own."""

from sqlalchemy import ColumnElement, and_, or_

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.logs.models import LogEntry
from resettle.policy.pairs import with_its_group
from resettle.policy.reach import of_household


def log_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Caseworkers know of all of it; others of what was not taken back, and of their own.

    To sponsors nothing is their own that they wrote for a group which is gone.
    """
    entry = LogEntry
    near = of_household(entry.household_id)(uow)
    if uow.actor.role is Role.CASEWORKER:
        return near
    own = entry.author_id == uow.actor.user_id
    if uow.actor.role in SPONSORS:
        meant = with_its_group(uow, entry.household_id, entry.group_id)
        own = and_(own, or_(meant, entry.group_id.is_(None)))
    else:
        meant = entry.with_family.is_(True)
    return and_(near, or_(own, and_(meant, entry.taken_back_at.is_(None))))
