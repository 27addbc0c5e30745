"""Scenario 7: a refugee who lives in Turkey cannot be sponsored in the extended pilot."""

from datetime import date

import pytest

from tests.scenarios.journeys import ELIGIBLE, a_nominated_journey

APPLICANT = ("Nadia", "PA", "F", date(1990, 1, 1))


class TestCountryRule:
    @pytest.mark.parametrize(
        ("day", "country", "met", "failed"),
        [
            (date(2023, 3, 6), "TUR", False, ["NOT_ELIGIBLE_COUNTRY"]),
            (date(2023, 3, 6), "IDN", True, []),
            (date(2018, 3, 6), "TUR", True, []),
        ],
        ids=["Turkey in the extended pilot", "Indonesia", "Turkey in the first pilot"],
    )
    def test_it(self, office, day, country, met, failed):
        office.on(day)
        journey = a_nominated_journey(office, None, APPLICANT)
        journey.applicant = ELIGIBLE | {"asylum_country": country}
        journey.go("EOI", "ENGLISH_ASSESSED")

        found = journey.worker.get(f"{journey.at}/eligibility")

        assert found["met"] is met
        rules = [rule for rule in found["rules"] if rule["met"] is False]
        assert [rule["decline_reason"] for rule in rules] == failed
        assert all("TUR" in rule["explanation"] for rule in rules)
        assert journey.missing("ELIGIBILITY_SCREENED") == ([] if met else ["eligibility.met"])
