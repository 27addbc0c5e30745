"""Scenario 17: UNHCR's ARE is Egypt and its AUS is Austria, whatever ISO 3166 says."""

import pytest

from tests.unit import errf_files as made

FIELDS = {
    "NationalityCode": "nationality",
    "OriginCountryCode": "origin_country",
    "AsylumCountryCode": "asylum_country",
    "BirthCountryCode": "birth_country",
}


class TestCountryTrap:
    @pytest.mark.parametrize(("code", "country"), [("ARE", "EGY"), ("AUS", "AUT")])
    def test_it(self, office, code, country):
        codes = made.both(*(made.change(f"dataIndividual/{field}", code) for field in FIELDS))
        file = made.written(made.v4(1), codes)

        imported = office.caseworker.sends("/api/imports", file)

        assert imported.status_code == 201, imported.json
        household = imported.json["cases"][0]["household_id"]
        (member,) = office.caseworker.items(f"/api/households/{household}/members")
        origin = office.caseworker.get(f"/api/persons/{member['person_id']}/origin")
        # What the file said is kept beside what it means.
        meant = {"value": country, "source_code": code, "code_system": "unhcr-errf-4.1"}
        assert {shown: origin[shown] for shown in FIELDS.values()} == dict.fromkeys(
            FIELDS.values(), meant
        )
