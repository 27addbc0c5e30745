"""Tables of accounts: users, their roles and duties in time, sessions, tokens, tries to sign in."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, column
from sqlalchemy.orm import Mapped, mapped_column

from resettle.accounts.rules import AccountStatus, Tries
from resettle.core.actor import Duty, Role
from resettle.core.classes import IDENT, OPS, SECRET, Held
from resettle.core.db import Entity, Record

LIVE = column("until_at").is_(None)
UNREVOKED = column("revoked_at").is_(None)


class UserAccount(Record):
    """A person who may sign in. `auth_epoch` ends every session and token when it goes up."""

    __tablename__ = "user_account"
    held = Held(about="id", kept="account", export="my_record")

    # None for who has no account of their own: only links open it, until they are invited.
    email: Mapped[str | None] = mapped_column(unique=True, info=IDENT)
    name: Mapped[str] = mapped_column(info=IDENT)
    status: Mapped[AccountStatus] = mapped_column(default=AccountStatus.INVITED, info=OPS)
    password_hash: Mapped[str | None] = mapped_column(info=SECRET)
    auth_epoch: Mapped[int] = mapped_column(default=1, info=OPS)
    # The person of a household whom this account belongs to; households stand above accounts.
    person_id: Mapped[UUID | None] = mapped_column(unique=True, info=OPS)
    language: Mapped[str | None] = mapped_column(info=OPS)
    deactivated_at: Mapped[datetime | None] = mapped_column(info=OPS)


class RoleGrant(Entity):
    """A role that a user has had from one moment to another."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_live",
            "user_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index("ix_role_grant_user_id", "user_id"),
    )
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    role: Mapped[Role] = mapped_column(info=OPS)
    from_at: Mapped[datetime] = mapped_column(info=OPS)
    until_at: Mapped[datetime | None] = mapped_column(info=OPS)
    granted_by: Mapped[UUID | None] = mapped_column(info=OPS)


