"""Languages and countries are chosen by name; the code is what is kept."""

from resettle.households import choices
from resettle.households.schemas import LANGUAGES


class TestLanguages:
    def test_those_most_asked_for_come_first_and_each_once(self):
        listed = choices.languages()

        assert listed[: len(LANGUAGES)] == LANGUAGES
        assert len({code for code, _ in listed}) == len({name for _, name in listed}) == len(listed)
        assert ("kin", "Kinyarwanda") in listed
        assert ("kmr", "Kurdish (kmr)") in listed

    def test_one_that_is_known_of_a_household_is_always_there(self):
        assert choices.languages("qaa", None)[-1] == ("qaa", "qaa")
        assert choices.languages("prs") == choices.languages()


class TestCountries:
    def test_they_are_listed_by_name_with_their_iso_code(self):
        listed = choices.countries()

        assert ("SYR", "Syrian Arab Republic") in listed
        assert [name for _, name in listed] == sorted(name for _, name in listed)

    def test_one_is_named_by_its_code(self):
        assert choices.country("AFG") == "Afghanistan"
        assert choices.country("QQQ") == "QQQ"
        assert choices.country(None) == ""
