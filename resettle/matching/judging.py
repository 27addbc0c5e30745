"""One place for one household: which rules it fails, what each criterion gives, what is lost. Pure.

What is told of a run and what the board shows are judged here alone, so that they cannot differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from resettle.matching import scoring
from resettle.matching.facts import Family, Measure, Spot
from resettle.programmes.placement import Criterion, Rule

# Two weights nearer than this are the same: the rest is rounding.
CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """A place as it suits a household. `why_not` are the hard rules that it fails.

    `forbidden` is what a person ruled; such a place is no more open than one that fails a rule.
    """

    place_id: str
    why_not: Sequence[Rule]
    forbidden: bool
    parts: Mapping[Criterion, float]
    weight: float

    @property
    def is_open(self) -> bool:
        return not self.why_not and not self.forbidden


def judge(family: Family, spot: Spot, measure: Measure) -> Judged:
    return Judged(
        place_id=spot.id,
        why_not=scoring.why_not(family, spot, measure),
        forbidden=spot.id in family.forbidden,
        parts=scoring.parts(family, spot, measure),
        weight=scoring.weight(family, spot, measure),
    )


def ranked(family: Family, spots: Iterable[Spot], measure: Measure) -> list[Judged]:
    """Judge every place for a household: what is open first, and of that the best first."""
    found = [judge(family, spot, measure) for spot in spots]
    return sorted(found, key=lambda j: (bool(j.why_not), j.forbidden, -j.weight, j.place_id))


def regret(found: Iterable[Judged], weight: float) -> float:
    """Say how much less a weight is than that of the best place that is open to the household."""
    best = max((each.weight for each in found if each.is_open), default=0.0)
    return best - weight if best > weight + CLOSE else 0.0


def would_rather(family: Family, spot: Spot, measure: Measure, now: float) -> bool:
    """Say whether a place may take a household, and would suit it better than what it has."""
    if scoring.why_not(family, spot, measure):
        return False
    return scoring.weight(family, spot, measure) > now + CLOSE
