"""Every code list and every name is checked, and no finding shows too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from resettle.errf import check
from tests.unit import errf_files as made
from tests.unit.errf_files import DAY, PA, REL, change, errors

CODES_3 = {
    "dataIndividual": (
        "BirthCountryCode OriginCountryCode AsylumCountryCode SexCode NationalityCode "
        f"MarriageStatusCode ReligionCode EthnicityCode EducationLevelCode {REL}"
    ),
    "dataAddress": "AddressType AddressCountry",
    "dataEducation": "EducationLevelCode",
    "dataEmployment": "EmploymentTypeCode OccupationCode",
    "dataIndividualRelatives": (
        "RelationshipCode ResidenceCountryCode SexCode NationalityCode MarriageStatusCode"
    ),
    "dataLanguage": (
        "LanguageCode LanguageReadCode LanguageWriteCode LanguageSpeakCode LanguageUnderstandCode"
    ),
    "dataResettlement": (
        "ResettlementCriteriaCode ResettlementCriteriaCode2 ResettlementPriorityCode"
    ),
}
CODES_4 = {
    **CODES_3,
    "dataIndividual": CODES_3["dataIndividual"].removesuffix(REL),
    "dataIndividualProcessGroup": REL,
    "dataEducation": "EducationLevelCode DegreeTypeCode",
    "dataIndividualRelatives": CODES_3["dataIndividualRelatives"] + " BirthCountryCode",
    "dataResettlement": (
        "ResettlementCriteriaCode ResettlementCriteria2Code ResettlementPriorityCode"
    ),
    "dataVulnerability": "VulnerabilityCode",
}
BLANK_IS_FINE = {"DegreeTypeCode", "BirthCountryCode", "ResettlementCriteria2Code"}


def fields_of(codes):
    return [(tag, field) for tag, fields in codes.items() for field in fields.split()]


def follow_ups(field):
    """What else is wrong when the code of the principal applicant or of the address is."""
    if field == REL:
        return [("one-principal-applicant", REL)]
    return [("pa-coa-address", "AddressType")] if field == "AddressType" else []


class TestCodes:
    @pytest.mark.parametrize(
        ("root", "tag", "field"),
        [(made.v3, *pair) for pair in fields_of(CODES_3)]
        + [(made.v4, *pair) for pair in fields_of(CODES_4)],
    )
    def test_an_unknown_code_is_an_error_in_every_list(self, root, tag, field):
        found = errors(root(), change(f"{tag}/{field}", "XQX"))

        assert ("code-unknown", PA, field) in found
        rest = [(rule, where) for rule, _, where in found if rule != "code-unknown"]
        assert rest == follow_ups(field)

    @pytest.mark.parametrize(
        ("root", "tag", "field"),
        [(made.v3, *pair) for pair in fields_of(CODES_3)]
        + [(made.v4, *pair) for pair in fields_of(CODES_4)],
    )
    def test_an_empty_code_is_an_error_unless_it_may_be_left_out(self, root, tag, field):
        found = [rule for rule, _, where in errors(root(), change(f"{tag}/{field}", ""))]

        if field == REL:
            assert found == ["one-principal-applicant", "relationship-missing"]
        elif root is made.v4 and field in BLANK_IS_FINE and tag != "dataIndividual":
            assert found == []
        else:
            assert found == ["field-empty", *(rule for rule, _ in follow_ups(field))]

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("dataEducation/EducationLevelCode", "-"),
            ("dataEmployment/OccupationCode", "-"),
            ("dataEmployment/OccupationCode", "0110"),
            ("dataIndividual/EthnicityCode", "83"),
            ("dataAddress/AddressType", "coa"),
            ("dataLanguage/LanguageCode", "-"),
            ("dataResettlement/ResettlementCriteriaCode", "N/A"),
            ("dataIndividual/NationalityCode", "ZZZ"),
        ],
    )
    def test_what_the_tables_have_in_another_spelling_is_fine(self, path, value):
        assert errors(made.v4(), change(path, value)) == []

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("dataIndividual/SexCode", "f"),
            ("dataIndividual/NationalityCode", "AUS1"),
            ("dataVulnerability/VulnerabilityCode", "PG"),
            ("dataResettlement/ResettlementCriteriaCode", "LAS"),
        ],
    )
    def test_what_belongs_to_no_table_of_the_form_is_not(self, path, value):
        assert errors(made.v4(), change(path, value)) == [("code-unknown", PA, path.split("/")[1])]


PLAIN = [
    "A",
    "O'Brien",
    "Saw-Mu",
    "محمد",
    "မောင်",
    "ሰላም",
    "བསྟན",
    "N\u0303a",
    "می\u200cخواهم",
    "Nguyễn",
]
FORBIDDEN = ["\u202e", "\u202a", "\u2028", "\u0085", "\ufffd", "7", "٧", "၇"]


class TestNames:
    @pytest.mark.parametrize("name", PLAIN)
    def test_every_script_is_a_name(self, name):
        data = made.written(made.v4(), change("dataIndividual/FamilyName", name))

        found = check(data, DAY)

        assert found.errors == ()
        assert found.submission.cases[0].individuals[0].family_name == name

    @pytest.mark.parametrize("character", FORBIDDEN)
    @pytest.mark.parametrize("field", ["FamilyName", "SecondFamilyName", "GivenName"])
    def test_digits_and_invisible_characters_are_not(self, character, field):
        found = check(
            made.written(made.v4(), change(f"dataIndividual/{field}", f"Aye{character}Mu")), DAY
        )

        assert [(one.rule, one.field) for one in found.errors] == [("name-characters", field)]
        assert "\u202e" not in found.errors[0].value + found.errors[0].message

    @given(some.text(some.characters(categories=["L", "M"]), min_size=1, max_size=20))
    def test_letters_and_marks_are_always_a_name(self, name):
        assert errors(made.v4(1), change("dataIndividual/FamilyName", f"a{name}")) == []


class TestShown:
    def test_a_long_value_is_cut(self):
        found = check(made.written(made.v4(), change("dataIndividual/SexCode", "F" * 900)), DAY)

        assert len(found.errors[0].value) == 80
        assert found.errors[0].value.endswith("…")

    def test_a_photo_is_never_told(self):
        found = check(made.written(made.v4(), change("dataPhotograph/Photo", "SECRETPHOTO*")), DAY)

        assert found.errors[0].value == ""
        assert "SECRET" not in found.errors[0].message
