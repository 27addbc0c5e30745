"""The pages of tasks: a household's, one's own, one task, and many done at once."""

import re

import pytest

from resettle.core.actor import SYSTEM
from tests.desks import a_desk, counted_reads
from tests.world import a_caseworker

NEW = {"title": "Buy a heater", "category": "house", "due_on": "2026-03-04"}


@pytest.fixture
def desk(transactions, client_of):
    """Give a client of a caseworker, and the address of the one household."""
    worker, (household_id,) = a_desk(transactions)
    return client_of(worker), f"/households/{household_id}"


def added(desk, **more):
    """Add a task through its page; give the address of the task."""
    client, file = desk
    answer = client.post(file + "/tasks/new", data={**NEW, **more})
    assert answer.status_code == 303, answer.text
    return re.findall(r'href="(/tasks/[0-9a-f-]{36})"', client.get(file + "/tasks").text)[0]


class TestOfHousehold:
    def test_a_task_is_written_down_and_stands_in_the_file(self, desk):
        client, file = desk

        added(desk, handover="together", repeat_every="2", repeat_unit="week")

        page = client.get(file + "/tasks").text
        assert "Buy a heater" in page
        assert "House · Together · every 2 weeks" in page
        assert 'data-shortcut="t"' in page

    def test_it_is_done_with_one_press_and_taken_back_with_another(self, desk):
        client, file = desk
        task = added(desk)

        client.post(task + "/done", data={})
        undo = re.search(r'action="(/tasks/[^"]*/reopening)"', client.get(file + "/tasks").text)[1]
        empty = client.get(file + "/tasks").text
        client.post(undo, data={})

        assert "No task here." in empty
        assert "Buy a heater" in client.get(file + "/tasks").text

    def test_the_form_offers_only_those_who_look_after_the_household(self, desk, transactions):
        client, file = desk
        with transactions.begin(SYSTEM, "arrange") as uow:
            stranger = a_caseworker(uow)

        page = client.get(file + "/tasks/new").text

        assert str(stranger.user_id) not in page
        assert "Mere Tamihana" in page

    def test_what_is_wrong_is_told_beside_the_field(self, desk):
        client, file = desk

        page = client.post(file + "/tasks/new", data={**NEW, "repeat_every": "2"})

        assert page.status_code == 422
        assert "Say whether these are days, weeks or months." in page.text
        assert 'value="Buy a heater"' in page.text


class TestOne:
    def test_it_shows_all_of_it(self, desk):
        client, _ = desk
        task = added(desk, detail="Ask for the receipt", handover="family_leads")

        page = client.get(task).text

        assert "Ask for the receipt" in page
        assert "The family leads" in page
        assert "Mere Tamihana" in page
        assert re.search(r"<title>R-\d{4}-\d{4,}: Task", page)

    def test_changed_what_is_left_empty_is_taken_away(self, desk):
        client, _ = desk
        task = added(desk, detail="Ask for the receipt", repeat_every="1", repeat_unit="day")
        form = client.get(task + "/change").text
        version = re.search(r'name="version" value="(\d+)"', form)[1]

        answer = client.post(task + "/change", data={**NEW, "version": version})

        page = client.get(task).text
        assert answer.status_code == 303
        assert "Ask for the receipt" in form
        assert "Ask for the receipt" not in page
        assert "every day" not in page
        assert "Nobody yet" in page

    def test_an_older_version_is_not_overwritten(self, desk):
        client, _ = desk
        task = added(desk)
        client.post(task + "/change", data={**NEW, "title": "Buy two", "version": "1"})

        late = client.post(task + "/change", data={**NEW, "title": "Buy three", "version": "1"})

        assert late.status_code == 422
        assert "Buy two" in client.get(task).text

    def test_cancelled_it_says_why(self, desk):
        client, _ = desk
        task = added(desk, repeat_every="1", repeat_unit="month")
        asked = client.get(task + "/cancellation").text

        blank = client.post(task + "/cancellation", data={"reason": " "})
        client.post(task + "/cancellation", data={"reason": "The landlord brought one"})

        page = client.get(task).text
        assert "It comes every month; cancelled, it does not come again." in asked
        assert blank.status_code == 422
        assert "The landlord brought one" in page
        assert "Open again" in page


