"""Signing in and out: Flask-Login is bound here, and yields an object that holds an Actor.

Passwords are hashed outside of any unit of work: a hash takes a tenth of a second, and nobody else
should wait that long for the database.
"""

from dataclasses import dataclass, field

import flask_login
from flask import Flask, Request, Response, after_this_request, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_limiter import Limiter
from werkzeug.exceptions import Gone

from resettle.accounts import entrance, loader, own, rules
from resettle.accounts.credentials import COMMON, TOKEN_MARK, Passwords
from resettle.accounts.entrance import Candidate, Device, Guest
from resettle.core.actor import SYSTEM, Actor
from resettle.core.errors import BadRequest, Conflict, Invalid, TooMany, Unauthenticated
from resettle.core.permissions import Permission
from resettle.settings import Settings
from resettle.web import csrf
from resettle.web.auth import admit, current_actor, origin, transactions

ACTION = "session:begin"
DEVICE_LENGTH = 200
WRONG = "This e-mail and password do not go together. Check both and try again."


@dataclass(frozen=True, slots=True)
class SignIn:
    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangePassword:
    current: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChoosePassword:
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Visitor:
    """What Flask-Login knows of who is signed in. Its id is the token of the session."""

    actor: Actor
    token: str = field(repr=False)
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.token


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, which a request with a personal token neither reads nor sets."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if csrf.bearer_token() is not None:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if csrf.bearer_token() is None:
            super().save_session(app, session, response)


def _network() -> str:
    return origin().address


def _allowed_tries() -> str:
    settings: Settings = current_app.extensions["settings"]
    return "20 per minute" if settings.production else "1000 per minute"


def _too_fast(_limit: object) -> None:
    raise TooMany("Too many tries from where you are. Wait a minute, then try again.", 60)


limiter = Limiter(_network, storage_uri="memory://")
limited = limiter.shared_limit(
    _allowed_tries,
    scope="sign-in",
    exempt_when=lambda: request.method != "POST",
    on_breach=_too_fast,
)


links_limited = limiter.shared_limit(_allowed_tries, scope="links", on_breach=_too_fast)


def init_app(app: Flask) -> None:
    app.session_interface = CookieSessions()
    app.extensions["passwords"] = Passwords.of(app.extensions["settings"])
    manager = flask_login.LoginManager(app, add_context_processor=False)
    manager.session_protection = None  # the session itself is kept and ended on the server
    manager.user_loader(_of_session)
    manager.request_loader(_of_token)
    app.extensions["actor_loader"] = _actor
    limiter.init_app(app)
    app.before_request(_refuse_token_in_address)


def _actor() -> Actor | None:
    visitor = flask_login.current_user  # noqa: TID251  # here it ends
    return getattr(visitor, "actor", None)


def _of_session(token: str) -> Visitor | None:
    actor = loader.by_session(transactions(), token)
    return None if actor is None else Visitor(actor, token)


def _of_token(request: Request) -> Visitor | None:
    """Let a personal token act, but on the API alone."""
    token = csrf.bearer_token()
    if not token or not request.path.startswith("/api/"):
        return None
    actor = loader.by_token(transactions(), token)
    return None if actor is None else Visitor(actor, token)


def _refuse_token_in_address() -> None:
    if any(value.startswith(TOKEN_MARK) for value in request.args.values()):
        raise BadRequest(
            "token-in-address",
            "A token never stands in an address, where it would be kept in logs. Revoke it, and "
            "send the new one in the Authorization header.",
        )


def enter(command: SignIn) -> Actor:
    """Sign somebody in, with a new session and a new cookie.

    Raises Unauthenticated, the same for an unknown address and a wrong password, or TooMany.
    """
    candidate = _count_try(command.email)
    if not _passwords().verify(candidate.kept, command.password):
        raise _failed(candidate)
    token = _begin_session(candidate, _rehashed(candidate, command.password))
    if token is None:
        raise _failed(candidate)
    return let_in(token)


def let_in(token: str) -> Actor:
    """Give the browser a cookie of its own for a session that has just begun."""
    actor = loader.by_session(transactions(), token)
    assert actor is not None
    session.clear()
    flask_login.login_user(Visitor(actor, token))
    for unused in ("_id", "_fresh"):
        session.pop(unused)
    g.actor = actor
    return actor


