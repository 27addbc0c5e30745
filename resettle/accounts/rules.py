"""What an account may become, which passwords are good, and how long a lock-out lasts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from resettle.core.actor import Duty, Role
from resettle.core.permissions import Permission
from resettle.core.wording import Phrase


class AccountStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"


# Who was deactivated comes back by a new invitation, and so with a new password.
MOVES: Mapping[AccountStatus, frozenset[AccountStatus]] = {
    AccountStatus.INVITED: frozenset({AccountStatus.ACTIVE, AccountStatus.DEACTIVATED}),
    AccountStatus.ACTIVE: frozenset({AccountStatus.DEACTIVATED}),
    AccountStatus.DEACTIVATED: frozenset({AccountStatus.INVITED}),
}


def may_move(source: AccountStatus, target: AccountStatus) -> bool:
    return target in MOVES[source]


GRANTABLE = tuple(role for role in Role if role is not Role.SYSTEM)
DUTY_HOLDERS = frozenset({Role.CASEWORKER, Role.PROGRAMME_MANAGER})


def may_hold(role: Role, duties: Collection[Duty]) -> bool:
    """Say whether a role can carry these duties: an administrator never can."""
    return not duties or role in DUTY_HOLDERS


# What a browser and a system call themselves; the first that fits, since they quote each other.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox"}
BROWSERS |= {"Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari", "curl": "curl"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows"}
SYSTEMS |= {"Mac OS X": "Mac", "CrOS": "Chromebook", "Linux": "Linux"}


def device_name(user_agent: str) -> str:
    """Say in a few words from where somebody signed in, so that they know it again."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), None)
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), None)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Another device"


INVITATION_LASTS = timedelta(hours=72)
SEEN_EVERY = timedelta(minutes=1)
TOKEN_DAYS = 90

# What a token is for depends on the role: a manager's reads tables, an auditor's the trail.
TOKEN_SCOPES: Mapping[Role, frozenset[Permission] | None] = {
    Role.CASEWORKER: None,
    Role.PROGRAMME_MANAGER: frozenset(
        {Permission.PIPELINE_READ, Permission.INDICATOR_READ, Permission.RELEASE_READ}
    ),
    Role.AUDITOR: frozenset({Permission.AUDIT_SEARCH, Permission.AUDIT_VERIFY}),
    Role.EVALUATOR: frozenset({Permission.RELEASE_READ}),
}
# Whoever holds a token must not be able to make another, or to change who may do what.
NEVER_BY_TOKEN = frozenset(
    {
        Permission.ACCOUNT_OWN,
        Permission.API_OWN,
        Permission.USER_READ,
        Permission.USER_INVITE,
        Permission.USER_DEACTIVATE,
        Permission.ROLE_GRANT,
        Permission.DUTY_GRANT,
        Permission.SESSION_END_ANY,
    }
)


def token_scopes(role: Role, own: frozenset[Permission]) -> frozenset[Permission]:
    """Name the permissions that a token of this role may carry: a part of its own."""
    offered = TOKEN_SCOPES.get(role, frozenset())
    return own - NEVER_BY_TOKEN if offered is None else own & offered


SHORTEST, LONGEST = 16, 128
LENGTH = "Use %(least)s to %(most)s characters. Several words are easy to remember."
FEWEST_CHARACTERS = 5
WORD_LENGTH = 4
SERVICE_WORDS = frozenset({"resettle", "refugee"})


def password_faults(password: str, about: Iterable[str], common: frozenset[str]) -> list[str]:
    """Say what is wrong with a new password, if anything. It is taken exactly as typed.

    `about` holds the person's name and e-mail, whose words must not stand in it.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return [Phrase(LENGTH, least=SHORTEST, most=LONGEST)]
    folded = password.casefold()
    if any(word in folded for word in SERVICE_WORDS | _words(about)):
        return ["Leave out your own name, your e-mail and the name of this service."]
    if len({*folded}) < FEWEST_CHARACTERS or not common.isdisjoint(_plain_forms(folded)):
        return ["This password is one of those tried first. Choose another."]
    return []


def _words(texts: Iterable[str]) -> frozenset[str]:
    parted = ("".join(c if c.isalnum() else " " for c in text.casefold()) for text in texts)
    words = (word for text in parted for word in text.split())
    return frozenset(word for word in words if len(word) >= WORD_LENGTH)


def _plain_forms(folded: str) -> tuple[str, str]:
    """Drop spaces, then also the digits and marks that people add to a common password."""
    text = "".join(folded.split())
    return text, text.rstrip("0123456789!?.,*#-_")


TRIES = 5
WINDOW = timedelta(minutes=15)
LONGEST_DELAY = timedelta(minutes=15)
DOUBLINGS = 4


@dataclass(frozen=True, slots=True)
class Tries:
    """The failed sign-ins of one e-mail address since the last good one."""

    failed: int
    first_at: datetime
    last_at: datetime

    @property
    def locked_until(self) -> datetime:
        return self.last_at + delay_after(self.failed)

    def is_over(self, now: datetime) -> bool:
        """Say whether the tries no longer count, since nobody tried for long enough."""
        if self.failed < TRIES:
            return now >= self.first_at + WINDOW
        return now >= self.locked_until + WINDOW

    def again(self, now: datetime) -> "Tries":
        if self.is_over(now):
            return Tries(1, now, now)
        return Tries(self.failed + 1, self.first_at, now)


def delay_after(failed: int) -> timedelta:
    """Tell how long sign-in rests after so many failures: 1, 2, 4 ... 15 minutes at most."""
    if failed < TRIES:
        return timedelta()
    return min(timedelta(minutes=2 ** min(failed - TRIES, DOUBLINGS)), LONGEST_DELAY)
