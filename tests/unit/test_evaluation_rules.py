"""The middle of a histogram, and shares that show their denominators."""

import pytest

from resettle.evaluation.rules import Share, around, median


class TestMedian:
    @pytest.mark.parametrize(
        ("histogram", "middle"),
        [([], None), ([(4, 1)], 4), ([(9, 1), (1, 1)], 1), ([(1, 1), (5, 3)], 5)],
    )
    def test_it(self, histogram, middle):
        assert median(histogram) == middle


class TestAround:
    @pytest.mark.parametrize(
        ("values", "between"),
        [
            # Of a hundred, the 40th and the 61st: R's binom.test(50, 100) has 0.398 to 0.602.
            (range(1, 101), (40, 65)),
            ([7] * 30, (5, 10)),
            ([3], (0, 5)),
            ([], (None, None)),
        ],
    )
    def test_the_middle_is_between_two_ranks(self, values, between):
        assert around([*values]) == between


class TestShare:
    def test_percent_needs_enough_people(self):
        assert Share(3, 29, 0).percent(30) is None
        assert Share(15, 30, 0).percent(30) == 50
        assert Share(0, 0, 0).percent(0) is None
