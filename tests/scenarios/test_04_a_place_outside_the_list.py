"""Scenario 4: one refugee from Indonesia, nominated to a place that no quota household goes to."""

from datetime import date

from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

SETTLEMENT_LOCATIONS = frozenset(
    {"AKL", "HAM", "PMR", "LEV", "MAS", "WLG", "NSN", "BHE", "CHC", "ASB", "TIU", "DUD", "IVC"}
)


class TestAPlaceOutsideTheList:
    def test_it(self, office):
        office.on(date(2021, 11, 8))
        group = a_ready_group(office, "Whangārei Open Door", location="Whangārei")
        office.on(date(2021, 12, 6))
        journey = a_nominated_journey(
            office, group, ("Farid", "PA", "M", date(1995, 3, 3)), town="Whangārei"
        )
        journey.go(*NOMINATED_WAY, *APPROVED_WAY)
        journey.is_confirmed()
        office.on(date(2022, 7, 18))
        journey.go("ARRIVED", "WELCOME")

        case, household = journey.worker.get(journey.at), journey.worker.get(journey.home)
        (placement,) = journey.worker.items(f"{journey.home}/placements")

        assert (case["route"], case["programme_version"]) == ("NOMINATED", 2)
        assert household["location"] == placement["location"] == "Whangārei"
        assert household["location"] not in SETTLEMENT_LOCATIONS
        # No reception: the household is placed on the day on which it arrives.
        assert "RECEPTION" not in journey.stages
        assert household["arrived_on"] == household["placed_on"] == "2022-07-18"
        assert not [m for m in journey.milestones() if m["code"].startswith("REC")]
        assert journey.milestone("HEA-01")["due_on"] == "2022-08-01"
