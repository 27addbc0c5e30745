"""Two groups compared as if both were made up alike: direct standardisation over strata. Pure.

Streams select differently: sponsorship by age, English and work, the quota by need. Within each
stratum that both have, like is compared with like; the strata are then weighed alike for both.
Where they share too little, nothing is compared (domain.md 7.3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resettle.core.late import np
from resettle.evaluation.survival import Observed, curve

LEAST_IN_STRATUM = 6
LEAST_COVERED = 0.5
Strata = Mapping[str, Mapping[str, Observed]]


class NoOverlap(Exception):
    """The groups have too little in common; the message says how much."""


@dataclass(frozen=True, slots=True)
class Standardised:
    """What share of each group the common strata cover, and when it was reached, alike made up."""

    strata: Sequence[str]
    covered: Mapping[str, float]
    rmst: Mapping[str, float]
    reached: Mapping[str, Mapping[int, float]]


def standardise(strata: Strata, days: Sequence[int], until: float) -> Standardised:
    """Weigh the curves of the common strata by how many people they have in both groups.

    `days` are those for which the share that has reached it is given. Raises NoOverlap.
    """
    names = sorted({name for groups in strata.values() for name in groups})
    common = [s for s, groups in strata.items() if _enough(groups, names)]
    covered = {name: _covered(strata, common, name) for name in names}
    if not common or min(covered.values()) < LEAST_COVERED:
        least = round(100 * min(covered.values(), default=0.0))
        raise NoOverlap(
            f"The groups have too little in common to be compared: at least {LEAST_IN_STRATUM} of "
            f"each in the same stratum cover {least} percent of one of them."
        )
    sizes = np.array([sum(len(each.times) for each in strata[s].values()) for s in common])
    weights = sizes / sizes.sum()
    return Standardised(
        strata=common,
        covered=covered,
        rmst={
            name: _mean([curve(strata[s][name], until).rmst for s in common], weights)
            for name in names
        },
        reached={
            name: {
                day: _mean([1 - _left(strata[s][name], day) for s in common], weights)
                for day in days
            }
            for name in names
        },
    )


def _enough(groups: Mapping[str, Observed], names: Sequence[str]) -> bool:
    return all(name in groups and len(groups[name].times) >= LEAST_IN_STRATUM for name in names)


def _covered(strata: Strata, common: Sequence[str], name: str) -> float:
    counts = {s: len(groups[name].times) for s, groups in strata.items() if name in groups}
    return sum(counts.get(s, 0) for s in common) / max(sum(counts.values()), 1)


def _mean(values: Sequence[float], weights: "np.ndarray") -> float:
    return float(np.dot(values, weights))


def _left(observed: Observed, day: float) -> float:
    points = [p.survival for p in curve(observed, day).points if p.time <= day]
    return points[-1] if points else 1.0
