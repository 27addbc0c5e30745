"""Scenario 6: who can be sponsored, by age, work, study, and another way that is open to them."""

from datetime import date

import pytest

from tests.scenarios.journeys import ELIGIBLE, a_nominated_journey

TODAY = date(2023, 3, 6)
AGED_45, AGED_46 = date(1977, 3, 7), date(1977, 3, 6)


def assessed(office, born_on, **facts):
    """Bring a nominated applicant before the rules."""
    office.on(TODAY)
    journey = a_nominated_journey(office, None, ("Nadia", "PA", "F", born_on))
    journey.applicant = ELIGIBLE | facts
    journey.go("EOI", "ENGLISH_ASSESSED")
    return journey


class TestAgeBoundary:
    @pytest.mark.parametrize(
        ("born_on", "facts"),
        [
            (AGED_45, {}),
            (date(1990, 1, 1), {"work_years": 2, "tertiary_years": 2}),
        ],
        ids=["aged 45", "two years of work and a two-year diploma"],
    )
    def test_is_accepted(self, office, born_on, facts):
        journey = assessed(office, born_on, **facts)

        found = journey.worker.get(f"{journey.at}/eligibility")
        journey.go("ELIGIBILITY_SCREENED")

        assert found["met"] is True
        assert journey.stage == "ELIGIBILITY_SCREENED"

    @pytest.mark.parametrize(
        ("born_on", "facts", "reason", "told"),
        [
            (AGED_46, {}, "NOT_ELIGIBLE_AGE", "Aged 46 on 6 March 2023"),
            (AGED_45, {"other_category": True}, "OTHER_CATEGORY_AVAILABLE", "family support"),
            (
                AGED_45,
                {"work_years": 2, "tertiary_years": 1},
                "NOT_ELIGIBLE_WORK_QUAL",
                "2 years of work and 1 year of tertiary study",
            ),
        ],
        ids=["aged 46", "eligible for family support", "too little work and study"],
    )
    def test_is_refused_with_the_reason_in_words(self, office, born_on, facts, reason, told):
        journey = assessed(office, born_on, **facts)

        found = journey.worker.get(f"{journey.at}/eligibility")
        refused = journey.worker.tries(f"{journey.at}/moves", to="ELIGIBILITY_SCREENED", on=TODAY)
        journey.go("INELIGIBLE", reason=reason)

        (failed,) = [rule for rule in found["rules"] if rule["met"] is False]
        assert found["met"] is False
        assert failed["decline_reason"] == reason
        assert told in failed["explanation"]
        assert refused.status_code == 409
        assert refused.json["missing"].keys() == {"eligibility.met"}
        assert journey.stage == "INELIGIBLE"
