"""Who has what, who stands in for whom, and what nobody has: over HTTP."""

import re
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from resettle.accounts import service as accounts
from resettle.accounts.service import Deactivate
from resettle.cases.absences import Absence
from resettle.core.actor import SYSTEM, Actor, Duty, Role
from resettle.households.models import DenyListed
from tests.desks import counted_reads
from tests.functional.test_queue_over_http import (
    a_contact,
    a_task,
    post,
    primary,
    queue,
    titles,
    under_way,
)
from tests.world import a_caseworker, a_user

TODAY = date(2026, 3, 2)
MANAGER = Actor(Role.PROGRAMME_MANAGER, user_id=uuid4())


def leader(uow, **facts):
    user = a_user(uow, duties=(Duty.TEAM_LEADER,), name="Hana Parata")
    return Actor(Role.CASEWORKER, user_id=user.id, duties=frozenset({Duty.TEAM_LEADER}), **facts)


@pytest.fixture
def world(transactions):
    """Two households of Mere's, one of nobody's; Ana may stand in; Hana leads."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        households = [under_way(uow) for _ in range(2)]
        nobodys = under_way(uow, location="CHC")
        for household in (*households, nobodys):
            a_contact(uow, household, date(2026, 2, 10))
        late = a_task(uow, households[0], due_on=date(2026, 2, 26), title="About Zahra’s hip")
        worker = a_caseworker(uow, *households)
        ana = a_user(uow, name="Ana Tuilagi")
        hana = leader(uow)
    return households, nobodys, late, worker, ana, hana


def board(client):
    answer = client.get("/api/team")
    assert answer.status_code == 200, answer.text
    return answer.json


class TestBoard:
    def test_it_tells_who_has_what_by_file_number(self, client_of, world):
        _households, nobodys, late, worker, _, hana = world
        put_off = {"until_on": "2026-03-05", "reason_code": "agency", "reason": "Zahra rang"}
        post(client_of(worker), f"/api/queue/task/{late.id}/snooze", put_off)

        answer = client_of(hana).get("/api/team")
        told = answer.json

        (load,) = told["workers"]
        assert (load["households"], load["silent"], load["put_off"]) == (2, 2, 1)
        assert [row["reference"] for row in told["unattended"]] == [nobodys.reference]
        assert told["unattended"][0]["why"] == "It has no caseworker."
        assert {row["silent_days"] for row in told["behind"]} == {6}
        assert told["put_off"][0]["reason_code"] == "agency"
        assert "Zahra" not in answer.text
        assert "Haidari" not in answer.text

    def test_managers_see_it_too_and_caseworkers_do_not(self, client_of, world):
        _, _, _, worker, _, _ = world

        assert len(board(client_of(MANAGER))["unattended"]) == 1
        assert client_of(MANAGER).get("/team").status_code == 200
        assert client_of(worker).get("/team").status_code == 403

    def test_it_leads_those_who_may_to_holding_many_cases(self, client_of, world):
        hana = world[-1]

        assert 'href="/case-holds"' in client_of(hana).get("/team").text
        assert "/case-holds" not in client_of(MANAGER).get("/team").text

    def test_a_leader_answers_for_the_places_that_are_theirs(self, client_of, world):
        *_, hana = world
        elsewhere = replace(hana, locations=frozenset({"AKL"}))

        assert board(client_of(elsewhere))["unattended"] == []
        assert board(client_of(elsewhere))["workers"] == []

    def test_what_is_kept_from_a_leader_is_not_on_the_board(self, client_of, transactions, world):
        _, nobodys, _, _, _, hana = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(DenyListed(household_id=nobodys.id, user_id=hana.user_id))

        assert board(client_of(hana))["unattended"] == []

    def test_it_takes_as_many_queries_however_many_households(
        self, client_of, transactions, world, connection
    ):
        _, _, _, worker, _, hana = world
        with counted_reads(connection) as few:
            board(client_of(hana))
        with transactions.begin(SYSTEM, "arrange") as uow:
            for _ in range(6):
                uow.add(primary(under_way(uow), worker))
        with counted_reads(connection) as many:
            assert board(client_of(hana))["workers"][0]["households"] == 8

        assert len(many) == len(few)

    def test_nothing_may_be_on_it(self, client_of):
        page = client_of(MANAGER).get("/team").text

        assert "Every household is in somebody’s hands." in page
        assert "Nothing is put off." in page


class TestAssigning:
    def test_what_nobody_has_is_put_into_somebodys_hands_and_taken_back(self, client_of, world):
        _households, nobodys, _, _, ana, hana = world
        client = client_of(hana)
        assert "1 household of the team has nobody today." in client.get("/today").text
        form = {
            "household_ids": [str(nobodys.id), str(uuid4())],
            "user_id": str(ana.id),
            "from_on": "2026-03-02",
            "reason": "Speaks Dari",
        }

        done = client.post("/team", data=form)
        page = client.get(done.location).text

        assert "1 of 2 households are in other hands." in page
        assert board(client)["unattended"] == []
        assert titles(queue(client_of(Actor(Role.CASEWORKER, user_id=ana.id)))) == ["Be in touch"]
        undo = re.search(r'action="(/team/assignments/[^"]*/undo)"', page)[1]
        assert "Taken back for 1 of 1 households." in client.get(client.post(undo).location).text
        assert len(board(client)["unattended"]) == 1

    def test_one_has_to_be_ticked(self, client_of, world):
        *_, hana = world

        told = client_of(hana).post("/team", data={"from_on": "2026-03-02"})

        assert told.status_code == 422

    def test_a_caseworker_hands_many_over_and_takes_them_back(self, client_of, world):
        households, nobodys, _, worker, ana, _ = world
        client = client_of(worker)
        ids = [str(each.id) for each in (*households, nobodys)]
        asked = {
            "household_ids": ids,
            "user_id": str(ana.id),
            "from_on": "2026-03-02",
            "reason": "Moves on",
        }

        told = post(client, "/api/assignments", asked).json["items"]
        made = [row["assignment_id"] for row in told if row["done"]]
        back = post(client, "/api/assignments/undo", {"assignment_ids": made}).json["items"]

        assert [row["done"] for row in told] == [True, True, False]
        assert [row["done"] for row in back] == [True, True]


class TestLeave:
    def test_who_stands_in_has_the_queue_meanwhile_and_sees_why(self, client_of, world, clock):
        _households, _, _, worker, ana, _ = world
        client, stand_in = client_of(worker), client_of(Actor(Role.CASEWORKER, user_id=ana.id))
        leave = {"from_on": "2026-03-04", "back_on": "2026-03-11", "cover_id": str(ana.id)}

        assert post(client, "/api/absences", leave).status_code == 201
        assert queue(stand_in) == []
        clock.forward(days=2)
        assert titles(queue(stand_in)) == ["Be in touch", "Be in touch", "About Zahra’s hip"]
        assert queue(stand_in)[0]["why_here"] == (
            "Ana Tuilagi stands in for Mere Tamihana until Wednesday 11 March."
        )
        assert queue(client) == []
        assert "stands in for Mere Tamihana" in stand_in.get("/today").text
        clock.forward(days=7)
        assert queue(stand_in) == []
        assert len(queue(client)) == 3

    def test_without_cover_it_is_the_leaders(self, client_of, world, clock):
        _households, _nobodys, _, worker, _, hana = world
        post(client_of(worker), "/api/absences", {"from_on": "2026-03-02", "back_on": "2026-03-11"})

        told = board(client_of(hana))

        assert len(told["unattended"]) == 3
        assert {row["why"] for row in told["unattended"]} == {
            "It has no caseworker.",
            "Its caseworker is away, and nobody stands in.",
        }
        assert told["workers"][0]["away_until"] == "2026-03-11"

    def test_conflicts_are_shown_and_another_is_named(self, client_of, transactions, world):
        households, _, _, worker, ana, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            tom = a_user(uow, name="Tom Aho")
            uow.add(DenyListed(household_id=households[0].id, user_id=ana.id))
            uow.add(Absence(user_id=ana.id, from_on=date(2026, 3, 9), until_on=date(2026, 3, 20)))
        client = client_of(worker)
        form = {"from_on": "2026-03-04", "back_on": "2026-03-11", "cover_id": str(ana.id)}

        planned = client.post("/leave", data=form)
        page = client.get(planned.location).text
        named = client.post(
            planned.location,
            data={"household_id": str(households[0].id), "cover_id": str(tom.id)},
        )

        assert "Ana Tuilagi is away on some of these days too." in page
        assert "Nobody stands in" in page
        assert "Tom Aho" in client.get(named.location).text
        covers = client.get("/api/absences").json["items"][0]["id"]
        told = client.get(f"/api/absences/{covers}/covers").json["items"]
        assert {row["cover"] for row in told} == {"Tom Aho", "Ana Tuilagi"}

    def test_whoever_leads_plans_nothing_for_a_household_they_are_kept_from(
        self, client_of, transactions, world
    ):
        households, _, _, worker, ana, hana = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(DenyListed(household_id=households[0].id, user_id=hana.user_id))
        leave = {
            "user_id": str(worker.user_id),
            "from_on": "2026-03-02",
            "back_on": "2026-03-11",
            "cover_id": str(ana.id),
        }
        body = {"household_id": str(households[0].id), "cover_id": str(ana.id)}
        stand_in = client_of(Actor(Role.CASEWORKER, user_id=ana.id))

        made = post(client_of(hana), "/api/absences", leave)
        covers = f"/api/absences/{made.json['id']}/covers"

        assert made.status_code == 201
        assert {x["reference"] for x in queue(stand_in)} == {households[1].reference}
        assert post(client_of(hana), covers, body).status_code == 404
        assert post(client_of(worker), covers, body).status_code == 200
        assert len({x["reference"] for x in queue(stand_in)}) == 2

    def test_nobody_changes_the_leave_of_a_colleague(self, client_of, world):
        _, _, _, worker, ana, _ = world
        leave = {"from_on": "2026-03-02", "back_on": "2026-03-11"}
        made = post(client_of(worker), "/api/absences", leave).json["id"]
        colleague = client_of(Actor(Role.CASEWORKER, user_id=ana.id))

        refused = post(colleague, f"/api/absences/{made}/end", {"back_on": "2026-03-05"})

        assert refused.status_code == 404

    def test_another_stands_in_in_place_of_the_first(self, client_of, transactions, world):
        households, _, _, worker, ana, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            tom = a_user(uow, name="Tom Aho")
        client = client_of(worker)
        leave = {"from_on": "2026-03-02", "back_on": "2026-03-11", "cover_id": str(ana.id)}
        made = post(client, "/api/absences", leave).json["id"]
        household = str(households[0].id)

        for cover, status in ((tom.id, 200), (worker.user_id, 422)):
            body = {"household_id": household, "cover_id": str(cover)}
            assert post(client, f"/api/absences/{made}/covers", body).status_code == status
        other = {"household_id": str(uuid4()), "cover_id": str(tom.id)}
        assert post(client, f"/api/absences/{made}/covers", other).status_code == 404

        assert len(queue(client_of(Actor(Role.CASEWORKER, user_id=ana.id)))) == 1
        assert len(queue(client_of(Actor(Role.CASEWORKER, user_id=tom.id)))) == 2

    def test_back_earlier_and_the_cover_ends(self, client_of, world, clock):
        _, _, _, worker, ana, _ = world
        client = client_of(worker)
        leave = {"from_on": "2026-03-02", "back_on": "2026-03-11", "cover_id": str(ana.id)}
        made = post(client, "/api/absences", leave).json["id"]

        assert "Back on another day" in client.get(f"/leave/{made}/ending").text
        told = client.post(f"/leave/{made}/ending", data={"back_on": "2026-03-02"})

        assert "Back on Mon 2 Mar 2026." in client.get(told.location).text
        assert queue(client_of(Actor(Role.CASEWORKER, user_id=ana.id))) == []
        assert len(queue(client)) == 3
        again = post(client, f"/api/absences/{made}/end", {"back_on": "2026-03-05"})
        assert again.status_code == 409

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"back_on": "2026-03-04"}, "back_on"),
            ({"from_on": "2025-03-04", "back_on": "2026-03-02"}, "back_on"),
            ({"cover_id": str(uuid4())}, "cover_id"),
            ({"from_on": "2026-04-02", "back_on": "2026-04-09"}, "from_on"),
        ],
    )
    def test_what_is_wrong_is_told_by_its_field(
        self, client_of, transactions, world, change, field
    ):
        _, _, _, worker, ana, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(
                Absence(user_id=worker.user_id, from_on=date(2026, 4, 1), until_on=date(2026, 4, 5))
            )
        leave = {"from_on": "2026-03-04", "back_on": "2026-03-11", "cover_id": str(ana.id)}

        told = post(client_of(worker), "/api/absences", leave | change)

        assert (told.status_code, [*told.json["errors"]]) == (422, [field])

    def test_a_leader_plans_for_others_and_a_colleague_does_not(self, client_of, world):
        _households, _, _, worker, ana, hana = world
        leave = {
            "user_id": str(worker.user_id),
            "from_on": "2026-03-02",
            "back_on": "2026-03-11",
            "cover_id": str(ana.id),
        }
        colleague = client_of(Actor(Role.CASEWORKER, user_id=ana.id))

        assert post(colleague, "/api/absences", leave).status_code == 403
        made = post(client_of(hana), "/api/absences", leave)
        assert made.status_code == 201
        assert len(queue(colleague)) == 3
        assert "Mere Tamihana" in client_of(hana).get("/leave").text
        auditor = {**leave, "user_id": str(uuid4()), "from_on": "2026-05-01"}
        assert post(client_of(hana), "/api/absences", auditor).status_code == 422
        path = f"/api/absences/{made.json['id']}/end"
        assert post(colleague, path, {"back_on": "2026-03-05"}).status_code == 404

    def test_there_may_be_nobody_to_stand_in_for(self, client_of, world):
        *_, ana, _ = world
        client = client_of(Actor(Role.CASEWORKER, user_id=ana.id))

        made = client.post("/leave", data={"from_on": "2026-03-04", "back_on": "2026-03-11"})

        assert "There is nobody to stand in for." in client.get(made.location).text


class TestGone:
    def test_the_households_of_who_has_left_are_the_leaders(self, client_of, transactions, world):
        _, _, _, worker, _, hana = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            accounts.deactivate(uow, worker.user_id, Deactivate("left", households_left=True))

        told = board(client_of(hana))

        assert [row["why"] for row in told["unattended"]].count("Its caseworker has left.") == 2
        assert told["workers"] == []
