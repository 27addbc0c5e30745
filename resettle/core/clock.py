"""The one clock, and New Zealand's days: instants are UTC, days are Pacific/Auckland."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AUCKLAND = ZoneInfo("Pacific/Auckland")
Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  # the one clock


def day_of(moment: datetime) -> date:
    """Name the day that it is in New Zealand at this moment."""
    return moment.astimezone(AUCKLAND).date()
