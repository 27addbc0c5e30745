"""Accounts as JSON: the session, one's own account, and users."""

from uuid import UUID

from flask import Response, current_app
from sqlalchemy import Select

from resettle.accounts import own, queries, schemas, service, sign_in
from resettle.accounts.models import ApiToken
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web import bodies, csrf
from resettle.web.api import Api, Endpoint
from resettle.web.auth import admit, transactions

session = Api("session_api", __name__, url_prefix="/api/session")
account = Api("account_api", __name__, url_prefix="/api/account")
users = Api("users_api", __name__, url_prefix="/api/users")

SIGN_IN = schemas.SignInSchema()
CHANGE_PASSWORD = schemas.ChangePasswordSchema()
SIGNED_IN = schemas.SignedInShape()


# These two are not declared as acts of a unit of work, since a password is hashed outside of one.


@session.post("", endpoint="begin_post")
@sign_in.limited
def begin() -> Response:
    """Sign in: sets the session's cookie, and answers with the token for X-CSRF-Token."""
    actor = sign_in.enter(SIGN_IN.load(bodies.json_body()))
    with transactions().begin(actor, Permission.ACCOUNT_OWN, read_only=True) as uow:
        shown = SIGNED_IN.one(uow, own.signed_in(uow, csrf.token()))
    return Response(current_app.json.dumps(shown), content_type="application/json")


@account.post("/password", endpoint="change_password_post")
def change_password() -> Response:
    """Change one's own password, which ends every session and token, this session too."""
    admit(Permission.ACCOUNT_OWN)
    sign_in.change_password(CHANGE_PASSWORD.load(bodies.json_body()))
    return Response(status=204)


@session.reads("", permission=Permission.ACCOUNT_OWN, returns=SIGNED_IN)
def show(uow: UnitOfWork) -> own.SignedIn:
    """Say who is signed in."""
    return own.signed_in(uow, csrf.token())


@session.does("DELETE", "", permission=Permission.ACCOUNT_OWN, versioned=False)
def end(uow: UnitOfWork) -> None:
    """Sign out."""
    own.leave(uow)
    sign_in.forget()


@account.reads("", permission=Permission.ACCOUNT_OWN, returns=schemas.AccountShape())
def own_account(uow: UnitOfWork) -> queries.Account:
    """Show one's own account, and what one may do."""
    return own.account(uow)


@account.reads(
    "/sessions", permission=Permission.ACCOUNT_OWN, returns=schemas.SessionShape(), many=True
)
def sessions(uow: UnitOfWork) -> list[own.SessionSeen]:
    """List where one is signed in."""
    return [*own.sessions(uow)]


@account.does("DELETE", "/sessions", permission=Permission.ACCOUNT_OWN, versioned=False)
def end_other_sessions(uow: UnitOfWork) -> None:
    """Sign out everywhere else."""
    own.end_other_sessions(uow)


@account.does(
    "DELETE", "/sessions/<uuid:session_id>", permission=Permission.ACCOUNT_OWN, versioned=False
)
def end_session(uow: UnitOfWork, session_id: UUID) -> None:
    """Sign out in one place."""
    own.end_session(uow, session_id)


@account.reads("/tokens", permission=Permission.API_OWN, returns=schemas.TokenShape(), many=True)
def tokens(uow: UnitOfWork) -> list[ApiToken]:
    """List one's personal tokens."""
    return [*own.tokens(uow)]


@account.does(
    "POST",
    "/tokens",
    permission=Permission.API_OWN,
    body=schemas.MakeTokenSchema(),
    returns=schemas.MadeTokenShape(),
    status=201,
)
def make_token(uow: UnitOfWork, command: own.MakeToken) -> own.MadeToken:
    """Make a personal token, which is told this once."""
    return own.make_token(uow, command)


@account.does("DELETE", "/tokens/<uuid:token_id>", permission=Permission.API_OWN, versioned=False)
def revoke_token(uow: UnitOfWork, token_id: UUID) -> None:
    """Revoke a personal token."""
    own.revoke_token(uow, token_id)


