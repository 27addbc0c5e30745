"""What an application lacks, and how its scores add up."""

from datetime import date, timedelta

import pytest

from resettle.applications import rules
from resettle.applications.definition import load
from resettle.settings import CONFIG
from resettle.sponsors import rules as sponsors

DAY = date(2026, 3, 2)


class TestBudget:
    @pytest.mark.parametrize(
        ("income", "spending", "words"),
        [
            (0, 0, ["expect to spend", "comes from"]),
            (100, 0, ["expect to spend"]),
            (0, 100, ["comes from"]),
            (90, 100, ["short by 10 dollars"]),
            (100, 100, []),
            (120, 100, []),
        ],
    )
    def test_it_holds_once_it_has_both_sides_and_is_covered(self, income, spending, words):
        lacks = list(rules.Budget(income, spending).lacks())

        assert len(lacks) == len(words)
        assert all(word in lack for word, lack in zip(words, lacks, strict=True))


class TestPlan:
    def test_blanks_say_nothing(self):
        assert rules.plan_lacks({"House": " \n", "Health": "A doctor"}) == ["House"]


class TestSkills:
    @pytest.mark.parametrize(
        ("members", "links", "open_"),
        [
            ([], {}, ["money", "health"]),
            ([["money"], ["health"]], {}, []),
            ([["money"]], {"health": "The clinic"}, []),
            ([["money"]], {"health": "  "}, ["health"]),
            ([["culture"]], {"culture": "Us"}, ["money", "health"]),
        ],
    )
    def test_members_together_or_their_links_cover_them(self, members, links, open_):
        assert rules.uncovered(["money", "health"], members, links) == open_


class TestTallies:
    def test_each_criterion_has_its_mean_in_the_order_of_the_criteria(self):
        told = rules.tallies(["a", "b"], [("b", 2), ("b", 5), ("a", 4)])

        assert [(t.criterion, t.mean, t.differs) for t in told] == [
            ("a", 4, False),
            ("b", 3.5, True),
        ]

    def test_what_nobody_scored_has_none(self):
        [tally] = rules.tallies(["a"], [])

        assert (tally.mean, tally.differs) == (None, False)
        assert rules.unscored(["a", "b"], [("b", 1)]) == ["a"]


class TestWarnings:
    @pytest.mark.parametrize(
        ("days", "words"), [(-1, "1 vetting has run out"), (59, "1 vetting runs out"), (61, None)]
    )
    def test_a_vetting_is_warned_of_in_good_time(self, days, words):
        told = list(sponsors.vettings_warned([DAY + timedelta(days=days), None], DAY))

        assert (told[0].startswith(words) if words else told == []) is True

    @pytest.mark.parametrize(
        ("until", "words"),
        [
            (None, None),
            (DAY - timedelta(days=1), "ran out"),
            (DAY + timedelta(days=30), "runs out"),
            (DAY + timedelta(days=90), None),
        ],
    )
    def test_so_is_an_approval(self, until, words):
        told = list(sponsors.approval_warned(until, DAY))

        assert (words in told[0] if words else told == []) is True


def test_the_settings_speak_of_skills_that_members_can_have():
    settings = load(CONFIG / "applications.toml")

    assert set(settings.skills) <= {skill.value for skill in sponsors.Skill}
    assert len(settings.codes) == len(set(settings.codes))
