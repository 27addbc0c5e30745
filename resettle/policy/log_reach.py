"""How far a reader's knowledge of the log reaches: to what was meant for them, and to their own."""

from sqlalchemy import ColumnElement, and_, or_

from resettle.core.actor import SPONSORS, Role
from resettle.core.work import UnitOfWork
from resettle.logs.models import LogEntry
from resettle.policy.reach import of_household


def log_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    """Caseworkers know of all of it; others of what was not taken back, and of their own."""
    entry = LogEntry
    near = of_household(entry.household_id)(uow)
    if uow.actor.role is Role.CASEWORKER:
        return near
    if uow.actor.role in SPONSORS:
        meant = entry.group_id.in_(uow.actor.group_ids)
    else:
        meant = entry.with_family.is_(True)
    own = entry.author_id == uow.actor.user_id
    return and_(near, or_(own, and_(meant, entry.taken_back_at.is_(None))))
