"""What people ask of the log: commands, each made by one schema."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteEntry:
    """An entry, and who reads it beside the caseworkers of the household.

    Of what a sponsor group writes its own members always know; what somebody at home writes is
    read by the others at home, and by the sponsor group, only if the writer says so.
    """

    text: str
    happened_on: date | None = None
    language: str | None = None
    with_family: bool = False
    with_sponsors: bool = False
