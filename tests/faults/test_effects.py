"""A worker is killed between effect and mark; each committed event has exactly one effect."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.settings import TOP, Settings
from tests.faults import reader
from tests.faults.service import PATIENCE

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
EVENTS_A_KILL = 4
AT_ONCE = 2
ELSEWHERE_EVERY = 4  # and then they are killed wherever they are, not between effect and mark


class Workers:
    """Workers of one process that makes as many as are wanted, and what they say."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._living: set[int] = set()

    def make(self) -> None:
        for _ in range(AT_ONCE):
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
            while (said := self._hear())[0] != b"made":
                pass
            self._living.add(int(said[1]))

    def wait_for_effect(self) -> None:
        """Wait until one of those that live has had its effect, and has not marked it yet."""
        while (said := self._hear())[0] != b"effect" or int(said[1]) not in self._living:
            pass

    def _hear(self) -> list[bytes]:
        return self._process.stdout.readline().split()

    def kill(self) -> int:
        killed = len(self._living)
        while self._living:
            os.kill(self._living.pop(), signal.SIGKILL)
        return killed


@contextmanager
def ready(world) -> Iterator[Workers]:
    command = [sys.executable, "-m", "tests.faults.worker"]
    process = subprocess.Popen(
        command,
        cwd=TOP,
        env={**os.environ, **world.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    workers = Workers(process)
    yield workers
    workers.kill()
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def effects(url: str) -> list[str]:
    query = "SELECT record_ref FROM audit_entry WHERE resource = 'Effect'"
    return [str(row[0]).replace("-", "") for row in reader.rows(url, query)]


def left(url: str) -> int:
    return len(reader.rows(url, "SELECT id FROM job"))


def test_each_event_has_one_effect(url, world, kills):
    app = create_app(Settings.from_environment(world.environment))
    events = [uuid4() for _ in range(EVENTS_A_KILL * kills)]
    with app.extensions["transactions"].begin(SYSTEM, "arrange") as uow:
        for event in events:
            uow.later("effect", event=str(event))
    app.extensions["engine"].dispose()

    killed, amid = 0, 0
    with ready(world) as workers:
        for number in range(1, kills + 1):
            workers.make()
            workers.wait_for_effect()
            if number % ELSEWHERE_EVERY:
                amid += 1
            else:
                time.sleep(0.01 * (number % 7))
            killed += workers.kill()
        assert left(url), "all was done before the last was killed"
        workers.make()
        until = time.monotonic() + PATIENCE + kills
        while left(url) and time.monotonic() < until:
            time.sleep(0.1)

    counted = Counter(effects(url))
    lost = len({event.hex for event in events} - {*counted})
    doubled = sum(count - 1 for count in counted.values())
    reader.tell(
        f"{url.partition(':')[0]}: {killed} workers killed over {len(events)} events, {amid} of "
        f"them between effect and mark; without effect {lost}, with more than one {doubled}"
    )
    assert (lost, doubled) == (0, 0)
