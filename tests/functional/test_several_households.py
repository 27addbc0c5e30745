"""Several households into one caseworker's hands: looked at, told one by one, undone."""

import re

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import DenyListed
from tests.world import a_caseworker, a_household, a_user

FORM = {"kind": "primary", "from_on": "2026-03-02", "reason": "Leaves for another town."}


@pytest.fixture
def scene(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        homes = [a_household(uow, display_name=name) for name in ("Haidari", "Saw", "Tesfaye")]
        worker = a_caseworker(uow, *homes)
        taker = a_user(uow, name="Rua Taker")
        uow.add(DenyListed(household_id=homes[2].id, user_id=taker.id))
        manager = a_user(uow, Role.PROGRAMME_MANAGER)
    return worker, homes, taker, Actor(Role.PROGRAMME_MANAGER, user_id=manager.id)


def references(page):
    return {*re.findall(r"R-\d{4}-\d{4,}", page)}


class TestPage:
    def test_it_is_looked_at_done_and_undone(self, scene, client_of):
        worker, homes, taker, _ = scene
        client, theirs = client_of(worker), client_of(Actor(Role.CASEWORKER, user_id=taker.id))
        ids = [str(home.id) for home in homes]
        form = {**FORM, "household_ids": ids, "user_id": str(taker.id)}

        assert "Assign several" in client.get("/caseload").text
        assert references(client.get("/assignments/new").text) == {h.reference for h in homes}
        looked = client.post("/assignments/new", data=form)
        assert looked.status_code == 200
        assert looked.text.count("Mere Tamihana → Rua Taker") == 3
        assert references(theirs.get("/caseload").text) == set()

        done = client.post("/assignments/new", data={**form, "confirmed": "true"})
        assert done.status_code == 303
        said = client.get(done.location).text
        assert "Assigned: 2." in said
        assert f"{homes[2].reference}: This account cannot look after the household." in said
        assert references(theirs.get("/caseload").text) == {h.reference for h in homes[:2]}

        undo = re.search(r'action="(/assignments/[^"]+/undo)"', said)[1]
        assert "Taken back: 2." in client.get(client.post(undo).location).text
        assert references(theirs.get("/caseload").text) == set()
        assert "Changed since, or more than an hour ago" in (
            client.get(client.post(undo).location).text
        )

    def test_nothing_chosen_is_said_beside_the_field(self, scene, client_of):
        worker, _homes, taker, _ = scene

        answer = client_of(worker).post("/assignments/new", data={**FORM, "user_id": str(taker.id)})

        assert answer.status_code == 422
        assert "Fill this in." in answer.text

    def test_one_household_alone_and_none_at_all(self, scene, client_of):
        worker, homes, taker, _ = scene
        form = {**FORM, "household_ids": str(homes[0].id), "user_id": str(taker.id)}

        assert "→ Rua Taker" in client_of(worker).post("/assignments/new", data=form).text
        nobody = client_of(Actor(Role.CASEWORKER, user_id=taker.id))
        assert "There is no household that you could assign." in nobody.get("/assignments/new").text

    def test_what_fails_throughout_offers_no_undo(self, scene, client_of):
        worker, homes, taker, _ = scene
        client = client_of(worker)
        form = {**FORM, "household_ids": str(homes[2].id), "user_id": str(taker.id)}

        done = client.post("/assignments/new", data={**form, "confirmed": "true"})

        page = client.get(done.location).text
        assert "Assigned: 0." in page
        assert "/undo" not in page

    def test_a_manager_sees_file_numbers_alone(self, scene, client_of):
        *_, manager = scene

        page = client_of(manager).get("/assignments/new").text

        assert references(page)
        assert "Haidari" not in page
        assert "Mere Tamihana" in page

    def test_what_somebody_else_did_is_not_undone(self, scene, client_of):
        worker, homes, taker, manager = scene
        form = {**FORM, "household_ids": str(homes[0].id), "user_id": str(taker.id)}
        client = client_of(worker)
        done = client.post("/assignments/new", data={**form, "confirmed": "true"})
        undo = re.search(r'action="(/assignments/[^"]+/undo)"', client.get(done.location).text)[1]

        assert client_of(manager).post(undo).status_code == 409


class TestJson:
    @pytest.mark.parametrize(
        ("kind", "until"), [("second", None), ("cover", "2026-04-01"), ("primary", None)]
    )
    def test_each_is_told_and_undone(self, scene, client_of, kind, until):
        worker, homes, taker, _ = scene

        def post(path, **body):
            return client_of(worker).post(path, json=body, headers={"Idempotency-Key": path})

        told = post(
            "/api/assignments",
            household_ids=[str(home.id) for home in (homes[0], homes[2])],
            user_id=str(taker.id),
            kind=kind,
            from_on="2026-03-02",
            reason="To help",
            **({"until_on": until} if until else {}),
        ).json["items"]

        assert [each["done"] for each in told] == [True, False]
        made = told[0]["assignment_id"]
        back = post("/api/assignments/undo", assignment_ids=[made]).json["items"]
        assert [each["done"] for each in back] == [True]
        with client_of(worker).get("/caseload") as page:
            assert homes[0].reference in page.text
