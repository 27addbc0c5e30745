"""What administrators do with accounts: invite, deactivate, change role and duties, end sessions.

Each of these ends every session and token of the account at once, by its `auth_epoch`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from resettle.accounts import queries, rules
from resettle.accounts.credentials import digest, new_token
from resettle.accounts.models import (
    AccountAct,
    Act,
    DutyGrant,
    Invitation,
    RoleGrant,
    UserAccount,
    UserLocation,
)
from resettle.accounts.queries import Account
from resettle.accounts.rules import INVITATION_LASTS, AccountStatus
from resettle.core.actor import Duty, Role
from resettle.core.errors import Conflict, Forbidden, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork

HOLDS = (
    "Households that this person still looks after: {}. Have them handed over first, on their "
    "page Leaving or on the team’s board, or say that they are left to the team leader."
)


@dataclass(frozen=True, slots=True)
class InviteUser:
    email: str
    name: str
    role: Role
    locations: Sequence[str] = ()
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reasoned:
    """An act that takes nothing but its reason."""

    reason: str


@dataclass(frozen=True, slots=True)
class Deactivate(Reasoned):
    """Shut an account; `households_left` says that its households are the team leader's now."""

    households_left: bool = False


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """Another role; `households_left` says that the households of a caseworker are left behind."""

    role: Role
    reason: str
    households_left: bool = False


@dataclass(frozen=True, slots=True)
class GrantDuty:
    duty: Duty
    reason: str


def invite(uow: UnitOfWork, command: InviteUser) -> Account:
    """Open an account for a person, who chooses a password by the link of the invitation.

    The link is in the answer, once, and its token is kept only hashed.
    """
    uow.require(Permission.USER_INVITE)
    user = _of_links_alone(uow, command)
    if user is None:
        user = uow.add(
            UserAccount(email=command.email, name=command.name, person_id=command.person_id)
        )
        _grant_role(uow, user, command.role)
    for location in sorted({*command.locations}):
        uow.add(UserLocation(user_id=user.id, location=location))
    _record(uow, user, Act.INVITED)
    return _invitation(uow, user)


def _of_links_alone(uow: UnitOfWork, command: InviteUser) -> UserAccount | None:
    """Take up the account that links have opened for this person, so that nobody has two."""
    if command.person_id is None or command.role is not Role.HOUSEHOLD_PERSON:
        return None
    query = uow.select(UserAccount).where(
        UserAccount.person_id == command.person_id, UserAccount.email.is_(None)
    )
    found = uow.first(query)
    if found is not None:
        found.email, found.name = command.email, command.name
        found.status = AccountStatus.INVITED
    return found


def invite_again(uow: UnitOfWork, user_id: UUID) -> Account:
    """Make a new link for somebody who did not come in time, or who comes back.

    The links made before are no longer good. Raises Conflict for an account in use.
    """
    user = uow.edit(UserAccount, user_id, to=Permission.USER_INVITE)
    if user.status is not AccountStatus.INVITED:
        _move(user, AccountStatus.INVITED)
        user.password_hash = user.deactivated_at = None
    _end_everything(uow, user, Act.INVITED_AGAIN)
    return _invitation(uow, user)


def deactivate(uow: UnitOfWork, user_id: UUID, command: Deactivate) -> Account:
    """Shut an account. What it did stays on record; it can be invited again.

    Raises Conflict while households are in these hands, unless it is said that they are left:
    then they are on the team leader's board.
    """
    user = _somebody_else(uow, user_id, Permission.USER_DEACTIVATE)
    _refuse_dropping(uow, user, left=command.households_left)
    _move(user, AccountStatus.DEACTIVATED)
    user.deactivated_at = uow.now
    _end_everything(uow, user, Act.DEACTIVATED, command.reason)
    return queries.account(uow, user)


