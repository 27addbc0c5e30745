"""Like compared with like: strata weighed alike, refused where there is too little in common."""

from datetime import date
from typing import ClassVar

import numpy as np
import pytest

from resettle.evaluation.capacity import (
    Month,
    Resource,
    and_more,
    by_month,
    first_to_break,
    later,
    left_by_month,
    strains,
    until,
)
from resettle.evaluation.rules import middle
from resettle.evaluation.standardise import NoOverlap, standardise
from resettle.evaluation.survival import Observed


def all_at(day: float, count: int) -> Observed:
    return Observed(np.full(count, day), np.ones(count, dtype=bool))


class TestStandardise:
    STRATA: ClassVar = {
        "english": {"cors": all_at(100, 30), "quota": all_at(100, 10)},
        "none": {"cors": all_at(300, 10), "quota": all_at(300, 30)},
    }

    def test_groups_that_differ_only_in_who_they_are_do_not_differ(self):
        found = standardise(self.STRATA, [200, 400], until=400)

        assert found.rmst["cors"] == found.rmst["quota"] == pytest.approx(200)
        assert found.reached["cors"] == {200: 0.5, 400: 1.0}
        assert found.covered == {"cors": 1.0, "quota": 1.0}

    def test_strata_that_one_of_them_lacks_count_for_nothing(self):
        strata = self.STRATA | {"alone": {"cors": all_at(10, 20)}}
        found = standardise(strata, [], until=400)

        assert found.strata == ["english", "none"]
        assert found.covered["cors"] == pytest.approx(40 / 60)

    @pytest.mark.parametrize(
        "strata",
        [
            {"a": {"cors": all_at(1, 40)}, "b": {"quota": all_at(1, 40)}},
            {"a": {"cors": all_at(1, 40), "quota": all_at(1, 5)}},
            {"a": {"cors": all_at(1, 9), "quota": all_at(1, 9)}, "b": {"quota": all_at(1, 40)}},
        ],
        ids=["nothing in common", "few in common", "a small part in common"],
    )
    def test_groups_that_do_not_overlap_are_not_compared(self, strata):
        with pytest.raises(NoOverlap, match="too little in common"):
            standardise(strata, [], until=400)


class TestCapacity:
    MARCH = date(2026, 3, 1)

    APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)
    COMING = (
        Month(MARCH, 3, 12, {"quota": 3}),
        Month(APRIL, 0, 0),
        Month(MAY, 9, 30, {"quota": 2, "cors": 7}),
    )
    HOUSES = Resource("housing", "Houses", 4)
    TIME = Resource("caseworkers", "Time", 12)
    GROUPS = Resource("sponsors", "Groups", 5, frozenset({"cors"}))
    ALL = (HOUSES, TIME, GROUPS)

    def test_days_are_summed_up_to_months_and_none_is_left_out(self):
        counts = {
            (date(2026, 3, 31), "quota"): (2, 9),
            (date(2026, 3, 30), "quota"): (1, 4),
            (date(2026, 3, 31), "cors"): (1, 3),
            (self.MAY, "cors"): (1, 4),
        }

        assert by_month(counts, self.MARCH, 3) == [
            Month(self.MARCH, 4, 16, {"quota": 3, "cors": 1}),
            Month(self.APRIL, 0, 0),
            Month(self.MAY, 1, 4, {"cors": 1}),
        ]

    def test_what_breaks_if_six_come_in_april(self):
        coming = and_more(self.COMING, self.APRIL, 6, "cors")
        houses, workers, groups = strains(self.ALL, coming, self.APRIL)

        assert (houses.needed, houses.lacking, houses.breaks_in) == (9, 5, self.APRIL)
        assert (workers.lacking, workers.breaks_in) == (0, None)
        assert (groups.needed, groups.lacking) == (6, 1)
        assert first_to_break([groups, workers, houses]) == houses

    def test_households_of_the_quota_need_no_group(self):
        coming = and_more(self.COMING, self.APRIL, 6, "quota")

        assert [s.needed for s in strains(self.ALL, coming, self.APRIL)] == [9, 9, 0]

    def test_what_gives_way_earlier_gives_way_first_however_little_lacks(self):
        one = Resource("one", "One", 2)
        found = strains([self.GROUPS, one], and_more(self.COMING, self.MAY, 30, "cors"), self.MAY)

        assert [s.breaks_in for s in found] == [self.MAY, self.MARCH]
        assert first_to_break(found).code == "one"

    def test_nothing_gives_way_where_there_is_enough(self):
        assert first_to_break(strains([self.TIME], self.COMING, self.MAY)) is None

    def test_what_is_left_is_told_month_by_month(self):
        told = left_by_month(self.ALL, self.COMING)

        assert [m.left for m in told] == [(1, 9, 5), (1, 9, 5), (-8, 0, -2)]
        assert [(m.first, m.households, m.persons) for m in told][-1] == (self.MAY, 9, 30)

    def test_months_are_counted_over_the_new_year(self):
        assert until(date(2026, 11, 1), date(2027, 2, 1)) == 3

    def test_a_year_has_twelve_months(self):
        assert later(date(2026, 11, 1), 2) == date(2027, 1, 1)
        assert later(self.MARCH, -3) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("values", "part", "told"), [([], 0.5, None), ([3, 8, 41], 0.5, 10), ([1, 2, 88], 0.9, 90)]
)
def test_the_middle_of_days_is_told_in_fives(values, part, told):
    assert middle(values, part) == told
