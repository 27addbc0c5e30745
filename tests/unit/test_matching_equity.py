"""Figures on how fairly places are given: intervals, and small groups that are never told."""

import pytest

from resettle.matching.equity import OTHERS, Group, Placed, apart, mean, share, told


def rows(number: int, name: str, **facts) -> list[Placed]:
    usual = {"persons": 4, "wait_days": 30, "placed": True, "near_ties": None, "fit": 0.5}
    return [
        Placed(**{"household": f"{name}{n}", "groups": {"nationality": name}} | usual | facts)
        for n in range(number)
    ]


def of(groups) -> dict[str, Group]:
    return {group.name: group for group in groups if group.dimension == "nationality"}


class TestTold:
    def test_groups_that_are_large_enough_are_told_with_intervals(self):
        found = told([*rows(12, "SYR"), *rows(12, "AFG", near_ties=True)], ["nationality"])

        groups = of(found)
        assert (groups["SYR"].persons, groups["SYR"].households) == (48, 12)
        assert groups["SYR"].near_ties is None
        assert groups["AFG"].near_ties.high == pytest.approx(1)
        assert groups["AFG"].near_ties.low == pytest.approx(0.7575, abs=1e-3)
        assert groups["SYR"].wait_days.low == groups["SYR"].wait_days.high == 30

    def test_a_small_group_is_hidden_and_never_alone(self):
        found = told([*rows(3, "ERI"), *rows(12, "SYR"), *rows(20, "AFG")], ["nationality"])

        groups = of(found)
        assert groups.keys() == {"AFG", OTHERS}
        assert not groups["AFG"].hidden
        assert groups[OTHERS] == Group("nationality", OTHERS)
        assert groups[OTHERS].hidden

    def test_several_small_groups_that_are_large_together_hide_no_other(self):
        small = [row for name in ("ERI", "SOM", "SSD") for row in rows(4, name)]

        groups = of(told([*small, *rows(12, "SYR")], ["nationality"]))

        assert not groups["SYR"].hidden
        assert groups.keys() == {"SYR", OTHERS}

    def test_six_large_families_in_two_small_groups_are_not_what_is_left_of_the_whole(self):
        six = [row for name in ("ERI", "SOM") for row in rows(3, name, persons=6)]

        groups = of(told([*six, *rows(12, "SYR"), *rows(20, "AFG")], ["nationality"]))

        assert groups.keys() == {"AFG", OTHERS}

    @pytest.mark.parametrize(
        ("figure", "few", "many"),
        [
            ("near_ties", {"near_ties": True}, {"near_ties": False}),
            ("fit", {}, {"placed": True}),
        ],
    )
    def test_a_figure_of_the_whole_less_the_groups_is_of_nobody_or_of_enough(
        self, figure, few, many
    ):
        """Two of one group have ties, or a place: told of the other, theirs could be worked out."""
        hardly = {"near_ties": None, "placed": False} if figure == "fit" else {}
        two, ten = rows(2, "SYR", **few), rows(10, "SYR", **hardly)

        groups = of(told([*two, *ten, *rows(12, "AFG", **many)], ["nationality"]))

        assert {*groups} == {"AFG", "SYR"}
        assert getattr(groups["AFG"], figure) is None
        assert groups["AFG"].wait_days is not None

    def test_of_few_in_all_nothing_is_told(self):
        found = told(rows(4, "SYR"), ["nationality"])

        assert found == [Group("all", "all")]

    def test_where_all_groups_are_small_all_are_hidden(self):
        groups = of(told([*rows(6, "SYR"), *rows(6, "AFG")], ["nationality"]))

        assert groups == {OTHERS: Group("nationality", OTHERS)}


def test_a_mean_and_a_share_of_too_few_are_nothing():
    assert mean([1.0] * 9) is None
    assert share([True] * 9) is None


def test_a_mean_has_students_interval():
    found = mean([float(n) for n in range(10)])

    assert found.value == pytest.approx(4.5)
    assert (found.low, found.high) == pytest.approx((2.334, 6.666), abs=1e-3)


def test_groups_whose_ranges_do_not_meet_are_worth_a_look():
    found = told([*rows(12, "SYR", fit=0.2), *rows(12, "AFG", fit=0.9)], ["nationality"])

    assert apart([*of(found).values()], lambda group: group.fit)
    assert not apart([*of(found).values()], lambda group: group.wait_days)
