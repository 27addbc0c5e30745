"""Scenario 8: Christchurch, 11 July 2022, five in the afternoon: no fridge, no pans, no bedding."""

from datetime import date, time

from tests.scenarios.journeys import a_quota_journey

ARRIVAL, MOVE = date(2022, 6, 6), date(2022, 7, 11)
FAMILY = (("Zahra", "PA", "F", date(1990, 5, 17)), ("Omid", "SON", "M", date(2015, 2, 1)))
LACKING = {
    "bedding": "Beds, and bedding enough for the season",
    "fridge": "Fridge",
    "kitchen": "Pots, pans and utensils",
}


class TestHouseNotReady:
    def test_it(self, office):
        office.on(date(2022, 5, 2))
        journey = a_quota_journey(office, *FAMILY)
        office.on(ARRIVAL)
        journey.arrives()
        office.on(MOVE, at=time(17, 0))
        body = {
            "kind": "settled",
            "start_on": MOVE,
            "dwelling_id": journey.finds_house(*LACKING),
            "received_by": "Hana Wikaire",
        }

        self.it_is_blocked_with_each_thing_that_is_missing(journey, body)
        self.only_a_team_leader_with_a_reason_passes_over_it(journey, body)
        self.it_leaves_an_incident_and_tasks_for_the_same_day(journey)

    def it_is_blocked_with_each_thing_that_is_missing(self, journey, body):
        blocked = journey.worker.tries(f"{journey.home}/placements", **body)

        assert blocked.status_code == 409
        assert blocked.json["missing"] == LACKING
        assert journey.worker.items(f"{journey.home}/placements") == []
        assert journey.worker.items(f"{journey.home}/incidents") == []

    def only_a_team_leader_with_a_reason_passes_over_it(self, journey, body):
        path, all_the_same = f"{journey.home}/placements", body | {"override": True}
        reason = "The motel is closing tonight"
        leader = journey.office.leader

        caseworker = journey.worker.tries(path, **all_the_same, reason=reason)
        silently = leader.tries(path, **all_the_same)
        placed = leader.tries(path, **all_the_same, reason=reason)

        assert [caseworker.status_code, silently.status_code] == [403, 422]
        assert placed.status_code == 201
        assert set(placed.json["unready"]) == set(LACKING)
        assert journey.worker.get(journey.home)["placed_on"] == "2022-07-11"

    def it_leaves_an_incident_and_tasks_for_the_same_day(self, journey):
        (incident,) = journey.worker.items(f"{journey.home}/incidents")
        tasks = journey.worker.items(f"{journey.home}/tasks")

        assert (incident["kind"], incident["happened_on"]) == ("housing_unsafe", "2022-07-11")
        assert incident["status"] == "open"
        assert all(thing in incident["text"] for thing in LACKING.values())
        titles = {task["title"].removeprefix("House not ready: ") for task in tasks}
        assert titles == set(LACKING.values())
        assert {task["due_on"] for task in tasks} == {"2022-07-11"}
        assert {task["assignee_id"] for task in tasks} == {journey.worker.id}
