"""What people ask of crises: commands, each made by one schema."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from resettle.crises.rules import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseFlag:
    """Raise a flag; `number` is that of the households that were shown before."""

    reason: str
    ends_on: date
    location: str | None = None
    language: str | None = None
    nationality: str | None = None
    household_ids: list[UUID] = field(default_factory=list)
    number: int | None = None

    @property
    def reach(self) -> Reach:
        return Reach(self.location, self.language, self.nationality, tuple(self.household_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFlag:
    note: str
