"""What was told before, tables of one day beside each other, days, shares and sums."""

from datetime import date
from typing import ClassVar

import pytest

from resettle.releases.definition import BadCatalogue, load
from resettle.releases.differencing import Ledger, few_apart
from resettle.releases.intervals import WIDE
from resettle.releases.joint import Together
from resettle.releases.protect import Axes, Past, protect
from resettle.releases.rules import day_fault, quarter_end, reconcile, share
from resettle.releases.telling import MINISTRY, Counted, Hidden, Refused, Told
from resettle.settings import CONFIG

KEY = b"a key of thirty-two bytes, given"
LEVIN = frozenset({("population", "all"), ("town", "Levin")})
NELSON = frozenset({("population", "all"), ("town", "Nelson")})


def people(count: int, of: str = "p", size: int = 1) -> dict[str, str]:
    return {f"{of}{n}": f"{of}h{n // size}" for n in range(count)}


class TestLedger:
    @pytest.mark.parametrize(
        ("joined", "size", "said"),
        [(0, 1, 30), (5, 1, 30), (6, 1, None), (7, 7, 30), (8, 4, 30), (9, 3, None)],
        ids=["nobody", "five", "six", "one family", "two families", "three families"],
    )
    def test_a_number_changes_only_when_enough_people_did(self, joined, size, said):
        before = Told(LEVIN, people(30), 30)
        now = people(30) | people(joined, "new", size)

        assert Ledger([before]).says(LEVIN, now) == said

    def test_what_is_almost_another_number_is_withheld(self):
        ledger = Ledger([Told(LEVIN, people(30), 30)])

        assert ledger.says(NELSON, people(28)) is Hidden.WITHHELD
        assert ledger.says(NELSON, people(20)) is None
        assert ledger.says(NELSON, people(30)) is None

    def test_what_was_kept_back_tells_of_nobody_and_stays_kept_back(self):
        ledger = Ledger([Told(LEVIN, people(4), Hidden.SMALL)])

        assert ledger.says(LEVIN, people(7)) is Hidden.SMALL
        assert ledger.says(NELSON, people(5)) is None

    def test_the_last_word_on_a_number_counts(self):
        told = [Told(LEVIN, people(30), 30), Told(LEVIN, people(40), 40)]

        assert Ledger(told).says(LEVIN, people(42)) == 40

    def test_equal_groups_are_not_apart(self):
        assert not few_apart(people(9), people(9))
        assert few_apart(people(9), people(8))


def counted(people_of, rows, columns) -> list[Counted]:
    return [Counted(p, f"h{p}", of[rows], of[columns]) for p, of in people_of.items()]


class TestSameDay:
    """Two tables of the same people, which only together would tell of two of them."""

    PEOPLE: ClassVar = {
        f"{town}{stream}{sex}{n}": {"town": town, "stream": stream, "sex": sex}
        for town, stream, sex, count in [
            ("Levin", "quota", "F", 20),
            ("Levin", "quota", "M", 18),
            ("Levin", "cors", "F", 2),
            ("Nelson", "quota", "F", 30),
            ("Nelson", "quota", "M", 30),
            ("Nelson", "cors", "F", 25),
        ]
        for n in range(count)
    }

    def made(self, rows, columns, told=()):
        return protect(
            counted(self.PEOPLE, rows, columns),
            MINISTRY,
            KEY,
            Axes(rows, columns, "all"),
            Past(Ledger(told), told),
        )

    def test_a_sum_that_another_table_would_tell_is_kept_back_there_too(self):
        first = self.made("town", "stream")
        second = self.made("town", "sex", first.told)

        assert first.cells["Levin", "cors"] is Hidden.SMALL
        assert first.row_totals["Levin"] is Hidden.WITHHELD
        together = {each.definition: _can_be(each.number) for each in (*first.told, *second.told)}
        asked = frozenset({("population", "all"), ("town", "Levin"), ("stream", "cors")})
        low, high = Together(together).range_of(asked)
        assert (low, high) == (1, 4)
        assert second.row_totals["Levin"] is Hidden.WITHHELD
        assert Hidden.WITHHELD in {second.cells["Levin", "F"], second.cells["Levin", "M"]}

    def test_a_table_that_gives_somebody_away_with_what_is_known_is_refused(self):
        first = self.made("town", "sex")
        known = {each.definition: each for each in first.told}
        told = [*known.values()]
        told += [
            Told(frozenset({("population", "all"), ("stream", stream)}), group, len(group))
            for stream in ("quota", "cors")
            if (group := self._of("stream", stream))
        ]
        told += [
            Told(
                frozenset({("population", "all"), ("town", town), ("stream", "quota")}),
                group,
                len(group),
            )
            for town in ("Levin", "Nelson")
            if (group := self._of("town", town, "quota"))
        ]

        with pytest.raises(Refused, match="would give somebody away"):
            self.made("town", "stream", told)

    def _of(self, name, value, stream=None):
        return {
            p: f"h{p}"
            for p, of in self.PEOPLE.items()
            if of[name] == value and stream in {None, of["stream"]}
        }

    def test_too_many_tables_are_not_looked_at(self):
        wide = {
            frozenset({(f"d{n}", str(value)), (f"d{n + 1}", "0")}): (0, 9)
            for n in range(4)
            for value in range(12)
        }
        with pytest.raises(Refused, match="Too many tables"):
            Together(wide)

    def test_what_contradicts_itself_has_no_range(self):
        whole = frozenset({("population", "all")})
        assert Together({whole: (30, 30), LEVIN: (40, 40)}).range_of(LEVIN) is None

    def test_what_nothing_bounds_has_no_end(self):
        assert Together({LEVIN: (0, WIDE), NELSON: (6, 6)}).range_of(LEVIN) == (0, float("inf"))


