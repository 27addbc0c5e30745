"""The lines of evidence: what each counts, what it is set beside, and when it is marked."""

from datetime import date
from uuid import UUID

import pytest

from resettle.strain import rules
from resettle.strain.rules import Home, Sign

TODAY = date(2026, 3, 2)
HOME = Home(UUID(int=7), "H-1", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("last", "days", "since", "marked"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2), False),
        (date(2026, 2, 17), 13, date(2026, 2, 17), False),
        (date(2026, 2, 16), 14, date(2026, 2, 16), True),
        (None, 29, date(2026, 2, 1), True),
        (date(2026, 3, 3), 0, date(2026, 3, 3), False),
    ],
)
def test_days_since_the_last_contact(last, days, since, marked):
    line = rules.contact(HOME, last, TODAY, 14)

    assert (line.number, line.since, line.against, line.worth_a_look) == (days, since, 14, marked)
    assert (line.household_id, line.reference) == (UUID(int=7), "H-1")


@pytest.mark.parametrize(
    ("missed", "before", "marked"),
    [(0, 0, False), (1, 0, False), (2, 0, True), (2, 2, False), (3, 2, True)],
)
def test_shifts_missed_are_marked_when_they_are_many_and_more_than_before(missed, before, marked):
    line = rules.shifts(HOME, missed, before, TODAY, 2)

    assert (line.number, line.against, line.worth_a_look) == (missed, before, marked)


@pytest.mark.parametrize(
    ("oldest", "marked"),
    [(None, False), (date(2026, 2, 24), False), (date(2026, 2, 23), True)],
)
def test_what_is_late_is_marked_by_its_oldest(oldest, marked):
    line = rules.late(HOME, Sign.TASKS, 3, oldest, (TODAY, 7))

    assert (line.since, line.worth_a_look) == (oldest, marked)


@pytest.mark.parametrize(
    ("spent", "pledged", "marked"),
    [(0, 0, False), (1, 0, True), (89_99, 100_00, False), (90_00, 100_00, True)],
)
def test_spending_is_set_beside_what_is_pledged(spent, pledged, marked):
    assert rules.money(spent, pledged, None, 90).worth_a_look is marked


@pytest.mark.parametrize(
    ("now", "before", "marked"),
    [(0, 0, False), (5, 5, False), (4, 5, False), (3, 5, True), (0, 1, True)],
)
def test_members_who_fell_away_are_told_by_how_many_there_were(now, before, marked):
    assert rules.members(now, before, TODAY, 60).worth_a_look is marked