def _passwords() -> Passwords:
    passwords: Passwords = current_app.extensions["passwords"]
    return passwords


def _count_try(email: str) -> Candidate:
    try:
        with transactions().begin(SYSTEM, ACTION, origin=origin()) as uow:
            return entrance.count_try(uow, email)
    except TooMany:
        transactions().refused(SYSTEM, ACTION, "locked-out", origin())
        raise


def _failed(candidate: Candidate) -> Unauthenticated:
    with transactions().begin(SYSTEM, ACTION, origin=origin()) as uow:
        entrance.note_failure(uow, candidate)
    return Unauthenticated(WRONG)


def _rehashed(candidate: Candidate, password: str) -> str | None:
    """Hash the password anew where the kept hash was made with other parameters."""
    assert candidate.kept is not None
    if not _passwords().is_outdated(candidate.kept):
        return None
    return _passwords().hash(password)


def _begin_session(candidate: Candidate, rehashed: str | None) -> str | None:
    assert candidate.actor is not None
    with transactions().begin(candidate.actor, ACTION, origin=origin()) as uow:
        return entrance.begin_session(uow, candidate, device(), rehashed=rehashed)


def device() -> Device:
    return Device((request.user_agent.string or "")[:DEVICE_LENGTH], origin().address)


def leave() -> None:
    """Sign out: the session ends on the server, and the browser forgets what it kept."""
    actor = current_actor()
    if actor is not None:
        with transactions().begin(actor, "session:end", origin=origin()) as uow:
            own.leave(uow)
    forget()


def forget() -> None:
    flask_login.logout_user()
    session.clear()
    g.actor = None
    after_this_request(_clear_site_data)


def _clear_site_data(response: Response) -> Response:
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def change_password(command: ChangePassword) -> None:
    """Change the password of who asks, and sign them out everywhere.

    Tries with a wrong present password count like tries to sign in.
    """
    actor = admit(Permission.ACCOUNT_OWN)
    with transactions().begin(actor, Permission.ACCOUNT_OWN, read_only=True) as uow:
        user = own.user_of(uow)
    if user.email is None:
        raise Conflict("There is no password here: a link opens this page, each time a new one.")
    candidate = _count_try(user.email)
    if not _passwords().verify(candidate.kept, command.current):
        _failed(candidate)
        raise Invalid({"current": ["This is not your present password."]})
    with transactions().begin(SYSTEM, ACTION) as uow:
        entrance.forget_tries(uow, candidate)
    _refuse_weak("new", command.new, user.name, user.email)
    if command.new == command.current:
        raise Invalid({"new": ["Choose a password other than the present one."]})
    new = _passwords().hash(command.new)
    with transactions().begin(actor, Permission.ACCOUNT_OWN, origin=origin()) as uow:
        own.set_password(uow, candidate.auth_epoch, new)
    forget()


def _refuse_weak(name: str, password: str, *about: str) -> None:
    if faults := rules.password_faults(password, about, COMMON):
        raise Invalid({name: faults})


def guest(token: str) -> Guest:
    """Tell who was invited by this link. Looking at it does not use it up.

    Raises Gone for a link that was used, is too old, or was never made.
    """
    with transactions().begin(SYSTEM, "invitation:read", read_only=True) as uow:
        found = entrance.guest_of(uow, token)
    if found is None:
        raise Gone(SPENT)
    if current_actor() is not None:
        raise Conflict("Somebody is signed in here. Sign out first, then open the link again.")
    return found


def accept(token: str, command: ChoosePassword) -> None:
    """Take up an invitation with the password that the person chose."""
    invited = guest(token)
    _refuse_weak("password", command.password, invited.name, invited.email or "")
    password_hash = _passwords().hash(command.password)
    with transactions().begin(SYSTEM, "invitation:accept", origin=origin()) as uow:
        is_taken_up = entrance.take_up(uow, token, password_hash)
    if not is_taken_up:
        raise Gone(SPENT)


SPENT = "This link was used, or is older than three days. Ask for a new one."
