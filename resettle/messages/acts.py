"""What people ask of updates and of the thread: commands, each made by one schema."""

from dataclasses import dataclass

from resettle.messages.models import Mood


@dataclass(frozen=True, slots=True, kw_only=True)
class SendUpdate:
    text: str
    mood: Mood = Mood.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What worries somebody about a message."""

    text: str
