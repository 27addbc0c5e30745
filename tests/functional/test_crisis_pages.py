"""The pages of crisis flags: whom it concerns, then the checks, then done and not done."""

from datetime import date
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from tests.journeys import a_team_leader
from tests.world import a_caseworker, a_household, a_user

END = "2026-03-16"
FLAG = {"reason": "Attack on a mosque", "ends_on": END, "location": "CHC"}


@pytest.fixture
def team(transactions, client_of):
    """Give a household of the team, and clients of its leader and of a manager."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        homes = [a_household(uow, location="CHC", arrived_on=date(2025, 8, 1)) for _ in range(2)]
        a_caseworker(uow, homes[1])
        leader = a_team_leader(uow, homes[0])
        manager = Actor(Role.PROGRAMME_MANAGER, user_id=a_user(uow, Role.PROGRAMME_MANAGER).id)
    return homes[0], client_of(leader), client_of(manager)


def sent(client, path, **form):
    return client.post(path, data={"form_key": uuid4().hex, **form})


class TestFlag:
    def test_whom_it_concerns_is_seen_before_anything_is_sent(self, team):
        _, leader, _ = team

        empty = leader.get("/crises").text
        asked = leader.get("/crises/affected?location=CHC").text

        assert "No flag was ever raised." in empty
        assert "It concerns 2 households" in asked
        assert "1 of them is looked after by others" in asked
        assert "Raise the flag and send 2 checks" in asked

    def test_it_is_raised_followed_and_taken_down(self, team):
        home, leader, manager = team
        file = f"/households/{home.id}"
        raised = sent(leader, "/crises/new", **FLAG, number="2")
        flagged, board = leader.get(file).text, leader.get(raised.location).text
        counted = manager.get(raised.location).text
        again = sent(leader, f"{raised.location}/sending")
        sent(leader, f"{raised.location}/closing", note="All are safe.")
        after = leader.get(raised.location).text

        assert "Attack on a mosque" in flagged
        assert home.reference in board
        assert home.reference not in counted
        assert "<dd><bdi>2</bdi></dd>" in counted
        assert again.status_code == 303
        assert "All are safe." in after
        assert "Attack on a mosque" not in leader.get(file).text

    def test_a_number_that_has_changed_is_not_confirmed(self, team):
        _, leader, _ = team

        refused = sent(leader, "/crises/new", **FLAG, number="7")

        assert refused.status_code == 422
        assert "This now concerns 2 households. Look at the list again." in refused.text

    def test_sending_the_same_form_twice_raises_one_flag(self, team):
        _, leader, _ = team
        form = {"form_key": uuid4().hex, **FLAG, "number": "2"}

        first, second = (leader.post("/crises/new", data=form) for _ in range(2))

        assert first.location == second.location

    def test_each_form_is_shown(self, team):
        _, leader, manager = team
        raised = sent(leader, "/crises/new", **FLAG, number="2").location

        assert leader.get("/crises/new").status_code == 200
        assert leader.get(f"{raised}/closing").status_code == 200
        assert manager.get("/crises").status_code == 200
        assert manager.get("/crises/new").status_code == 403


class TestOverJson:
    def test_a_flag_is_told_of_first_then_shown_and_counted_without_names(self, team):
        home, leader, manager = team
        told = leader.get("/api/crises/affected?location=CHC")
        raised = leader.post(
            "/api/crises", json={**FLAG, "number": 2}, headers={"Idempotency-Key": uuid4().hex}
        )
        path = f"/api/crises/{raised.json['id']}"

        shown, counted = manager.get(path), manager.get(f"{path}/count")

        assert (told.status_code, raised.status_code) == (200, 201)
        assert told.json["number"] == 2
        assert (shown.status_code, shown.json["ends_on"]) == (200, END)
        assert counted.json == {"number": 2, "done": 0, "open": 2}
        assert home.reference not in shown.text + counted.text

    def test_a_community_is_chosen_by_its_name(self, team):
        _, leader, _ = team

        page = leader.get("/crises/affected?language=prs&nationality=SYR").text

        assert '<option value="prs" selected>Dari</option>' in page
        assert '<option value="SYR" selected>Syrian Arab Republic</option>' in page

    def test_a_community_is_named_and_not_by_its_code(self, team):
        home, leader, _ = team
        about = {"language": home.primary_language, "number": "2", "location": ""}

        raised = sent(leader, "/crises/new", **FLAG | about)

        assert raised.status_code == 303, raised.text
        assert "Households who speak " in leader.get(raised.location).text
        assert f"who speak {home.primary_language}" not in leader.get(raised.location).text
