"""What the relaxed problem leaves open is filled: a household comes in for a smaller one. Pure.

Rounding keeps what is overfull out, and so leaves beds empty: three in a place where only families
of four still wait. One who lives there makes room for one who is larger by what is missing, until
as many are placed as were asked for; each time the exchange that costs least for each person won.
"""

from dataclasses import dataclass
from itertools import pairwise

from resettle.core.late import Floats, Truths, Wholes, np, sparse

# Sums of fractions are no nearer than this.
ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Step:
    """What comes in, what goes out for it, if anything, and what each person won by it is worth."""

    comes: int
    goes: int | None
    worth: float


@dataclass(slots=True)
class Filling:
    """Pairs that are chosen, the rows they are within, and how much of one row is asked for."""

    worth: Floats
    matrix: "sparse.csc_array"
    high: Floats
    counted: Floats
    asked: float
    # What must stay chosen.
    fixed: Truths
    chosen: Truths

    def fill(self) -> bool:
        """Exchange until there is as much as was asked for, or say that no exchange brings more."""
        by_row = self.matrix.tocsr()
        telling = self._telling(by_row)
        while self._missing() > ROUNDING:
            step = self._best(by_row, telling)
            if step is None:
                return False
            self.chosen[step.comes] = True
            if step.goes is not None:
                self.chosen[step.goes] = False
        return True

    def _missing(self) -> float:
        return self.asked - float(self.counted[self.chosen].sum())

    def _telling(self, by_row: "sparse.csr_array") -> list[int]:
        """Give the rows in which one may count more than another: not those of one household."""
        counted = [self.counted[by_row.indices[one:to]] for one, to in pairwise(by_row.indptr)]
        is_full = np.isfinite(self.high)
        return [at for at, of in enumerate(counted) if is_full[at] and len(of) and np.ptp(of)]

    def _best(self, by_row: "sparse.csr_array", telling: list[int]) -> Step | None:
        """Give the best of what comes in beside all, or for another of the row that is full."""
        left = self.high - self.matrix @ self.chosen + ROUNDING
        times = full_of(self.matrix, left)
        waits = ~self.chosen & (self.counted > 0)
        steps = [self._beside(np.flatnonzero(waits & (times == 0)))]
        ones = waits & (times == 1)
        for row in telling:
            of_row = slice(by_row.indptr[row], by_row.indptr[row + 1])
            pairs, used = by_row.indices[of_row], by_row.data[of_row]
            comes = ones[pairs] & (used > left[row])
            goes = self.chosen[pairs] & ~self.fixed[pairs]
            if comes.any() and goes.any():
                steps.append(self._instead(pairs, used, comes, goes, float(left[row])))
        return max((step for step in steps if step), key=lambda step: step.worth, default=None)

    def _beside(self, comes: Wholes) -> Step | None:
        comes = comes[self.counted[comes] <= self._missing() + ROUNDING]
        if not len(comes):
            return None
        each = self.worth[comes] / self.counted[comes]
        return Step(int(comes[each.argmax()]), None, float(each.max()))

    def _instead(
        self, pairs: Wholes, used: Floats, comes: Truths, goes: Truths, left: float
    ) -> Step | None:
        ins, outs = pairs[comes], pairs[goes]
        won = self.counted[ins] - self.counted[outs][:, None]
        may = (won > 0) & (won <= self._missing() + ROUNDING)
        may &= used[comes] - used[goes][:, None] <= left
        if not may.any():
            return None
        each = (self.worth[ins] - self.worth[outs][:, None]) / np.where(may, won, 1)
        each = np.where(may, each, -np.inf)
        out, into = np.unravel_index(each.argmax(), each.shape)
        return Step(int(ins[into]), int(outs[out]), float(each.max()))


def full_of(matrix: "sparse.csc_array", left: Floats) -> Wholes:
    """Count for each pair the rows that have too little left for it."""
    of = np.repeat(np.arange(matrix.shape[1]), np.diff(matrix.indptr))
    over = matrix.data > left[matrix.indices]
    return np.bincount(of[over], minlength=matrix.shape[1])
