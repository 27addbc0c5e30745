"""A caseworker leaves, and nothing is left behind: over HTTP."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from resettle.appointments.models import Appointment
from resettle.cases.models import AssignmentKind
from resettle.casework.models import ContactNote
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.drafts.models import Draft
from resettle.incidents.models import Incident, IncidentStatus
from resettle.milestones.models import Milestone, Status
from resettle.placements.models import Sponsorship, SponsorshipStatus
from tests.desks import TODAY, a_step
from tests.functional import filled
from tests.functional.test_queue_over_http import a_task, post, queue, titles, under_way
from tests.groups import a_group, a_match
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
        left = client.get("/api/leaving").json
        assert left == {"households": [], "unfinished": [], "drafts": 0, "is_done": True}
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


class TestInTheirName:
    @pytest.fixture
    def named(self, transactions, world):
        """Put the leaver's name on an incident, a blocked step and a review of the support."""
        household, worker, _ana = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            incident = uow.add(
                Incident(
                    household_id=household.id,
                    kind="accident",
                    safeguarding=False,
                    severity=2,
                    happened_on=TODAY,
                    reported_at=uow.now,
                    owner_id=worker.user_id,
                )
            )
            step = a_step(uow, household, status=Status.BLOCKED, blocker_owner_id=worker.user_id)
            match = a_match(uow, a_group(uow), household, status=SponsorshipStatus.CONFIRMED)
            match.continuity_since, match.continuity_owner = TODAY, worker.user_id
        return [(Incident, incident.id), (Milestone, step.id), (Sponsorship, match.id)]

    def test_whatever_stands_in_their_name_goes_to_the_successor(
        self, client_of, transactions, world, named
    ):
        household, worker, ana = world
        client = client_of(worker)
        assert client.get("/api/leaving").json["households"][0]["matters"] == 3

        body = {"user_id": str(ana.id), "brief": "Nothing special"}
        assert post(client, f"/api/leaving/households/{household.id}", body).status_code == 204

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            incident, step, match = (uow.find(model, id_) for model, id_ in named)
            owners = (incident.owner_id, step.blocker_owner_id, match.continuity_owner)
            assert owners == (ana.id, ana.id, ana.id)

    def test_what_is_closed_or_anothers_keeps_its_name(self, client_of, transactions, world, named):
        household, worker, ana = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_user(uow)
            incident, step, _match = (uow.find(model, id_) for model, id_ in named)
            incident.status, step.blocker_owner_id = IncidentStatus.CLOSED, other.id

        body = {"user_id": str(ana.id), "brief": "Nothing special"}
        post(client_of(worker), f"/api/leaving/households/{household.id}", body)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            incident, step, _match = (uow.find(model, id_) for model, id_ in named)
            assert (incident.owner_id, step.blocker_owner_id) == (worker.user_id, other.id)


