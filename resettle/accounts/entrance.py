"""What happens before anybody is signed in: tries, the new session, the invitation taken up.

An unknown address, a wrong password, an account that is not active: all leave the same rows, take
the same time and get the same answer. A try is counted before the password is looked at, so that
many at once gain nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from resettle.accounts import loader, queries
from resettle.accounts.credentials import digest, new_token
from resettle.accounts.models import (
    AccountAct,
    Act,
    Invitation,
    SignInTries,
    UserAccount,
    UserSession,
)
from resettle.accounts.rules import TRIES, AccountStatus, Tries
from resettle.core.actor import Actor
from resettle.core.errors import TooMany
from resettle.core.work import UnitOfWork
from resettle.settings import Settings


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who tries to sign in, and the account that they name if there is one in use."""

    email_index: str
    failed: int
    user_id: UUID | None = None
    kept: str | None = None
    auth_epoch: int = 0
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """What is kept of where a session is used, so that its owner knows it again."""

    name: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """The invited person who holds a link that is good."""

    user_id: UUID
    name: str
    email: str | None


def count_try(uow: UnitOfWork, email: str) -> Candidate:
    """Count one more try, as failed until it succeeds.

    Raises TooMany while sign-in rests for this address, whether it is known or not.
    """
    row = _tries_of(uow, uow.blind("email", email))
    if row.failed and uow.now < row.tries.locked_until and not row.tries.is_over(uow.now):
        seconds = int((row.tries.locked_until - uow.now).total_seconds()) + 1
        raise TooMany(f"Too many tries. Wait {_in_words(seconds)}, then try again.", seconds)
    row.count(row.tries.again(uow.now) if row.failed else Tries(1, uow.now, uow.now))
    user = uow.first(
        uow.select(UserAccount).where(
            UserAccount.email == email, UserAccount.status == AccountStatus.ACTIVE
        )
    )
    if user is None:
        return Candidate(row.email_index, row.failed)
    actor = loader.of_user(uow, user.id)
    return Candidate(
        row.email_index, row.failed, user.id, user.password_hash, user.auth_epoch, actor
    )


def _tries_of(uow: UnitOfWork, email_index: str) -> SignInTries:
    return _locked_tries(uow, email_index) or made_or_found(uow, email_index)


def made_or_found(uow: UnitOfWork, email_index: str) -> SignInTries:
    """Make the row of an address, or take the one that another try has just made."""
    row = SignInTries(email_index=email_index, failed=0, first_at=uow.now, last_at=uow.now)
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:
        found = _locked_tries(uow, email_index)
        assert found is not None
        return found
    return row


def _locked_tries(uow: UnitOfWork, email_index: str) -> SignInTries | None:
    query = uow.select(SignInTries).where(SignInTries.email_index == email_index)
    return uow.session.scalar(query.with_for_update())


def _in_words(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"


def note_failure(uow: UnitOfWork, candidate: Candidate) -> None:
    uow.acted("Session", candidate.user_id, change="sign-in-failed", outcome="deny")
    if candidate.failed >= TRIES:
        uow.acted("Session", candidate.user_id, change="locked-out", outcome="deny")


def forget_tries(uow: UnitOfWork, candidate: Candidate) -> None:
    row = _locked_tries(uow, candidate.email_index)
    if row is not None:
        uow.session.delete(row)


def begin_session(
    uow: UnitOfWork, candidate: Candidate, device: Device, *, rehashed: str | None = None
) -> str | None:
    """Begin a session of the candidate and give its token; the oldest ends if there are too many.

    Gives None if the account was changed since the password was looked at.
    """
    assert candidate.user_id is not None
    user = locked_user(uow, candidate.user_id)
    if user.auth_epoch != candidate.auth_epoch or user.status is not AccountStatus.ACTIVE:
        return None
    forget_tries(uow, candidate)
    if rehashed is not None:
        user.password_hash = rehashed
    make_room(uow, user.id)
    uow.acted("Session", user.id, change="signed-in")
    return new_session(uow, user, device)


def locked_user(uow: UnitOfWork, user_id: UUID) -> UserAccount:
    query = uow.select(UserAccount).where(UserAccount.id == user_id).with_for_update()
    return uow.session.scalars(query.execution_options(populate_existing=True)).one()


def make_room(uow: UnitOfWork, user_id: UUID) -> None:
    most = uow.use(Settings).sessions_per_account
    for session in queries.sessions(uow, user_id)[most - 1 :]:
        session.ended_at = uow.now
        uow.acted("Session", user_id, change="ended-as-oldest")


def new_session(
    uow: UnitOfWork, user: UserAccount, device: Device, *, link_id: UUID | None = None
) -> str:
    """Begin a session of a user, and give its token."""
    token = new_token()
    uow.add(
        UserSession(
            user_id=user.id,
            token_hash=digest(token),
            auth_epoch=user.auth_epoch,
            started_at=uow.now,
            last_seen_at=uow.now,
            device=device.name,
            network=device.network,
            link_id=link_id,
        )
    )
    return token


def guest_of(uow: UnitOfWork, token: str) -> Guest | None:
    """Tell who holds this link of an invitation, if it is good."""
    found = _good_invitation(uow, token)
    if found is None:
        return None
    user = uow.session.scalars(uow.select(UserAccount).where(UserAccount.id == found.user_id)).one()
    return Guest(user.id, user.name, user.email)


def take_up(uow: UnitOfWork, token: str, password_hash: str) -> bool:
    """Take an invitation up with the password chosen. Say whether it was still good."""
    invitation = _good_invitation(uow, token)
    if invitation is None:
        return False
    invitation.used_at = uow.now
    activate(uow, invitation.user_id, password_hash)
    return True


def activate(uow: UnitOfWork, user_id: UUID, password_hash: str) -> None:
    user = locked_user(uow, user_id)
    user.status, user.password_hash = AccountStatus.ACTIVE, password_hash
    user.auth_epoch += 1
    uow.add(AccountAct(user_id=user.id, act=Act.ACTIVATED, at=uow.now, by_id=user.id))


def _good_invitation(uow: UnitOfWork, token: str) -> Invitation | None:
    query = uow.select(Invitation).join(UserAccount, UserAccount.id == Invitation.user_id)
    query = uow.along(query, UserAccount).where(
        Invitation.token_hash == digest(token),
        Invitation.used_at.is_(None),
        Invitation.expires_at > uow.now,
        Invitation.auth_epoch == UserAccount.auth_epoch,
        UserAccount.status == AccountStatus.INVITED,
    )
    return uow.session.scalar(query.with_for_update(of=Invitation))
