"""Saved views of the caseload: named, in an order of one's own, and shown to nobody else."""

import re
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.jobs import Job
from resettle.desk import caseload
from resettle.views import rules, service
from resettle.views.models import SavedView
from resettle.wiring import RUNNERS
from tests.desks import a_quota_household
from tests.world import a_caseworker, a_household, a_user

PATH = "/api/saved-views"


@pytest.fixture
def scene(transactions):
    """Give a caseworker with a household in each of two places, and a client's first words."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        near, far = a_quota_household(uow), a_household(uow, location="Ōtaki", display_name="Saw")
        worker = a_caseworker(uow, near, far)
        other = a_user(uow, name="Rua Taker")
        return worker, Actor(Role.CASEWORKER, user_id=other.id), near.reference, far.reference


@pytest.fixture
def client(client_of, scene):
    return client_of(scene[0])


def send(client, path="", method="post", version=None, **body):
    headers = {"Idempotency-Key": uuid4().hex}
    if version is not None:
        headers = {"If-Match": f'"{version}"'}
    return getattr(client, method)(PATH + path, json=body or None, headers=headers)


def saved(client, name="Arrivals", **body):
    answer = send(client, name=name, **body)
    assert answer.status_code == 201, answer.json
    return answer.json


def names(client):
    return [view["name"] for view in client.get(PATH).json["items"]]


def links(page):
    """Name the links above the list, in their order, with the one that is open."""
    nav = re.search(r'<nav aria-label="My views">(.*?)</nav>', page, re.DOTALL)
    found = re.findall(r'<a href="([^"]+)"( aria-current="page")?>(?:<bdi>)?([^<]+)', nav[1])
    return [(text, href.replace("&amp;", "&"), bool(now)) for href, now, text in found]


class TestRules:
    def test_the_sorts_are_those_of_the_caseload(self, transactions, scene):
        with transactions.begin(scene[0], "look", read_only=True) as uow:
            known = caseload.sorts(uow).keys()

        assert {*rules.SORTS} == {f"{turn}{sort}" for sort in known for turn in ("", "-")}

    @pytest.mark.parametrize("other", ["arrivals", " Arrivals ", "ARRIVALS", "Ａrrivals"])
    def test_names_are_the_same_however_they_are_written(self, other):
        assert rules.folded(other) == rules.folded("Arrivals")


class TestSave:
    def test_it_keeps_what_is_asked_and_leads_there(self, client, scene):
        view = saved(client, name="Zahra’s", q="زهرا & co", location="PMR", sort="-name")

        assert view["q"] == "زهرا & co"
        assert (view["stage"], view["location"], view["sort"]) == (None, "PMR", "-name")
        assert client.get(f"/caseload?{view['query']}").status_code == 200
        assert "زهرا" not in unquote(view["query"])
        (again,) = client.get(PATH).json["items"]
        assert {**again, "query": ""} == {**view, "query": ""}

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "name"),
            ({"name": "  "}, "name"),
            ({"name": "x" * 81}, "name"),
            ({"name": "Two\nlines"}, "name"),
            ({"name": "Turned \u202e around"}, "name"),
            ({"name": "A", "sort": "risk_level"}, "sort"),
            ({"name": "A", "stage": "NOWHERE"}, "stage"),
            ({"name": "A", "location": "Atlantis"}, "location"),
            ({"name": "A", "q": "x" * 101}, "q"),
            ({"name": "A", "limit": "500"}, "limit"),
        ],
    )
    def test_what_is_not_known_is_refused_by_name(self, client, body, field):
        answer = client.post(PATH, json=body, headers={"Idempotency-Key": uuid4().hex})

        assert answer.status_code == 422
        assert {*answer.json["errors"]} == {field}
        assert names(client) == []

    def test_a_name_is_used_once_a_person(self, client, client_of, scene):
        saved(client, name="Arrivals")

        answer = send(client, name=" ARRIVALS")
        assert answer.status_code == 422
        assert answer.json["errors"] == {"name": [service.TAKEN]}
        assert saved(client_of(scene[1]), name="Arrivals")

    def test_a_place_of_ones_own_household_is_known_though_on_no_list(
        self, client, client_of, scene
    ):
        assert saved(client, name="Up the coast", location="Ōtaki")["location"] == "Ōtaki"
        answer = send(client_of(scene[1]), name="Up the coast", location="Ōtaki")
        assert {*answer.json["errors"]} == {"location"}

    def test_a_stage_of_a_programme_is_known(self, client):
        stage = "WITHDRAWN"

        assert saved(client, stage=stage)["query"] == f"stage={stage}&sort=due"

    def test_there_are_thirty_at_most(self, client):
        for number in range(rules.MOST):
            saved(client, name=f"View {number}")

        answer = send(client, name="One more")
        assert answer.status_code == 409
        assert answer.json["detail"] == service.FULL
        first = client.get(PATH).json["items"][0]
        assert send(client, f"/{first['id']}", "delete", first["version"]).status_code == 204
        saved(client, name="One more")
        assert send(client, f"/{first['id']}/return").status_code == 409

    def test_the_database_holds_neither_the_name_nor_the_search(self, client, connection):
        saved(client, name="Haidari family", q="Haidari")

        row = connection.exec_driver_sql("SELECT name, q, name_index FROM saved_view").one()
        assert all(b"aidari" not in bytes(value) for value in row[:2])
        assert "aidari" not in row[2]


class TestChange:
    def test_it_is_renamed_at_the_version_that_was_seen(self, client):
        view = saved(client)

        changed = send(client, f"/{view['id']}", "patch", view["version"], name="Newcomers")
        assert changed.json["name"] == "Newcomers"
        late = send(client, f"/{view['id']}", "patch", view["version"], name="Late")
        assert late.status_code == 412
        assert names(client) == ["Newcomers"]

    def test_it_keeps_its_own_name_and_takes_nobody_elses(self, client):
        saved(client, name="One")
        view = saved(client, name="Two")
        path = f"/{view['id']}"

        taken = send(client, path, "patch", view["version"], name="one")
        assert taken.json["errors"] == {"name": [service.TAKEN]}
        blank = send(client, path, "patch", view["version"], name=" ")
        assert blank.json["errors"] == {"name": ["Give the view a name."]}
        assert send(client, path, "patch", view["version"], name="TWO").json["name"] == "TWO"

    def test_one_is_the_first_at_most(self, client):
        one = saved(client, name="One", is_default=True)
        saved(client, name="Two", is_default=True)
        first = {v["name"]: v["is_default"] for v in client.get(PATH).json["items"]}
        assert first == {"One": False, "Two": True}

        now = client.get(PATH).json["items"][0]["version"]
        send(client, f"/{one['id']}", "patch", now, is_default=True)
        first = {v["name"]: v["is_default"] for v in client.get(PATH).json["items"]}
        assert first == {"One": True, "Two": False}

    def test_it_moves_up_until_it_is_the_uppermost(self, client):
        views = [saved(client, name=name) for name in ("One", "Two", "Three")]

        for expected in (["One", "Three", "Two"], ["Three", "One", "Two"], ["Three", "One", "Two"]):
            assert send(client, f"/{views[2]['id']}/move-up").status_code == 200
            assert names(client) == expected


class TestRemove:
    def test_it_is_had_back_for_an_hour_as_it_was(self, client):
        view = saved(client, q="Saw", is_default=True)
        send(client, f"/{view['id']}", "delete", view["version"])

        assert names(client) == []
        assert client.get("/caseload").status_code == 200
        assert send(client, f"/{view['id']}/move-up").status_code == 409
        assert client.get(f"/caseload/views/{view['id']}").status_code == 409
        back = send(client, f"/{view['id']}/return").json
        assert (back["name"], back["q"], back["is_default"]) == ("Arrivals", "Saw", False)
        assert send(client, f"/{view['id']}/return").status_code == 200

    def test_it_is_not_had_back_over_another_of_its_name(self, client):
        view = saved(client)
        send(client, f"/{view['id']}", "delete", view["version"])
        saved(client)

        assert send(client, f"/{view['id']}/return").status_code == 409
        assert names(client) == ["Arrivals"]

    def test_it_is_forgotten_after_an_hour_unless_it_is_back(self, client, transactions):
        gone, back = saved(client, name="Gone"), saved(client, name="Back")
        for view in (gone, back):
            send(client, f"/{view['id']}", "delete", view["version"])
        send(client, f"/{back['id']}/return")

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            query = Job.__table__.select().where(Job.name == service.FORGET)
            left = [(row.payload, row.run_after - uow.now) for row in uow.rows(query)]
        assert len(left) == 2
        assert all(abs(after - service.REGRETTED) < timedelta(seconds=5) for _, after in left)
        _run(transactions, left, after=timedelta())
        assert _kept(transactions) == {"Gone", "Back"}
        _run(transactions, left, after=service.REGRETTED)
        _run(transactions, left, after=service.REGRETTED)
        assert _kept(transactions) == {"Back"}


def _run(transactions, left, after):
    for payload, _ in left:
        with transactions.begin(SYSTEM, "job:forget-view") as uow:
            uow.now += after
            RUNNERS[service.FORGET](uow, payload)


def _kept(transactions):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        return {view.name for view in uow.all(uow.select(SavedView))}


class TestOthers:
    def test_a_view_of_somebody_else_is_not_there(self, client, client_of, scene):
        view, other = saved(client), client_of(scene[1])

        assert names(other) == []
        assert send(other, f"/{view['id']}", "patch", 1, name="Mine").status_code == 404
        assert send(other, f"/{view['id']}", "delete", 1).status_code == 404
        assert send(other, f"/{view['id']}/move-up").status_code == 404
        assert other.get(f"/caseload/views/{view['id']}").status_code == 404
        assert names(client) == ["Arrivals"]

    def test_its_address_shows_whoever_opens_it_their_own_households(
        self, client, client_of, scene
    ):
        view = saved(client, sort="name")

        address = f"/caseload?{view['query']}"
        assert scene[2] in client.get(address).text
        theirs = client_of(scene[1]).get(address)
        assert theirs.status_code == 200
        assert scene[2] not in theirs.text
        assert "Arrivals" not in theirs.text


class TestPages:
    def test_what_is_filtered_is_saved_and_stands_above_the_list(self, client, scene):
        found = client.post("/caseload", data={"q": "Saw", "sort": "name"})
        page = client.get(found.location).text
        assert "Save this view" in page
        assert '<input type="hidden" name="q" value="Saw">' in page

        done = client.post("/caseload/views/new", data={"name": "Saws", "q": "Saw", "sort": "name"})

        assert done.status_code == 303
        page = client.get(done.location).text
        everything, saws, change = links(page)
        assert everything == ("All my households", "/caseload?sort=due", False)
        assert (saws[0], saws[2]) == ("Saws", True)
        assert saws[1].endswith("&sort=name")
        assert "Saw" not in saws[1]
        assert change == ("Change my views", "/caseload/views", False)
        assert scene[3] in page
        assert scene[2] not in page
        assert "Save this view" not in page

    def test_the_first_one_opens_the_list_and_all_are_one_link_away(self, client, scene):
        form = {"name": "Saws", "q": "Saw", "is_default": "true"}
        client.post("/caseload/views/new", data=form)

        opened = client.get("/caseload")
        assert opened.status_code == 303
        assert opened.location.endswith("&sort=due")
        page = client.get(opened.location).text
        everything = links(page)[0]
        assert everything[0] == "All my households"
        assert {scene[2], scene[3]} <= {
            *re.findall(r"R-\d{4}-\d{4,}", client.get(everything[1]).text)
        }
        assert client.get("/caseload?q=").status_code == 200

    def test_a_name_in_use_is_told_beside_its_field_and_nothing_is_lost(self, client):
        saved(client)
        form = {"name": "Arrivals", "q": "Saw", "location": "Ōtaki", "sort": "-name"}

        answer = client.post("/caseload/views/new", data=form)

        assert answer.status_code == 422
        assert service.TAKEN in answer.text
        assert 'value="Saw"' in answer.text
        assert '<option value="Ōtaki" selected>' in answer.text
        assert '<option value="-name" selected>' in answer.text

    def test_the_form_of_a_new_view_asks_for_all_of_it(self, client):
        page = client.get("/caseload/views/new").text

        assert all(f'name="{name}"' in page for name in ("name", "q", "stage", "location", "sort"))

    def test_it_is_renamed_and_made_the_first_and_no_longer(self, client):
        view = saved(client)
        path = f"/caseload/views/{view['id']}"
        assert 'value="Arrivals"' in client.get(path).text

        form = {"name": "New", "is_default": "true", "version": view["version"]}
        done = client.post(path, data=form)
        assert (done.status_code, done.location) == (303, "/caseload/views")
        assert client.get("/caseload").status_code == 303
        now = client.get(PATH).json["items"][0]["version"]
        client.post(path, data={"name": "New", "version": now})
        assert client.get("/caseload").status_code == 200
        stale = client.post(path, data={"name": "Old", "version": view["version"]})
        assert stale.status_code == 422
        assert "You changed this record yourself" in stale.text

    def test_the_order_is_changed_and_a_removal_undone(self, client):
        saved(client, name="One")
        two = saved(client, name="Two")
        page = client.get("/caseload/views").text
        assert page.count("Move up") == 1

        client.post(f"/caseload/views/{two['id']}/move-up")
        assert names(client) == ["Two", "One"]
        done = client.post(f"/caseload/views/{two['id']}/removal", follow_redirects=True).text
        assert names(client) == ["One"]
        undo = re.search(r'action="(/caseload/views/[^"]+/return)"', done)[1]
        assert "The view is back." in client.post(undo, follow_redirects=True).text
        assert names(client) == ["Two", "One"]

    def test_without_views_the_page_says_how_to_make_one(self, client):
        assert "You have no views yet." in client.get("/caseload/views").text
        assert 'aria-label="My views"' not in client.get("/caseload").text
