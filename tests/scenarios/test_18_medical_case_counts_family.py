"""Scenario 18: a medical case with spouse and three children takes five of the medical places."""

from datetime import date

from tests.scenarios.journeys import QUOTA_WAY, a_quota_journey
from tests.scenarios.placing import a_placement_office

DAY = date(2023, 3, 6)
FAMILY = (
    ("Zahra", "PA", "F", date(1984, 5, 17)),
    ("Karim", "HUS", "M", date(1980, 1, 30)),
    ("Omid", "SON", "M", date(2012, 2, 1)),
    ("Laleh", "DAU", "F", date(2014, 9, 9)),
    ("Navid", "SON", "M", date(2019, 11, 3)),
)


def places(office, code):
    """Tell how many places of a cap are reserved, used and left."""
    caps = {cap["code"]: cap for cap in office.caseworker.items("/api/programmes/rqp/caps")}
    return tuple(caps[code][name] for name in ("reserved", "used", "left"))


class TestMedicalCaseCountsFamily:
    def test_it(self, office):
        office.on(DAY)
        journey = a_quota_journey(office, *FAMILY)
        journey.subcategory = "MED"
        assert places(office, "medical") == (0, 0, 75)

        journey.go(*QUOTA_WAY)
        assert places(office, "medical") == (5, 0, 70)
        assert places(office, "places") == (5, 0, 1495)

        journey.go("APPROVED", "LOCATION_ALLOCATED", "PRE_DEPARTURE", "ARRIVED_NZ")
        assert places(office, "medical") == (0, 5, 70)
        assert places(office, "women-at-risk") == (0, 0, 75)

    def test_through_the_board(self, office):
        office.on(DAY)
        journey, alone = a_quota_journey(office, *FAMILY), a_quota_journey(office, FAMILY[0])
        journey.subcategory = "MED"
        for each in (journey, alone):
            each.go(*QUOTA_WAY, "APPROVED")
        placing = a_placement_office(office)
        place = placing.offers("location", 6, location="Christchurch")
        placing.matches("rqp")

        # The family lives together or not at all: five of the six who have room are its own.
        assert placing.card(journey.household)["persons"] == 5
        assert placing.decides(journey.household, place).status_code == 201
        column = placing.column(place)
        assert (column["taken_persons"], column["persons_left"]) == (6, 0)
        assert office.manager.get(f"/api/places/{place}/room")["persons_left"] == 1
        # The place that was decided is the location that the next stage asks for.
        assert journey.missing("LOCATION_ALLOCATED") == []
        journey.go("LOCATION_ALLOCATED")
        assert journey.worker.get(journey.home)["location"] == "CHC"
        assert places(office, "medical") == (5, 0, 70)
