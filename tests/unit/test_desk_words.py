"""Codes in words: what a programme, a list or a language calls them, and what if none does."""

from datetime import date

import pytest

from resettle.desk import words
from resettle.programmes import loader
from resettle.settings import CONFIG

TODAY = date(2026, 3, 2)


class Desk:
    """As much of a unit of work as words ask for."""

    def __init__(self):
        self.catalogue = loader.load_all(CONFIG / "programmes")

    def use(self, _kind):
        return self.catalogue


@pytest.fixture(scope="module")
def desk():
    return Desk()


class TestProgramme:
    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("RECEPTION", "At the reception centre"),
            ("NO_SUCH_STAGE", "No such stage"),
            (None, "No case yet"),
        ],
    )
    def test_a_stage_is_called_by_its_title(self, desk, code, said):
        assert words.stage(words.programme(desk, "rqp", 3), code) == said

    def test_a_version_that_is_gone_leaves_the_codes(self, desk):
        gone = words.programme(desk, "rqp", 99)

        assert gone is None
        assert words.stage(gone, "ON_HOLD") == "On hold"
        assert words.step(gone, "EDU-06@182") == "EDU-06 (182 days)"
        assert words.domain(gone, "HOU") == "Hou"
        assert words.owed(gone, "HOU-01") == ""

    def test_a_step_says_who_owes_it(self, desk):
        found = words.programme(desk, "cors", 2)

        assert words.step(found, "PRE-03") == "Rental found and tenancy agreed"
        assert words.owed(found, "PRE-03") == "Sponsor group"
        assert words.parties(found, "NO-01") == ()


@pytest.mark.parametrize(
    ("code", "said"), [("PMR", "Palmerston North"), ("Whangārei", "Whangārei"), (None, "")]
)
def test_a_place_that_is_on_no_list_is_its_own_name(desk, code, said):
    assert words.place(desk, code) == said


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("prs", "Dari"),
        ("ara", "Arabic"),
        ("ksw", "S’gaw Karen"),
        ("rhg", "Rohingya"),
        ("zzz", "zzz"),
        (None, ""),
    ],
)
def test_a_language_is_called_by_its_english_name(code, said):
    assert words.language(code) == said


@pytest.mark.parametrize(("code", "said"), [("PA", "Principal applicant"), ("", ""), ("?", "?")])
def test_a_relationship_is_called_as_the_form_does(code, said):
    assert words.relationship(code) == said


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (date(2026, 3, 2), "0 months"),
        (date(2026, 2, 2), "1 month"),
        (date(2026, 2, 3), "0 months"),
        (date(2024, 3, 3), "23 months"),
        (date(2024, 3, 2), "2 years"),
        (date(1990, 5, 17), "35 years"),
    ],
)
def test_small_children_count_in_months(born_on, said):
    assert words.age(born_on, TODAY) == said
