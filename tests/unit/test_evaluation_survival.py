"""Time to milestone: three published data sets, scipy, and what must hold for any data.

Where the published numbers stand: of leukaemia in the books named below; of relapse and of ovarian
cancer also in the reference output that R's package survival is itself tested against (in its
sources tests/doaml.Rout.save, "results can be found in Miller", and tests/ovarian.Rout.save).
"""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from resettle.evaluation.survival import Observed, common_time, curve, log_rank

EXACT = 1e-9


def observed(times, reached) -> Observed:
    return Observed(np.array(times, dtype=float), np.array(reached, dtype=bool))


# Freireich and others, Blood 21 (1963): weeks of remission of leukaemia, 6-MP against placebo.
MP = observed(
    [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
    [1] * 9 + [0] * 12,
)
PLACEBO = observed(
    [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [1] * 21
)
# As tabulated by Cox and Oakes, Analysis of Survival Data (1984), table 4.1, and Collett (2003).
PUBLISHED_MP = {
    6: 0.857,
    7: 0.807,
    10: 0.753,
    13: 0.690,
    16: 0.627,
    22: 0.538,
    23: 0.448,
}
# Miller, Survival Analysis (1981): weeks until relapse, maintained or not (R's data set aml).
MAINTAINED = observed(
    [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]
)
NOT_MAINTAINED = observed(
    [5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
)
PUBLISHED_MAINTAINED = {
    9: 0.909,
    13: 0.818,
    18: 0.716,
    23: 0.614,
    31: 0.491,
    34: 0.368,
    48: 0.184,
}
# Edmonson and others, Cancer Treatment Reports 63 (1979): days from treatment of ovarian cancer
# (R's data set ovarian). The curve is of all 26 as in R's reference output, with who was at risk.
CYCLOPHOSPHAMIDE = observed(
    [59, 115, 156, 268, 329, 431, 448, 477, 638, 803, 855, 1040, 1106],
    [1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
)
AND_ADRIAMYCIN = observed(
    [353, 365, 377, 421, 464, 475, 563, 744, 769, 770, 1129, 1206, 1227],
    [1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0],
)
PUBLISHED_OVARIAN = {
    59: (26, 0.962),
    115: (25, 0.923),
    156: (24, 0.885),
    268: (23, 0.846),
    329: (22, 0.808),
    353: (21, 0.769),
    365: (20, 0.731),
    377: (19, 0.731),
    421: (18, 0.731),
    431: (17, 0.688),
    448: (16, 0.688),
    464: (15, 0.642),
    475: (14, 0.596),
    477: (13, 0.596),
    563: (12, 0.546),
    638: (11, 0.497),
    1227: (1, 0.497),
}
PUBLISHED_NOT_MAINTAINED = {
    5: (12, 0.833),
    8: (10, 0.667),
    12: (8, 0.583),
    23: (6, 0.486),
    27: (5, 0.389),
    30: (4, 0.292),
    33: (3, 0.194),
    43: (2, 0.097),
    45: (1, 0.0),
}


def at(found, time):
    return next(point for point in found.points if point.time == time)


@pytest.mark.parametrize(
    ("data", "published"), [(MP, PUBLISHED_MP), (MAINTAINED, PUBLISHED_MAINTAINED)]
)
def test_curves_are_those_that_were_published(data, published):
    found = curve(data, 30)

    told = {time: round(at(found, time).survival, 3) for time in published}
    assert told == published


def both(one: Observed, other: Observed) -> Observed:
    return Observed(
        np.concatenate([one.times, other.times]), np.concatenate([one.reached, other.reached])
    )


@pytest.mark.parametrize(
    ("data", "published"),
    [
        (both(CYCLOPHOSPHAMIDE, AND_ADRIAMYCIN), PUBLISHED_OVARIAN),
        (NOT_MAINTAINED, PUBLISHED_NOT_MAINTAINED),
    ],
)
def test_curves_and_who_was_at_risk_are_those_of_r(data, published):
    found = curve(data, 30)

    told = {t: (at(found, t).at_risk, round(at(found, t).survival, 3)) for t in published}
    assert told == published


def test_medians_and_tests_are_those_that_were_published():
    assert [curve(each, 30).median for each in (MP, PLACEBO)] == [23, 8]
    assert [curve(each, 30).median for each in (MAINTAINED, NOT_MAINTAINED)] == [31, 23]

    leukaemia = log_rank([{"6-MP": MP, "placebo": PLACEBO}])
    relapse = log_rank([{"maintained": MAINTAINED, "not": NOT_MAINTAINED}])
    assert (round(leukaemia.chi2, 1), leukaemia.df) == (16.8, 1)
    assert leukaemia.p == pytest.approx(4.17e-5, abs=5e-8)
    assert (round(relapse.chi2, 1), relapse.df, round(relapse.p, 4)) == (3.4, 1, 0.0653)


def test_a_difference_that_is_none_is_that_which_was_published():
    found = log_rank([{"1": CYCLOPHOSPHAMIDE, "2": AND_ADRIAMYCIN}])

    assert (round(found.chi2, 2), found.df, round(found.p, 3)) == (1.06, 1, 0.303)
    assert curve(CYCLOPHOSPHAMIDE, 365).median == 638
    assert curve(AND_ADRIAMYCIN, 365).median is None


def test_intervals_are_log_log():
    # R: survfit(Surv(time, status) ~ 1, conf.type = "log-log") on the maintained of aml.
    point = at(curve(MAINTAINED, 30), 9)

    assert point.low == pytest.approx(0.508, abs=0.001)
    assert point.high == pytest.approx(0.987, abs=0.001)


def test_the_restricted_mean_is_the_area_under_the_curve():
    found = curve(observed([2, 4, 6], [1, 1, 0]), until=5)

    assert found.rmst == pytest.approx(2 + 2 * 2 / 3 + 1 / 3)


def test_who_is_censored_on_the_day_itself_was_at_risk():
    found = curve(observed([5, 5], [1, 0]), until=5)

    assert (at(found, 5).at_risk, at(found, 5).survival) == (2, 0.5)


def test_where_nobody_is_left_no_interval_is_told():
    last = curve(observed([1, 2], [1, 1]), until=2).points[-1]

    assert (last.survival, last.low, last.high) == (0, None, None)


def test_nobody_who_reached_it_leaves_no_median_and_nothing_to_compare():
    nobody = observed([3, 4], [0, 0])
    found = curve(nobody, until=4)

    assert (found.median, found.rmst, found.events) == (None, 4, 0)
    assert {(point.low, point.high) for point in found.points} == {(1, 1)}
    test = log_rank([{"a": nobody, "b": nobody}])
    assert (test.chi2, test.df, test.p) == (0, 0, 1)


def test_a_single_group_is_compared_with_nothing():
    assert log_rank([{"quota": MP}]) is None


def test_strata_compare_like_with_like():
    """Within each stratum the groups are alike, so what looks like a difference is none."""
    fast, slow = observed([1, 2, 3, 4], [1, 1, 1, 1]), observed([51, 52, 53, 54], [1, 1, 1, 1])
    twice = observed([*fast.times] * 2, [1] * 8)
    mixed = {
        "quota": observed([*fast.times, *slow.times, *slow.times], [1] * 12),
        "cors": observed([*twice.times, *slow.times], [1] * 12),
    }
    parted = [
        {"quota": fast, "cors": twice},
        {"quota": observed([*slow.times] * 2, [1] * 8), "cors": slow},
    ]

    assert log_rank([mixed]).chi2 > 1
    assert log_rank(parted).chi2 == pytest.approx(0, abs=1e-9)


def test_a_group_may_be_missing_in_a_stratum():
    alone = log_rank([{"a": MP, "b": PLACEBO}, {"a": MP}])

    assert alone.chi2 == pytest.approx(log_rank([{"a": MP, "b": PLACEBO}]).chi2, abs=EXACT)


def test_three_groups_have_two_degrees_of_freedom():
    found = log_rank([{"a": MP, "b": PLACEBO, "c": MAINTAINED}])

    assert found.df == 2


def test_the_common_time_is_when_the_first_group_ends():
    assert common_time({"a": MP, "b": PLACEBO}) == 23


@st.composite
def groups(draw: st.DrawFn) -> Observed:
    n = draw(st.integers(2, 30))
    times = draw(st.lists(st.integers(1, 12), min_size=n, max_size=n))
    reached = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return observed(times, [True, *reached[1:]])


def censored(data: Observed) -> stats.CensoredData:
    return stats.CensoredData.right_censored(data.times, ~data.reached)


def is_the_curve_of_scipy(data: Observed) -> None:
    theirs = stats.ecdf(censored(data)).sf
    found = curve(data, until=12)

    assert [point.time for point in found.points] == theirs.quantiles.tolist()
    assert [point.survival for point in found.points] == exactly(theirs.probabilities)
    with np.errstate(all="ignore"), warnings.catch_warnings():  # theirs are NaN at one and at zero
        warnings.simplefilter("ignore", RuntimeWarning)
        between = theirs.confidence_interval(0.95, method="log-log")
    inside = [0 < point.survival < 1 for point in found.points]
    for ours, bound in (("low", between.low), ("high", between.high)):
        told = [getattr(point, ours) for point in found.points]
        assert [t for t, i in zip(told, inside, strict=True) if i] == exactly(
            bound.probabilities[inside]
        )


def is_the_test_of_scipy(one: Observed, other: Observed) -> None:
    with np.errstate(invalid="ignore"):  # where nothing can be compared
        theirs = stats.logrank(censored(one), censored(other))
    found = log_rank([{"one": one, "other": other}])

    assert found.df == int(np.isfinite(theirs.statistic))
    if found.df:
        assert found.chi2 == pytest.approx(theirs.statistic**2, rel=0, abs=EXACT)
        assert found.p == pytest.approx(theirs.pvalue, rel=0, abs=EXACT)
        assert found.p == pytest.approx(stats.chi2.sf(found.chi2, found.df), rel=EXACT, abs=0)


def exactly(numbers) -> object:
    return pytest.approx(numbers.tolist(), rel=0, abs=EXACT)


PAIRS = [(MP, PLACEBO), (MAINTAINED, NOT_MAINTAINED), (CYCLOPHOSPHAMIDE, AND_ADRIAMYCIN)]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=["leukaemia", "relapse", "ovarian cancer"])
def test_published_data_give_what_scipy_gives(one: Observed, other: Observed):
    is_the_curve_of_scipy(one)
    is_the_curve_of_scipy(other)
    is_the_test_of_scipy(one, other)


@settings(max_examples=80, deadline=None)
@given(groups())
def test_curves_and_intervals_are_those_of_scipy(data: Observed):
    is_the_curve_of_scipy(data)


@settings(max_examples=80, deadline=None)
@given(groups(), groups())
def test_two_groups_are_compared_as_by_scipy(one: Observed, other: Observed):
    is_the_test_of_scipy(one, other)
