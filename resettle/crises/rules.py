"""What is decided of crises without looking anything up."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

WELFARE_CHECK = "Welfare check: is everybody safe, and what do they need now?"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a crisis strikes: a place, a community, or households chosen one by one."""

    location: str | None = None
    language: str | None = None
    nationality: str | None = None
    household_ids: tuple[UUID, ...] = ()

    @property
    def said(self) -> bool:
        return bool(self.location or self.language or self.nationality or self.household_ids)

    @property
    def key(self) -> str:
        """Name the reach, so that the same crisis is not raised twice."""
        chosen = ",".join(sorted(str(id_) for id_ in self.household_ids))
        parts = (self.location, self.language, self.nationality, chosen)
        return sha256("|".join(part or "" for part in parts).encode()).hexdigest()


def faults(reach: Reach, ends_on: date, today: date) -> dict[str, list[str]]:
    found = {}
    if not reach.said:
        found["location"] = ["Say a place, a community, or which households."]
    if ends_on <= today:
        found["ends_on"] = ["Let it end on a later day."]
    return found


def number_fault(confirmed: int | None, reach: Reach, affected: Collection[UUID]) -> str | None:
    """Tell why the number that was confirmed does not hold; a list of households is its own."""
    if not affected:
        return "No household is affected by this."
    if reach.household_ids or confirmed == len(affected):
        return None
    return f"This now concerns {len(affected)} households. Look at the list again."


def is_live(closed: bool, ends_on: date, today: date) -> bool:  # noqa: FBT001  # a fact, no switch
    return not closed and today <= ends_on