def _can_be(number) -> tuple[int, int]:
    if number is Hidden.SMALL:
        return 1, 4
    return (0, WIDE) if number is Hidden.WITHHELD else (number, number)


def test_a_small_sum_is_not_told_by_what_is_left_of_the_total():
    people_of = {
        f"{band}{has}{n}": {"band": band, "has": has}
        for band, has, count in [("a", "x", 40), ("b", "y", 35), ("c", "x", 2), ("c", "y", 1)]
        for n in range(count)
    }
    table = protect(counted(people_of, "band", "has"), MINISTRY, KEY, Axes("band", "has", "all"))

    assert isinstance(table.row_totals["c"], Hidden)
    assert Hidden.WITHHELD in {table.total, table.row_totals["a"], table.row_totals["b"]}


def test_a_row_that_is_nearly_all_alike_in_what_is_sensitive_is_not_divided():
    people_of = {
        f"{band}{has}{n}": {"band": band, "has": has}
        for band, has, count in [("young", "no", 40), ("old", "yes", 29), ("old", "no", 2)]
        for n in range(count)
    }
    axes = Axes("band", "has", "all", sensitive=True)
    table = protect(counted(people_of, "band", "has"), MINISTRY, KEY, axes)

    assert {table.cells["old", has] for has in ("yes", "no")} == {Hidden.WITHHELD}
    assert {table.cells["young", has] for has in ("yes", "no")} == {Hidden.WITHHELD}


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 2), date(2025, 12, 31)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 6, 29), date(2026, 3, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_the_quarter_that_ended_last(day, end):
    assert quarter_end(day) == end


def test_figures_are_of_days_that_have_been():
    today = date(2026, 3, 2)

    assert day_fault(date(2026, 3, 3), today, quarters=False)
    assert day_fault(date(2026, 3, 1), today, quarters=True)
    assert day_fault(today, today, quarters=False) is None


class TestShare:
    def test_it_has_its_interval(self):
        found = share(45, 60)

        assert (found.percent, found.low, found.high) == (75, 63, 84)

    @pytest.mark.parametrize(
        ("numerator", "denominator"), [(10, 29), ("S", 60), (30, None)], ids=str
    )
    def test_none_of_few_or_of_what_is_hidden(self, numerator, denominator):
        assert share(numerator, denominator) is None

    def test_rounded_numbers_make_no_more_than_all(self):
        assert share(33, 30).percent == 100


class TestReconcile:
    def test_parts_that_do_not_add_up_are_told(self):
        found = reconcile({"female": 4070, "male": 3970}, 8039)

        assert found.total == 8040
        assert found.warning.startswith("The parts add up to 8,040, the stated total is 8,039")

    @pytest.mark.parametrize("stated", [8040, None])
    def test_what_adds_up_is_not(self, stated):
        assert reconcile({"female": 4070, "male": 3970}, stated).warning is None


class TestCatalogue:
    def test_what_is_shipped_may_be_told(self):
        assert load(CONFIG / "releases.toml").tables

    @pytest.mark.parametrize(
        ("old", "new", "fault"),
        [
            ('rows = "location"', 'rows = "language"', None),
            ('audiences = ["ministry"]', 'audiences = ["public"]', "may not be told to public"),
            ('together = ["disability", "location"]', 'together = ["a", "b"]', "no dimension a"),
        ],
    )
    def test_what_may_not_be_told_stops_the_service(self, tmp_path, old, new, fault):
        text = (CONFIG / "releases.toml").read_text()
        file = tmp_path / "releases.toml"
        file.write_text(text.replace(old, new))

        if fault is None:
            assert load(file)
        else:
            with pytest.raises(BadCatalogue, match=fault):
                load(file)
