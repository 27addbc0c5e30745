"""Screens of accounts: one's own, with its sessions and tokens, and those of the users."""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from resettle.accounts import own, queries, schemas, service
from resettle.accounts.rules import GRANTABLE, TOKEN_DAYS, AccountStatus, device_name
from resettle.core.actor import Duty
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.catalogue import Catalogue
from resettle.web.api import page_of
from resettle.web.auth import admit, origin, transactions
from resettle.web.frame import ROLE_TITLES
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Nothing, NothingSchema

pages = Pages("accounts", __name__, template_folder="templates")

pages.add_app_template_filter(device_name, "device")

Shown = dict[str, Any]
REASONED = schemas.ReasonedSchema()
ROLES = [(role.value, ROLE_TITLES[role].capitalize()) for role in GRANTABLE]
DUTIES = [(duty.value, duty.value.replace("_", " ").capitalize()) for duty in Duty]
STATUSES = [(status.value, status.value.capitalize()) for status in AccountStatus]


@pages.page("/account", permission=Permission.ACCOUNT_OWN, template="accounts/account.html")
def account(uow: UnitOfWork) -> Shown:
    """Show one's own account, where one is signed in, and one's tokens."""
    return {
        "account": schemas.AccountShape().one(uow, own.account(uow)),
        "sessions": schemas.SessionShape().many_of(uow, own.sessions(uow)),
        "tokens": schemas.TokenShape().many_of(uow, own.tokens(uow)),
        "role_titles": dict(ROLES),
    }


@pages.button("/account/sessions/<uuid:session_id>/ending", permission=Permission.ACCOUNT_OWN)
def end_session(uow: UnitOfWork, session_id: UUID) -> Led:
    own.end_session(uow, session_id)
    return Go("accounts.account", message="That session has ended.")


@pages.button("/account/other-sessions/ending", permission=Permission.ACCOUNT_OWN)
def end_other_sessions(uow: UnitOfWork) -> Led:
    own.end_other_sessions(uow)
    return Go("accounts.account", message="You are signed out everywhere else.")


@pages.button("/account/tokens/<uuid:token_id>/revocation", permission=Permission.API_OWN)
def revoke_token(uow: UnitOfWork, token_id: UUID) -> Led:
    own.revoke_token(uow, token_id)
    return Go("accounts.account", message="That token is revoked.")


@pages.route("/account/tokens/new", methods=["GET", "POST"])
def make_token() -> ResponseReturnValue:
    def act(uow: UnitOfWork, command: own.MakeToken) -> Shown:
        return schemas.MadeTokenShape().one(uow, own.make_token(uow, command))

    def offered(uow: UnitOfWork) -> Shown:
        scopes = own.account(uow).token_scopes
        return {"scopes": [(scope, scope) for scope in scopes], "most_days": TOKEN_DAYS}

    return _tell_once(Permission.API_OWN, schemas.MakeTokenSchema(), "token_new", act, offered)


@pages.page(
    "/users",
    permission=Permission.USER_READ,
    template="accounts/users.html",
    filters=schemas.UserFiltersSchema(),
    paged=True,
)
def users(uow: UnitOfWork, wanted: queries.UserFilters, arguments: Mapping[str, str]) -> Shown:
    found = page_of(uow, queries.users(uow, wanted), queries.SORTS, arguments)
    return {
        "users": schemas.UserRow().many_of(uow, found.rows),
        "following": found.following,
        "wanted": {"status": wanted.status or "", "role": wanted.role or ""},
        "roles": ROLES,
        "role_titles": dict(ROLES),
        "statuses": STATUSES,
        "may_invite": uow.allows(Permission.USER_INVITE),
    }