class DutyGrant(Entity):
    """A duty that a user has carried from one moment to another."""

    __tablename__ = "duty_grant"
    __table_args__ = (
        Index(
            "uq_duty_grant_live",
            "user_id",
            "duty",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    duty: Mapped[Duty] = mapped_column(info=OPS)
    from_at: Mapped[datetime] = mapped_column(info=OPS)
    until_at: Mapped[datetime | None] = mapped_column(info=OPS)
    granted_by: Mapped[UUID | None] = mapped_column(info=OPS)


class UserLocation(Entity):
    """A settlement location that a user works in."""

    __tablename__ = "user_location"
    __table_args__ = (UniqueConstraint("user_id", "location"),)
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    location: Mapped[str] = mapped_column(info=OPS)


class Act(StrEnum):
    INVITED = "invited"
    INVITED_AGAIN = "invited_again"
    ACTIVATED = "activated"
    DEACTIVATED = "deactivated"
    ROLE_CHANGED = "role_changed"
    DUTY_GRANTED = "duty_granted"
    DUTY_ENDED = "duty_ended"
    SESSIONS_ENDED = "sessions_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # an act, not a password


class AccountAct(Entity):
    """What was done to an account, by whom and why. Only ever added to."""

    __tablename__ = "account_act"
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    act: Mapped[Act] = mapped_column(info=OPS)
    reason: Mapped[str] = mapped_column(default="", info=IDENT)
    at: Mapped[datetime] = mapped_column(info=OPS)
    by_id: Mapped[UUID | None] = mapped_column(info=OPS)


class Invitation(Entity):
    """A link that lets the invited person choose a password, once."""

    __tablename__ = "invitation"
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    token_hash: Mapped[str] = mapped_column(unique=True, info=SECRET)
    auth_epoch: Mapped[int] = mapped_column(info=OPS)
    made_at: Mapped[datetime] = mapped_column(info=OPS)
    expires_at: Mapped[datetime] = mapped_column(info=OPS)
    used_at: Mapped[datetime | None] = mapped_column(info=OPS)


class UserSession(Entity):
    """One browser or client that has signed in. Its acts are on record, not its every request."""

    __tablename__ = "user_session"
    __table_args__ = (Index("ix_user_session_user_id_started_at", "user_id", "started_at"),)
    held = Held(about="user_id", kept="session", export="my_record")
    audited: ClassVar[bool] = False

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    token_hash: Mapped[str] = mapped_column(unique=True, info=SECRET)
    auth_epoch: Mapped[int] = mapped_column(info=OPS)
    started_at: Mapped[datetime] = mapped_column(info=OPS)
    last_seen_at: Mapped[datetime] = mapped_column(info=OPS)
    ended_at: Mapped[datetime | None] = mapped_column(info=OPS)
    device: Mapped[str] = mapped_column(default="", info=IDENT)
    network: Mapped[str] = mapped_column(default="", info=IDENT)
    # The link that let them in, if it was one: such a session is shorter.
    link_id: Mapped[UUID | None] = mapped_column(info=OPS)


class LinkPurpose(StrEnum):
    """What a link is made for: where it leads, once it is taken up."""

    PAGE = "page"
    CONSENTS = "consents"
    GOALS = "goals"
    COMPLAINT = "complaint"
    LOOKS = "looks"


class FamilyLink(Entity):
    """A link that lets one person of a household in, once, with that person's rights and no more.

    Households stand above accounts, so whom and what it is about is named without a foreign key.
    """

    __tablename__ = "family_link"
    held = Held(about="user_id", kept="session", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(info=OPS)
    person_id: Mapped[UUID] = mapped_column(index=True, info=OPS)
    token_hash: Mapped[str] = mapped_column(unique=True, info=SECRET)
    auth_epoch: Mapped[int] = mapped_column(info=OPS)
    purpose: Mapped[LinkPurpose] = mapped_column(info=OPS)
    language: Mapped[str] = mapped_column(info=OPS)
    made_at: Mapped[datetime] = mapped_column(info=OPS)
    made_by: Mapped[UUID] = mapped_column(info=OPS)
    expires_at: Mapped[datetime] = mapped_column(info=OPS)
    used_at: Mapped[datetime | None] = mapped_column(info=OPS)
    revoked_at: Mapped[datetime | None] = mapped_column(info=OPS)


class ApiToken(Entity):
    """A key to a part of its owner's permissions, for a program of the owner's."""

    __tablename__ = "api_token"
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), index=True, info=OPS)
    name: Mapped[str] = mapped_column(info=IDENT)
    token_hash: Mapped[str] = mapped_column(unique=True, info=SECRET)
    auth_epoch: Mapped[int] = mapped_column(info=OPS)
    scopes: Mapped[list[str]] = mapped_column(info=OPS)
    made_at: Mapped[datetime] = mapped_column(info=OPS)
    expires_at: Mapped[datetime] = mapped_column(info=OPS)
    revoked_at: Mapped[datetime | None] = mapped_column(info=OPS)


class CalendarFeed(Entity):
    """A secret address under which a calendar of its owner's may fetch. One at a time."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index(
            "uq_calendar_feed_live",
            "user_id",
            unique=True,
            sqlite_where=UNREVOKED,
            postgresql_where=UNREVOKED,
        ),
        Index("ix_calendar_feed_user_id", "user_id"),
    )
    held = Held(about="user_id", kept="account", export="my_record")

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id"), info=OPS)
    token_hash: Mapped[str] = mapped_column(unique=True, info=SECRET)
    auth_epoch: Mapped[int] = mapped_column(info=OPS)
    made_at: Mapped[datetime] = mapped_column(info=OPS)
    revoked_at: Mapped[datetime | None] = mapped_column(info=OPS)


class SignInTries(Entity):
    """Failed sign-ins of one address, known or not: `email_index` does not tell which."""

    __tablename__ = "sign_in_tries"
    held = Held(about="", kept="session", export="never")
    audited: ClassVar[bool] = False

    email_index: Mapped[str] = mapped_column(unique=True, info=SECRET)
    failed: Mapped[int] = mapped_column(info=OPS)
    first_at: Mapped[datetime] = mapped_column(info=OPS)
    last_at: Mapped[datetime] = mapped_column(index=True, info=OPS)

    @property
    def tries(self) -> Tries:
        return Tries(self.failed, self.first_at, self.last_at)

    def count(self, tries: Tries) -> None:
        self.failed, self.first_at, self.last_at = tries.failed, tries.first_at, tries.last_at


CONFLICTS: Mapping[str, str] = {
    "uq_user_account_email": "There is an account with this e-mail already.",
    "uq_calendar_feed_live": "Your feed was made anew at the same moment. Load it again.",
    "uq_role_grant_live": "Somebody changed this person's role at the same moment. Load it again.",
    "uq_duty_grant_live": "This person has this duty already.",
}
