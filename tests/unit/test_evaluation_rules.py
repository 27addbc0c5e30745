"""Small groups stay hidden, rounding is fair and steady, and shares show their denominators."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.evaluation.rules import HIDDEN, Cell, Guard, Share, Told, median, protect, rounded

KEY = b"k" * 32
PUBLIC = Guard(least_persons=6, least_households=3, show_zero=True, rounded=True, key=KEY)
MINISTRY = Guard(least_persons=5, least_households=3, show_zero=True, rounded=False, key=KEY)
TEAM = Guard(least_persons=0, least_households=3, show_zero=True, rounded=False, key=KEY)


class TestProtect:
    def test_one_town_with_one_family_is_hidden_and_so_is_the_total(self):
        told, total = protect({"TIU": Cell(3, 1), "CHC": Cell(15, 4)}, PUBLIC)

        assert told["TIU"].words == HIDDEN
        assert told["CHC"].persons == 15
        assert total.words == HIDDEN

    def test_many_persons_of_few_households_are_hidden(self):
        told, _ = protect({"TIU": Cell(12, 2)}, PUBLIC)

        assert told["TIU"].words == HIDDEN

    def test_zero_is_shown_where_the_rule_says_so(self):
        told, _ = protect({"IVC": Cell(0, 0)}, MINISTRY)

        assert told["IVC"] == Told(0, 0)

    def test_the_team_sees_its_own_numbers(self):
        told, total = protect({"TIU": Cell(3, 1), "CHC": Cell(15, 4)}, TEAM)

        assert (told["TIU"].persons, total.persons) == (3, 18)

    @given(
        st.dictionaries(
            st.sampled_from("abcdef"), st.tuples(st.integers(0, 40), st.integers(0, 9)), min_size=1
        )
    )
    def test_no_hidden_cell_is_the_total_less_the_others(self, counts):
        cells = {name: Cell(*count, name) for name, count in counts.items()}

        told, total = protect(cells, MINISTRY)

        hidden = [name for name, cell in told.items() if cell.words == HIDDEN]
        assert not hidden or total.words == HIDDEN


class TestRounded:
    @given(st.integers(0, 500), st.text(max_size=20))
    def test_it_is_a_multiple_of_three_at_most_two_away_and_always_the_same(self, number, members):
        once = rounded(number, members, KEY)

        assert once % 3 == 0
        assert abs(once - number) <= 2
        assert once == rounded(number, members, KEY)

    @pytest.mark.parametrize(("number", "mean"), [(7, 7), (8, 8), (9, 9)])
    def test_it_is_fair_over_many_groups(self, number, mean):
        drawn = [rounded(number, f"group {i}", KEY) for i in range(4000)]

        assert sum(drawn) / len(drawn) == pytest.approx(mean, abs=0.1)


class TestMedian:
    @pytest.mark.parametrize(
        ("histogram", "middle"),
        [([], None), ([(4, 1)], 4), ([(9, 1), (1, 1)], 1), ([(1, 1), (5, 3)], 5)],
    )
    def test_it(self, histogram, middle):
        assert median(histogram) == middle


class TestShare:
    def test_percent_needs_enough_people(self):
        assert Share(3, 29, 0).percent(30) is None
        assert Share(15, 30, 0).percent(30) == 50
        assert Share(0, 0, 0).percent(0) is None
