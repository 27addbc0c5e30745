"""Workers for fault tests, made from one process that is ready, so that many can be killed.

Each job leaves one effect; its worker says so, and dawdles before the job is marked as done.
"""

import os
import signal
import sys
import threading
import time
from typing import Any
from uuid import UUID

from resettle.core.jobs import run_next
from resettle.core.work import UnitOfWork
from tests.faults.served import app

DAWDLES = 0.03


def say(word: str, pid: int) -> None:
    """Write a line at once and whole, since several write into the same pipe."""
    os.write(sys.stdout.fileno(), f"{word} {pid}\n".encode())


def effect(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    uow.acted("Effect", UUID(payload["event"]), change="done")
    uow.session.flush()
    say("effect", os.getpid())
    time.sleep(DAWDLES)


def work() -> None:
    transactions = app.extensions["transactions"]
    idle = threading.Event()
    while not idle.wait(0.01):
        while run_next(transactions, {"effect": effect}):
            pass


def serve() -> None:
    """Make a worker for each line that comes in, and name it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin.buffer:
        pid = os.fork()
        if not pid:
            work()
        say("made", pid)


if __name__ == "__main__":
    serve()
