"""Many at once: one record edited, one request sent; one effect, and the others are told."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from resettle.core.actor import SYSTEM
from resettle.web import gate
from tests.application import (
    apps,
    committed_app,
    committed_client_of,
    whole_app,
)
from tests.faults.service import NOTE
from tests.world import a_caseworker, a_household

__all__ = ["apps", "committed_app", "committed_client_of", "whole_app"]
CLIENTS = 32


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Let all of them in, since here is asked what the database makes of them."""
    monkeypatch.setattr(gate, "PATIENCE_SECONDS", 60)


@pytest.fixture
def office(committed_app):
    transactions = committed_app.extensions["transactions"]
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_household(uow)
        return household.id, a_caseworker(uow, household)


@pytest.fixture
def at_once(committed_client_of, office):
    """Return a function that lets 32 clients ask at the same moment, and counts the answers."""
    clients = [committed_client_of(office[1]) for _ in range(CLIENTS)]

    def at_once(ask):
        together = Barrier(CLIENTS)

        def one(client):
            together.wait(20)
            return ask(client)

        with ThreadPoolExecutor(CLIENTS) as pool:
            return [*pool.map(one, clients)]

    return at_once


def test_of_32_who_edit_one_version_one_wins(committed_client_of, office, at_once):
    path = f"/api/households/{office[0]}"
    first = committed_client_of(office[1]).get(path)
    seen = {"If-Match": first.headers["ETag"]}

    others = not first.json["needs_interpreter"]

    answers = at_once(
        lambda client: client.patch(path, json={"needs_interpreter": others}, headers=seen)
    )

    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: CLIENTS - 1}
    after = committed_client_of(office[1]).get(path)
    assert int(after.headers["ETag"].strip('"')) == int(first.headers["ETag"].strip('"')) + 1


def test_of_32_who_name_no_version_none_does(committed_client_of, office, at_once):
    path = f"/api/households/{office[0]}"
    before = committed_client_of(office[1]).get(path)

    answers = at_once(lambda client: client.patch(path, json={"needs_interpreter": True}))

    assert {answer.status_code for answer in answers} == {428}
    assert committed_client_of(office[1]).get(path).headers["ETag"] == before.headers["ETag"]


def test_one_key_32_times_is_one_note(committed_client_of, office, at_once):
    path = f"/api/households/{office[0]}/notes"
    headers = {"Idempotency-Key": "the-same-visit"}

    answers = at_once(lambda client: client.post(path, json=NOTE, headers=headers))

    made = {answer.json["id"] for answer in answers if answer.status_code == 201}
    told = Counter(answer.status_code for answer in answers)
    assert len(made) == 1
    assert {*told} <= {201, 409}
    again = committed_client_of(office[1]).post(path, json=NOTE, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert {again.json["id"]} == made
    assert len(committed_client_of(office[1]).get(path).json["items"]) == 1