@users.lists(
    "",
    permission=Permission.USER_READ,
    returns=schemas.UserRow(),
    sorts=queries.SORTS,
    filters=schemas.UserFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: queries.UserFilters) -> Select[tuple[object, ...]]:
    """List the users with the role that each has now."""
    return queries.users(uow, wanted)


@users.reads("/<uuid:user_id>", permission=Permission.USER_READ, returns=schemas.UserShape())
def user(uow: UnitOfWork, user_id: UUID) -> queries.Account:
    """Show a user with role, duties and locations."""
    return queries.one(uow, user_id)


@users.does(
    "POST",
    "",
    permission=Permission.USER_INVITE,
    body=schemas.InviteUserSchema(),
    returns=schemas.InvitedShape(),
    status=201,
)
def invite(uow: UnitOfWork, command: service.InviteUser) -> queries.Account:
    """Invite somebody; the link for them is told this once, and is good for 72 hours."""
    return service.invite(uow, command)


@users.does(
    "POST",
    "/<uuid:user_id>/invitations",
    permission=Permission.USER_INVITE,
    returns=schemas.InvitedShape(),
    status=201,
)
def invite_again(uow: UnitOfWork, user_id: UUID) -> queries.Account:
    """Make a new link for somebody who did not come in time, or who comes back."""
    return service.invite_again(uow, user_id)


@users.does(
    "POST",
    "/<uuid:user_id>/deactivation",
    permission=Permission.USER_DEACTIVATE,
    body=schemas.DeactivateSchema(),
    returns=schemas.UserShape(),
)
def deactivate(uow: UnitOfWork, user_id: UUID, command: service.Deactivate) -> queries.Account:
    """Shut an account, and end its sessions and tokens at once."""
    return service.deactivate(uow, user_id, command)


@users.does(
    "POST",
    "/<uuid:user_id>/role",
    permission=Permission.ROLE_GRANT,
    body=schemas.ChangeRoleSchema(),
    returns=schemas.UserShape(),
)
def change_role(uow: UnitOfWork, user_id: UUID, command: service.ChangeRole) -> queries.Account:
    """Give somebody else another role."""
    return service.change_role(uow, user_id, command)


@users.does(
    "POST",
    "/<uuid:user_id>/duties",
    permission=Permission.DUTY_GRANT,
    body=schemas.GrantDutySchema(),
    returns=schemas.UserShape(),
)
def grant_duty(uow: UnitOfWork, user_id: UUID, command: service.GrantDuty) -> queries.Account:
    """Give somebody else a duty."""
    return service.grant_duty(uow, user_id, command)


@users.does(
    "POST",
    "/<uuid:user_id>/duties/<uuid:duty_id>/ending",
    permission=Permission.DUTY_GRANT,
    body=schemas.ReasonedSchema(),
    returns=schemas.UserShape(),
)
def end_duty(
    uow: UnitOfWork, user_id: UUID, duty_id: UUID, command: service.Reasoned
) -> queries.Account:
    """Take a duty from somebody else."""
    return service.end_duty(uow, user_id, duty_id, command)


@users.does(
    "DELETE",
    "/<uuid:user_id>/sessions",
    permission=Permission.SESSION_END_ANY,
    body=schemas.ReasonedSchema(),
    returns=schemas.UserShape(),
    versioned=False,
)
def end_sessions(uow: UnitOfWork, user_id: UUID, command: service.Reasoned) -> queries.Account:
    """End every session and token of somebody."""
    return service.end_sessions(uow, user_id, command)


csrf.protection.exempt(begin)  # there is no session yet; its Origin is checked
begin.permission = None  # type: ignore[attr-defined]  # open: it is how one comes in
change_password.permission = Permission.ACCOUNT_OWN  # type: ignore[attr-defined]
change_password.declared = Endpoint(  # type: ignore[attr-defined]
    "POST", Permission.ACCOUNT_OWN, "Change one's own password", body=CHANGE_PASSWORD, status=204
)
begin.declared = Endpoint(  # type: ignore[attr-defined]
    "POST", Permission.ACCOUNT_OWN, "Sign in", body=SIGN_IN, returns=SIGNED_IN
)
