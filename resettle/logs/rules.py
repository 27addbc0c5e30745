"""What is decided of entries in the log without looking anything up."""

from datetime import date
from enum import StrEnum


class Side(StrEnum):
    """Who writes: somebody of the group that supports a household, or somebody at home."""

    SPONSOR = "sponsor"
    FAMILY = "family"


def day_faults(happened_on: date, today: date) -> dict[str, list[str]]:
    return {"happened_on": ["This day has not come yet."]} if happened_on > today else {}
