"""Scenario 12: March 2020: the border closes, and who is at the reception centre stays there."""

from datetime import date

from tests.scenarios.journeys import QUOTA_WAY, a_quota_journey

LANDED, LOCKDOWN, REVIEW = date(2020, 3, 13), date(2020, 3, 26), date(2020, 4, 23)
EXTENDED, OPENED, MOVED = date(2020, 5, 14), date(2020, 5, 14), date(2020, 5, 20)
HOLD = {"way": "hold", "reason": "BORDER_CLOSED", "note": "Alert level 4"}


def at_reception(office, name):
    office.on(date(2019, 11, 4))
    journey = a_quota_journey(office, (name, "PA", "F", date(1990, 5, 17)))
    journey.go(*QUOTA_WAY, "APPROVED", "LOCATION_ALLOCATED", location="CHC")
    journey.go("PRE_DEPARTURE")
    office.on(LANDED)
    journey.arrives()
    journey.go("ARRIVED_NZ", "RECEPTION")
    return journey


def still_to_travel(office, name, travel_on):
    office.on(date(2020, 1, 6))
    journey = a_quota_journey(office, (name, "PA", "F", date(1991, 5, 17)))
    journey.go(*QUOTA_WAY, "APPROVED", "LOCATION_ALLOCATED", location="CHC")
    journey.records(travel_on=travel_on)
    journey.go("PRE_DEPARTURE")
    return journey


def days(journey, anchor):
    """Give the due day of each milestone that is counted from an anchor."""
    found = [m for m in journey.milestones() if m["due_rule"].startswith(anchor)]
    return {m["code"]: m["due_on"] for m in found}


class TestLockdown:
    def test_it(self, office):
        here = [at_reception(office, name) for name in ("Rana", "Huda", "Amal")]
        office.on(LOCKDOWN)

        self.what_changes_is_seen_before(office, here)
        before = days(here[0], "arrived")
        self.all_are_held_in_one_act_each_with_its_result(office, here)
        self.what_counts_from_the_arrival_goes_on(here[0], before)
        self.the_hold_is_extended(office, here)
        self.they_are_let_go_and_move_in(office, here, before)

    def what_changes_is_seen_before(self, office, here):
        path = f"/api/case-holds/changes?way=hold&stage=RECEPTION&review_on={REVIEW}"
        rows = office.leader.items(path)

        assert {row["case_id"] for row in rows} == {journey.case for journey in here}
        assert all(row["unplanned"] and row["going_on"] and not row["fault"] for row in rows)
        assert [journey.stage for journey in here] == ["RECEPTION"] * 3

    def all_are_held_in_one_act_each_with_its_result(self, office, here):
        body = HOLD | {"case_ids": [journey.case for journey in here], "review_on": REVIEW}
        by_worker = office.caseworker.tries("/api/case-holds", **body)
        results = office.leader.post("/api/case-holds", **body)["items"]
        again = office.leader.post("/api/case-holds", **body)["items"]

        assert by_worker.status_code == 403
        assert [(row["done"], row["words"]) for row in results] == [(True, "On hold")] * 3
        assert not any(row["done"] for row in again)
        assert [journey.stage for journey in here] == ["ON_HOLD"] * 3

    def what_counts_from_the_arrival_goes_on(self, journey, before):
        assert before
        assert days(journey, "arrived") == before
        assert days(journey, "placed") == {}

    def the_hold_is_extended(self, office, here):
        office.on(REVIEW)
        body = {"way": "extend", "case_ids": [journey.case for journey in here]}
        shorter = office.leader.post("/api/case-holds", **body, review_on=date(2020, 4, 24))
        longer = office.leader.post("/api/case-holds", **body, review_on=EXTENDED)
        path = "/api/case-holds/changes?way=extend&stage=RECEPTION"

        assert [row["done"] for row in shorter["items"]] == [True] * 3
        assert [row["done"] for row in longer["items"]] == [True] * 3
        held = {row["held_until"] for row in office.leader.items(path)}
        assert held == {"2020-05-14"}

    def they_are_let_go_and_move_in(self, office, here, before):
        office.on(OPENED)
        body = {"way": "release", "case_ids": [journey.case for journey in here]}
        results = office.leader.post("/api/case-holds", **body)["items"]
        office.on(MOVED)
        here[0].moves_in()

        assert [row["words"] for row in results] == ["Goes on"] * 3
        assert [journey.stage for journey in here] == ["RECEPTION"] * 3
        assert days(here[0], "arrived") == before
        first = min(days(here[0], "placed").values())
        assert first >= "2020-05-01"
        assert days(here[1], "placed") == {}


class TestTravel:
    def test_what_hangs_on_travel_moves_with_it_but_for_what_a_person_set(self, office):
        journey = still_to_travel(office, "Samira", date(2020, 4, 6))
        office.on(LOCKDOWN)
        before = days(journey, "")
        by_hand, *others = sorted(before)
        step = journey.milestone(by_hand)
        journey.worker.patch(f"/api/milestones/{step['id']}", due_on=date(2020, 4, 1))
        chosen = f"way=hold&stage=PRE_DEPARTURE&review_on={REVIEW}&moves_travel=true"

        (change,) = office.leader.items(f"/api/case-holds/changes?{chosen}")
        body = HOLD | {"case_ids": [journey.case], "review_on": REVIEW, "moves_travel": True}
        office.leader.post("/api/case-holds", **body)
        after = days(journey, "")

        assert (change["travel_on"], change["travel_to"]) == ("2020-04-06", "2020-04-23")
        assert (change["moving"], change["staying"]) == (len(others), 1)
        assert after[by_hand] == "2020-04-01"
        moved = {code: date.fromisoformat(after[code]) for code in others}
        assert all((moved[c] - date.fromisoformat(before[c])).days == 17 for c in others)