class TestDrafts:
    """What is begun is its writer's alone, until the writer says what becomes of it."""

    SAID = "They told of the school, at length"

    @pytest.fixture
    def begun(self, client_of, world):
        """Begin a contact note, and give the leaver's client and the draft's id."""
        household, worker, _ana = world
        client = client_of(worker)
        return client, self.begin(client, f"/households/{household.id}/contact", text=self.SAID)

    def begin(self, client, path, **typed):
        data = filled.typed(client.get(path).text, **typed)
        kept = client.post("/drafts", data=data, headers={"Accept": "application/json"})
        return kept.get_json()["id"]

    def hand_over(self, client, world):
        household, _worker, ana = world
        typed = {"user_id": str(ana.id), "brief": "Nothing special"}
        return client.post(f"/leaving/households/{household.id}", data=typed)

    def test_one_that_is_not_decided_keeps_the_household_back(self, world, begun):
        client, _draft_id = begun

        page = client.get("/leaving").text
        refused = self.hand_over(client, world)

        assert "2. Drafts (1)" in page
        assert "Not decided yet" in page
        assert refused.status_code == 422
        assert "Decide first what becomes of what you have begun" in refused.text
        assert "Nothing special" in refused.text

    def test_handed_over_it_is_the_successors_to_read_and_to_finish(self, client_of, world, begun):
        household, _worker, ana = world
        client, draft_id = begun
        decide = f"/leaving/drafts/{draft_id}/decision"
        theirs = client_of(Actor(Role.CASEWORKER, user_id=ana.id))
        said = client.post(decide, data={"becomes": "handed_over"})
        assert "It goes on with its household" in client.get(said.location).text
        assert (
            "it goes on to your colleague" in client.get(f"/leaving/households/{household.id}").text
        )
        assert theirs.get(f"/drafts/{draft_id}").status_code == 404

        assert self.hand_over(client, world).status_code == 303

        assert "handed over to you" in theirs.get("/drafts").text
        assert self.SAID in theirs.get(f"/drafts/{draft_id}").text
        form = theirs.get(f"/households/{household.id}/contact?draft={draft_id}").text
        assert f"{self.SAID}</textarea>" in form
        assert client.get(f"/drafts/{draft_id}").status_code == 404
        assert client.get("/api/leaving").json["is_done"] is True

    def test_the_decision_is_taken_back(self, client_of, world, begun):
        client, draft_id = begun
        decide = f"/api/leaving/drafts/{draft_id}/decision"

        for becomes in ("handed_over", "open"):
            assert post(client, decide, {"becomes": becomes}).status_code == 204

        (left,) = client.get("/api/leaving").json["unfinished"]
        assert left["goes_on"] is False
        assert self.hand_over(client, world).status_code == 422

    def test_a_discarded_one_is_nobodys(self, connection, world, begun):
        client, draft_id = begun
        gone = client.post(f"/leaving/drafts/{draft_id}/decision", data={"becomes": "discarded"})
        assert f"/drafts/{draft_id}/return" in client.get(gone.location).text

        assert self.hand_over(client, world).status_code == 303

        assert connection.scalar(select(func.count()).select_from(Draft.__table__)) == 0

    def test_the_brief_itself_is_no_draft_to_decide_about(self, client_of, connection, world):
        household, worker, _ana = world
        client, path = client_of(worker), f"/leaving/households/{household.id}"
        self.begin(client, path, brief="Zahra prefers")

        assert client.get("/api/leaving").json["drafts"] == 0
        assert self.hand_over(client, world).status_code == 303
        assert connection.scalar(select(func.count()).select_from(Draft.__table__)) == 0

    def test_one_about_no_household_goes_on_with_none(self, client_of, world):
        _household, worker, _ana = world
        client = client_of(worker)
        draft_id = self.begin(client, "/households/new", family_name="Amiri")
        decide = f"/api/leaving/drafts/{draft_id}/decision"

        refused = post(client, decide, {"becomes": "handed_over"})

        assert refused.status_code == 409
        assert "This is about no household" in refused.json["detail"]
        assert self.hand_over(client, world).status_code == 303
        assert client.get("/api/leaving").json["is_done"] is False
        assert post(client, decide, {"becomes": "discarded"}).status_code == 204
        assert client.get("/api/leaving").json["is_done"] is True


class TestAnotherRole:
    def test_a_caseworker_with_households_keeps_the_role_unless_they_are_left(
        self, client_of, world
    ):
        _household, worker, _ana = world
        client, path = client_of(ADMIN), f"/users/{worker.user_id}/role"
        typed = {"role": "programme_manager", "reason": "Leads the office now"}
        assert "They still look after 1 household." in client.get(path).text

        refused = client.post(path, data=typed)
        done = client.post(path, data={**typed, "households_left": "true"})

        assert refused.status_code == 422
        assert "on their page Leaving" in refused.text
        assert done.status_code == 303
        again = client.post(path, data={"role": "caseworker", "reason": "Comes back"})
        assert again.status_code == 303

    def test_who_has_handed_over_takes_another_role(self, client_of, world):
        household, worker, ana = world
        body = {"user_id": str(ana.id), "brief": "Nothing special"}
        post(client_of(worker), f"/api/leaving/households/{household.id}", body)

        told = post(
            client_of(ADMIN),
            f"/api/users/{worker.user_id}/role",
            {"role": "programme_manager", "reason": "Leads the office now"},
        )

        assert told.status_code == 200


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
