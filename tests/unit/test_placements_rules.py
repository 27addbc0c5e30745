"""Placements and sponsorships: when they overlap, what they lack, who may end them how."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.placements import rules
from resettle.placements.models import SponsorshipStatus
from resettle.placements.rules import Adult, Stay

DAY = date(2026, 3, 2)
days = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@st.composite
def stays(draw):
    start = draw(days)
    end = draw(st.none() | st.integers(1, 400).map(lambda n: start + timedelta(days=n)))
    return Stay(start, end)


class TestStays:
    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            (Stay(date(2026, 1, 1)), Stay(date(2026, 2, 1)), True),
            (Stay(date(2026, 1, 1), date(2026, 2, 1)), Stay(date(2026, 2, 1)), False),
            (Stay(date(2026, 1, 1), date(2026, 2, 2)), Stay(date(2026, 2, 1)), True),
            (
                Stay(date(2026, 3, 1), date(2026, 4, 1)),
                Stay(date(2026, 1, 1), date(2026, 3, 1)),
                False,
            ),
        ],
    )
    def test_the_day_of_leaving_is_free_for_the_next_place(self, one, other, expected):
        assert one.overlaps(other) is expected

    @given(stays(), stays())
    def test_overlapping_is_mutual(self, one, other):
        assert one.overlaps(other) is other.overlaps(one)

    @given(stays(), stays())
    def test_two_stays_overlap_if_some_day_is_in_both(self, one, other):
        def has(stay, day):
            return stay.start_on <= day and (stay.end_on is None or day < stay.end_on)

        later = max(one.start_on, other.start_on)

        assert one.overlaps(other) is (has(one, later) and has(other, later))

    def test_the_first_that_is_in_the_way_is_found(self):
        old, new = Stay(date(2020, 1, 1), date(2020, 2, 1)), Stay(date(2026, 1, 1))

        assert rules.overlap(Stay(DAY), [old, new]) is new
        assert rules.overlap(Stay(DAY), [old]) is None


class TestPlaceFault:
    @pytest.mark.parametrize(
        ("start_on", "end_on", "arrived_on", "field"),
        [
            (DAY, None, DAY, None),
            (DAY + timedelta(days=1), None, DAY, "start_on"),
            (DAY - timedelta(days=1), None, DAY, "start_on"),
            (DAY, DAY - timedelta(days=1), DAY, "end_on"),
            (DAY, DAY, None, None),
        ],
    )
    def test_nobody_lives_somewhere_before_arriving_or_from_a_day_to_come(
        self, start_on, end_on, arrived_on, field
    ):
        fault = rules.place_fault(DAY, start_on, end_on, arrived_on)

        assert (fault and fault[0]) == field


class TestUnready:
    def test_what_nobody_has_looked_at_is_missing_too(self):
        found = {"fridge": "ok", "bedding": "missing", "child_proof": "not_needed"}

        lacking = rules.unready(["fridge", "bedding", "child_proof", "supper"], found)

        assert lacking == ["bedding", "supper"]


class TestAdults:
    @pytest.mark.parametrize(
        ("agrees", "told"),
        [
            ([True, True], None),
            ([True, None], "1 of 2 people have not answered yet."),
            ([False, None], "1 of 2 people said no."),
            ([], "Nobody of age is on record who could answer for themselves."),
        ],
    )
    def test_each_says_yes_for_themselves(self, agrees, told):
        assert rules.unanswered([Adult(answer, ()) for answer in agrees]) == told

    @pytest.mark.parametrize(
        ("shares", "told"),
        [
            ([{"name"}, {"name", "phone"}], None),
            ([{"name"}, {"birth_date"}], "1 of 2 adults"),
            ([], "0 of 0 adults"),
        ],
    )
    def test_each_shares_for_themselves(self, shares, told):
        lacking = rules.unshared([Adult(True, items) for items in shares], "name")

        assert lacking is None if told is None else lacking.startswith(told)


class TestBecoming:
    def test_every_status_is_known_and_what_is_over_stays_over(self):
        assert rules.BECOMES.keys() == set(SponsorshipStatus)
        assert not rules.may_become("ended", "confirmed")
        assert not rules.may_become("declined", "accepted")
        assert rules.may_become("suspended", "confirmed")

    def test_a_proposal_is_never_confirmed_without_the_group(self):
        assert not rules.may_become("proposed", "confirmed")


class TestEnding:
    @pytest.mark.parametrize(
        ("kind", "reasons", "by", "field"),
        [
            ("COMPLETED", [], "caseworker", None),
            ("BREAKDOWN", [], "caseworker", "reasons"),
            ("BREAKDOWN", ["FUNDS"], "caseworker", None),
            ("WITHDRAWN_BY_SPONSOR", [], "sponsor_coordinator", None),
            ("COMPLETED", [], "sponsor_coordinator", "ending_kind"),
            ("WITHDRAWN_BY_HOUSEHOLD", [], "household_person", None),
            ("BREAKDOWN", ["FUNDS"], "household_person", "ending_kind"),
        ],
    )
    def test_each_side_may_withdraw_and_a_breakdown_has_its_reasons(self, kind, reasons, by, field):
        fault = rules.ending_fault(kind, reasons, by=by)

        assert (fault and fault[0]) == field


class TestMoney:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("450", Decimal(450)),
            ("450.50", Decimal("450.50")),
            ("450.505", None),
            ("-1", None),
            ("NaN", None),
            ("Infinity", None),
            ("1e9", None),
            ("a lot", None),
        ],
    )
    def test_it_is_an_amount_in_dollars_and_cents(self, text, expected):
        assert rules.money(text) == expected


class TestRent:
    @pytest.mark.parametrize(
        ("rent", "income", "expected"),
        [
            ("450.00", "1000.00", 45),
            ("450.00", "1286.00", 35),
            ("450.00", "1285.00", 36),
            ("0", "900", 0),
            (None, "900", None),
            ("450", None, None),
            ("450", "0", None),
            ("sealed", "900", None),
        ],
    )
    def test_its_share_of_the_income_is_rounded_up(self, rent, income, expected):
        assert rules.rent_share(rent, income) == expected


class TestUnmet:
    @pytest.mark.parametrize(
        ("wants", "has", "wants_level", "is_level", "expected"),
        [
            ([], [], False, False, []),
            ([], [], True, True, []),
            ([], ["wide_doors"], True, False, ["no steps on the way in"]),
            (["grab_rails"], ["grab_rails"], False, False, []),
            (
                ["wide_doors", "level_shower"],
                ["grab_rails"],
                True,
                True,
                ["a shower without a step", "doors wide enough for a wheelchair"],
            ),
        ],
    )
    def test_it_names_what_the_house_lacks(self, wants, has, wants_level, is_level, expected):
        found = rules.unmet(wants, has, wants_level=wants_level, is_level=is_level)

        assert found == expected

    def test_what_is_wanted_is_said_in_the_same_words(self):
        assert rules.wanted(["grab_rails"], level=True) == [
            "no steps on the way in",
            "rails to hold on to",
        ]


@pytest.mark.parametrize(
    ("start_on", "end_on", "sound"),
    [
        (None, None, True),
        (None, DAY, True),
        (DAY, None, True),
        (DAY, DAY, True),
        (DAY, DAY - timedelta(days=1), False),
    ],
)
def test_a_tenancy_ends_after_it_began(start_on, end_on, sound):
    assert (rules.tenancy_fault(start_on, end_on) is None) is sound
