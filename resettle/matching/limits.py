"""What every assignment keeps, as rows of the search: one place a household, room, and nearness.

One variable is a pair of a household and a place that may be: `rows` and `columns` say which.
"""

from collections.abc import Iterable

from resettle.core.late import Floats, Truths, Wholes, np, sparse
from resettle.matching.searching import Rows


def once(rows: Wholes, households: int, pinned: Iterable[int]) -> Rows:
    """Let each household be in one place at most, and in one exactly if it is pinned."""
    count = len(rows)
    matrix = sparse.csc_array((np.ones(count), (rows, np.arange(count))), shape=(households, count))
    is_pinned = np.isin(np.arange(households), [*pinned])
    return Rows(matrix, np.where(is_pinned, 1.0, -np.inf), np.ones(households))


def fills(columns: Wholes, used: Floats, limits: Wholes) -> Rows:
    """Keep what is used of a kind of room within what each place has of it."""
    count, places = len(columns), len(limits)
    matrix = sparse.csc_array((used, (columns, np.arange(count))), shape=(places, count))
    return Rows(matrix, np.full(places, -np.inf), limits.astype(float))


def not_apart(rows: Wholes, columns: Wholes, near: Truths, one: int, other: int) -> Rows:
    """Keep two households from living far from one another, place by place."""
    mine, theirs = rows == one, rows == other
    places = np.unique(columns[mine])
    far = theirs & ~near[places][:, columns]
    terms = (mine & (columns == places[:, None])) | far
    return Rows(
        sparse.csc_array(terms.astype(float)), np.full(len(places), -np.inf), np.ones(len(places))
    )


def at_least(used: Floats, number: float) -> Rows:
    """Ask for so much in all."""
    return Rows(sparse.csc_array(used[None, :]), np.array([number]), np.array([np.inf]))


def fillable(sizes: Wholes, may: Truths, capacities: Wholes) -> Wholes:
    """Tell how full each place can be at most of whole households that may live there.

    Four beds that only families of three may have are three.
    """
    return np.array(
        [_fillable(sizes[may[:, at]], int(room)) for at, room in enumerate(capacities)],
        dtype=np.int64,
    )


def _fillable(sizes: Wholes, room: int) -> int:
    """Keep a bit for each number of persons that some of the households come to."""
    within, reached = (1 << (room + 1)) - 1, 1
    for size in sizes.tolist():
        reached |= (reached << size) & within
    return reached.bit_length() - 1
