"""Which consents are in force, and who may give them. Pure: the moment is an argument."""

from datetime import date, datetime
from enum import StrEnum
from typing import Protocol


class Decision(StrEnum):
    GIVE = "give"
    WITHDRAW = "withdraw"


class Entry(Protocol):
    """A row of the ledger, as far as its effect goes."""

    seq: int
    decision: Decision
    valid_from: datetime
    expires_on: date | None
