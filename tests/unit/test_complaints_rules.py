"""The clock of a complaint."""

from datetime import date

import pytest

from resettle.complaints.rules import Clock

DUE = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("acknowledged_on", "today", "words", "late"),
    [
        (None, date(2026, 3, 5), "To acknowledge in 4 days", 0),
        (None, DUE, "To acknowledge today", 0),
        (None, date(2026, 3, 10), "1 day late", 1),
        (None, date(2026, 3, 12), "3 days late", 3),
        (DUE, date(2026, 4, 1), "Acknowledged in time", 0),
        (date(2026, 3, 11), date(2026, 4, 1), "Acknowledged 2 days late", 2),
    ],
)
def test_it_says_how_long_there_is_and_how_late_it_was(acknowledged_on, today, words, late):
    clock = Clock(DUE, acknowledged_on)

    assert (clock.words(today), clock.late_days(today)) == (words, late)
