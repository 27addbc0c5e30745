"""A caseworker's tasks, appointments and plans over JSON, as another program would keep them."""

from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.households.queries import current_members
from tests.desks import a_desk

TODAY = "2026-03-02"


@pytest.fixture
def desk(transactions, client_of):
    return Desk(transactions, client_of)


class Desk:
    """One household of one woman, in the hands of a caseworker who speaks JSON."""

    def __init__(self, transactions, client_of):
        worker, (self.household_id,) = a_desk(transactions)
        self.client = client_of(worker)
        self.file = f"/api/households/{self.household_id}"
        with transactions.begin(SYSTEM, "look") as uow:
            (member,) = current_members(uow, self.household_id)
            self.person_id = str(member.person_id)

    def sends(self, method, path, **body):
        headers = {"Idempotency-Key": uuid4().hex}
        if method == "PATCH":
            headers["If-Match"] = self.client.get(path).headers.get("ETag", '"1"')
        return self.client.open(path, method=method, json=body, headers=headers)

    def post(self, path, **body):
        answer = self.sends("POST", path, **body)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json

    def items(self, path, **wanted):
        return self.client.get(path, query_string=wanted).json["items"]


class TestTasks:
    @pytest.fixture
    def task(self, desk):
        new = {"title": "Buy a heater", "category": "house", "due_on": "2026-03-04"}
        return f"/api/tasks/{desk.post(f'{desk.file}/tasks', **new)['id']}"

    def test_one_is_given_up_with_its_reason_and_taken_back(self, desk, task):
        given_up = desk.post(f"{task}/cancellation", reason="There is one")
        again = desk.post(f"{task}/reopening")

        assert (given_up["status"], given_up["cancel_reason"]) == ("cancelled", "There is one")
        assert (again["status"], again["cancel_reason"]) == ("open", None)

    def test_one_that_is_open_is_not_taken_back(self, desk, task):
        assert desk.sends("POST", f"{task}/reopening").status_code == 409

    def test_many_are_done_at_once_each_is_answered_and_all_come_back(self, desk, task):
        ids, stranger = [task.rsplit("/", 1)[1]], str(uuid4())

        done = desk.post("/api/tasks/done", task_ids=[*ids, stranger])

        assert desk.client.get(task).json["status"] == "done"
        assert stranger in str(done)
        desk.post(f"/api/tasks/done/{done['bulk_id']}/undo")
        assert desk.client.get(task).json["status"] == "open"


class TestAppointments:
    @pytest.fixture
    def appointment(self, desk):
        hours = {"starts_at": "2026-03-04T09:00:00+13:00", "ends_at": "2026-03-04T10:00:00+13:00"}
        return desk.post(f"{desk.file}/appointments", kind="gp", **hours)

    def test_they_are_listed_by_household_and_of_all(self, desk, appointment):
        for path in (f"{desk.file}/appointments", "/api/appointments"):
            assert [each["id"] for each in desk.items(path)] == [appointment["id"]]
            assert desk.items(path, first="2026-03-05") == []

    def test_what_came_of_one_is_told_and_taken_back(self, desk, appointment, clock):
        path = f"/api/appointments/{appointment['id']}"
        clock.forward(days=3)
        desk.post(f"{path}/outcome", outcome="attended", note="All well")

        again = desk.post(f"{path}/reopening")

        assert (again["outcome"], again["outcome_note"]) == ("planned", None)
        assert desk.sends("POST", f"{path}/reopening").status_code == 409

    def test_one_is_changed_and_warned_of(self, desk, appointment):
        path = f"/api/appointments/{appointment['id']}"

        changed = desk.sends("PATCH", path, place="12 Main Street", interpreter_needed=True)

        assert (changed.status_code, changed.json["place"]) == (200, "12 Main Street")
        assert desk.client.get(f"{path}/warnings").status_code == 200


class TestPlans:
    def test_a_plan_is_begun_worked_out_agreed_and_closed(self, desk):
        plan = desk.post(f"{desk.file}/plans")
        path = f"/api/plans/{plan['id']}"
        goal = desk.post(
            f"{path}/goals", domain="EDU", wording="Learn English", baseline=1, target=4
        )
        step = desk.post(f"/api/goals/{goal['id']}/steps", text="Enrol", due_on="2026-04-01")

        changed = desk.sends("PATCH", f"/api/goals/{goal['id']}", wording="Learn to read")
        moved = desk.sends("PATCH", f"/api/steps/{step['id']}", due_on="2026-05-01")
        agreed = desk.post(f"{path}/agreement", agreed_on=TODAY, person_ids=[desk.person_id])

        assert (changed.status_code, changed.json["wording"]) == (200, "Learn to read")
        assert (moved.status_code, moved.json["due_on"]) == (200, "2026-05-01")
        assert agreed["agreed_on"] == TODAY
        assert [each["id"] for each in desk.items(f"{desk.file}/plans")] == [plan["id"]]
        assert [each["id"] for each in desk.items(f"{desk.file}/goals")] == [goal["id"]]
        assert desk.post(f"{path}/closing")["status"] == "closed"

    def test_what_support_ends_is_handed_over_to_somebody_by_name(self, desk):
        path = f"/api/plans/{desk.post(f'{desk.file}/plans', kind='exit')['id']}"
        made = desk.post(f"{path}/handovers", support="Lifts to the doctor", taken_by="Aunt")

        changed = desk.sends("PATCH", f"/api/handovers/{made['id']}", taken_by="The church")

        assert [each["kind"] for each in desk.items(f"{desk.file}/plans", kind="exit")] == ["exit"]
        assert desk.items(f"{desk.file}/plans", status="closed") == []
        assert desk.items(f"{desk.file}/plans", kind="settlement") == []
        assert changed.json["taken_by"] == "The church"
