"""Scenario 4: one refugee from Indonesia, nominated to a place that no quota household goes to."""

from datetime import date

from tests.scenarios.journeys import (
    APPROVED_WAY,
    NOMINATED_WAY,
    QUOTA_WAY,
    a_nominated_journey,
    a_quota_journey,
)
from tests.scenarios.placing import a_placement_office
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

    def test_through_the_board(self, office):
        office.on(date(2021, 11, 8))
        group = a_ready_group(office, "Whangārei Open Door", location="Whangārei")
        office.on(date(2021, 12, 6))
        journey = a_nominated_journey(
            office, group, ("Farid", "PA", "M", date(1995, 3, 3)), town="Whangārei"
        )
        journey.go(*NOMINATED_WAY[:-1])
        placing = a_placement_office(office)
        place = placing.offers("group", 4, group_id=group.id, programmes=["cors"])
        placing.matches("cors")

        assert placing.column(place)["location"] == "Whangārei"
        assert placing.card(journey.household)["place_id"] == place
        assert placing.decides(journey.household, place).status_code == 201

        proposed = journey.sponsorship()
        assert (proposed["group_id"], proposed["route"]) == (group.id, "NOMINATED")
        journey.go("MATCH_PROPOSED", *APPROVED_WAY)
        journey.is_confirmed()
        office.on(date(2022, 7, 18))
        journey.go("ARRIVED", "WELCOME")
        assert journey.worker.get(journey.home)["location"] == "Whangārei"
        assert "RECEPTION" not in journey.stages

    def test_no_quota_household_is_placed_there(self, office):
        office.on(date(2022, 3, 7))
        journey = a_quota_journey(office, ("Farid", "PA", "M", date(1995, 3, 3)))
        journey.go(*QUOTA_WAY, "APPROVED")
        placing = a_placement_office(office)
        placing.offers("location", 4, location="Whangārei", name="Whangārei")
        placing.matches("rqp")

        card = placing.card(journey.household)
        assert card["standing"] == "waiting"
        assert card["best"][0]["why_not"] == ["The programme does not settle households there."]
