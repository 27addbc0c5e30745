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
    grounds,
    whole_app,
)
from tests.faults import reader
from tests.faults.service import NOTE
from tests.world import a_caseworker, a_household

__all__ = ["apps", "committed_app", "committed_client_of", "grounds", "whole_app"]
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


@pytest.fixture
def tell(database):
    """Return a function that prints what 32 clients were answered, and what was left of it."""

    def tell(what, answers, left):
        told = Counter(answer.status_code for answer in answers)
        reader.tell(f"{database.engine}: {what}, {CLIENTS} at once: answers {dict(told)}; {left}")

    return tell


def test_of_32_who_edit_one_version_one_wins(committed_client_of, office, at_once, tell):
    path = f"/api/households/{office[0]}"
    first = committed_client_of(office[1]).get(path)
    seen = {"If-Match": first.headers["ETag"]}

    others = not first.json["needs_interpreter"]

    answers = at_once(
        lambda client: client.patch(path, json={"needs_interpreter": others}, headers=seen)
    )

    after = committed_client_of(office[1]).get(path)
    changes = _version(after) - _version(first)
    tell("one version is edited", answers, f"changes kept {changes}")
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: CLIENTS - 1}
    assert changes == 1


def test_of_32_who_name_no_version_none_does(committed_client_of, office, at_once, tell):
    path = f"/api/households/{office[0]}"
    before = committed_client_of(office[1]).get(path)

    answers = at_once(lambda client: client.patch(path, json={"needs_interpreter": True}))

    changes = _version(committed_client_of(office[1]).get(path)) - _version(before)
    tell("one record is edited without a version", answers, f"changes kept {changes}")
    assert {answer.status_code for answer in answers} == {428}
    assert changes == 0


def _version(answer):
    return int(answer.headers["ETag"].strip('"'))


def test_one_key_32_times_is_one_note(committed_client_of, office, at_once, tell):
    path = f"/api/households/{office[0]}/notes"
    headers = {"Idempotency-Key": "the-same-visit"}

    answers = at_once(lambda client: client.post(path, json=NOTE, headers=headers))

    made = {answer.json["id"] for answer in answers if answer.status_code == 201}
    notes = committed_client_of(office[1]).get(path).json["items"]
    tell("one key is sent", answers, f"notes kept {len(notes)}")
    assert len(made) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    again = committed_client_of(office[1]).post(path, json=NOTE, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert {again.json["id"]} == made
    assert len(committed_client_of(office[1]).get(path).json["items"]) == 1
