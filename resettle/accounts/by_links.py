"""The way in by a one-time link, for a person who has no password, or not at hand.

A link is one person's. To look at it uses nothing up, since programs that check mail do that too;
it is taken up by a POST, once, under a lock. Used, revoked, expired, never made: all are alike.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from resettle.accounts import entrance
from resettle.accounts.credentials import digest, new_token
from resettle.accounts.entrance import Device
from resettle.accounts.models import FamilyLink, LinkPurpose, RoleGrant, UserAccount
from resettle.accounts.queries import live_role_of_account
from resettle.accounts.rules import AccountStatus
from resettle.core.actor import BY_LINK, Actor, Role
from resettle.core.errors import Conflict
from resettle.core.work import UnitOfWork

SHUT = "The account of this person was shut. An administrator can open it again."


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a link lets in: one person, of one household."""

    person_id: UUID
    household_id: UUID


@dataclass(frozen=True, slots=True)
class LinkFor:
    """What a link is to be: where it leads, in which language, until when."""

    purpose: LinkPurpose
    language: str
    hours: int


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link that was just made. Its token is told here, once, and kept only hashed."""

    id: UUID
    household_id: UUID
    person_id: UUID
    purpose: LinkPurpose
    language: str
    made_at: datetime
    expires_at: datetime
    token: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A link that is good and waits to be taken up, as far as its holder is told of it."""

    language: str
    made_at: datetime
    made_by: UUID


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that a link has begun."""

    token: str
    purpose: LinkPurpose


def make(uow: UnitOfWork, whom: Whom, wanted: LinkFor) -> MadeLink:
    """Make a link for somebody, who may have no account yet: then there is one for links alone.

    Whoever calls this has asked whether the person is theirs to help. Raises Conflict for an
    account that was shut.
    """
    assert uow.actor.user_id is not None
    user = _account_of(uow, whom.person_id)
    if user.status is AccountStatus.DEACTIVATED:
        raise Conflict(SHUT)
    token = new_token()
    link = uow.add(
        FamilyLink(
            user_id=user.id,
            household_id=whom.household_id,
            person_id=whom.person_id,
            token_hash=digest(token),
            auth_epoch=user.auth_epoch,
            purpose=wanted.purpose,
            language=wanted.language,
            made_at=uow.now,
            made_by=uow.actor.user_id,
            expires_at=uow.now + timedelta(hours=wanted.hours),
        )
    )
    return MadeLink(
        link.id,
        link.household_id,
        link.person_id,
        link.purpose,
        link.language,
        link.made_at,
        link.expires_at,
        token,
    )


def _account_of(uow: UnitOfWork, person_id: UUID) -> UserAccount:
    """Find the account of a person, whoever asks, or open one that has no password."""
    query: Select[Any] = select(UserAccount).where(UserAccount.person_id == person_id)
    found: UserAccount | None = uow.session.scalar(uow.touching(query, UserAccount))
    return found or _opened(uow, person_id)


def _opened(uow: UnitOfWork, person_id: UUID) -> UserAccount:
    user = uow.add(UserAccount(name="", status=AccountStatus.ACTIVE, person_id=person_id))
    uow.add(
        RoleGrant(
            user_id=user.id,
            role=Role.HOUSEHOLD_PERSON,
            from_at=uow.now,
            granted_by=uow.actor.user_id,
        )
    )
    return user


def waiting(uow: UnitOfWork, token: str) -> Waiting | None:
    """Tell of a link what its holder may know before it is taken up; None if it is not good."""
    link = uow.session.scalar(_good(uow, token))
    return None if link is None else Waiting(link.language, link.made_at, link.made_by)


def take_up(uow: UnitOfWork, token: str, device: Device, language: str) -> Entered | None:
    """Take a link up and begin the session that it is for; None if it is not good any more.

    Of two who come at once the second waits for the first, and then finds it used.
    """
    link = uow.session.scalar(_good(uow, token).with_for_update(of=FamilyLink))
    if link is None:
        return None
    link.used_at = uow.now
    user = entrance.locked_user(uow, link.user_id)
    user.language = language
    entrance.make_room(uow, user.id)
    session = entrance.new_session(uow, user, device, link_id=link.id)
    return Entered(session, link.purpose)


def holder(uow: UnitOfWork, token: str) -> Actor | None:
    """Name who a link that is good is for, so that the trail says whose act its use was."""
    link = uow.session.scalar(_good(uow, token))
    if link is None:
        return None
    return Actor(
        Role.HOUSEHOLD_PERSON,
        user_id=link.user_id,
        person_id=link.person_id,
        session_ref=f"{BY_LINK}{link.id}",
    )


def _good(uow: UnitOfWork, token: str) -> Select[FamilyLink]:
    """Ask for the link of a token, if nothing has used, ended or outdated it."""
    query: Select[FamilyLink] = select(FamilyLink).join(
        UserAccount, UserAccount.id == FamilyLink.user_id
    )
    query = query.join(RoleGrant, live_role_of_account()).where(
        FamilyLink.token_hash == digest(token),
        FamilyLink.used_at.is_(None),
        FamilyLink.revoked_at.is_(None),
        FamilyLink.expires_at > uow.now,
        FamilyLink.auth_epoch == UserAccount.auth_epoch,
        UserAccount.person_id == FamilyLink.person_id,
        UserAccount.status.in_([AccountStatus.ACTIVE, AccountStatus.INVITED]),
        RoleGrant.role == Role.HOUSEHOLD_PERSON,
    )
    return uow.touching(query, FamilyLink, UserAccount, RoleGrant)
