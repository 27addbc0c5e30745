"""From a session or a token to the actor: one narrow query a request.

What revokes them is the account's `auth_epoch`, which is compared here each time. So deactivation,
a change of role or of password ends everything at the next request, with nothing to clean up.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_

from resettle.accounts.credentials import digest
from resettle.accounts.feeds import is_good
from resettle.accounts.models import (
    ApiToken,
    CalendarFeed,
    DutyGrant,
    RoleGrant,
    UserAccount,
    UserLocation,
    UserSession,
)
from resettle.accounts.queries import live_role_of_account, session_is_live, token_is_good
from resettle.accounts.rules import SEEN_EVERY, AccountStatus
from resettle.core.actor import SYSTEM, Actor
from resettle.core.permissions import Permission
from resettle.core.tripwire import models_in
from resettle.core.work import Transactions, UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Memberships:
    """The sponsor groups of users, told by the chapter of sponsors, which stands above this one.

    `rows` selects (user_id, group_id, vetted), one row a membership that is confirmed and counts on
    the day of the unit of work; without `vetted` it counts for a group that still applies.
    """

    rows: Callable[[UnitOfWork], Select[Any]]


def by_session(transactions: Transactions, token: str) -> Actor | None:
    """Find the actor of a session that is good now, and note that it is in use."""
    with transactions.begin(SYSTEM, "session:load", read_only=True) as uow:
        rows = uow.ask(_of_session, token=digest(token))
        is_due = bool(rows) and rows[0].seen_at + SEEN_EVERY <= uow.now
    if not rows:
        return None
    if is_due:
        _note_seen(transactions, rows[0].via_id)
    return _actor(rows, f"{'session' if rows[0].link_id is None else 'link'}:{rows[0].via_id}")


def by_token(transactions: Transactions, token: str) -> Actor | None:
    """Find the actor of a personal token that is good now, held to the scopes of the token."""
    with transactions.begin(SYSTEM, "token:load", read_only=True) as uow:
        rows = uow.ask(_of_token, token=digest(token))
    if not rows:
        return None
    return _actor(rows, f"token:{rows[0].via_id}", frozenset(rows[0].scopes))


def _of_session(uow: UnitOfWork) -> Select[Any]:
    told = (UserSession.last_seen_at.label("seen_at"), UserSession.link_id.label("link_id"))
    this = UserSession.token_hash == bindparam("token")
    return _actors(uow, UserSession, *told).where(this, session_is_live(uow))


def _of_token(uow: UnitOfWork) -> Select[Any]:
    this = ApiToken.token_hash == bindparam("token")
    return _actors(uow, ApiToken, ApiToken.scopes.label("scopes")).where(this, token_is_good(uow))


def if_active(uow: UnitOfWork, user_id: UUID) -> Actor | None:
    """Give the actor that a user is, if the account is in use."""
    rows = uow.rows(_actors(uow, UserAccount).where(UserAccount.id == user_id))
    return _actor(rows, "") if rows else None


def by_feed(transactions: Transactions, token: str) -> Actor | None:
    """Find whose calendar feed this is, if it is good now; it may read the calendar alone."""
    with transactions.begin(SYSTEM, "feed:load", read_only=True) as uow:
        query = _actors(uow, CalendarFeed)
        rows = uow.rows(query.where(CalendarFeed.token_hash == digest(token), is_good()))
    if not rows:
        return None
    return _actor(rows, f"feed:{rows[0].via_id}", frozenset({Permission.CALENDAR_FEED}))


def of_user(uow: UnitOfWork, user_id: UUID) -> Actor:
    """Give the actor that an active user is, before there is a session."""
    return _actor(uow.rows(_actors(uow, UserAccount).where(UserAccount.id == user_id)), "")


def _note_seen(transactions: Transactions, session_id: UUID) -> None:
    with transactions.begin(SYSTEM, "session:load") as uow:
        session = uow.find(UserSession, session_id)
        assert session is not None
        session.last_seen_at = uow.now


def _actors(uow: UnitOfWork, via: type[Any], *more: Any) -> Select[Any]:
    owner = UserAccount.id if via is UserAccount else via.user_id
    query = uow.columns(
        UserAccount,
        via.id.label("via_id"),
        UserAccount.id.label("user_id"),
        UserAccount.name.label("name"),
        UserAccount.person_id.label("person_id"),
        UserAccount.language.label("language"),
        RoleGrant.role.label("role"),
        DutyGrant.duty.label("duty"),
        UserLocation.location.label("location"),
        *more,
    ).where(_is_in_use(via))
    if via is not UserAccount:
        query = query.join(via, owner == UserAccount.id)
    live_duty = and_(DutyGrant.user_id == UserAccount.id, DutyGrant.until_at.is_(None))
    query = (
        query.join(RoleGrant, live_role_of_account())
        .outerjoin(DutyGrant, live_duty)
        .outerjoin(UserLocation, UserLocation.user_id == UserAccount.id)
    )
    return _with_groups(uow, uow.touching(query, via, RoleGrant, DutyGrant, UserLocation))


def _is_in_use(via: type[Any]) -> ColumnElement[bool]:
    """Let in who is active; by a link also who was invited, and has not chosen a password yet."""
    active = UserAccount.status == AccountStatus.ACTIVE
    if via is not UserSession:
        return active
    invited = UserAccount.status == AccountStatus.INVITED
    return or_(active, and_(invited, UserSession.link_id.is_not(None)))


def _with_groups(uow: UnitOfWork, query: Select[Any]) -> Select[Any]:
    rows = uow.use(Memberships).rows(uow)
    groups = rows.subquery()
    query = query.outerjoin(groups, groups.c.user_id == UserAccount.id)
    told = (groups.c.group_id, groups.c.roles, groups.c.vetted)
    return uow.touching(query.add_columns(*told), *models_in(rows))


def _actor(rows: Sequence[Row[Any]], ref: str, scopes: frozenset[str] | None = None) -> Actor:
    """Fold the rows, one a combination of duty, location and group, into the actor."""
    first = rows[0]
    return Actor(
        role=first.role,
        user_id=first.user_id,
        name=first.name,
        duties=_present(row.duty for row in rows),
        locations=_present(row.location for row in rows),
        group_ids=_present(row.group_id for row in rows if row.vetted),
        applying_ids=_present(row.group_id for row in rows if not row.vetted),
        group_roles=frozenset(
            (row.group_id, role) for row in rows if row.vetted for role in row.roles or ()
        ),
        person_id=first.person_id,
        scopes=scopes,
        session_ref=ref,
        language=first.language or "",
    )


def _present(values: Iterable[T | None]) -> frozenset[T]:
    return frozenset(value for value in values if value is not None)


@contextmanager
def acting_as(uow: UnitOfWork, user_id: UUID) -> Iterator[Actor | None]:
    """Let a job see for a while what a user would, and no more; None if the account is not in use.

    The trail still names the system, which does the job.
    """
    found, before = if_active(uow, user_id), uow.actor
    if found is not None:
        uow.actor = found
    try:
        yield found
    finally:
        uow.actor = before