def change_role(uow: UnitOfWork, user_id: UUID, command: ChangeRole) -> Account:
    """Give a person another role, never oneself.

    Raises Conflict if it is the role that they have, does not go with their duties, or would take
    a caseworker from households that are in these hands, unless it is said that they are left.
    """
    user = _somebody_else(uow, user_id, Permission.ROLE_GRANT)
    now = queries.live_role(uow, user.id)
    if now.role is command.role:
        raise Conflict("This person has this role already.")
    _refuse_ill_matched(command.role, [d.duty for d in queries.duties(uow, user.id)])
    if now.role is Role.CASEWORKER:
        _refuse_dropping(uow, user, left=command.households_left)
    now.until_at = uow.now
    uow.session.flush()
    _grant_role(uow, user, command.role)
    _end_everything(uow, user, Act.ROLE_CHANGED, command.reason)
    return queries.account(uow, user)


def grant_duty(uow: UnitOfWork, user_id: UUID, command: GrantDuty) -> Account:
    """Give a caseworker or programme manager a duty, never oneself and never an administrator."""
    user = _somebody_else(uow, user_id, Permission.DUTY_GRANT)
    _refuse_ill_matched(queries.live_role(uow, user.id).role, [command.duty])
    given_by = uow.actor.user_id
    uow.add(DutyGrant(user_id=user.id, duty=command.duty, from_at=uow.now, granted_by=given_by))
    _end_everything(uow, user, Act.DUTY_GRANTED, command.reason)
    return queries.account(uow, user)


def end_duty(uow: UnitOfWork, user_id: UUID, duty_id: UUID, command: Reasoned) -> Account:
    user = _somebody_else(uow, user_id, Permission.DUTY_GRANT)
    live = [grant for grant in queries.duties(uow, user.id) if grant.id == duty_id]
    if not live:
        raise NotFound("This person does not have this duty.")
    live[0].until_at = uow.now
    _end_everything(uow, user, Act.DUTY_ENDED, command.reason)
    return queries.account(uow, user)


def end_sessions(uow: UnitOfWork, user_id: UUID, command: Reasoned) -> Account:
    """End every session and token of a person, who may sign in again."""
    user = uow.edit(UserAccount, user_id, to=Permission.SESSION_END_ANY)
    _end_everything(uow, user, Act.SESSIONS_ENDED, command.reason)
    return queries.account(uow, user)


def _record(uow: UnitOfWork, user: UserAccount, act: Act, reason: str = "") -> None:
    given_by = uow.actor.user_id
    uow.add(AccountAct(user_id=user.id, act=act, reason=reason, at=uow.now, by_id=given_by))


def _somebody_else(uow: UnitOfWork, user_id: UUID, to: Permission) -> UserAccount:
    user = uow.edit(UserAccount, user_id, to=to)
    if user.id == uow.actor.user_id:
        raise Forbidden("Nobody changes their own rights. Ask another administrator.")
    return user


def _refuse_dropping(uow: UnitOfWork, user: UserAccount, *, left: bool) -> None:
    held = uow.use(queries.Ties).households(uow, user.id)
    if held and not left:
        raise Conflict(HOLDS.format(held))


def _refuse_ill_matched(role: Role, duties: Sequence[Duty]) -> None:
    if not rules.may_hold(role, duties):
        raise Conflict("Only a caseworker or a programme manager can carry a duty.")


def _move(user: UserAccount, target: AccountStatus) -> None:
    if not rules.may_move(user.status, target):
        raise Conflict(f"An account that is {user.status} cannot become {target}.")
    user.status = target


def _grant_role(uow: UnitOfWork, user: UserAccount, role: Role) -> None:
    given_by = uow.actor.user_id
    uow.add(RoleGrant(user_id=user.id, role=role, from_at=uow.now, granted_by=given_by))


def _end_everything(uow: UnitOfWork, user: UserAccount, act: Act, reason: str = "") -> None:
    user.auth_epoch += 1
    _record(uow, user, act, reason)


def _invitation(uow: UnitOfWork, user: UserAccount) -> Account:
    token = new_token()
    uow.add(
        Invitation(
            user_id=user.id,
            token_hash=digest(token),
            auth_epoch=user.auth_epoch,
            made_at=uow.now,
            expires_at=uow.now + INVITATION_LASTS,
        )
    )
    return queries.account(uow, user, invitation=f"/invitations/{token}")
