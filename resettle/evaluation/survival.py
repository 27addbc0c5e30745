"""Time to a milestone, with those who have not reached it yet: Kaplan-Meier and log-rank. Pure.

Somebody who left, or has not got there by today, is censored: known not to have reached it until
then. Curves and tests are those of Kaplan and Meier (1958) and of Mantel (1966), intervals are
log-log (Kalbfleisch and Prentice 1980). Times are days, or whatever unit the caller has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from resettle.core.late import Floats, Truths, np, special

CONFIDENCE = 0.95
HALF = 0.5
# How far a sum or product of fractions may miss the number that it is.
ROUNDING = 1e-11


@dataclass(frozen=True, slots=True)
class Observed:
    """When each of a group reached it, or was last seen not to have."""

    times: Floats
    reached: Truths


@dataclass(frozen=True, slots=True)
class Point:
    """How many were at risk just before a time, and what part had not reached it after.

    `low` and `high` are None where the curve is at zero: there the interval is not defined.
    """

    time: float
    at_risk: int
    survival: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A group's curve; `median` is None where not half have reached it."""

    n: int
    events: int
    median: float | None
    rmst: float
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class LogRank:
    chi2: float
    df: int
    p: float


def curve(observed: Observed, until: float, confidence: float = CONFIDENCE) -> Curve:
    """Draw a group's curve; the restricted mean is the area under it from 0 to `until`."""
    times, at_risk, events = _counts(observed.times, observed.reached)
    left = np.cumprod(1 - events / at_risk).astype(float)
    low, high = _intervals(left, at_risk, events, confidence)
    return Curve(
        n=len(observed.times),
        events=int(observed.reached.sum()),
        median=_median(times, left),
        rmst=_area(times, left, until),
        points=[
            Point(float(t), int(n), float(s), _told(a), _told(b))
            for t, n, s, a, b in zip(times, at_risk, left, low, high, strict=True)
        ],
    )


def common_time(groups: Mapping[str, Observed]) -> float:
    """Say until when every group was looked at: the earliest of their last times."""
    return min(float(each.times.max()) for each in groups.values())


def log_rank(strata: Sequence[Mapping[str, Observed]]) -> LogRank | None:
    """Test whether groups differ, comparing only within each stratum; None for a single group.

    A group may be missing in a stratum. Where no two groups are ever at risk together nothing
    can be compared, and the degrees of freedom are those of what can.
    """
    names = sorted({name for groups in strata for name in groups})
    if len(names) <= 1:
        return None
    excess, spread = np.zeros(len(names)), np.zeros((len(names), len(names)))
    for groups in strata:
        more, part = _compared([groups.get(name) for name in names])
        excess, spread = excess + more, spread + part
    df = int(np.linalg.matrix_rank(spread, tol=ROUNDING * len(names) * spread.max()))
    inverse = np.linalg.pinv(spread, rcond=ROUNDING, hermitian=True)
    statistic = float(excess @ inverse @ excess)
    return LogRank(statistic, df, float(special.chdtrc(df, statistic)) if df else 1.0)


def _counts(times: Floats, reached: Truths) -> tuple[Floats, Floats, Floats]:
    """Count at each time who was at risk and who reached it; who is censored then was at risk."""
    moments, at = np.unique(times, return_inverse=True)
    gone = np.bincount(at, minlength=len(moments))
    events = np.bincount(at, weights=reached, minlength=len(moments))
    at_risk = len(times) - np.concatenate([[0], np.cumsum(gone)[:-1]])
    return moments, at_risk.astype(float), events.astype(float)


def _intervals(
    left: Floats, at_risk: Floats, events: Floats, confidence: float
) -> tuple[Floats, Floats]:
    """Give log-log intervals: never below 0 or above 1; NaN where nobody is left."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
        width = special.ndtri((1 + confidence) / 2) * np.sqrt(variance) / np.log(left)
        low, high = left ** np.exp(-width), left ** np.exp(width)
    nobody_yet = left == 1
    return np.where(nobody_yet, 1, low), np.where(nobody_yet, 1, high)


def _told(bound: float) -> float | None:
    return None if np.isnan(bound) else float(bound)


def _median(times: Floats, left: Floats) -> float | None:
    halved = np.flatnonzero(left <= HALF + ROUNDING)
    return float(times[halved[0]]) if len(halved) else None


def _area(times: Floats, left: Floats, until: float) -> float:
    within = times < until
    edges = np.concatenate([[0], times[within], [until]])
    heights = np.concatenate([[1], left[within]])
    return float((np.diff(edges) * heights).sum())


def _compared(groups: Sequence[Observed | None]) -> tuple[Floats, Floats]:
    """Compare what each group reached with what it would have, were all groups alike."""
    there = [each for each in groups if each is not None]
    times = np.concatenate([each.times for each in there])
    reached = np.concatenate([each.reached for each in there])
    moments = np.unique(times[reached])
    at_risk = np.array([_at_risk(each, moments) for each in groups])
    events = np.array([_events(each, moments) for each in groups])
    everybody, all_events = at_risk.sum(axis=0), events.sum(axis=0)
    share = at_risk / everybody
    excess = (events - share * all_events).sum(axis=1)
    # The last one at risk tells nothing of any difference.
    several = np.maximum(everybody - 1, 1)
    weight = all_events * (everybody - all_events) / several
    spread = np.diag((share * weight).sum(axis=1)) - (share * weight) @ share.T
    return excess, spread


def _at_risk(observed: Observed | None, moments: Floats) -> Floats:
    if observed is None:
        return np.zeros(len(moments))
    ordered = np.sort(observed.times)
    return (len(ordered) - np.searchsorted(ordered, moments, side="left")).astype(float)


def _events(observed: Observed | None, moments: Floats) -> Floats:
    if observed is None:
        return np.zeros(len(moments))
    ordered = np.sort(observed.times[observed.reached])
    upto = np.searchsorted(ordered, moments, side="right")
    return (upto - np.searchsorted(ordered, moments, side="left")).astype(float)
