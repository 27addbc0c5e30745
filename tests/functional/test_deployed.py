"""The service as deploy/ serves it: watched, logged without people's data, and stopped gently."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from alembic import command as alembic

from resettle.core.db import Base
from resettle.operations import tables
from resettle.operations.keys import new_secrets
from resettle.settings import TOP
from tests.faults.service import free_port

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


@pytest.fixture(scope="module")
def deployed(tmp_path_factory):
    """Serve on a database of its own, and give the ports, the process and its log."""
    folder: Path = tmp_path_factory.mktemp("deployed")
    url = f"sqlite:///{folder}/resettle.sqlite"
    with tables.opened(url) as engine:
        Base.metadata.create_all(engine)
    alembic.stamp(tables.alembic_config(url), "head")
    port, figures = free_port(), free_port()
    environment = {
        **os.environ,
        **new_secrets(),
        "RESETTLE_PRIVACY_OFFICER": "Mere Tamihana",
        "RESETTLE_DATABASE_URL": url,
        "RESETTLE_STORAGE": str(folder),
        "RESETTLE_BIND": f"127.0.0.1:{port}",
        "RESETTLE_WORKERS": "1",
        "RESETTLE_METRICS_PORT": str(figures),
    }
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(SERVE, cwd=TOP, env=environment, stdout=out, stderr=out)
    until = time.monotonic() + PATIENCE
    while ask(port, "/readyz")[0] != 200:
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.2)
    yield port, figures, process, log
    if process.poll() is None:
        process.kill()
        process.wait()


def test_it_is_served_watched_and_stopped(deployed):
    port, figures, process, log = deployed

    assert ask(port, "/healthz") == (200, b"alive\n")
    assert ask(port, "/invitations/" + "a" * 43 + "?q=Zahra")[0] == 410
    assert b'route="/invitations/<string(length=43):token>",status="410"' in ask(figures, "/")[1]

    slow = []
    asking = threading.Thread(target=lambda: slow.append(ask(port, "/sign-in")))
    asking.start()
    process.send_signal(signal.SIGTERM)
    asking.join()
    assert process.wait(PATIENCE) == 0
    assert slow[0][0] in {0, 200}

    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {"method": "GET", "status": 410}.items() <= next(
        line for line in lines if line.get("status") == 410
    ).items()
    assert "Zahra" not in text
    assert "aaaa" not in text


@pytest.mark.parametrize(
    ("unsafe", "sentence"),
    [
        ({"RESETTLE_SECRET_KEY": "secret"}, "RESETTLE_SECRET_KEY"),
        ({"RESETTLE_TRUSTED_HOSTS": "*"}, "without wildcards"),
    ],
)
def test_an_unsafe_start_is_refused_with_one_clear_line(unsafe, sentence):
    environment = {**os.environ, **new_secrets(), "RESETTLE_PRIVACY_OFFICER": "Mere", **unsafe}

    refused = subprocess.run(
        SERVE, cwd=TOP, env=environment, capture_output=True, text=True, check=False
    )

    told = refused.stderr.strip().splitlines()
    assert refused.returncode == 78
    assert len(told) == 2
    assert told[0] == "The settings are not right:"
    assert sentence in told[1]
