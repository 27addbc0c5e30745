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
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendNote:
    """`confidential` is as before where it is not said."""

    text: str
    confidential: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareNote:
    """A text for the household and its sponsor group. `seen` marks who was said to read it."""

    text: str
    reason: str
    seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """The page on which one shares: first to look (or to write again), then confirmed."""

    text: str
    reason: str
    seen: str | None = None
    confirmed: bool = False
    again: bool = False

    @property
    def shared(self) -> ShareNote:
        return ShareNote(text=self.text, reason=self.reason, seen=self.seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnshareNote:
    reason: str
