"""What people do with their own account: their sessions, their tokens, their password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from resettle.accounts import queries, rules
from resettle.accounts.credentials import TOKEN_MARK, digest, new_token
from resettle.accounts.models import AccountAct, Act, ApiToken, UserAccount, UserSession
from resettle.accounts.queries import Account
from resettle.core.actor import Actor, Role
from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MakeToken:
    name: str
    scopes: Sequence[str]
    days: int


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token that was just made. It is told here, once, and kept only hashed."""

    id: UUID
    user_id: UUID
    name: str
    scopes: Sequence[str]
    made_at: datetime
    expires_at: datetime
    token: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and the token that unsafe requests of this session must show."""

    id: UUID
    user: Account
    role: Role
    csrf_token: str


def user_of(uow: UnitOfWork) -> UserAccount:
    assert uow.actor.user_id is not None
    return uow.get(UserAccount, uow.actor.user_id, to=Permission.ACCOUNT_OWN)


def account(uow: UnitOfWork) -> Account:
    """Show a person their own account, and what they may do."""
    return queries.account(uow, user_of(uow), uow.permissions())


def signed_in(uow: UnitOfWork, csrf_token: str) -> SignedIn:
    user = account(uow)
    return SignedIn(user.id, user, user.role, csrf_token)


def current_session_id(actor: Actor) -> UUID | None:
    """Tell which session the actor has come by, if by one."""
    kind, _, ref = actor.session_ref.partition(":")
    return UUID(ref) if kind in {"session", "link"} else None


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """A session as its owner sees it in a list."""

    id: UUID
    user_id: UUID
    started_at: datetime
    last_seen_at: datetime
    device: str
    network: str
    is_this_one: bool


def sessions(uow: UnitOfWork) -> Sequence[SessionSeen]:
    return [
        SessionSeen(
            id=session.id,
            user_id=session.user_id,
            started_at=session.started_at,
            last_seen_at=session.last_seen_at,
            device=session.device,
            network=session.network,
            is_this_one=_is_this_one(uow, session),
        )
        for session in _live(uow)
    ]


def end_session(uow: UnitOfWork, session_id: UUID) -> None:
    live = [session for session in _live(uow) if session.id == session_id]
    if not live:
        raise NotFound("There is no such session.")
    _end(uow, live[0], "signed-out" if _is_this_one(uow, live[0]) else "ended")


def leave(uow: UnitOfWork) -> None:
    """End the session that asks, if it asks by one."""
    session_id = current_session_id(uow.actor)
    if session_id is not None:
        end_session(uow, session_id)


def end_other_sessions(uow: UnitOfWork) -> int:
    """End all sessions of the person but the one that asks; say how many there were."""
    others = [session for session in _live(uow) if not _is_this_one(uow, session)]
    for session in others:
        _end(uow, session, "ended")
    return len(others)


def tokens(uow: UnitOfWork) -> Sequence[ApiToken]:
    return queries.tokens(uow, user_of(uow).id)


def make_token(uow: UnitOfWork, command: MakeToken) -> MadeToken:
    """Make a personal token. Raises Invalid for scopes that the person may not pass on."""
    uow.require(Permission.API_OWN)
    user = user_of(uow)
    offered = rules.token_scopes(uow.actor.role, uow.permissions())
    if refused := sorted({*command.scopes} - offered):
        raise Invalid({"scopes": [f"A token of yours cannot carry: {', '.join(refused)}."]})
    token = new_token(TOKEN_MARK)
    row = ApiToken(
        user_id=user.id,
        name=command.name,
        token_hash=digest(token),
        auth_epoch=user.auth_epoch,
        scopes=sorted({*command.scopes}),
        made_at=uow.now,
        expires_at=uow.now + timedelta(days=command.days),
    )
    uow.add(row)
    return MadeToken(row.id, user.id, row.name, row.scopes, row.made_at, row.expires_at, token)


def revoke_token(uow: UnitOfWork, token_id: UUID) -> None:
    live = [token for token in tokens(uow) if token.id == token_id]
    if not live:
        raise NotFound("There is no such token.")
    live[0].revoked_at = uow.now


def read_in(uow: UnitOfWork, language: str) -> None:
    """Keep in which language the person reads, on whichever device."""
    user_of(uow).language = language


def set_password(uow: UnitOfWork, seen_epoch: int, password_hash: str) -> None:
    """Keep the new password, and end every session and token, this session too.

    Raises Conflict if the account has changed since the old password was checked.
    """
    assert uow.actor.user_id is not None
    user = uow.edit(UserAccount, uow.actor.user_id, to=Permission.ACCOUNT_OWN)
    if user.auth_epoch != seen_epoch:
        raise Conflict("Your account changed at the same moment. Sign in and try again.")
    user.password_hash = password_hash
    user.auth_epoch += 1
    by = uow.actor.user_id
    uow.add(AccountAct(user_id=user.id, act=Act.PASSWORD_CHANGED, at=uow.now, by_id=by))


def _live(uow: UnitOfWork) -> Sequence[UserSession]:
    return queries.sessions(uow, user_of(uow).id)


def _is_this_one(uow: UnitOfWork, session: UserSession) -> bool:
    return session.id == current_session_id(uow.actor)


def _end(uow: UnitOfWork, session: UserSession, change: str) -> None:
    session.ended_at = uow.now
    uow.acted("Session", session.user_id, change=change)
