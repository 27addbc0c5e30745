"""A worker for fault tests: each job leaves one effect, and dawdles before it is marked as done."""

import sys
import threading
import time
from typing import Any
from uuid import UUID

from resettle.core.jobs import run_next
from resettle.core.work import UnitOfWork
from tests.faults.served import app

DAWDLES = 0.03


def effect(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    uow.acted("Effect", UUID(payload["event"]), change="done")
    uow.session.flush()
    time.sleep(DAWDLES)


def work() -> None:
    transactions = app.extensions["transactions"]
    sys.stdout.write("working\n")
    sys.stdout.flush()
    idle = threading.Event()
    while not idle.wait(0.01):
        while run_next(transactions, {"effect": effect}):
            pass


if __name__ == "__main__":
    work()
