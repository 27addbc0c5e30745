"""Sponsor groups: who confirms whom, how much room there is, when reports fall due."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.sponsors import rules
from resettle.sponsors.rules import Capacity, Confirmation

SOMEBODY, ANOTHER, MEMBER = uuid4(), uuid4(), uuid4()


def confirmation(actor_id=SOMEBODY, first_by=None, **given):
    told = {"speaks_for_group": False, "is_manager": False, "group_has_coordinator": True}
    return Confirmation(actor_id, MEMBER, first_by, **(told | given))


class TestConfirmation:
    @pytest.mark.parametrize(
        ("step", "fault"),
        [
            (confirmation(speaks_for_group=True), None),
            (confirmation(is_manager=True), "A coordinator of the group confirms first."),
            (confirmation(is_manager=True, group_has_coordinator=False), None),
            (confirmation(), "A coordinator of the group confirms first."),
            (confirmation(MEMBER, speaks_for_group=True), "Nobody confirms their own membership."),
            (confirmation(None, speaks_for_group=True), "Nobody confirms their own membership."),
            (confirmation(first_by=ANOTHER, is_manager=True), None),
            (
                confirmation(first_by=SOMEBODY, is_manager=True),
                "A second person has to confirm: you have confirmed already.",
            ),
            (
                confirmation(first_by=ANOTHER, speaks_for_group=True),
                "The group has confirmed. Now a programme manager confirms.",
            ),
            (
                confirmation(MEMBER, first_by=ANOTHER, is_manager=True),
                "Nobody confirms their own membership.",
            ),
        ],
    )
    def test_two_others_confirm_the_group_first(self, step, fault):
        assert step.fault == fault


class TestVetting:
    @pytest.mark.parametrize(
        ("decided_on", "years", "expected"),
        [
            (date(2024, 5, 3), 3, date(2027, 5, 3)),
            (date(2024, 2, 29), 3, date(2027, 3, 1)),
            (date(2024, 5, 3), None, date(2025, 5, 3)),
        ],
    )
    def test_a_clear_outcome_holds_for_the_years_of_the_programme(
        self, decided_on, years, expected
    ):
        assert rules.vetting_expires(decided_on, years) == expected

    @pytest.mark.parametrize(
        ("until", "expected"),
        [(None, False), (date(2026, 3, 2), False), (date(2026, 3, 3), True)],
    )
    def test_on_its_last_day_it_no_longer_holds(self, until, expected):
        assert rules.holds(until, date(2026, 3, 2)) is expected


class TestCapacity:
    @pytest.mark.parametrize(
        ("capacity", "persons", "lacking"),
        [
            (Capacity(10, 2, 4, 1), 6, None),
            (Capacity(10, 2, 4, 1), 7, "has 7 people and the group has room for 6 people"),
            (Capacity(10, 2, 9, 1), 2, "room for 1 person."),
            (Capacity(10, 1, 4, 1), 1, "already supports 1 household"),
            (Capacity(10, 2, 4, 2), 1, "already supports 2 households"),
            (Capacity(None, None, 0, 0), 1, "has not been approved"),
        ],
    )
    def test_room_is_counted_in_persons_and_in_households(self, capacity, persons, lacking):
        told = capacity.lacks_for(persons)

        assert told is None if lacking is None else lacking in told

    @given(st.integers(0, 50), st.integers(0, 9), st.lists(st.integers(1, 12), max_size=20))
    def test_no_order_of_households_passes_the_most(self, persons, households, sizes):
        taken_persons = taken_households = 0
        for size in sizes:
            now = Capacity(persons, households, taken_persons, taken_households)
            if now.lacks_for(size) is None:
                taken_persons, taken_households = taken_persons + size, taken_households + 1

        assert taken_persons <= persons
        assert taken_households <= households


class TestReports:
    def test_each_is_counted_from_the_arrival(self):
        due = rules.report_due_on(date(2026, 1, 31), {"REP-014": 14, "REP-365": 365})

        assert due == {"REP-014": date(2026, 2, 14), "REP-365": date(2027, 1, 31)}

    @given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 3650))
    def test_moving_the_arrival_moves_each_by_as_much(self, day, by):
        days = {"A": 14, "B": 730}
        before, after = (
            rules.report_due_on(day, days),
            rules.report_due_on(day + timedelta(days=by), days),
        )

        assert {after[code] - before[code] for code in days} == {timedelta(days=by)}

    def test_a_deeds_own_schedule_keeps_to_known_reports_and_to_sense(self):
        faults = rules.schedule_faults({"REP-014": 20, "REP-999": 0}, ["REP-014"])

        assert faults == [
            "The programme knows no report REP-999.",
            "REP-999: write the days after arrival, 1 to 3650.",
        ]


class TestChecklist:
    @pytest.mark.parametrize(
        ("status", "note", "waivable", "may_follow", "fault"),
        [
            ("met", "", False, False, None),
            ("open", "", False, False, None),
            ("waived", "reserve funds shown", True, False, None),
            ("waived", "reserve funds shown", False, False, "This item cannot be waived."),
            ("waived", " ", True, False, "Say why in a note."),
            ("to_follow", "asked for on 3 May", False, True, None),
            ("to_follow", "asked for", False, False, "This item cannot follow later."),
            ("to_follow", "", False, True, "Say why in a note."),
        ],
    )
    def test_only_what_may_be_waived_is_and_always_with_a_note(
        self, status, note, waivable, may_follow, fault
    ):
        told = rules.item_fault(status, note, waivable=waivable, may_follow=may_follow)

        assert told == fault

    @pytest.mark.parametrize(
        ("status", "expected"),
        [("met", True), ("waived", True), ("open", False), ("to_follow", False)],
    )
    def test_what_is_to_follow_is_not_settled(self, status, expected):
        assert rules.is_settled(status) is expected
