"""Tables that give nobody away, tried by an attacker who shares no code with the publisher."""

from collections import Counter

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog

from resettle.releases.counting import rounded
from resettle.releases.intervals import Contradiction, widest
from resettle.releases.protect import Protected, protect
from resettle.releases.telling import MINISTRY, PUBLIC, Counted, Hidden, Refused

KEY = b"a key of thirty-two bytes, given"
TABLES, PARTS = 2000, 40


def some_people(chance: np.random.Generator) -> list[Counted]:
    """Invent families who mostly, but not always, fall into one cell together."""
    shape = chance.integers(2, 6, 2)
    weights = [chance.dirichlet(np.full(count, 0.6)) for count in shape]
    people = []
    for household in range(int(chance.integers(10, 60))):
        row = chance.choice(shape[0], p=weights[0])
        for member in range(int(chance.integers(1, 7))):
            column = chance.choice(shape[1], p=weights[1])
            people.append(
                Counted(f"p{household}-{member}", f"h{household}", f"r{row}", f"c{column}")
            )
    return people


def a_table(cells: dict[tuple[str, str], int], household_size: int = 1) -> list[Counted]:
    return [
        Counted(f"{row}{column}{n}", f"{row}{column}{n // household_size}", row, column)
        for (row, column), count in cells.items()
        for n in range(count)
    ]


def attack(table: Protected) -> dict[tuple[str, str], tuple[float, float]]:
    """Work out of what is published how little and how much each hidden cell can be.

    The unknowns are the cells; what is published of them and their sums are inequalities.
    """
    cells = [*table.cells]
    least, most, sums, rests = [], [], [], []
    for cell in cells:
        low, high = _can_be(table.cells[cell])
        least.append(low)
        most.append(high)
    margins = [
        *((table.row_totals[r], [cell[0] == r for cell in cells]) for r in table.rows),
        *((table.column_totals[c], [cell[1] == c for cell in cells]) for c in table.columns),
        (table.total, [True] * len(cells)),
    ]
    for number, inside in margins:
        low, high = _can_be(number)
        sums += [np.array(inside, dtype=float), -np.array(inside, dtype=float)]
        rests += [high, -low]
    small = [place for place, cell in enumerate(cells) if table.cells[cell] is Hidden.SMALL]
    ends = _ends(np.array(sums), np.array(rests), [*zip(least, most, strict=True)], small)
    return dict(zip((cells[place] for place in small), ends, strict=True))


def _ends(sums, rests, bounds, places) -> list[tuple[float, float]]:
    """Give the least and the most that each of some cells can be.

    The programmes of one table know nothing of each other, so they are solved as one: what is
    least of their sum is least of each.
    """
    count = 2 * len(places)
    if not count:
        return []
    aims = np.zeros((count, len(bounds)))
    aims[np.arange(count), np.repeat(places, 2)] = np.tile([1, -1], len(places))
    found = linprog(
        aims.ravel(),
        sparse.block_diag([sums] * count),
        np.tile(rests, count),
        bounds=bounds * count,
    )
    assert found.success
    told = (aims * found.x.reshape(aims.shape)).sum(axis=1).round(6)
    return [(float(low), float(-high)) for low, high in told.reshape(-1, 2)]


def _can_be(number) -> tuple[int, int]:
    if number is Hidden.SMALL:
        return 0, 5
    if number is Hidden.WITHHELD:
        return 0, 10_000
    return max(number - 2, 6), number + 2


@pytest.mark.parametrize("part", range(PARTS))
def test_no_small_cell_of_random_tables_can_be_narrowed(part: int):
    chance = np.random.default_rng(part)
    hidden = 0
    for _ in range(TABLES // PARTS):
        people = some_people(chance)
        try:
            table = protect(people, PUBLIC, KEY)
        except Refused:
            continue
        found = attack(table)
        hidden += len(found)
        assert {*found.values()} <= {(0, 5)}, people

    assert hidden > TABLES // PARTS


def test_what_is_told_is_never_far_from_what_is():
    people = some_people(np.random.default_rng(7))
    table = protect(people, PUBLIC, KEY)
    true = Counter((each.row, each.column) for each in people)

    shown = {cell: n for cell, n in table.cells.items() if not isinstance(n, Hidden)}
    assert shown
    assert all(n % 3 == 0 and abs(n - true[cell]) <= 2 for cell, n in shown.items())


def test_the_margin_that_would_give_a_cell_away_is_withheld():
    table = protect(a_table({("a", "x"): 30, ("a", "y"): 2, ("b", "x"): 30}), MINISTRY, KEY)

    assert table.cells["a", "y"] is Hidden.SMALL
    assert table.cells["b", "y"] == 0
    assert {table.row_totals["a"], table.total} == {Hidden.WITHHELD}


def test_persons_of_two_households_are_hidden_however_many_they_are():
    crowd = a_table({("a", "x"): 30, ("b", "x"): 30, ("b", "y"): 30})
    family = a_table({("a", "y"): 8}, household_size=4)
    table = protect([*crowd, *family], PUBLIC, KEY)

    assert table.cells["a", "y"] is Hidden.SMALL
    assert {*attack(table).values()} == {(0, 5)}


def test_a_row_of_two_households_has_no_total():
    crowd = a_table({("a", "x"): 30, ("a", "y"): 30})
    table = protect([*crowd, *a_table({("b", "x"): 9}, household_size=5)], PUBLIC, KEY)

    assert table.row_totals["b"] is Hidden.WITHHELD


@pytest.mark.parametrize(
    "people",
    [a_table({("a", "x"): 29}), a_table({("a", "x"): 40}, household_size=5)],
    ids=["few persons", "few households"],
)
def test_no_table_is_told_of_few(people):
    with pytest.raises(Refused, match="fewer than 30 persons"):
        protect(people, PUBLIC, KEY)


class TestRounded:
    def test_the_same_people_are_the_same_number_whatever_the_order(self):
        people = [f"p{n}" for n in range(10)]

        assert rounded(10, {*people}, KEY) == rounded(10, {*reversed(people)}, KEY)

    def test_it_is_unbiased_and_never_off_by_more_than_two(self):
        draws = [rounded(10, {f"{n}-{m}" for m in range(10)}, KEY) - 10 for n in range(3000)]

        assert {*draws} == {-1, 2}
        assert abs(sum(draws) / len(draws)) < 0.1

    def test_another_key_rounds_otherwise(self):
        people = [{f"{n}-{m}" for m in range(10)} for n in range(30)]

        assert [rounded(10, p, KEY) for p in people] != [rounded(10, p, b"other") for p in people]


def test_what_contradicts_itself_is_told():
    with pytest.raises(Contradiction):
        widest({("a", "b"): (5, 9), ("b", "a"): (0, 3)}, [])
