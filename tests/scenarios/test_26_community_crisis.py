"""Scenario 26: Christchurch, March 2019: is everybody safe, in every household of the community?"""

from datetime import date

from resettle.core.actor import Role
from tests.scenarios.journeys import a_quota_journey

ARRIVAL, ATTACK, END = date(2018, 7, 2), date(2019, 3, 15), date(2019, 4, 15)
HERE = {"location": "CHC", "language": "ara"}
FLAG = {"reason": "Attacks on mosques in Christchurch", "ends_on": END, **HERE}


def a_home(office, name, place):
    """Let a family live somewhere since summer."""
    journey = a_quota_journey(office, (name, "PA", "F", date(1990, 5, 17)), town=place)
    journey.arrives()
    journey.worker.patch(journey.home, location=place)
    return journey


def checks(journey):
    tasks = journey.worker.items(f"{journey.home}/tasks")
    return [task for task in tasks if task["title"].startswith("Welfare check")]


class TestCommunityCrisis:
    def test_it(self, office):
        office.on(ARRIVAL)
        struck = [a_home(office, name, "CHC") for name in ("Samira", "Huda", "Rana")]
        far = a_home(office, "Amal", "NSN")
        office.on(ATTACK)

        number = self.whom_it_concerns_is_shown_with_the_number(office, struck)
        crisis = self.one_act_sends_one_check_to_each(office, struck, far, number)
        self.sent_again_it_sends_nothing_twice(office, struck, crisis)
        self.the_flag_is_on_each_file(office, struck, far)
        self.done_and_not_done_are_told(office, struck, crisis)
        self.it_is_closed_and_the_flag_comes_down(office, struck, crisis)

    def whom_it_concerns_is_shown_with_the_number(self, office, struck):
        found = office.leader.get("/api/crises/affected?location=CHC&language=ara")

        assert (found["number"], found["others"]) == (3, 0)
        assert {row["id"] for row in found["own"]} == {journey.household for journey in struck}
        assert checks(struck[0]) == []
        return found["number"]

    def one_act_sends_one_check_to_each(self, office, struck, far, number):
        wrong = office.leader.tries("/api/crises", **FLAG, number=number + 1)
        by_worker = office.caseworker.tries("/api/crises", **FLAG, number=number)
        crisis = office.leader.post("/api/crises", **FLAG, number=number)

        assert (wrong.status_code, by_worker.status_code) == (409, 403)
        for journey in struck:
            (check,) = checks(journey)
            assert check["due_on"] == "2019-03-15"
            assert check["assignee_id"] == office.caseworker.id
        assert checks(far) == []
        return f"/api/crises/{crisis['id']}"

    def sent_again_it_sends_nothing_twice(self, office, struck, crisis):
        again = office.leader.tries("/api/crises", **FLAG, number=3)
        office.leader.post(f"{crisis}/sending")

        assert again.status_code == 409
        assert [len(checks(journey)) for journey in struck] == [1, 1, 1]

    def the_flag_is_on_each_file(self, office, struck, far):
        def page(journey):
            return office.caseworker.asks("GET", f"/households/{journey.household}").text

        assert all(FLAG["reason"] in page(journey) for journey in struck)
        assert FLAG["reason"] not in page(far)

    def done_and_not_done_are_told(self, office, struck, crisis):
        (check,) = checks(struck[0])
        office.caseworker.patch(f"/api/tasks/{check['id']}", status="done")
        board = office.leader.items(f"{crisis}/checks")
        manager = office.somebody(Role.PROGRAMME_MANAGER)

        done = {row["household_id"] for row in board if row["status"] == "done"}
        assert (len(board), done) == (3, {struck[0].household})
        assert manager.get(f"{crisis}/count") == {"number": 3, "done": 1, "open": 2}
        assert manager.items(f"{crisis}/checks") == []

    def it_is_closed_and_the_flag_comes_down(self, office, struck, crisis):
        closed = office.leader.post(f"{crisis}/closing", note="All three families are safe.")
        page = office.caseworker.asks("GET", f"/households/{struck[1].household}").text

        assert closed["closing_note"] == "All three families are safe."
        assert FLAG["reason"] not in page
        assert len(checks(struck[1])) == 1
