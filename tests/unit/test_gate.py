"""The gate before the application: it lives, it is ready, and it is never more than full."""

import threading

import orjson
import pytest
from werkzeug.test import Client

from resettle.web import gate
from resettle.web.gate import Gate


class Slow:
    """An application that answers when it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.inside = threading.Semaphore(0)

    def __call__(self, _environ, start):
        self.inside.release()
        self.let.wait(10)
        start("200 OK", [])
        return [b"served"]


@pytest.fixture
def slow():
    slow = Slow()
    yield slow
    slow.let.set()


@pytest.fixture
def faults():
    return []


@pytest.fixture
def full(slow, faults, monkeypatch):
    """Give a client of a service whose one place is taken, and nobody may wait long."""
    monkeypatch.setattr(gate, "PATIENCE_SECONDS", 0.05)
    client = Client(Gate(slow, 1, 1, lambda: faults))
    busy = threading.Thread(target=client.get, args=("/households",))
    busy.start()
    slow.inside.acquire()
    yield client
    slow.let.set()
    busy.join()


def test_whoever_waits_too_long_is_told_to_come_again(full):
    answer = full.get("/households")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    assert "try again" in answer.text


def test_a_program_is_told_as_programs_are(full):
    answer = full.get("/api/households")

    assert answer.content_type == "application/problem+json"
    assert orjson.loads(answer.data)["type"] == "/problems/busy"


def test_it_lives_however_full_it_is(full):
    assert full.get("/healthz").text == "alive\n"


def test_where_nobody_may_wait_one_is_told_at_once(slow):
    crowded = Gate(slow, 1, 0, list)
    busy = threading.Thread(target=Client(crowded).get, args=("/",))
    busy.start()
    slow.inside.acquire()

    assert Client(crowded).get("/").status_code == 503
    assert crowded.turned_away == 1
    slow.let.set()
    busy.join()


def test_who_waits_a_moment_is_served(slow, monkeypatch):
    monkeypatch.setattr(gate, "PATIENCE_SECONDS", 10)
    client = Client(Gate(slow, 1, 1, list))
    answers = []
    both = [
        threading.Thread(target=lambda: answers.append(client.get("/").status_code))
        for _ in range(2)
    ]
    for each in both:
        each.start()
    slow.inside.acquire()
    slow.let.set()
    for each in both:
        each.join()

    assert answers == [200, 200]


def test_a_place_is_free_again_after_a_fault(faults):
    def broken(_environ, _start):
        raise ZeroDivisionError

    client = Client(Gate(broken, 1, 0, lambda: faults))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            client.get("/")


def test_it_says_whether_it_is_ready(full, faults):
    assert full.get("/readyz").text == "ready\n"
    faults.append("The tables are not those of this release.")

    answer = full.get("/readyz")

    assert answer.status_code == 503
    assert "not those of this release" in answer.text
