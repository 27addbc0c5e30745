"""Which households are counted: those of which every adult at home agreed."""

from datetime import date

import pytest

from resettle.evaluation.heeding import agreeing_homes
from resettle.releases.population import Subject

DAY = date(2026, 3, 2)
ADULT, CHILD = date(2008, 3, 2), date(2008, 3, 3)  # of 18 years on the day, and not yet


def somebody(born_on: date = ADULT, *, agreed: bool = True, at_home: bool = True) -> Subject:
    return Subject("p", "h", {}, frozenset(), None, None, born_on, agreed, at_home=at_home)


@pytest.mark.parametrize(
    ("people", "counts"),
    [
        ([somebody()], True),
        ([somebody(), somebody()], True),
        ([somebody(), somebody(agreed=False)], False),
        ([somebody(), somebody(CHILD, agreed=False)], True),
        ([somebody(), somebody(agreed=False, at_home=False)], True),
        ([somebody(at_home=False), somebody(CHILD)], False),
        ([somebody(CHILD)], False),
        ([], False),
    ],
)
def test_a_household_counts_where_every_adult_at_home_agreed(people, counts):
    assert agreeing_homes(people, DAY) == ({"h"} if counts else set())
