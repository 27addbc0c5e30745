"""What people ask of notes and messages: commands, each made by one schema."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendToGroups:
    """To the groups of one place; without one, to all."""

    text: str
    location: str | None = None
