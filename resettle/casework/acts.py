"""What people ask of casework: commands, each made by one schema."""

from dataclasses import dataclass, field
from datetime import date, datetime

from resettle.casework.models import Channel, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """A contact as it was; the next action, if there is one, becomes a task."""

    occurred_at: datetime
    channel: Channel
    text: str
    present: list[str] = field(default_factory=list)
    language: str | None = None
    interpreter_used: bool = False
    interpreter: str | None = None
    minutes: int | None = None
    domains: list[str] = field(default_factory=list)
    next_action: str | None = None
    next_due: date | None = None
    risk: bool = False
    visibility: Visibility = Visibility.STAFF


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendNote:
    text: str
