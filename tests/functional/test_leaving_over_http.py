"""A caseworker leaves, and nothing is left behind: over HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest

from resettle.appointments.models import Appointment
from resettle.cases.models import AssignmentKind
from resettle.casework.models import ContactNote
from resettle.core.actor import SYSTEM, Actor, Role
from tests.functional.test_queue_over_http import a_task, post, queue, titles, under_way
from tests.world import a_caseworker, a_user

ADMIN = Actor(Role.ADMINISTRATOR, user_id=uuid4())


@pytest.fixture
def world(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = under_way(uow)
        worker = a_caseworker(uow, household)
        ana = a_user(uow, name="Ana Tuilagi")
        a_task(uow, household, title="Ring the school", assignee_id=worker.user_id)
        uow.add(
            Appointment(
                household_id=household.id,
                starts_at=uow.now + timedelta(days=2),
                ends_at=uow.now + timedelta(days=2, hours=1),
                companion_id=worker.user_id,
            )
        )
    return household, worker, ana


class TestLeaving:
    def test_everything_goes_with_the_household_and_a_brief_stays(
        self, client_of, transactions, world
    ):
        household, worker, ana = world
        client, path = client_of(worker), f"/leaving/households/{household.id}"
        page = client.get("/leaving").text
        assert "1. Households (1)" in page
        assert "- Ring the school. Due today." in client.get(path).text

        done = client.post(
            path, data={"user_id": str(ana.id), "brief": "Zahra prefers the mornings."}
        )

        assert "Nothing is left behind." in client.get(done.location).text
        theirs = client_of(Actor(Role.CASEWORKER, user_id=ana.id))
        assert "Ring the school" in titles(queue(theirs))
        assert queue(client) == []
        notes = theirs.get(f"/api/households/{household.id}/notes").json["items"]
        assert [(n["channel"], n["text"]) for n in notes] == [
            ("handover", "Zahra prefers the mornings.")
        ]
        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            (appointment,) = uow.all(uow.select(Appointment))
            assert appointment.companion_id == ana.id
            # A brief is no contact, so the household is as silent as before.
            assert uow.count(ContactNote) == 1

    def test_a_second_caseworker_hands_over_too(self, client_of, transactions, world):
        household, _, ana = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            tom = a_caseworker(uow, household, kind=AssignmentKind.SECOND)
        client = client_of(tom)
        given = post(
            client, f"/api/queue/contact/{household.id}/delegation", {"to_id": str(tom.user_id)}
        )
        assert given.status_code == 200

        body = {"user_id": str(ana.id), "brief": "Nothing special"}
        told = post(client, f"/api/leaving/households/{household.id}", body)

        assert told.status_code == 204
        assert client.get("/api/leaving").json == {"households": [], "drafts": 0, "is_done": True}
        theirs = client_of(Actor(Role.CASEWORKER, user_id=ana.id))
        assert titles(queue(theirs)) == ["Be in touch"]

    def test_only_what_is_in_ones_hands_and_to_a_colleague(self, client_of, transactions, world):
        household, worker, ana = world
        other = client_of(Actor(Role.CASEWORKER, user_id=ana.id))
        body = {"user_id": str(worker.user_id), "brief": "Nothing special"}
        path = f"/api/leaving/households/{household.id}"

        assert post(other, path, body).status_code == 404
        assert post(client_of(worker), path, body).status_code == 422
        assert post(client_of(worker), path, {"user_id": str(ana.id)}).status_code == 422
        assert client_of(worker).get("/api/leaving").json["households"][0]["tasks"] == 1


class TestDeactivation:
    def test_who_still_has_households_is_kept_unless_it_is_said_where_they_go(
        self, client_of, world
    ):
        household, worker, _ = world
        client, path = client_of(ADMIN), f"/users/{worker.user_id}/deactivation"
        assert "They still look after 1 household." in client.get(path).text

        refused = client.post(path, data={"reason": "Moves to Perth"})
        over_json = post(
            client, f"/api/users/{worker.user_id}/deactivation", {"reason": "Moves to Perth"}
        )
        done = client.post(path, data={"reason": "Moves to Perth", "households_left": "true"})

        assert refused.status_code == 422
        assert over_json.status_code == 409
        assert "Households that this person still looks after: 1." in over_json.json["detail"]
        assert done.status_code == 303
        manager = client_of(Actor(Role.PROGRAMME_MANAGER, user_id=uuid4()))
        (left,) = manager.get("/api/team").json["unattended"]
        assert (left["reference"], left["why"]) == (
            household.reference,
            "Its caseworker has left.",
        )

    def test_who_has_handed_over_goes_without_more_ado(self, client_of, world):
        household, worker, ana = world
        body = {"user_id": str(ana.id), "brief": "Nothing special"}
        post(client_of(worker), f"/api/leaving/households/{household.id}", body)

        done = post(
            client_of(ADMIN), f"/api/users/{worker.user_id}/deactivation", {"reason": "Left"}
        )

        assert done.status_code == 200
