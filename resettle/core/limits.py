"""How long PostgreSQL may take over what, and whether a commit has held on both servers.

A COMMIT whose wait for the synchronous standby was cancelled comes back as success with a warning:
the work is stored on one server, and a failover would lose it. So any warning at a commit is told
as a failure, and nobody is told that it was saved.
"""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import OperationalError

from resettle.core.errors import Unconfirmed

T = TypeVar("T")
RETRIES = 3
PAUSE_SECONDS = 0.02
# serialization_failure, deadlock_detected: PostgreSQL has undone the work and asks for it again.
ASKED_AGAIN = frozenset({"40001", "40P01"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process of the service asks of PostgreSQL."""

    pool: int = 8
    wait_seconds: int = 5
    statement_seconds: int = 30
    lock_seconds: int = 10
    idle_seconds: int = 60

    def options(self) -> str:
        """Write them as options of a connection, in milliseconds."""
        limits = {
            "statement_timeout": self.statement_seconds,
            "lock_timeout": self.lock_seconds,
            "idle_in_transaction_session_timeout": self.idle_seconds,
        }
        return " ".join(f"-c {name}={seconds * 1000}" for name, seconds in limits.items())

    def connecting(self, url: str) -> dict[str, Any]:
        """Say how to connect: with the limits before what the address itself asks for."""
        given = make_url(url).query.get("options", "")
        return {
            "options": f"{self.options()} {given}".strip(),
            "connect_timeout": self.wait_seconds,
            # A server that is gone without a word is noticed before the readers lose patience.
            "keepalives_idle": 30,
            "tcp_user_timeout": 10_000,
            "application_name": "resettle",
        }


def hear_warnings(engine: Engine, seconds: float) -> None:
    """Let every commit fail that takes too long or comes with a warning. Raises Unconfirmed."""
    patience = Patience(seconds)
    heard: dict[int, list[str]] = {}
    plainly = engine.dialect.do_commit

    def listen(connection: Any, _record: object) -> None:
        told = heard[id(connection)] = []
        connection.add_notice_handler(lambda notice: _note(told, notice))

    def forget(connection: Any, _record: object) -> None:
        heard.pop(id(connection), None)

    def commit(connection: Any) -> None:
        driver = connection.dbapi_connection
        told = heard[id(driver)]
        told.clear()
        with patience.over(driver):
            plainly(connection)
        if told:
            raise Unconfirmed

    event.listen(engine, "connect", listen)
    event.listen(engine, "close", forget)
    engine.dialect.do_commit = commit  # type: ignore[assignment]  # there is no event for after


class Patience:
    """Ends the waiting of commits that take too long, from a thread of its own.

    PostgreSQL's own limit for statements does not hold for the wait for a standby: a commit would
    wait for good. Cancelled from outside it comes back with a warning.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._waiting: dict[int, tuple[float, Any]] = {}
        self._lock = threading.Lock()
        self._pid = 0

    @contextmanager
    def over(self, connection: Any) -> Iterator[None]:
        """Watch over one commit."""
        if self._pid != os.getpid():  # the thread of the process that this one was forked from
            self._watch()
        with self._lock:
            self._waiting[id(connection)] = (time.monotonic() + self._seconds, connection)
        try:
            yield
        finally:
            with self._lock:
                self._waiting.pop(id(connection), None)

    def _watch(self) -> None:
        self._pid, self._lock, self._waiting = os.getpid(), threading.Lock(), {}
        threading.Thread(target=self._look, name="commits", daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(self._seconds / 4)
            with self._lock:  # held until it is sent, so that no later statement is cancelled
                for connection in self._overdue():
                    connection.cancel_safe(timeout=self._seconds)

    def _overdue(self) -> list[Any]:
        now = time.monotonic()
        late = [key for key, (due, _) in self._waiting.items() if due < now]
        return [self._waiting.pop(key)[1] for key in late]


def _note(told: list[str], notice: Any) -> None:
    if notice.severity_nonlocalized == "WARNING":
        told.append(notice.sqlstate)


def retried(act: Callable[[], T]) -> T:
    """Run an act that opens its own unit of work, again if the database has undone it.

    At most three times more: two that wait for each other take turns sooner than that.
    """
    for pause in range(1, RETRIES + 1):
        try:
            return act()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) not in ASKED_AGAIN:
                raise
        time.sleep(PAUSE_SECONDS * pause * random.uniform(0.5, 1.5))  # noqa: S311  # no secret
    return act()
