"""The secret address under which a calendar of somebody's may fetch: made, renewed, revoked.

It lets a program read one neutral feed and nothing else. What ends a session for good (a new
password, another role, deactivation) ends it too, since it holds the account's `auth_epoch`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_

from resettle.accounts.credentials import digest, new_token
from resettle.accounts.models import CalendarFeed, UserAccount
from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A feed that was just made. Its secret is told here, once, and kept only hashed."""

    id: UUID
    user_id: UUID
    made_at: datetime
    token: str


def renew(uow: UnitOfWork) -> MadeFeed:
    """Make a feed; the one that there was before answers no more."""
    user = _account(uow)
    for feed in _live(uow, user):
        feed.revoked_at = uow.now
    # Out first: at no moment has anybody two of them.
    uow.session.flush()
    token = new_token()
    row = uow.add(
        CalendarFeed(
            user_id=user.id,
            token_hash=digest(token),
            auth_epoch=user.auth_epoch,
            made_at=uow.now,
        )
    )
    return MadeFeed(row.id, user.id, row.made_at, token)


def revoke(uow: UnitOfWork) -> None:
    found = _live(uow, _account(uow))
    if not found:
        raise Conflict("There is no calendar feed to revoke.")
    for feed in found:
        feed.revoked_at = uow.now


def current(uow: UnitOfWork) -> Sequence[CalendarFeed]:
    """Give the feed of the reader that answers now, if there is one."""
    user = _account(uow)
    return [feed for feed in _live(uow, user) if feed.auth_epoch == user.auth_epoch]


def is_good() -> ColumnElement[bool]:
    """Ask for feeds that nothing has ended, beside the account that they are of."""
    return and_(
        CalendarFeed.revoked_at.is_(None), CalendarFeed.auth_epoch == UserAccount.auth_epoch
    )


def _account(uow: UnitOfWork) -> UserAccount:
    uow.require(Permission.CALENDAR_FEED)
    assert uow.actor.user_id is not None
    return uow.get(UserAccount, uow.actor.user_id, to=Permission.ACCOUNT_OWN)


def _live(uow: UnitOfWork, user: UserAccount) -> Sequence[CalendarFeed]:
    query = uow.select(CalendarFeed).where(
        CalendarFeed.user_id == user.id, CalendarFeed.revoked_at.is_(None)
    )
    return uow.all(query.order_by(CalendarFeed.made_at, CalendarFeed.id))
