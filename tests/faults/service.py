"""A service of its own for a fault test: processes that can be killed, and people who write."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID, uuid4

from resettle.accounts import own
from resettle.accounts.own import MakeToken
from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.operations.keys import new_secrets
from resettle.operations.tables import migrate
from resettle.settings import TOP, Settings
from tests.world import a_caseworker, a_household

PATIENCE = 120.0
NOTE = {
    "occurred_at": "2026-02-20T10:30:00+13:00",
    "channel": "visit",
    "text": "The heat pump is in.",
    "domains": ["HOU"],
}


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True, slots=True)
class World:
    """A database with a household, and a caseworker's token for it."""

    environment: Mapping[str, str]
    household_id: UUID
    token: str

    @classmethod
    def made(cls, url: str, folder: Path, households: int = 1) -> "World":
        environment = {
            **new_secrets(),
            "RESETTLE_PRODUCTION": "false",
            "RESETTLE_DATABASE_URL": url,
            "RESETTLE_STORAGE": str(folder / "storage"),
            "RESETTLE_ARGON2_MEMORY_KIB": "64",
            "RESETTLE_STATEMENT_SECONDS": "4",
        }
        migrate(url)
        return cls.of(environment, households)

    @classmethod
    def of(cls, environment: Mapping[str, str], households: int = 1) -> "World":
        """Put them into a database that has its tables."""
        app = create_app(Settings.from_environment(environment))
        transactions = app.extensions["transactions"]
        with transactions.begin(SYSTEM, "arrange") as uow:
            made = [a_household(uow) for _ in range(households)]
            worker = a_caseworker(uow, *made)
        with transactions.begin(worker, "arrange") as uow:
            scopes = ["household:read", "household:update", "note:read", "note:write"]
            scopes += ["queue:read", "document:read"]
            token = own.make_token(uow, MakeToken("faults", scopes, 7)).token
        app.extensions["engine"].dispose()
        return cls(environment, made[0].id, token)


class Service:
    """gunicorn with one worker process, on a port of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.port = world, free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Service":
        command = [sys.executable, "-m", "gunicorn", "tests.faults.served:app", "--preload"]
        command += ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        command += ["--worker-class", "gthread", "--threads", "16", "--workers", "1"]
        self._process = subprocess.Popen(
            command,
            cwd=TOP,
            env={**os.environ, **self.world.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE
        while self.ask("GET", "/healthz")[0] != 200:
            if time.monotonic() > until:
                self.kill()
                raise AssertionError("the service did not start")
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        """End all its processes as a power cut does."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def end(self) -> int:
        """Tell it to stop, as its service manager does: what is under way is finished first."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(PATIENCE)

    def kill_worker(self) -> bool:
        """End the process that serves; its master makes another. Say whether there was one."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        for pid in children.read_text().split():
            os.kill(int(pid), signal.SIGKILL)
            return True
        return False

    def stop(self) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            self.kill()

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, dict[str, object], Mapping[str, str]]:
        """Send one request on a connection of its own. 0 is no answer."""
        given = {"Authorization": f"Bearer {self.world.token}", "Host": "localhost"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            given["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, json.dumps(body) if body else None, given)
            answer = connection.getresponse()
            content = answer.read()
            is_json = "json" in answer.headers.get("Content-Type", "")
            return answer.status, json.loads(content) if is_json else {}, dict(answer.headers)
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}, {}
        finally:
            connection.close()

    def note(self, key: str) -> tuple[int, dict[str, object]]:
        path = f"/api/households/{self.world.household_id}/notes"
        status, body, _ = self.ask("POST", path, NOTE, Idempotency_Key=key)
        return status, body


@dataclass
class Writers:
    """People who each write note after note, and send one again until it is acknowledged."""

    service: Callable[[], Service]
    many: int = 4
    keys: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0

    def __enter__(self) -> Self:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(self.many)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _write(self) -> None:
        while not self._stop.is_set():
            key = uuid4().hex
            self.keys.append(key)
            self.send(key)

    def send(self, key: str) -> None:
        """Send a note until it is acknowledged; the key makes it one note however often."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            status, body = self.service().note(key)
            if status in {200, 201}:
                self.acknowledged.append(str(body["id"]))
                return
            self.refused += 1
            time.sleep(0.05)
        raise AssertionError(f"no answer to {key} in {PATIENCE} seconds")

    def wait_for(self, more: int) -> None:
        """Wait until so many more are acknowledged."""
        wanted, until = len(self.acknowledged) + more, time.monotonic() + PATIENCE
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < until, "nothing is acknowledged any more"
            time.sleep(0.005)
