"""The ministry's table set, counted from a data set that has the published marginals."""

import pytest

from resettle.runs.definition import load_tables
from resettle.runs.tabulating import BadRecords, Rule, records, tabulate
from resettle.settings import CONFIG
from tests.marginals import CELLS, PERCENT, PUBLISHED, a_data_set

SPECS = load_tables(CONFIG / "ministry.toml")


@pytest.fixture(scope="module")
def data():
    return records(a_data_set())


@pytest.mark.parametrize("code", PUBLISHED)
def test_each_table_is_reproduced_from_its_records(data, code):
    table = tabulate(SPECS[code], data, Rule.NONE)

    told = {
        (row, column): int(count)
        for row, line in zip(table.rows, table.cells, strict=True)
        for column, count in zip(table.columns, line, strict=True)
    }
    empty = dict.fromkeys(told, 0)  # where two columns cross and nothing was published
    assert told == empty | PUBLISHED[code]


@pytest.mark.parametrize("code", PERCENT)
def test_published_shares_are_reproduced(data, code):
    table = tabulate(SPECS[code], data, Rule.NONE)

    told = {
        row: dict(zip(table.columns, shares, strict=True))
        for row, shares in zip(table.rows, table.shares, strict=True)
    }
    assert told == PERCENT[code]


def test_no_share_is_told_where_small_numbers_are_hidden(data):
    assert tabulate(SPECS["T5-regions"], data, Rule.WITHHELD).shares == ()
    assert tabulate(SPECS["T5"], data, Rule.NONE).shares == ()


@pytest.mark.parametrize(
    ("code", "total"), [("T2", 46), ("T4", 1020), ("T5", 1237), ("T6-sex", 8040), ("T1", 6)]
)
def test_its_total_is_counted(data, code, total):
    assert tabulate(SPECS[code], data, Rule.NONE).total == str(total)


@pytest.mark.parametrize("code", ["T6-subcategory", "T6-age", "T6-sex"])
def test_parts_that_do_not_add_up_to_what_was_stated_are_not_passed_over(data, code):
    told = tabulate(SPECS[code], data, Rule.NONE, stated=8039)

    assert told.warning.startswith("The parts add up to 8,040, the stated total is 8,039: 1 more.")
    assert tabulate(SPECS[code], data, Rule.NONE, stated=8040).warning is None


def test_a_small_cell_is_withheld_and_zero_is_told(data):
    table = tabulate(SPECS["T7"], data, Rule.WITHHELD)
    ukrainian = table.columns.index("Ukrainian")
    column = {row: line[ukrainian] for row, line in zip(table.rows, table.cells, strict=True)}

    assert column["visas approved"] == "<5"
    assert column["visas declined"] == "0"
    assert column["claims received"] == "40"


@pytest.mark.parametrize("count", [1, 2])
def test_one_and_two_are_rounded_to_three(count):
    told = a_data_set({"T7": {("visas approved", "Ukrainian"): count}})

    table = tabulate(SPECS["T7"], records(told), Rule.MSD)

    assert table.cells == [["3"]]


def test_rounding_is_off_by_two_at_most_and_the_same_each_time(data):
    first, again = (tabulate(SPECS["T7"], data, Rule.MSD) for _ in range(2))

    assert first == again
    for row, line in zip(first.rows, first.cells, strict=True):
        for column, told in zip(first.columns, line, strict=True):
            assert int(told) % 3 == 0
            assert abs(int(told) - CELLS["T7"][row, column]) <= 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rows"),
        ('source,"group\n', "cannot be read"),
        ("source,group\ninterviews,\n", "nothing under “group”"),
    ],
)
def test_what_cannot_be_counted_is_refused(text, said):
    with pytest.raises(BadRecords, match=said):
        tabulate(SPECS["T2"], records(text), Rule.NONE)


def test_a_data_set_without_a_source_has_no_table(data):
    assert tabulate(SPECS["T2"], records("source,group\nother,x\n"), Rule.NONE) is None
