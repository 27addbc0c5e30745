"""One thing broken in a valid file gives one error, in the right place."""

import base64
from datetime import date
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as some

from resettle.errf import check
from tests.unit import errf_files as made
from tests.unit.errf_files import a_guid, add, an_id, both, change, more, without

DAY = date(2026, 11, 1)
REL = "RelationshipToPrincipalRepresentative"
PA, SECOND = an_id(1), an_id(2)
CASE_3, CASE_4 = "199-11C00001", "199-21C00001"
OTHER = "9999ffff-0000-4000-8000-000000000000"


def errors(root, breaking=None):
    found = check(made.written(root, breaking), DAY)
    return [(one.rule, one.record, one.field) for one in found.errors]


def warnings(root, breaking=None):
    found = check(made.written(root, breaking), DAY)
    assert found.errors == ()
    return [(one.rule, one.record, one.field) for one in found.warnings]


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


A_CHILD = "dataIndividual[2]"
BROKEN = [
    # the file as a whole
    ("v4", lambda root: root.find("RRFBATCHTYPE/*").__setattr__("text", "Group Submission"),
     [("batch-count", "submission", "GroupIndividualIndicator")]),
    ("v3", lambda root: root.find("RRFBATCHTYPE/*").__setattr__("text", ""),
     [("batch-count", "submission", "GroupIndividualIndicator")]),
    ("v4", lambda root: root.remove(root.find("CASE")),
     [("batch-count", "submission", "GroupIndividualIndicator")]),
    ("v4", lambda root: add(root, "HEADER") and None,
     [("element-unknown", "submission", "HEADER")]),
    ("v4", lambda root: add(root.find("RRFBATCHTYPE"), "Sender") and None,
     [("element-unknown", "submission", "Sender")]),
    # the processing group
    ("v4", change("dataProcessGroup/ProcessingGroupNumber", ""),
     [("group-number", "case 1", "ProcessingGroupNumber")]),
    ("v3", change("dataProcessGroup/ProcessingGroupNumber", "ABC"),
     [("group-number", "ABC", "ProcessingGroupNumber")]),
    ("v3", change("dataProcessGroup/ProcessingGroupNumber", None),
     [("element-missing", "case 1", "ProcessingGroupNumber")]),
    ("v3", change("dataProcessGroup/ProcessingGroupNumber", "SYRIA"), []),
    ("v3", change("dataProcessGroup/ProcessingGroupSize", "4"),
     [("group-size", CASE_3, "ProcessingGroupSize")]),
    ("v4", change("dataProcessGroup/ProcessingGroupSize", "4"),
     [("group-size", CASE_4, "ProcessingGroupSize")]),
    ("v4", change("dataProcessGroup/ProcessingGroupSize", "three"),
     [("number-invalid", CASE_4, "ProcessingGroupSize")]),
    ("v4", change("dataProcessGroup/ProcessingGroupSize", "40000"),
     [("number-invalid", CASE_4, "ProcessingGroupSize")]),
    ("v4", change("dataProcessGroup/ProcessingGroupSize", ""),
     [("field-empty", CASE_4, "ProcessingGroupSize")]),
    ("v4", change("dataProcessGroup", None), [("element-missing", "case 1", "dataProcessGroup")]),
    ("v4", more("dataProcessGroup", ProcessingGroupGUID="x", ProcessingGroupNumber="abcd",
                ProcessingGroupSize="3"),
     [("element-repeated", CASE_4, "dataProcessGroup")]),
    # who is who
    ("v3", change(f"{A_CHILD}/{REL}", "PA"), [("one-principal-applicant", CASE_3, REL)]),
    ("v4", change(f"dataIndividualProcessGroup[2]/{REL}", "PA"),
     [("one-principal-applicant", CASE_4, REL)]),
    ("v4", change(f"dataIndividualProcessGroup/{REL}", "SON"),
     [("one-principal-applicant", CASE_4, REL)]),
    ("v4", change(f"dataIndividualProcessGroup[2]/{REL}", ""),
     [("relationship-missing", SECOND, REL)]),
    ("v3", change(f"{A_CHILD}/{REL}", None), [("element-missing", SECOND, REL)]),
    ("v4", change("dataIndividualProcessGroup[2]", None),
     [("group-membership", SECOND, "dataIndividualProcessGroup")]),
    ("v4", change("dataIndividualProcessGroup[2]/ProcessingGroupGUID", OTHER),
     [("group-guid", SECOND, "ProcessingGroupGUID")]),
    ("v4", change("dataIndividualProcessGroup[2]/IndividualGUID", a_guid(2, 3)),
     [("group-membership", SECOND, "dataIndividualProcessGroup"),
      ("group-membership", an_id(3), "dataIndividualProcessGroup")]),
    ("v4", without("dataIndividualProcessGroup"),
     [("one-principal-applicant", CASE_4, REL),
      *(("group-membership", an_id(person), "dataIndividualProcessGroup") for person in (1, 2, 3))]),
    ("v4", without("dataIndividual"), [("element-missing", CASE_4, "dataIndividual")]),
    # the principal applicant
    ("v3", change("dataIndividual/RegistrationDate", ""),
     [("pa-registration-date", PA, "RegistrationDate")]),
    ("v4", change("dataIndividual/RegistrationDate", None),
     [("pa-registration-date", PA, "RegistrationDate")]),
    ("v4", change("dataIndividual/RegistrationDate", "soon"),
     [("date-invalid", PA, "RegistrationDate")]),
    ("v3", change("dataIndividual/ArrivalDate", None), [("pa-arrival-date", PA, "ArrivalDate")]),
    ("v4", change("dataIndividual/ArrivalDate", ""), [("pa-arrival-date", PA, "ArrivalDate")]),
    ("v3", change(f"{A_CHILD}/RegistrationDate", ""), []),
    ("v3", change(f"{A_CHILD}/ArrivalDate", ""), []),
    ("v4", change(f"{A_CHILD}/RegistrationDate", ""),
     [("field-empty", SECOND, "RegistrationDate")]),
    ("v4", change(f"{A_CHILD}/RegistrationDate", "2020-13-01T00:00:00"),
     [("date-invalid", SECOND, "RegistrationDate")]),
    ("v4", change(f"{A_CHILD}/ArrivalDate", None), []),
    ("v3", change("dataAddress/AddressType", "PCoA"), [("pa-coa-address", PA, "AddressType")]),
    ("v3", change("dataAddress/IndividualID", SECOND), [("pa-coa-address", PA, "AddressType")]),
    ("v3", without("dataAddress"), [("pa-coa-address", PA, "AddressType")]),
    ("v4", change("dataAddress[2]/AddressType", "COA"),
     [("pa-coa-address", PA, "AddressType")]),
    ("v4", change("dataAddress[2]/LocationLevel6", ""),
     [("telephone-missing", PA, "LocationLevel6")]),
    # names
    ("v3", change("dataIndividual/GivenName", "Naw 2"), [("name-characters", PA, "GivenName")]),
    ("v3", change("dataIndividual/ConcatenatedName", ""),
     [("field-empty", PA, "ConcatenatedName")]),
    ("v3", change("dataIndividual/MotherName", ""), [("field-empty", PA, "MotherName")]),
    ("v4", change("dataIndividual/FamilyName", ""), [("field-empty", PA, "FamilyName")]),
    ("v4", change("dataIndividual/GivenName", None), []),
    ("v4", change("dataIndividual/FamilyName", "x" * 1001), [("value-too-long", PA, "FamilyName")]),
    ("v4", change("dataAlias/IndividualAliasLastName", "K٣"),
     [("name-characters", PA, "IndividualAliasLastName")]),
    ("v4", change("dataAlias/IndividualAliasLastName", ""), []),
    ("v3", change("dataIndividualRelatives/GivenName", ""), [("field-empty", PA, "GivenName")]),
    ("v4", change("dataIndividualRelatives/FamilyName", "A\tB"),
     [("name-characters", PA, "FamilyName")]),
    # types
    ("v4", change("dataIndividual/DateofBirthEstimate", "maybe"),
     [("flag-invalid", PA, "DateofBirthEstimate")]),
    ("v4", change("dataIndividual/DateofBirthEstimate", "true"), []),
    ("v4", change("dataIndividual/DateofBirth", "1980-02-30T00:00:00"),
     [("date-invalid", PA, "DateofBirth")]),
    ("v4", change("dataIndividual/DateofBirth", "0001-01-01T00:00:00"),
     [("date-invalid", PA, "DateofBirth")]),
    ("v4", change("dataIndividual/DateofBirth", "1403-05-12"),
     [("date-invalid", PA, "DateofBirth")]),
    ("v4", change("dataIndividual/DateofBirth", "1980-02-28"), []),
    ("v4", change("dataIndividualRelatives/Deceased", ""), [("field-empty", PA, "Deceased")]),
    ("v4", change("dataPhotograph/PhotoTypeCode", "one"),
     [("number-invalid", PA, "PhotoTypeCode")]),
    # elements
    ("v4", more("dataPhone", Number="1"), [("element-unknown", CASE_4, "dataPhone")]),
    ("v4", lambda root: add(root.find("CASE/dataIndividual"), "Nickname") and None,
     [("element-unknown", PA, "Nickname")]),
    ("v4", lambda root: add(root.find("CASE/dataIndividual/SexCode"), "b") and None,
     [("element-unknown", PA, "b")]),
    ("v4", change("dataIndividual/SexCode", None), [("element-missing", PA, "SexCode")]),
    ("v4", lambda root: add(root.find("CASE"), "dataIndividual") and None,
     "many"),
    ("v4", lambda root: root.find("CASE/dataIndividual").append(
        root.find("CASE/dataIndividual/SexCode")),
     [("element-repeated", PA, "SexCode")]),
    ("v4", without("dataResettlement"), [("element-missing", CASE_4, "dataResettlement")]),
    # keys
    ("v4", change("dataLanguage/IndividualGUID", OTHER),
     [("orphan-record", OTHER, "dataLanguage")]),
    ("v3", change("dataLanguage/IndividualID", "199-0"),
     [("orphan-record", "199-0", "dataLanguage")]),
    ("v3", change("dataLanguage/IndividualID", ""), [("field-empty", CASE_3, "IndividualID")]),
    ("v4", change("dataPhotograph/IndividualGUID", OTHER),
     [("orphan-record", OTHER, "dataPhotograph")]),
    ("v4", change("dataLanguage/IndividualGUID", a_guid(2, 1).upper()), []),
    ("v4", change(f"{A_CHILD}/IndividualID", PA), [("duplicate-id", PA, "IndividualID")]),
    ("v3", change(f"{A_CHILD}/IndividualID", PA), [("duplicate-id", PA, "IndividualID")]),
    ("v4", both(change(f"{A_CHILD}/IndividualGUID", a_guid(2, 1)),
                change("dataIndividualProcessGroup[2]/IndividualGUID", a_guid(2, 1))),
     [("duplicate-id", PA, "IndividualGUID")]),
    ("v4", change("dataIndividual/IndividualID", ""),
     [("field-empty", a_guid(2, 1), "IndividualID")]),
    ("v4", change("dataAddress[2]/AddressGUID", a_guid(5, 1)),
     [("duplicate-id", CASE_4, "dataAddress")]),
    ("v4", change("dataIndividualProcessGroup[2]/IndividualProcessingGroupGUID", a_guid(3, 1)),
     [("duplicate-id", CASE_4, "dataIndividualProcessGroup")]),
    ("v4", more("dataVulnerability", VulnerabilityGUID=OTHER, IndividualGUID=a_guid(2, 1),
                VulnerabilityCode="WR"),
     [("duplicate-need", PA, "VulnerabilityCode")]),
    ("v4", more("dataProcessGroupCrossReference", ProcessingGroupCrossReferenceGUID=a_guid(4),
                ProcessingGroupGUIDFrom="", ProcessingGroupNumberFrom="a",
                ProcessingGroupGUIDTo="", ProcessingGroupNumberTo="b"),
     [("duplicate-id", CASE_4, "dataProcessGroupCrossReference")]),
    ("v3", more("dataProcessGroupCrossReference", ProcessingGroupNumberFrom=CASE_3,
                ProcessingGroupNumberTo="199-11C00002"),
     [("duplicate-cross-reference", CASE_3, "dataProcessGroupCrossReference")]),
    ("v3", change("dataProcessGroupCrossReference/ProcessingGroupNumberTo", ""),
     [("field-empty", CASE_3, "ProcessingGroupNumberTo")]),
    ("v3", more("dataEducation", IndividualID=PA, EducationLevelCode="08"),
     [("element-repeated", PA, "dataEducation")]),
    # documents and photos
    ("v3", change("dataDocument/DocumentNumber", "TH-123"),
     [("document-number", PA, "DocumentNumber")]),
    ("v3", change("dataDocument/DocumentNumber", ""), [("field-empty", PA, "DocumentNumber")]),
    ("v3", more("dataDocument", IndividualID=SECOND, DocumentNumber="TH 123456"),
     [("duplicate-document", CASE_3, "DocumentNumber")]),
    ("v3", change("dataIndividual/Photo", ""), [("photo-empty", PA, "Photo")]),
    ("v3", change("dataIndividual/Photo", None), [("element-missing", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", "not base64!"), [("photo-undecodable", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", "ကခဂ"), [("photo-undecodable", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", "A"), [("photo-undecodable", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", "AA==AAAA"), [("photo-undecodable", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", base64.b64encode(b"no image at all").decode()),
     [("photo-undecodable", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", made.a_photo((10, 50))), [("photo-size", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", made.a_photo((50, 60), "JPEG")), []),
    ("v4", change("dataPhotograph/Photo", made.a_photo((50, 60), "JPEG")[:400]),
     [("photo-undecodable", PA, "Photo")]),
    ("v4", change("dataPhotograph/Photo", "\n".join(wrap(made.a_photo(), 7))), []),
    ("v4", without("dataPhotograph"), []),
]  # fmt: skip


class TestBroken:
    @pytest.mark.parametrize(("form", "breaking", "expected"), BROKEN)
    def test_it(self, form, breaking, expected):
        root = made.v3() if form == "v3" else made.v4()

        found = errors(root, breaking)

        if expected == "many":
            assert {rule for rule, *_ in found} >= {"element-missing", "group-size"}
        else:
            assert found == expected

    def test_two_applicants_a_wrong_size_and_no_address_are_three_errors(self):
        breaking = both(
            change(f"dataIndividualProcessGroup[2]/{REL}", "PA"),
            change("dataProcessGroup/ProcessingGroupSize", "4"),
            without("dataAddress"),
        )

        assert errors(made.v4(3), breaking) == [
            ("group-size", CASE_4, "ProcessingGroupSize"),
            ("one-principal-applicant", CASE_4, REL),
            ("pa-coa-address", PA, "AddressType"),
        ]

    def test_cases_and_people_do_not_repeat_in_a_group(self):
        def breaking(root):
            second = root.findall("CASE")[1]
            second.find("dataProcessGroup/ProcessingGroupNumber").text = CASE_4
            second.find("dataIndividual/IndividualID").text = PA

        assert errors(made.v4(cases=2), breaking) == [
            ("duplicate-id", CASE_4, "ProcessingGroupNumber"),
            ("duplicate-id", PA, "IndividualID"),
        ]

    @pytest.mark.parametrize(("root", "indicator"), [(made.v4, "Single Submission"), (made.v4, "")])
    def test_two_cases_make_a_group(self, root, indicator):
        assert errors(root(cases=2, indicator=indicator)) == [
            ("batch-count", "submission", "GroupIndividualIndicator")
        ]

    @pytest.mark.parametrize("indicator", ["Single Submission", "Group Submission"])
    def test_form_3_holds_one_case(self, indicator):
        root = made.v3(indicator=indicator)
        other = made.v3().find("CASE")
        other.find("dataProcessGroup/ProcessingGroupNumber").text = "199-11C00009"
        for number, person in enumerate(other.findall("dataIndividual"), start=8):
            person.find("IndividualID").text = an_id(number)
        for record in other.findall("*[IndividualID]"):
            if record.tag != "dataIndividual":
                record.find("IndividualID").text = an_id(8)
        root.append(other)

        assert errors(root) == [("batch-count", "submission", "GroupIndividualIndicator")]

    def test_an_individual_without_any_key_does_not_stop_the_check(self):
        found = errors(
            made.v4(2),
            both(
                change(f"{A_CHILD}/IndividualGUID", ""),
                change(f"{A_CHILD}/IndividualID", ""),
            ),
        )

        assert ("field-empty", CASE_4, "IndividualGUID") in found

    def test_the_same_fault_of_a_field_is_told_once(self):
        root = made.v3()
        for _ in range(3):
            root.find("CASE").append(root.find("CASE/dataIndividualRelatives"))

        assert errors(root, change("dataIndividualRelatives/SexCode", "Q")) == [
            ("code-unknown", PA, "SexCode")
        ]


class TestForm28:
    def test_its_differences_are_known(self):
        root = made.v4()
        both(
            more("dataContact", IndividualGUID=a_guid(2, 1), PhoneNumber="1", StillInUse="1"),
            change("dataEmployment/EmploymentTypeCode", "Skill"),
            change("dataVulnerability/VulnerabilityCode", "PG"),
            change("dataResettlement/ResettlementCriteria2Code", "LAS"),
            change("dataEducation/DegreeTypeCode", None),
            change("dataIndividual/ReligionCode", None),
        )(root)

        found = check(made.written(root), DAY)

        assert found.errors == ()
        assert found.submission.version == "2.8"
        assert found.submission.code_system == "unhcr-errf-2.8"
        assert found.submission.cases[0].contacts[0].phone_number == "1"

    def test_what_it_dropped_or_demands_is_an_error(self):
        breaking = both(
            more("dataContact", IndividualGUID=a_guid(2, 1)),
            change("dataEducation/DegreeTypeCode", "-"),
            change("dataResettlement/ResettlementCriteria2Code", None),
            change("dataIndividual/DateofBirth", None),
        )

        assert set(errors(made.v4(), breaking)) == {
            ("code-unknown", PA, "DegreeTypeCode"),
            ("code-unknown", PA, "EmploymentTypeCode"),
            ("element-missing", PA, "ResettlementCriteria2Code"),
            ("element-missing", PA, "DateofBirth"),
        }


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
