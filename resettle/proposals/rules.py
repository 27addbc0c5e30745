"""How the board stands: where each household is after what people ruled, and what follows. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from resettle.matching import scoring
from resettle.matching.facts import Family, Measure, Spot
from resettle.placements.rules import cools_off_until
from resettle.programmes.placement import Criterion, Rule

# Two weights nearer than this are the same: the rest is rounding.
SAME = 1e-9


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


@dataclass(frozen=True, slots=True)
class Option:
    """One place for one household: what each criterion gives, or which rules it fails."""

    place_id: str
    weight: float
    parts: Mapping[Criterion, float]
    why_not: Sequence[Rule]

    @property
    def is_open(self) -> bool:
        return not self.why_not


def options(family: Family, spots: Iterable[Spot], measure: Measure) -> list[Option]:
    """Weigh every place for a household, those that are open first, the best of them first."""
    found = [
        Option(
            spot.id,
            scoring.weight(family, spot, measure),
            scoring.parts(family, spot, measure),
            scoring.why_not(family, spot, measure),
        )
        for spot in spots
    ]
    return sorted(found, key=lambda each: (not each.is_open, -each.weight, each.place_id))


def regret(found: Sequence[Option], at: str) -> float:
    """Say how much less the household has in a place than in the best that is open to it."""
    best = max((each.weight for each in found if each.is_open), default=0.0)
    here = next((each.weight for each in found if each.place_id == at), 0.0)
    lost = best - here
    return 0.0 if lost < SAME else lost


def share(value: float, persons: int) -> int:
    """Write a weight in points of 100 for each person."""
    return round(100 * value / persons) if persons else 0


@dataclass(frozen=True, slots=True)
class Wanting:
    """A household of a run: what is known of it, and the weight that it was given."""

    family: Family
    weight: float


def wanted_by(spot: Spot, others: Iterable[Wanting], measure: Measure) -> int:
    """Count the other households that would do better in a place than where the run has them."""
    return sum(
        other.weight + SAME < scoring.weight(other.family, spot, measure)
        and not scoring.why_not(other.family, spot, measure)
        for other in others
    )


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