@pages.route("/users/new", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    def act(uow: UnitOfWork, command: service.InviteUser) -> Shown:
        return schemas.InvitedShape().one(uow, service.invite(uow, command))

    return _tell_once(
        Permission.USER_INVITE,
        schemas.InviteUserSchema(),
        "invite",
        act,
        lambda uow: {"roles": ROLES, "places": _places(uow)},
    )


def _places(uow: UnitOfWork) -> list[tuple[str, str]]:
    known = uow.use(Catalogue).locations.values()
    return sorted(((place.code, place.name) for place in known), key=itemgetter(1))


@pages.route("/users/<uuid:user_id>/invitations", methods=["GET", "POST"])
def invite_again(user_id: UUID) -> ResponseReturnValue:
    def act(uow: UnitOfWork, _command: Nothing) -> Shown:
        return schemas.InvitedShape().one(uow, service.invite_again(uow, user_id))

    def user_now(uow: UnitOfWork) -> Shown:
        return {"user": schemas.UserShape().one(uow, queries.one(uow, user_id))}

    return _tell_once(Permission.USER_INVITE, NothingSchema(), "invite_again", act, user_now)


@pages.page("/users/<uuid:user_id>", permission=Permission.USER_READ, template="accounts/user.html")
def user(uow: UnitOfWork, user_id: UUID) -> Shown:
    return {
        "user": schemas.UserShape().one(uow, queries.one(uow, user_id)),
        "role_titles": dict(ROLES),
        "duty_titles": dict(DUTIES),
        "may_change": uow.allows(Permission.ROLE_GRANT) and user_id != uow.actor.user_id,
        "may_end_sessions": uow.allows(Permission.SESSION_END_ANY),
    }


def _asked(
    uow: UnitOfWork, user_id: UUID, to: Permission = Permission.USER_READ, **more: Any
) -> Shown:
    return {"user": schemas.UserShape().one(uow, queries.one(uow, user_id, to)), **more}


def _back(user_id: UUID, message: str) -> Led:
    return Go("accounts.user", message=message, user_id=user_id)


@pages.form(
    "/users/<uuid:user_id>/role",
    permission=Permission.ROLE_GRANT,
    schema=schemas.ChangeRoleSchema(),
    template="accounts/role.html",
)
def change_role(uow: UnitOfWork, form: Form, user_id: UUID) -> Shown | Led:
    if not form.command:
        held = uow.use(queries.Ties).households(uow, user_id)
        return {**_asked(uow, user_id, roles=ROLES), "held": held}
    service.change_role(uow, user_id, form.command)
    return _back(user_id, "The role is changed. They have to sign in again.")


@pages.form(
    "/users/<uuid:user_id>/duties",
    permission=Permission.DUTY_GRANT,
    schema=schemas.GrantDutySchema(),
    template="accounts/duty.html",
)
def grant_duty(uow: UnitOfWork, form: Form, user_id: UUID) -> Shown | Led:
    if not form.command:
        return _asked(uow, user_id, duties=DUTIES)
    service.grant_duty(uow, user_id, form.command)
    return _back(user_id, "The duty is given. They have to sign in again.")


@pages.form(
    "/users/<uuid:user_id>/duties/<uuid:duty_id>/ending",
    permission=Permission.DUTY_GRANT,
    schema=REASONED,
    template="accounts/reasoned.html",
)
def end_duty(uow: UnitOfWork, form: Form, user_id: UUID, duty_id: UUID) -> Shown | Led:
    if not form.command:
        return _asked(uow, user_id, act="End the duty")
    service.end_duty(uow, user_id, duty_id, form.command)
    return _back(user_id, "The duty has ended. They have to sign in again.")


@pages.form(
    "/users/<uuid:user_id>/deactivation",
    permission=Permission.USER_DEACTIVATE,
    schema=schemas.DeactivateSchema(),
    template="accounts/deactivate.html",
)
def deactivate(uow: UnitOfWork, form: Form, user_id: UUID) -> Shown | Led:
    if not form.command:
        held = uow.use(queries.Ties).households(uow, user_id)
        return {**_asked(uow, user_id, act="Deactivate the account"), "held": held}
    service.deactivate(uow, user_id, form.command)
    return _back(user_id, "The account is deactivated, and its sessions have ended.")


@pages.form(
    "/users/<uuid:user_id>/sessions/ending",
    permission=Permission.SESSION_END_ANY,
    schema=REASONED,
    template="accounts/reasoned.html",
)
def end_sessions(uow: UnitOfWork, form: Form, user_id: UUID) -> Shown | Led:
    if not form.command:
        return _asked(uow, user_id, Permission.SESSION_END_ANY, act="End all sessions")
    service.end_sessions(uow, user_id, form.command)
    message = "Every session and token has ended."
    if uow.allows(Permission.USER_READ):
        return _back(user_id, message)
    return Go("accounts.account", message=message)


def _tell_once(
    permission: Permission,
    schema: Schema,
    template: str,
    act: Callable[[UnitOfWork, Any], Shown],
    offer: Callable[[UnitOfWork], Shown],
) -> ResponseReturnValue:
    """Ask for something, and answer with what can be told only once: so there is no redirect."""
    actor = admit(permission)
    form = Form.sent(schema) if request.method == "POST" else Form()
    if form.command is not None:
        try:
            with transactions().begin(actor, permission, origin=origin()) as uow:
                made = act(uow, form.command)
        except (Invalid, Conflict) as error:
            faults = error.errors if isinstance(error, Invalid) else {"": [str(error)]}
            form = form.refused(faults)
        else:
            return render_template(f"accounts/{template}_made.html", made=made)
    with transactions().begin(actor, permission, read_only=True, origin=origin()) as uow:
        shown = offer(uow)
    page = render_template(f"accounts/{template}.html", form=form, **shown)
    return page, 422 if form.errors else 200


make_token.permission = Permission.API_OWN  # type: ignore[attr-defined]
invite.permission = Permission.USER_INVITE  # type: ignore[attr-defined]
invite_again.permission = Permission.USER_INVITE  # type: ignore[attr-defined]
