"""The published samples give the errors published with them, no more and no fewer."""

from datetime import date
from pathlib import Path

import pytest
import xmlschema

from resettle.errf import Version, check, read, report
from tests.unit import errf_files as made

DATA = Path(__file__).parents[1] / "data" / "errf"
DAY = date(2026, 11, 1)
WHO = "199-00265997"
RELATIONSHIP = "RelationshipToPrincipalRepresentative"

EXPECTED = {
    "V3-TEST.xml": [],
    "V4-TEST.xml": [],
    "V3-TEST-AddressType1.xml": [
        ("code-unknown", WHO, "AddressType", "COAS"),
        ("pa-coa-address", WHO, "AddressType", ""),
    ],
    "V3-TEST-DateOfBirth.xml": [("field-empty", WHO, "DateofBirth", "")],
    "V3-TEST-PrimaryApplicant1.xml": [
        ("one-principal-applicant", "T101011", RELATIONSHIP, ""),
        ("relationship-missing", WHO, RELATIONSHIP, ""),
    ],
    "V3-TEST-MultipleErrors.xml": [
        ("name-characters", WHO, "GivenName", "Leszek123"),
        ("code-unknown", WHO, "OriginCountryCode", "SYRIA"),
        ("code-unknown", WHO, "NationalityCode", "BGD1"),
        ("code-unknown", WHO, "ReligionCode", "SA"),
        ("code-unknown", WHO, "EthnicityCode", "08312"),
        ("code-unknown", WHO, "OccupationCode", "999999"),
        ("field-empty", WHO, "OccupationCode", ""),
        ("pa-registration-date", WHO, "RegistrationDate", ""),
    ],
    "V4-TEST-CrossReference.xml": [
        (
            "duplicate-cross-reference",
            "V4-ACRS1-TEST",
            "dataProcessGroupCrossReference",
            "100-16C00000-RST-01 to 100-16C00002-RST-01",
        )
    ],
}


def sample(name):
    return (DATA / "samples" / name).read_bytes()


class TestSamples:
    @pytest.mark.parametrize(("name", "expected"), EXPECTED.items())
    def test_it(self, name, expected):
        found = check(sample(name), DAY)

        assert [(one.rule, one.record, one.field, one.value) for one in found.errors] == expected
        assert found.warnings == ()

    def test_each_sample_is_in_the_table(self):
        assert {path.name for path in (DATA / "samples").glob("*.xml")} == set(EXPECTED)

    def test_the_forms_are_told_apart(self):
        assert read(sample("V3-TEST.xml")).version is Version.V3
        assert read(sample("V4-TEST.xml")).version is Version.V4_1


class TestReading:
    def test_form_4(self):
        case = read(sample("V4-TEST.xml")).cases[0]

        first = case.individuals[0]
        assert (case.number, case.size, len(case.individuals)) == ("V4-ACRS1-TEST", 5, 5)
        assert (first.id, first.relationship, first.middle_name) == ("417-00001552", "PA", "DDDD")
        assert first.birth_date == date(1980, 8, 1)
        assert first.birth_date_estimated is False
        assert case.relatives[3].deceased is True
        assert case.relatives[3].individual_id == "417-00001552"
        assert [one.type for one in case.addresses] == ["Coa", "TEL", "CoR", "PCoR", "Integ"]
        assert [one.image[:4] for one in case.photographs] == [b"\x89PNG"] * 3
        assert case.aliases[0].last_name == "SNOWY"
        assert case.resettlement.second_category == "SVT"

    def test_form_3_gives_the_same_records(self):
        case = read(sample("V3-TEST.xml")).cases[0]

        assert case.individuals[0].relationship == "PA"
        assert case.individuals[0].concatenated_name == "Abcd, Derty Qerty"
        assert case.photographs[0].individual_id == WHO
        assert case.photographs[0].image.startswith(b"\x89PNG")
        assert case.addresses[0].level1 == "Ammasa"
        assert case.employments[0].occupation == "9142"
        assert case.resettlement.second_category == "-"
        assert len(case.relatives) == 10


class TestBuiltFiles:
    @pytest.mark.parametrize(
        ("schema", "root"), [("rrf-v3.1.xsd", made.v3()), ("rrf-v4.1.xsd", made.v4(cases=2))]
    )
    def test_they_conform_to_the_schema(self, schema, root):
        xmlschema.XMLSchema(DATA / "xsd" / schema).validate(made.written(root, namespace=""))

    @pytest.mark.parametrize("root", [made.v3(), made.v4(), made.v4(cases=3)])
    def test_they_are_faultless(self, root):
        found = check(made.written(root), DAY)

        assert (found.errors, found.warnings) == ((), ())


class TestReport:
    def test_json(self):
        shape = report.as_json(check(sample("V4-TEST.xml")))

        case = shape["cases"][0]
        assert shape["errors"] == shape["warnings"] == []
        assert case["submission_category_1"] == "AWR"
        assert case["members"][0]["nationality"] == {
            "iso3": "AFG",
            "stateless": False,
            "source_code": "AFG",
            "code_system": "unhcr-errf-4.1",
        }
        assert case["members"][0]["birth_country"]["iso3"] == "AUS"
        assert case["members"][0]["specific_needs"] == [{"code": "WR", "text": "Woman at risk"}]
        assert case["members"][0]["addresses"][0]["type"] == "CoA"
        assert [one["iso639_3"] for one in case["members"][0]["languages"]] == ["als", "ame"]
        assert case["members"][1]["relationship"]["text"] == "Brother-in-law"
        assert case["relatives"][0]["relationship"]["text"] == "Father"

    def test_a_case_without_its_records_can_be_told(self):
        root = made.v4(1)
        made.both(
            made.without("dataResettlement"),
            made.change("dataIndividual/DateofBirth", None),
        )(root)

        case = report.as_json(check(made.written(root)))["cases"][0]

        assert case["submission_category_1"] == ""
        assert case["members"][0]["birth_date"] is None

    def test_findings_and_cross_references(self):
        shape = report.as_json(check(sample("V4-TEST-CrossReference.xml")))

        assert list(shape["errors"][0]) == ["rule", "record", "field", "value", "message"]
        assert shape["cases"][0]["cross_references"][0] == {
            "from": "100-16C00000-RST-01",
            "to": "100-16C00002-RST-01",
        }

    def test_text(self):
        lines = report.as_text(check(sample("V3-TEST-DateOfBirth.xml"))).splitlines()

        assert lines == [
            "Form 3: 1 case, 1 individual.",
            "1 error:",
            f"  DateofBirth of {WHO} is empty: ask UNHCR for a corrected file. [field-empty]",
            "No warnings.",
        ]
