"""The search itself: the pairs that are worth most together, within rows that must be kept. Pure.

Where there are few pairs, HiGHS proves the best to the last digits. Where there are many, the
relaxed problem, in which households may be divided, says what each pair costs at least beside the
best; only pairs that cost next to nothing are searched, and more of them until the answer is proven
to be as near to the best as NEAR. What the relaxed problem says, rounded, is the first answer, so
that there is a good one however little time is left. The bound is that of the relaxed problem over
all pairs, so the gap is told of the whole problem and not of the part that was searched.
"""

import time
from dataclasses import dataclass, replace

from resettle.core.late import Floats, Truths, Wholes, np, optimize, sparse
from resettle.matching.filling import ROUNDING, Filling, full_of

# What milp and linprog say where nothing meets all rows.
INFEASIBLE = 2
# As many pairs are searched as a whole; and how far from the best, relative, an answer may be that
# is called the best: there, and where there are more.
FEW, PROVEN, NEAR = 8_000, 1e-7, 3e-4
# How many of many pairs are searched, for each row; then all.
WIDTHS = (1.3, 3.0, 10.0)
LEAST_SECONDS = 0.1
# What the relaxed problem of few pairs may take beyond the limit; mostly it is a hundredth of that.
GRACE_SECONDS = 1.0


