"""The service as deploy/ serves it: watched, logged without people's data, and stopped gently.

Asked too much it turns people away and says all the while that it lives; set unsafely it does not
start, whichever way it is started.
"""

import http.client
import json
import os
import runpy
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from alembic import command as alembic

from resettle import cli
from resettle.core.db import Base
from resettle.operations import tables
from resettle.operations.keys import new_secrets
from resettle.settings import TOP
from tests.faults.service import Service, World, free_port

pytestmark = pytest.mark.timeout(300)
PATIENCE = 120.0
SERVE = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "wsgi:app"]


def ask(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": "localhost"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


@dataclass(frozen=True)
class Installed:
    """What is to be served: its settings, a client of it, and its database."""

    environment: dict[str, str]
    client: Service
    figures: int
    database: Path
    log: Path


@dataclass(frozen=True)
class Deployed(Installed):
    """The same while it is served."""

    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("deployed")
    database = folder / "resettle.sqlite"
    url = f"sqlite:///{database}"
    with tables.opened(url) as engine:
        Base.metadata.create_all(engine)
    alembic.stamp(tables.alembic_config(url), "head")
    environment = {
        **new_secrets(),
        "RESETTLE_PRIVACY_OFFICER": "Mere Tamihana",
        "RESETTLE_DATABASE_URL": url,
        "RESETTLE_STORAGE": str(folder),
        "RESETTLE_WORKERS": "1",
        "RESETTLE_SERVED_AT_ONCE": "1",
        "RESETTLE_WAITING": "1",
    }
    client, figures = Service(World.of(environment)), free_port()
    environment["RESETTLE_BIND"] = f"127.0.0.1:{client.port}"
    environment["RESETTLE_METRICS_PORT"] = str(figures)
    return Installed(environment, client, figures, database, folder / "log")


@pytest.fixture
def deployed(installed):
    """Serve it on a database of its own."""
    log, environment = installed.log, {**os.environ, **installed.environment}
    with log.open("wb") as out:
        process = subprocess.Popen(SERVE, cwd=TOP, env=environment, stdout=out, stderr=out)
    until = time.monotonic() + PATIENCE
    while ask(installed.client.port, "/readyz")[0] != 200:
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.2)
    given = {field.name: getattr(installed, field.name) for field in fields(installed)}
    yield Deployed(**given, process=process)
    if process.poll() is None:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def crowded(deployed):
    """Let one work that cannot go on, and others who wait and come again. Gives its answer.

    The others come when it has been let in, as they could otherwise have it turned away for good.
    """
    over, written = threading.Event(), []
    writer = threading.Thread(target=write_until_let_in, args=(deployed.client, written))
    others = [threading.Thread(target=ask_until, args=(deployed.client, over)) for _ in "12"]
    with closing(sqlite3.connect(deployed.database, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        writer.start()
        while deployed.client.ask("GET", "/sign-in")[0] != 503:
            assert not written
        for thread in others:
            thread.start()
        yield written
        over.set()
        holder.execute("ROLLBACK")
        for thread in (writer, *others):
            thread.join()
    assert written == [201]


def write_until_let_in(client: Service, written: list[int]) -> None:
    answer = 503
    while answer == 503:
        answer = client.note("while-the-database-is-held")[0]
    written.append(answer)


def ask_until(client: Service, over: threading.Event) -> None:
    while not over.is_set():
        client.ask("GET", "/sign-in")


def test_it_says_that_it_lives_while_it_turns_people_away(deployed, crowded):
    asked = [deployed.client.ask("GET", "/api/households") for _ in range(3)]
    refused = timed(lambda: deployed.client.ask("GET", "/api/households")[0] == 503)
    alive = timed(lambda: deployed.client.ask("GET", "/healthz")[0] == 200)

    assert not crowded
    told = {(status, body["type"], headers["Retry-After"]) for status, body, headers in asked}
    assert told == {(503, "/problems/busy", "3")}
    # As quick as telling somebody to come again, which asks nothing of the application either.
    assert alive < 5 * refused


def timed(ask: Callable[[], bool], times: int = 20) -> float:
    """Ask so often, and give the median of how long it took."""
    took = []
    for _ in range(times):
        begun = time.monotonic()
        assert ask()
        took.append(time.monotonic() - begun)
    return statistics.median(took)


def test_it_is_served_watched_and_stopped(deployed):
    port, process = deployed.client.port, deployed.process

    assert ask(port, "/healthz") == (200, b"alive\n")
    assert ask(port, "/invitations/" + "a" * 43 + "?q=Zahra")[0] == 410
    assert (
        b'route="/invitations/<string(length=43):token>",status="410"'
        in ask(deployed.figures, "/")[1]
    )

    slow = []
    asking = threading.Thread(target=lambda: slow.append(ask(port, "/sign-in")))
    asking.start()
    process.send_signal(signal.SIGTERM)
    asking.join()
    assert process.wait(PATIENCE) == 0
    assert slow[0][0] in {0, 200}

    text = deployed.log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {"method": "GET", "status": 410}.items() <= next(
        line for line in lines if line.get("status") == 410
    ).items()
    assert "Zahra" not in text
    assert "aaaa" not in text


UNSAFE = [
    ({"RESETTLE_SECRET_KEY": "changeme"}, "RESETTLE_SECRET_KEY"),
    ({"RESETTLE_PEPPER": "too short"}, "RESETTLE_PEPPER"),
    ({"RESETTLE_MASTER_KEYS": "1:c2hvcnQ="}, "RESETTLE_MASTER_KEYS"),
    ({"RESETTLE_INDEX_KEY": "c2hvcnQ="}, "RESETTLE_INDEX_KEY"),
    ({"RESETTLE_TRUSTED_HOSTS": "*"}, "without wildcards"),
    ({"RESETTLE_PRIVACY_OFFICER": ""}, "RESETTLE_PRIVACY_OFFICER"),
    ({"RESETTLE_ARGON2_MEMORY_KIB": "1024"}, "RESETTLE_ARGON2_MEMORY_KIB"),
    ({"RESETTLE_DATABASE_URL": "postgresql://a@db.example.org.nz/b"}, "unencrypted"),
    ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
]


def serve() -> None:
    runpy.run_path("deploy/gunicorn.py")


@pytest.mark.parametrize("start", [serve, cli.main], ids=["web", "worker"])
@pytest.mark.parametrize(("unsafe", "sentence"), UNSAFE)
def test_an_unsafe_start_is_refused_with_one_clear_line(
    start, unsafe, sentence, monkeypatch, capsys
):
    safe = {**new_secrets(), "RESETTLE_PRIVACY_OFFICER": "Mere"}
    for name, value in {**safe, **unsafe}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["resettle", "worker"])
    monkeypatch.chdir(TOP)

    with pytest.raises(SystemExit) as refused:
        start()

    told = capsys.readouterr().err.splitlines()
    assert refused.value.code == 78
    assert len(told) == 1
    assert told[0].startswith("The settings are not right: ")
    assert sentence in told[0]


def test_gunicorn_itself_ends_with_that_line_alone():
    environment = {**os.environ, **new_secrets(), "RESETTLE_PRIVACY_OFFICER": ""}

    refused = subprocess.run(
        SERVE, cwd=TOP, env=environment, capture_output=True, text=True, check=False
    )

    assert refused.returncode == 78
    assert refused.stderr.splitlines() == [
        "The settings are not right: RESETTLE_PRIVACY_OFFICER is empty: name the privacy officer."
    ]
