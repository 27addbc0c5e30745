"""Who may be given a link of their own, and how a link stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_HOURS = 168


class LinkState(StrEnum):
    WAITING = "waiting"
    OPENED = "opened"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Standing:
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def state(link: Standing, now: datetime) -> LinkState:
    """Say how a link stands; one that was opened stays so, whatever came after."""
    if link.used_at is not None:
        return LinkState.OPENED
    if link.revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.WAITING if now < link.expires_at else LinkState.EXPIRED


def hours_fault(hours: int, most: int) -> dict[str, list[str]]:
    """Say what is wrong with how long a link is to wait."""
    if 1 <= hours <= most:
        return {}
    return {"hours": [f"Choose 1 to {most} hours."]}
