"""Scenario 16: a file with two principal applicants, a wrong size and no address; a sound one."""

import pytest

from tests.unit import errf_files as made

RELATIONSHIP = "dataIndividualProcessGroup[2]/RelationshipToPrincipalRepresentative"
BROKEN = made.both(
    made.change(RELATIONSHIP, "PA"),
    made.change("dataProcessGroup/ProcessingGroupSize", "4"),
    made.without("dataAddress"),
)
OPTIONAL = ("dataPhotograph", "dataIndividualRelatives", "dataAlias", "dataVulnerability")
OPTIONAL += ("dataEducation", "dataEmployment", "dataProcessGroupCrossReference", "dataLanguage")
MINIMAL = made.both(*(made.without(record) for record in OPTIONAL))


class TestCaseFileChecked:
    def test_three_faults_are_three_errors(self, office):
        file = made.written(made.v4(3), BROKEN)

        checked = office.caseworker.sends("/api/imports/checks", file)
        refused = office.caseworker.sends("/api/imports", file)

        assert checked.status_code == 200
        errors = checked.json["errors"]
        assert {error["rule"] for error in errors} == {
            "one-principal-applicant",
            "group-size",
            "pa-coa-address",
        }
        assert len(errors) == 3
        (size,) = [error for error in errors if error["rule"] == "group-size"]
        assert "4" in size["message"]
        assert "3" in size["message"]
        assert all(set(e) == {"rule", "record", "field", "value", "message"} for e in errors)
        assert refused.status_code == 422
        assert refused.json["errors"] == errors
        assert office.caseworker.items("/api/households") == []

    @pytest.mark.parametrize("breaking", [None, MINIMAL], ids=["in full", "the least there can be"])
    def test_a_sound_file_is_accepted(self, office, breaking):
        file = made.written(made.v4(2), breaking)

        checked = office.caseworker.sends("/api/imports/checks", file)
        imported = office.caseworker.sends("/api/imports", file)

        assert (checked.status_code, checked.json["errors"]) == (200, [])
        assert imported.status_code == 201
        (household,) = office.caseworker.items("/api/households")
        assert household["size"] == 2
        assert household["id"] == imported.json["cases"][0]["household_id"]
