"""How the board stands: where each household is after what people ruled, and what follows. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from resettle.placements.rules import cools_off_until


class Standing(StrEnum):
    """How a household came to where the board shows it."""

    PROPOSED = "proposed"
    KEPT = "kept"
    MOVED = "moved"
    RULED_OUT = "ruled_out"
    WAITING = "waiting"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Ruled:
    """What people ruled for one household that holds now."""

    fixed: str = ""
    forbidden: Collection[str] = ()


def stands(given: str, ruled: Ruled, *, decided: bool = False) -> tuple[str, Standing]:
    """Say in which place the board shows a household, none as an empty text, and how so."""
    if decided:
        return given, Standing.DECIDED
    if ruled.fixed:
        return ruled.fixed, Standing.KEPT if ruled.fixed == given else Standing.MOVED
    if given and given not in ruled.forbidden:
        return given, Standing.PROPOSED
    return "", Standing.RULED_OUT if given else Standing.WAITING


def share(value: float, persons: int) -> int:
    """Write a weight in points of 100 for each person."""
    return round(100 * value / persons) if persons else 0


def cool_off_fault(said_no_on: date | None, today: date, days: int) -> str | None:
    """Say that a place that was declined is not offered to the household again so soon."""
    until = cools_off_until(said_no_on, today, days)
    if until is None:
        return None
    return f"This place was declined. It can be offered again from {until:%-d %B %Y}."


def step_faults(kind: str, *, place: bool, reason: bool, at: bool) -> dict[str, list[str]]:
    """Tell what a step on the board lacks; `at` says that the board shows the household there."""
    if kind == "free":
        return {}
    faults: dict[str, list[str]] = {}
    if not place:
        faults["place_id"] = ["Choose a place."]
    if not reason:
        faults["reason_code"] = ["Say why, so that others can read it later."]
    if kind == "move" and at:
        faults["place_id"] = ["The household is there already. To keep it there, keep it."]
    return faults
