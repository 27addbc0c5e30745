"""Scenario 21: a family moves to another town in month 5; the group goes on with money only."""

from datetime import date

from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

BEGUN, ARRIVED, MOVED = date(2022, 3, 7), date(2022, 8, 1), date(2023, 1, 9)
FAMILY = (("Zahra", "PA", "F", date(1990, 5, 17)), ("Omid", "SON", "M", date(2014, 2, 3)))
DOCTOR = "HEA-01"


class TestRelocation:
    def test_it(self, office):
        journey = a_settled_family(office)
        child = journey.person("Omid")
        journey.meets(DOCTOR, ARRIVED, child)
        office.on(MOVED)
        path = f"{journey.home}/changes"
        move = {"kind": "move", "on": MOVED, "location": "WLG"}

        refused = journey.worker.tries(f"{path}/preview", **move)
        told = journey.worker.post(f"{path}/preview", **move, outcome="MONEY_ONLY")
        done = journey.worker.post(path, **move, outcome="MONEY_ONLY")

        assert (refused.status_code, [*refused.json["errors"]]) == (422, ["outcome"])
        assert told["files"][0]["lines"] == done["lines"]
        self.the_outcome_is_recorded_and_the_group_stays(journey)
        assert rounds_of(journey, child) == ["met", "not_started"]
        self.it_can_be_undone(journey, done, child)

    def the_outcome_is_recorded_and_the_group_stays(self, journey):
        assert journey.worker.get(journey.at)["relocation_outcome"] == "MONEY_ONLY"
        assert journey.sponsorship()["status"] == "confirmed"
        assert journey.worker.get(journey.home)["location"] == "WLG"

    def it_can_be_undone(self, journey, done, child):
        journey.worker.post(f"/api/changes/{done['id']}/undo")

        assert journey.worker.get(journey.home)["location"] == "TIU"
        assert journey.worker.get(journey.at)["relocation_outcome"] is None
        assert rounds_of(journey, child) == ["met"]


def a_settled_family(office):
    """Take a family all the way into its house, supported by a group."""
    office.on(BEGUN)
    journey = a_nominated_journey(office, a_ready_group(office), *FAMILY)
    journey.go(*NOMINATED_WAY, *APPROVED_WAY[:1])
    journey.is_confirmed()
    journey.go(*APPROVED_WAY[1:])
    office.on(ARRIVED)
    journey.arrives()
    journey.moves_in()
    return journey


def rounds_of(journey, child):
    """Tell what became of finding a doctor, each time it was to be done."""
    found = [m for m in journey.milestones() if (m["code"], m["person_id"]) == (DOCTOR, child)]
    return [m["status"] for m in sorted(found, key=lambda m: m["round"])]
