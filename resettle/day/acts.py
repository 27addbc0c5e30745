"""What people ask of their queue: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resettle.day.models import SnoozeReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """Later, with the day on which it comes back and the reason."""

    until_on: date
    reason_code: SnoozeReason
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """Somebody else's, who works with the household as well."""

    to_id: UUID
    reason: str | None = None
