"""Scenario 21: a family moves to another town in month 5: the group pays on, or what else comes."""

from datetime import date

from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

BEGUN, ARRIVED, MOVED = date(2022, 3, 7), date(2022, 8, 1), date(2023, 1, 9)
FAMILY = (("Zahra", "PA", "F", date(1990, 5, 17)), ("Omid", "SON", "M", date(2014, 2, 3)))
DOCTOR = "HEA-01"
PLAN = "Plan safety and continuity: who supports the household now"
SEARCH = "Search for a new sponsor group"


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


class TestOtherOutcomes:
    def test_a_family_that_needs_no_group_any_more_ends_its_support_early(self, office):
        journey = a_settled_family(office)
        office.on(MOVED)

        moves(journey, "SELF_SUPPORTING")

        match = whole(journey, journey.sponsorship()["id"])
        assert outcome_of(journey) == "SELF_SUPPORTING"
        assert (match["status"], match["ending_kind"]) == ("ended", "COMPLETED_EARLY")
        assert match["ended_on"] == str(MOVED)
        assert left_to_do(journey) == set()
        assert journey.worker.get(journey.home)["exited_on"] is None

    def test_support_that_ends_for_good_has_its_reasons_and_a_plan_within_a_day(self, office):
        journey = a_settled_family(office)
        office.on(MOVED)

        moves(journey, "NO_FURTHER_SUPPORT", reasons=["FUNDS"])

        match = whole(journey, journey.sponsorship()["id"])
        assert outcome_of(journey) == "NO_FURTHER_SUPPORT"
        assert (match["status"], match["ending_kind"]) == ("ended", "BREAKDOWN")
        assert match["reasons"] == ["FUNDS"]
        assert left_to_do(journey) == {(PLAN, "2023-01-10"), (SEARCH, "2023-01-23")}
        assert journey.group.coordinator.asks("GET", journey.home).status_code == 404

    def test_a_group_that_hands_over_goes_on_until_the_next_begins(self, office):
        journey = a_settled_family(office)
        first = journey.sponsorship()["id"]
        office.on(MOVED)

        moves(journey, "TRANSFERRED")
        meanwhile = journey.sponsorship()
        journey.group = a_ready_group(office, "Pōneke Welcome", location="WLG")
        path = f"{journey.home}/sponsorships"
        next_ = journey.worker.post(path, group_id=journey.group.id, route="NOMINATED")
        journey.group.coordinator.post(f"/api/sponsorships/{next_['id']}/acceptance")
        for adult in journey.adults():
            agrees(journey, next_, adult)
            journey.shares(adult, "name", "profile")
        office.leader.post(f"/api/sponsorships/{next_['id']}/confirmation")

        ended, begun = (whole(journey, id_) for id_ in (first, next_["id"]))
        assert outcome_of(journey) == "TRANSFERRED"
        assert (meanwhile["id"], meanwhile["status"]) == (first, "confirmed")
        assert (ended["status"], ended["ending_kind"]) == ("ended", "TRANSFERRED")
        assert begun["status"] == "confirmed"
        assert journey.group.coordinator.asks("GET", journey.home).status_code == 200


def moves(journey, outcome, **more):
    move = {"kind": "move", "on": MOVED, "location": "WLG", "outcome": outcome, **more}
    journey.worker.post(f"{journey.home}/changes", **move)


def whole(journey, sponsorship):
    return journey.worker.get(f"/api/sponsorships/{sponsorship}")


def outcome_of(journey):
    return journey.worker.get(journey.at)["relocation_outcome"]


def left_to_do(journey):
    """Give what is left to do when a family has no group any more, with its days."""
    found = journey.worker.items(f"{journey.home}/tasks?limit=200")
    return {(task["title"], task["due_on"]) for task in found if task["title"] in {PLAN, SEARCH}}


def agrees(journey, match, adult):
    journey.worker.post(
        f"/api/sponsorships/{match['id']}/adult-answers",
        person_id=adult,
        agrees=True,
        method="signed_form",
        answered_on=journey.office.today,
    )


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
