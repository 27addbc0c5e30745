"""Questions about users, their sessions and their tokens."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from resettle.accounts.models import (
    ApiToken,
    DutyGrant,
    RoleGrant,
    UserAccount,
    UserLocation,
    UserSession,
)
from resettle.accounts.rules import AccountStatus, token_scopes
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.settings import Settings

STAFF = frozenset(
    {
        Role.CASEWORKER,
        Role.PROGRAMME_MANAGER,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.EVALUATOR,
    }
)


@dataclass(frozen=True, slots=True)
class Ties:
    """Counts what hangs on an account that this chapter knows nothing of."""

    households: Callable[[UnitOfWork, UUID], int]


SORTS: Mapping[str, Sequence[Any]] = {
    "name": (UserAccount.name,),
    "email": (UserAccount.email,),
    "created_at": (UserAccount.created_at,),
}


@dataclass(frozen=True, slots=True)
class UserFilters:
    """Which users a list is to show."""

    status: str | None = None
    role: str | None = None
    location: str | None = None


def users(uow: UnitOfWork, wanted: UserFilters) -> Select[Any]:
    """List the accounts with the role that each has now."""
    query = uow.columns(
        UserAccount,
        UserAccount.id.label("id"),
        UserAccount.email.label("email"),
        UserAccount.name.label("name"),
        UserAccount.status.label("status"),
        UserAccount.version.label("version"),
        UserAccount.created_at.label("created_at"),
        RoleGrant.role.label("role"),
    ).join(RoleGrant, live_role_of_account())
    query = uow.along(query, RoleGrant)
    if wanted.status is not None:
        query = query.where(UserAccount.status == AccountStatus(wanted.status))
    if wanted.role is not None:
        query = query.where(RoleGrant.role == Role(wanted.role))
    if wanted.location is not None:
        here = uow.subquery(UserLocation, UserLocation.user_id)
        query = uow.touching(query, UserLocation).where(
            UserAccount.id.in_(here.where(UserLocation.location == wanted.location))
        )
    return query


@dataclass(frozen=True, slots=True)
class Account:
    """One user with the role, duties and locations of today."""

    id: UUID
    email: str | None
    name: str
    status: AccountStatus
    created_at: datetime
    version: int
    role: Role
    locations: Sequence[str]
    duties: Sequence[DutyGrant]
    deactivated_at: datetime | None = None
    permissions: Sequence[str] = ()
    token_scopes: Sequence[str] = ()
    invitation: str | None = None


def account(
    uow: UnitOfWork,
    user: UserAccount,
    permissions: frozenset[Permission] = frozenset(),
    invitation: str | None = None,
) -> Account:
    """Show one account: to its owner with what they may do, to who invites with the link."""
    role = live_role(uow, user.id).role
    return Account(
        id=user.id,
        email=user.email,
        name=user.name,
        status=user.status,
        created_at=user.created_at,
        version=user.version,
        role=role,
        locations=sorted(place.location for place in locations(uow, user.id)),
        duties=duties(uow, user.id),
        deactivated_at=user.deactivated_at,
        permissions=sorted(permissions),
        token_scopes=sorted(token_scopes(role, permissions)),
        invitation=invitation,
    )


def by_email(uow: UnitOfWork, email: str) -> UserAccount | None:
    return uow.first(uow.select(UserAccount).where(UserAccount.email == email))


def one(uow: UnitOfWork, user_id: UUID, to: Permission = Permission.USER_READ) -> Account:
    return account(uow, uow.get(UserAccount, user_id, to=to))


def live_role(uow: UnitOfWork, user_id: UUID) -> RoleGrant:
    """Give the role that a user has now: every account has one from its first day."""
    query = uow.select(RoleGrant).where(RoleGrant.user_id == user_id, RoleGrant.until_at.is_(None))
    found = uow.first(query)
    assert found is not None
    return found


def duties(uow: UnitOfWork, user_id: UUID) -> Sequence[DutyGrant]:
    query = uow.select(DutyGrant).where(DutyGrant.user_id == user_id, DutyGrant.until_at.is_(None))
    return uow.all(query.order_by(DutyGrant.duty))


def locations(uow: UnitOfWork, user_id: UUID) -> Sequence[UserLocation]:
    return uow.all(uow.select(UserLocation).where(UserLocation.user_id == user_id))


def sessions(uow: UnitOfWork, user_id: UUID) -> Sequence[UserSession]:
    """List the sessions of a user that are good now, the newest first."""
    query = uow.select(UserSession).join(UserAccount, UserAccount.id == UserSession.user_id)
    query = uow.along(query, UserAccount).where(
        UserSession.user_id == user_id, session_is_live(uow)
    )
    return uow.all(query.order_by(UserSession.started_at.desc(), UserSession.id))


def tokens(uow: UnitOfWork, user_id: UUID) -> Sequence[ApiToken]:
    """List the tokens of a user that are good now, the newest first."""
    query = uow.select(ApiToken).join(UserAccount, UserAccount.id == ApiToken.user_id)
    query = uow.along(query, UserAccount).where(ApiToken.user_id == user_id, token_is_good(uow))
    return uow.all(query.order_by(ApiToken.made_at.desc(), ApiToken.id))


def names(uow: UnitOfWork, user_ids: Collection[UUID | None]) -> Mapping[UUID, str]:
    """Name users to somebody who may see what they did, and tell nothing else of them."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    columns: tuple[Any, ...] = (UserAccount.id, UserAccount.name)
    query: Select[Any] = select(*columns).where(UserAccount.id.in_(wanted))
    return {row.id: row.name for row in uow.rows(uow.touching(query, UserAccount))}


def editor_name(uow: UnitOfWork, user_id: UUID) -> str | None:
    """Name who has changed a record, to staff: colleagues and those they work for may be named."""
    if uow.actor.role not in STAFF:
        return None
    return names(uow, [user_id]).get(user_id)


def live_role_of_account() -> ColumnElement[bool]:
    return and_(RoleGrant.user_id == UserAccount.id, RoleGrant.until_at.is_(None))


def session_is_live(uow: UnitOfWork) -> ColumnElement[bool]:
    """Not ended, not idle, not too old, and begun since the account last changed."""
    settings = uow.use(Settings)
    own = _recent(uow, settings.idle_minutes, settings.absolute_hours)
    linked = _recent(uow, settings.link_idle_minutes, settings.link_session_hours)
    return and_(
        UserSession.ended_at.is_(None),
        UserSession.auth_epoch == UserAccount.auth_epoch,
        or_(
            and_(UserSession.link_id.is_(None), own),
            and_(UserSession.link_id.is_not(None), linked),
        ),
    )


def _recent(uow: UnitOfWork, idle_minutes: int, hours: int) -> ColumnElement[bool]:
    return and_(
        UserSession.last_seen_at >= uow.now - timedelta(minutes=idle_minutes),
        UserSession.started_at >= uow.now - timedelta(hours=hours),
    )


def token_is_good(uow: UnitOfWork) -> ColumnElement[bool]:
    return and_(
        ApiToken.revoked_at.is_(None),
        ApiToken.auth_epoch == UserAccount.auth_epoch,
        ApiToken.expires_at > uow.now,
    )