def test_those_of_a_household_go_on_page_by_page(desk):
    client, file = desk
    for number in range(3):
        added(desk, title=f"Task {number}", due_on=f"2026-03-0{number + 3}")

    first = client.get(file + "/tasks?limit=2").text
    rest = client.get(re.search(r'rel="next" href="([^"]*)"', first)[1].replace("&amp;", "&")).text

    assert ("Task 1" in first, "Task 2" in first) == (True, False)
    assert "Task 2" in rest
    assert 'rel="prev"' in rest


class TestMine:
    def test_it_is_filtered_by_the_address(self, desk):
        client, _ = desk
        added(desk, title="Late", due_on="2026-02-01")
        added(desk, title="Later", due_on="2026-06-01", category="school")

        assert client.get("/tasks?due=late").text.count("<bdi>Late") == 1
        assert "<bdi>Later" not in client.get("/tasks?due=late").text
        assert "<bdi>Late<" not in client.get("/tasks?category=school").text
        assert "No task fits." in client.get("/tasks?whose=nobody").text

    def test_it_goes_on_page_by_page(self, desk):
        client, _ = desk
        for number in range(3):
            added(desk, title=f"Task {number}", due_on=f"2026-03-0{number + 3}")

        first = client.get("/tasks?limit=2").text
        second = client.get(re.search(r'rel="next" href="([^"]*)"', first)[1].replace("&amp;", "&"))

        assert ("Task 1" in first, "Task 2" in first) == (True, False)
        assert "Task 2" in second.text
        assert 'rel="prev"' in second.text

    def test_what_is_ticked_is_done_at_once_and_taken_back_at_once(self, desk):
        client, _ = desk
        for number in range(2):
            added(desk, title=f"Task {number}")
        ids = re.findall(r'name="task_ids" value="([^"]*)"', client.get("/tasks").text)
        client.post(f"/tasks/{ids[0]}/done", data={})

        client.post("/tasks/done", data={"task_ids": ids})
        told = client.get("/tasks").text
        client.post(re.search(r'action="(/tasks/done/[^"]*/undo)"', told)[1], data={})

        back = client.get("/tasks").text
        assert "1 task is done. 1 not: It is done or cancelled already." in told
        assert "Open again: 1." in back
        assert back.count('name="task_ids"') == 1

    def test_nothing_ticked_is_nothing_done(self, desk):
        client, _ = desk

        client.post("/tasks/done", data={})

        assert "Nothing was ticked" in client.get("/tasks").text

    def test_its_queries_do_not_grow_with_it(self, desk, connection):
        client, _ = desk
        added(desk)
        with counted_reads(connection) as few:
            client.get("/tasks")
        for number in range(8):
            added(desk, title=f"Task {number}")
        with counted_reads(connection) as many:
            client.get("/tasks")

        assert len(many) == len(few)

    def test_a_household_taken_away_takes_its_tasks_along(self, desk, transactions, client_of):
        added(desk)
        with transactions.begin(SYSTEM, "arrange") as uow:
            stranger = a_caseworker(uow)

        assert "Buy a heater" not in client_of(stranger).get("/tasks?whose=all").text


class TestOfMilestone:
    def test_one_press_makes_it(self, desk):
        client, file = desk
        press = re.search(
            r'action="(/milestones/[^"]*/task)"', client.get(file + "/milestones").text
        )[1]

        made = client.post(press, data={})
        again = client.post(press, data={})

        assert "From a milestone" in client.get(made.location).text
        assert again.status_code == 409
