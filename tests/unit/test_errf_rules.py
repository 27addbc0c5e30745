"""One thing broken in a valid file gives one error, in the right place."""

import pytest

from resettle.errf import check
from tests.unit import errf_files as made
from tests.unit.errf_broken import A_CHILD, BROKEN
from tests.unit.errf_files import CASE_4, DAY, PA, REL, both, change, errors, more, without
from tests.unit.errf_records import a_guid, an_id


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
