"""What is decided of exports without looking anything up."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

VALID = timedelta(hours=24)
DOWNLOADS_MOST = 3
A_DAY_MOST = 5
ROWS_MOST = 200
BLOCK = 50
OPEN_FOR = timedelta(minutes=1)
"""How long one opening lets the file be fetched: the click, and a browser that tries again."""


class State(StrEnum):
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    REFUSED = "refused"
    FORGOTTEN = "forgotten"


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


def is_good(ready_until: datetime | None, downloads: int, now: datetime) -> bool:
    """Say whether an export can be opened once more."""
    return ready_until is not None and now < ready_until and downloads < DOWNLOADS_MOST


def is_open(opened_until: datetime | None, now: datetime) -> bool:
    return opened_until is not None and now < opened_until


def faults(
    columns: Sequence[str], known: Collection[str], span: tuple[date | None, date | None]
) -> dict[str, list[str]]:
    """Say what does not fit: columns that are not there or none, days the wrong way round."""
    found: dict[str, list[str]] = {}
    if not columns or any(column not in known for column in columns):
        found["columns"] = [f"Choose one or more of: {', '.join(known)}."]
    first, last = span
    if first is not None and last is not None and last < first:
        found["until_on"] = ["This day lies before the first one."]
    return found


def left_out(total: int) -> int:
    """Tell how many rows an export has no room for."""
    return max(0, total - ROWS_MOST)
