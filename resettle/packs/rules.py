"""What is decided of packs without looking anything up."""

from datetime import datetime, timedelta

VALID = timedelta(hours=24)
DOWNLOADS_MOST = 3
A_DAY_MOST = 5
OPEN_FOR = timedelta(minutes=1)
"""How long one opening lets the file be fetched: the click, and a browser that tries again."""


def is_good(ready_until: datetime | None, downloads: int, now: datetime) -> bool:
    """Say whether a pack can be opened once more."""
    return ready_until is not None and now < ready_until and downloads < DOWNLOADS_MOST


def is_open(opened_until: datetime | None, now: datetime) -> bool:
    return opened_until is not None and now < opened_until
