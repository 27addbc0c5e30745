"""A worker is killed between effect and mark; each committed event has exactly one effect."""

import os
import subprocess
import sys
import time
from collections import Counter
from uuid import uuid4

import pytest

from resettle.app import create_app
from resettle.core.actor import SYSTEM
from resettle.settings import TOP, Settings
from tests.faults import reader
from tests.faults.service import PATIENCE

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]
EVENTS_A_KILL = 4


def start(world) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker"],
        cwd=TOP,
        env={**os.environ, **world.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"working\n"
    return process


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

    killed = 0
    until = time.monotonic() + PATIENCE + 10 * kills
    while left(url) and time.monotonic() < until:
        workers = [start(world), start(world)]
        if killed < kills:
            time.sleep(0.02 + 0.01 * (killed % 7))
            killed += 1
        else:
            while left(url) and time.monotonic() < until:
                time.sleep(0.1)
        for worker in workers:
            worker.kill()
            worker.wait()
            worker.stdout.close()

    counted = Counter(effects(url))
    lost = len({event.hex for event in events} - {*counted})
    doubled = sum(count - 1 for count in counted.values())
    reader.tell(
        f"{url.partition(':')[0]}: two workers killed {killed} times over {len(events)} events; "
        f"without effect {lost}, with more than one {doubled}"
    )
    assert (lost, doubled) == (0, 0)