class Unmeetable(Exception):
    """Nothing meets all rows at once."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What every answer keeps: what the chosen pairs come to in each row, within limits."""

    matrix: "sparse.csc_array"
    low: Floats
    high: Floats

    def __add__(self, other: "Rows") -> "Rows":
        return Rows(
            sparse.vstack([self.matrix, other.matrix], format="csc"),
            np.concatenate([self.low, other.low]),
            np.concatenate([self.high, other.high]),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs that are chosen, what they are worth, and what nothing is worth more than."""

    chosen: Truths
    worth: float
    bound: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What could be had if households could be divided: how much of each pair, and its cost."""

    bound: float
    costs: Floats
    parts: Floats


def best(worth: Floats, rows: Rows, until: float, few: int, part: float = 1.0) -> Found | None:
    """Find the pairs that are worth most, or None when the time is over before anything is found.

    Up to `few` pairs are searched as a whole. `part` is how much of the worth the gap is told of,
    where the rest is a bonus that all good answers have alike. Raises Unmeetable.
    """
    if len(worth) <= few:
        found = _search(worth, rows, np.arange(len(worth)), until, PROVEN * part)
        return found or _at_least(worth, rows)
    relaxed = relax(worth, rows, until)
    return None if relaxed is None else _widen(worth, rows, relaxed, until, NEAR * part)


def _at_least(worth: Floats, rows: Rows) -> Found | None:
    """Give the relaxed problem's answer, rounded, where the time was over before any was found."""
    relaxed = relax(worth, rows, time.monotonic() + GRACE_SECONDS)
    return None if relaxed is None else rounded(worth, rows, relaxed)


def relax(worth: Floats, rows: Rows, until: float) -> Relaxed | None:
    """Solve the relaxed problem, or None when the time is over. Raises Unmeetable."""
    equal = rows.low == rows.high
    above, below = ~equal & np.isfinite(rows.high), ~equal & np.isfinite(rows.low)
    by_row = rows.matrix.tocsr()
    told = optimize.linprog(
        -worth,
        A_ub=sparse.vstack([by_row[above], -by_row[below]]),
        b_ub=np.concatenate([rows.high[above], -rows.low[below]]),
        A_eq=by_row[equal],
        b_eq=rows.high[equal],
        bounds=(0, None),
        # Three times as quick as the simplex method where there are many pairs.
        method="highs-ipm",
        options={"time_limit": _left(until)},
    )
    if told.status == INFEASIBLE:
        raise Unmeetable
    if told.x is None or told.status:
        return None
    prices, split = np.zeros(len(rows.low)), int(above.sum())
    prices[equal] = -told.eqlin.marginals
    prices[above] = -told.ineqlin.marginals[:split]
    prices[below] = told.ineqlin.marginals[split:]
    costs = prices @ rows.matrix - worth
    limits = np.where(prices > 0, rows.high, rows.low)
    used = np.flatnonzero(prices)
    bound = float(prices[used] @ limits[used] + np.maximum(-costs, 0).sum())
    return Relaxed(bound, np.maximum(costs, 0), np.asarray(told.x))


def rounded(worth: Floats, rows: Rows, relaxed: Relaxed) -> Found | None:
    """Choose pairs one by one while nothing is overfull, first those that are chosen in part.

    What is short of what must be chosen then comes in for others. None if that does not do.
    """
    chosen, left = np.zeros(len(worth), dtype=bool), rows.high + ROUNDING
    in_part = relaxed.parts > ROUNDING
    order = np.lexsort((relaxed.costs, -relaxed.parts.round(6)))
    _take(worth, rows, order[in_part[order]], left, chosen)
    fits = ~in_part & (full_of(rows.matrix, left) == 0)
    _take(worth, rows, order[fits[order]], left, chosen)
    if not _filled(worth, rows, chosen):
        return None
    return Found(chosen, float(worth[chosen].sum()), relaxed.bound)


def _take(worth: Floats, rows: Rows, pairs: Wholes, left: Floats, chosen: Truths) -> None:
    """Choose in turn what still has room; what is left of the room grows less."""
    matrix = rows.matrix
    for pair in pairs:
        used = slice(matrix.indptr[pair], matrix.indptr[pair + 1])
        at, amounts = matrix.indices[used], matrix.data[used]
        if (amounts <= left[at]).all() and worth[pair] >= 0:
            left[at] -= amounts
            chosen[pair] = True


def _filled(worth: Floats, rows: Rows, chosen: Truths) -> bool:
    """Say whether every row has what it must have, and bring it about if one has too little."""
    short = np.flatnonzero(rows.matrix @ chosen < rows.low - ROUNDING)
    if not len(short):
        return True
    others = np.isfinite(rows.low)
    others[short[0]] = False
    return (
        len(short) == 1
        and Filling(
            worth=worth,
            matrix=rows.matrix,
            high=rows.high,
            counted=rows.matrix[[short[0]], :].toarray()[0],
            asked=float(rows.low[short[0]]),
            fixed=others @ np.abs(rows.matrix) > 0,
            chosen=chosen,
        ).fill()
    )


def _widen(worth: Floats, rows: Rows, relaxed: Relaxed, until: float, near: float) -> Found | None:
    """Search among the pairs that cost least, and among more until it is near enough.

    Each search goes half as far from its own best as all may be, since the bound of the whole is
    higher than that of a part.
    """
    order = np.argsort(relaxed.costs, kind="stable")
    found = rounded(worth, rows, relaxed)
    for width in (*(int(each * len(rows.low)) for each in WIDTHS), len(order)):
        pairs = np.sort(order[:width])
        try:
            here = _search(worth, rows, pairs, until, near / 2)
        except Unmeetable:
            if width >= len(order):
                raise
            continue
        if here is not None and (found is None or here.worth >= found.worth):
            found = replace(here, bound=_bound(here, relaxed, of_all=width >= len(order)))
        if _is_enough(found, near) or _left(until) <= LEAST_SECONDS:
            break
    return found


def _bound(found: Found, relaxed: Relaxed, *, of_all: bool) -> float:
    """Give what nothing is worth more than: what bounds a part of the pairs bounds no other."""
    return min(found.bound, relaxed.bound) if of_all else relaxed.bound


def _is_enough(found: Found | None, near: float) -> bool:
    return found is not None and found.bound - found.worth <= near * abs(found.worth)


def _search(worth: Floats, rows: Rows, pairs: Wholes, until: float, near: float) -> Found | None:
    """Search among some of the pairs. Raises Unmeetable if those cannot meet the rows."""
    told = optimize.milp(
        -worth[pairs],
        integrality=np.ones(len(pairs)),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(rows.matrix[:, pairs], rows.low, rows.high),
        options={"mip_rel_gap": near, "time_limit": _left(until)},
    )
    if told.status == INFEASIBLE:
        raise Unmeetable
    if told.x is None:
        return None
    chosen = np.zeros(len(worth), dtype=bool)
    chosen[pairs[told.x > 1 / 2]] = True
    return Found(chosen, float(worth[chosen].sum()), -float(told.mip_dual_bound))


def _left(until: float) -> float:
    return max(until - time.monotonic(), LEAST_SECONDS)
