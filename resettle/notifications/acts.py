"""What people ask of their reminders: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import time

from resettle.notifications.rules import Mailing


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """By mail or not, when the day's mail comes, and when nothing is to come."""

    mailing: Mailing
    digest_at: time
    quiet_from: time
    quiet_until: time
