"""Which consents are in force, and who may give them. Pure: day and moment are arguments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from resettle.households.rules import ASSENT_AGE, age_on, birthday, is_asked_themselves

BACKDATED_MOST = timedelta(days=31)
SHARING_YEARS = 1
SHARING_PURPOSE = "share_with_sponsor"
# What a sponsor group is shown by what each person agrees to: to agree to more would do nothing.
SHOWN_TO_SPONSORS = frozenset({"profile", "name", "birth_date", "photo", "phone", "address"})
WHAT_SPONSORS_ARE_SHOWN = (
    "A sponsor group is shown only the profile, name, birth date, photo, phone or address. "
    "Agree to each by itself."
)


class Decision(StrEnum):
    GIVE = "give"
    WITHDRAW = "withdraw"


class Entry(Protocol):
    """A row of the ledger, as far as its effect goes."""

    @property
    def seq(self) -> int: ...
    @property
    def decision(self) -> Decision: ...
    @property
    def valid_from(self) -> datetime: ...
    @property
    def expires_on(self) -> date | None: ...


E = TypeVar("E", bound=Entry)


def last_word(entries: Iterable[E], at: datetime) -> E | None:
    """Find the decision that counts, of those about one thing: the last that has begun."""
    begun = (entry for entry in entries if entry.valid_from <= at)
    return max(begun, key=lambda entry: (entry.valid_from, entry.seq), default=None)


def is_in_force(entry: Entry, day: date) -> bool:
    """Tell whether a last word says yes on a day. On the day of expiry it no longer does."""
    if entry.decision is Decision.WITHDRAW:
        return False
    return entry.expires_on is None or day < entry.expires_on


def latest_expiry(day: date) -> date:
    """Name the last day until which something may be shared: 12 months from now."""
    return birthday(day, SHARING_YEARS)


def expiry_fault(day: date, expires: date | None, purpose: str) -> str | None:
    if expires is None:
        return None
    if expires <= day:
        return "The day of expiry must lie in the future."
    if purpose == SHARING_PURPOSE and expires > latest_expiry(day):
        return "Sharing may be agreed for at most 12 months. Ask again when they are over."
    return None


def item_fault(purpose: str, item: str) -> str | None:
    is_shown = purpose != SHARING_PURPOSE or item in SHOWN_TO_SPONSORS
    return None if is_shown else WHAT_SPONSORS_ARE_SHOWN


def beginning_fault(now: datetime, begins: datetime) -> str | None:
    if begins > now:
        return "A consent cannot begin in the future. Record it on its day."
    if now - begins > BACKDATED_MOST:
        return "This is more than 31 days ago. Ask the person again."
    return None


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who spoke about whose consent."""

    about_born_on: date
    speaker_is_person: bool
    speaker_is_guardian: bool
    child_assents: bool | None


class Fault(StrEnum):
    """Why a consent does not count. The first two are refused, the others can be mended."""

    NOT_THEIRS = "Each person from 16 years on decides for themselves, a spouse for nobody else."
    NOT_GUARDIAN = "Only a recorded guardian decides for a child under 16."
    CHILD_ALONE = "A guardian decides for a child under 16. Name who gave the consent."
    NO_ASSENT = "A child from 12 years on is asked too. Record that the child agrees."


def speaking_fault(day: date, speaking: Speaking) -> Fault | None:
    """Say why this person's word does not count, if it does not."""
    if is_asked_themselves(day, speaking.about_born_on):
        return None if speaking.speaker_is_person else Fault.NOT_THEIRS
    if speaking.speaker_is_person:
        return Fault.CHILD_ALONE
    if not speaking.speaker_is_guardian:
        return Fault.NOT_GUARDIAN
    asked = age_on(day, speaking.about_born_on) >= ASSENT_AGE
    return Fault.NO_ASSENT if asked and speaking.child_assents is not True else None
