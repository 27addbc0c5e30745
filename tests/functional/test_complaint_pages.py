"""Complaints on pages: said in one's own language, answered by a manager, read by no other."""

from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from tests.world import a_caseworker, a_household, a_member, a_person_signed_in, a_user

TODAY = "2026-03-02"
SAID = {"about": "service", "text": "هیچ کس نیامد", "language": "prs"}


@pytest.fixture
def people(transactions, client_of):
    """Give the household, and clients of its person, caseworker and manager."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        person = a_person_signed_in(uow, a_member(uow, household))
        manager = Actor(Role.PROGRAMME_MANAGER, user_id=a_user(uow, Role.PROGRAMME_MANAGER).id)
        worker = a_caseworker(uow, household)
    clients = [client_of(actor) for actor in (person, worker, manager)]
    return household, *clients


def sent(client, path, **form):
    return client.post(path, data={"form_key": uuid4().hex, **form})


class TestComplaint:
    def test_a_family_complains_and_a_manager_answers(self, people):
        household, family, worker, manager = people
        form = f"/households/{household.id}/complaints/new"
        way, asked = family.get("/my-household").text, family.get(form).text

        made = sent(family, form, **SAID)
        own = family.get(made.location).text
        listed = manager.get("/complaints").text
        sent(manager, f"{made.location}/acknowledgement", acknowledged_on=TODAY)
        answer = {"resolved_on": TODAY, "outcome": "upheld", "answer": "We are sorry."}
        sent(manager, f"{made.location}/resolution", **answer)
        after = family.get(made.location).text

        assert form in way
        assert "Not your sponsor group, and not the people who look after you." in asked
        assert "You will hear within five working days that it arrived." in own
        assert 'lang="prs">هیچ کس نیامد' in own
        assert household.reference in listed
        assert "To acknowledge in 7 days" in listed
        assert "Upheld" in after
        assert "We are sorry." in after
        assert worker.get(made.location).status_code == 403
        assert "What I complained of" in family.get("/complaints").text

    def test_a_caseworker_takes_one_down_and_does_not_read_it_again(self, people):
        household, family, worker, _ = people
        form = f"/households/{household.id}/complaints/new"

        shown = worker.get(form).text
        made = sent(worker, form, **SAID, channel="phone", in_english="Nobody came.")

        assert "You will not be able to read it again." in shown
        assert "Nobody came" not in worker.get(made.location).text
        assert "There is no complaint." in family.get("/complaints").text

    @pytest.mark.parametrize("form", ["acknowledgement", "resolution"])
    def test_each_form_is_shown_and_says_what_is_missing(self, people, form):
        household, family, _, manager = people
        made = sent(family, f"/households/{household.id}/complaints/new", **SAID)
        path = f"{made.location}/{form}"

        assert manager.get(path).status_code == 200
        assert sent(manager, path).status_code == 422

    def test_it_is_the_same_over_json(self, people):
        household, _, worker, manager = people
        key = {"Idempotency-Key": uuid4().hex}
        body = SAID | {"channel": "letter", "received_on": "2026-02-23"}

        made = worker.post(f"/api/households/{household.id}/complaints", json=body, headers=key)
        path = f"/api/complaints/{made.json['id']}"
        shown = manager.get(path)
        listed = manager.get("/api/complaints?status=received").json["items"]
        told = manager.post(f"{path}/acknowledgement", json={"acknowledged_on": TODAY}, headers=key)
        answer = {"resolved_on": TODAY, "outcome": "not_upheld", "answer": "It was the bus."}
        done = manager.post(f"{path}/resolution", json=answer, headers=again())

        assert made.json.keys() == {"id", "household_id", "received_on", "due_on"}
        assert shown.json["text"] == "هیچ کس نیامد"
        assert [row["id"] for row in listed] == [made.json["id"]]
        assert (told.json["status"], done.json["outcome"]) == ("acknowledged", "not_upheld")


def again():
    return {"Idempotency-Key": uuid4().hex}
