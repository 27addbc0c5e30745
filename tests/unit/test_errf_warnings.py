"""What is accepted and worth a look gives a warning; what no register can hold, an error."""

import pytest

from resettle.errf import check
from tests.unit import errf_files as made
from tests.unit.errf_files import CASE_3, DAY, PA, both, change, errors


def warnings(root, breaking=None):
    found = check(made.written(root, breaking), DAY)
    assert found.errors == ()
    return [(one.rule, one.record, one.field) for one in found.warnings]


class TestWarnings:
    @pytest.mark.parametrize(
        ("breaking", "expected"),
        [
            (change("dataIndividual/NationalityCode", "TIB"),
             ("country-unmapped", "NationalityCode")),
            (change("dataIndividual/OriginCountryCode", "KUR"),
             ("country-unmapped", "OriginCountryCode")),
            (change("dataLanguage/LanguageCode", "TUR"), ("language-unmapped", "LanguageCode")),
            (change("dataIndividual/DateofBirth", None), ("birth-date-missing", "DateofBirth")),
            (change("dataIndividual/DateofBirth", "2020-04-15"), ("date-order", "ArrivalDate")),
            (change("dataIndividualRelatives/DeceasedDate", "1949-01-01"),
             ("date-order", "DeceasedDate")),
            (change("dataEducation/DegreeTypeCode", ""), ("field-blank", "DegreeTypeCode")),
        ],
    )  # fmt: skip
    def test_what_is_accepted_and_worth_a_look(self, breaking, expected):
        rule, field = expected

        assert (rule, PA, field) in warnings(made.v4(), breaking)

    @pytest.mark.parametrize("code", ["ZZZ", "U", "-"])
    def test_no_country_is_not_a_country_without_a_code(self, code):
        assert warnings(made.v4(), change("dataIndividual/NationalityCode", code)) == []

    def test_a_child_as_principal_applicant(self):
        assert ("pa-minor", PA, "DateofBirth") in warnings(
            made.v4(), change("dataIndividual/DateofBirth", "2025-01-01")
        )

    def test_form_3_with_more_addresses_than_it_has_room_for(self):
        second = made.v3().find("CASE/dataAddress")
        second.find("AddressType").text = "CoO"

        assert warnings(made.v3(), lambda root: root.find("CASE").append(second)) == [
            ("record-beyond-form", CASE_3, "dataAddress")
        ]

    @pytest.mark.parametrize(
        ("born", "path"),
        [
            ("2026-11-02", "dataIndividual"),
            ("1905-10-31", "dataIndividual"),
            ("2027-01-01", "dataIndividualRelatives"),
        ],
    )
    def test_a_birth_that_cannot_be_is_an_error(self, born, path):
        alive = change("dataIndividualRelatives/Deceased", "0")

        found = errors(made.v4(), both(alive, change(f"{path}/DateofBirth", born)))

        assert found == [("birth-date-implausible", PA, "DateofBirth")]

    def test_without_a_day_no_age_is_judged(self):
        data = made.written(made.v4(), change("dataIndividual/DateofBirth", "2126-11-02"))

        assert check(data).errors == ()
