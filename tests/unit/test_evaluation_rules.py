"""The middle of a histogram, and shares that show their denominators."""

import pytest

from resettle.evaluation.rules import Share, median


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
