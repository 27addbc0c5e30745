"""A long list leaf by leaf: nothing is left out, and a leaf that is not there is the last one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.matching.leaves import leaf


@given(st.integers(0, 60), st.integers(1, 12))
def test_leaf_after_leaf_is_the_whole_list(count, size):
    rows = [*range(count)]
    here, found = leaf(rows, 1, size), []
    while True:
        found += here.rows
        if here.after is None:
            break
        here = leaf(rows, here.after, size)
    assert found == rows


@pytest.mark.parametrize(
    ("count", "number", "rows", "told", "before", "after"),
    [
        (0, 1, [], (0, 0, 0), None, None),
        (3, 1, [0, 1], (1, 2, 3), None, 2),
        (3, 2, [2], (3, 3, 3), 1, None),
        (3, 9, [2], (3, 3, 3), 1, None),
    ],
)
def test_it_tells_where_it_is(count, number, rows, told, before, after):
    here = leaf([*range(count)], number, 2)

    assert [*here.rows] == rows
    assert (here.first, here.last, here.total) == told
    assert (here.before, here.after) == (before, after)
