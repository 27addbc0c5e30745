"""Working days: weekends, national and regional holidays, and the regions that we add."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.programmes.working_days import UnknownRegion, WorkingDays
from tests.unit.programme_files import shipped

CALENDAR = shipped().working_days


@pytest.mark.parametrize(
    ("start", "number", "region", "expected"),
    [
        (date(2026, 4, 1), 1, None, date(2026, 4, 2)),  # Thursday before Easter
        (date(2026, 4, 2), 1, None, date(2026, 4, 7)),  # over Good Friday and Easter Monday
        (date(2026, 7, 9), 1, None, date(2026, 7, 13)),  # over Matariki, 10 July 2026
        (date(2022, 9, 23), 1, None, date(2022, 9, 27)),  # the day for Queen Elizabeth II
        (date(2026, 12, 24), 1, None, date(2026, 12, 29)),  # Boxing Day is kept on Monday
        (date(2026, 1, 23), 1, None, date(2026, 1, 26)),
        (date(2026, 1, 23), 1, "AUK", date(2026, 1, 27)),
        (date(2026, 1, 23), 1, "WKO", date(2026, 1, 27)),  # these keep Auckland’s day
        (date(2026, 1, 23), 1, "BOP", date(2026, 1, 27)),
        (date(2026, 1, 23), 1, "GIS", date(2026, 1, 27)),
        (date(2026, 1, 16), 1, "WGN", date(2026, 1, 20)),
        (date(2026, 1, 16), 1, "MWT", date(2026, 1, 20)),  # Wellington’s
        (date(2026, 1, 30), 1, "TAS", date(2026, 2, 3)),  # Nelson’s
        (date(2026, 9, 25), 1, "STC", date(2026, 9, 29)),  # South Canterbury’s own
        (date(2026, 4, 1), 10, None, date(2026, 4, 17)),
        (date(2026, 4, 7), -1, None, date(2026, 4, 2)),
        (date(2026, 4, 3), 0, None, date(2026, 4, 7)),
        (date(2026, 4, 2), 0, None, date(2026, 4, 2)),
    ],
)
def test_add_working_days(start, number, region, expected):
    assert CALENDAR.add_working_days(start, number, region) == expected


def test_every_location_has_a_region_that_the_calendar_knows():
    regions = {location.region for location in shipped().locations.values()}

    assert all(CALENDAR.holiday(date(2026, 12, 25), region) for region in regions)


def test_an_unknown_region_is_told():
    with pytest.raises(UnknownRegion, match="no region XYZ"):
        WorkingDays().is_working_day(date(2026, 1, 5), "XYZ")


def test_a_holiday_is_named():
    assert CALENDAR.holiday(date(2026, 2, 6)) == "Waitangi Day"


@given(st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.integers(1, 40))
def test_there_and_back_is_the_same_day(day, number):
    start = CALENDAR.add_working_days(day, 0)

    there = CALENDAR.add_working_days(start, number)

    assert CALENDAR.is_working_day(there)
    assert CALENDAR.add_working_days(there, -number) == start
