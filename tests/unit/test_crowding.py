"""Bedrooms by the Canadian National Occupancy Standard: its rules one by one, and by trying all."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resettle.placements.crowding import (
    Crowding,
    Occupant,
    bedrooms_needed,
    crowding,
    in_words,
)


def couple():
    return [Occupant(34, "F", paired=True), Occupant(36, "M", paired=True)]


def people(text):
    """Read people as they are written: F34, M7."""
    return [Occupant(int(each[1:]), each[0]) for each in text.split()]


class TestBedrooms:
    @pytest.mark.parametrize(
        ("who", "expected"),
        [
            ("", 0),
            ("F34", 1),
            # single people of 18 and over have one of their own
            ("F34 F18", 2),
            ("F34 M17", 2),
            # under 5, of either sex, two share
            ("F34 F1 M4", 2),
            ("F34 F1 M4 M3", 3),
            # under 18, of the same sex, two share
            ("F34 F6 F17", 2),
            ("F34 M0 M17", 2),
            # from 5 on, not with the other sex, and not with a small one of the other sex either
            ("F34 F5 M5", 3),
            ("F34 F5 M4", 3),
            # no more than two
            ("F34 F6 F8 F10", 3),
            # the elder boy goes with the small boy, so that the small girl is left alone
            ("F34 M9 M2 F1", 3),
            ("F34 M9 M2 F1 F3", 3),
            # whoever is neither recorded as female nor as male
            ("F34 U9 U12", 3),
            ("F34 X3 F2", 2),
            ("F34 X6 F6", 3),
        ],
    )
    def test_each_rule(self, who, expected):
        assert bedrooms_needed(people(who)) == expected

    def test_a_couple_shares_one(self):
        assert bedrooms_needed(couple()) == 1
        assert bedrooms_needed([*couple(), *people("F12 M10 M3 F67")]) == 4

    @given(st.lists(st.builds(Occupant, st.integers(0, 20), st.sampled_from("FMXU")), max_size=8))
    def test_no_other_way_to_share_needs_fewer(self, who):
        assert bedrooms_needed(who) == fewest(tuple(sorted(who, key=repr)))

    @given(
        st.lists(st.builds(Occupant, st.integers(0, 20), st.sampled_from("FMXU")), max_size=8),
        st.builds(Occupant, st.integers(0, 90), st.sampled_from("FMXU")),
    )
    def test_one_more_person_never_needs_less(self, who, newcomer):
        before = bedrooms_needed(who)

        assert before <= bedrooms_needed([*who, newcomer]) <= before + 1


@cache
def fewest(who):
    """Try every way to share, two in a room at most."""
    if not who:
        return 0
    first, rest = who[0], who[1:]
    ways = [fewest(rest)]
    for at, other in enumerate(rest):
        if may_share(first, other):
            ways.append(fewest(rest[:at] + rest[at + 1 :]))
    return 1 + min(ways)


def may_share(one, other):
    if max(one.age, other.age) >= 18:
        return False
    both_small = max(one.age, other.age) < 5
    return both_small or (one.sex == other.sex and one.sex in {"F", "M"})


@pytest.mark.parametrize(
    ("needed", "bedrooms", "expected", "words"),
    [
        (3, 4, Crowding.SPARE, "Enough room: the household needs 3 bedrooms, the house has 4."),
        (3, 3, Crowding.ENOUGH, "Enough room: the household needs 3 bedrooms, the house has 3."),
        (3, 2, Crowding.CROWDED, "Crowded: the household needs 3 bedrooms, the house has 2."),
        (3, 1, Crowding.SEVERE, "Severely crowded: the household needs 3 bedrooms"),
        (1, 0, Crowding.CROWDED, "Crowded: the household needs 1 bedroom, the house has 0."),
        (5, 1, Crowding.SEVERE, "Severely crowded"),
    ],
)
def test_one_bedroom_too_few_is_crowded_and_two_severely(needed, bedrooms, expected, words):
    assert crowding(needed, bedrooms) is expected
    assert in_words(needed, bedrooms).startswith(words)
