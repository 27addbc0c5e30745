"""How long PostgreSQL may take over what, and whether a commit has held on both servers.

A COMMIT whose wait for the synchronous standby was cancelled, by our own time limit too, comes back
as success with a warning: the work is stored on one server, and a failover would lose it. So any
warning at a commit is told as a failure, and nobody is told that it was saved.
"""

import random
import time
from collections.abc import Callable
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


def hear_warnings(engine: Engine) -> None:
    """Let every commit of this engine fail that comes back with a warning. Raises Unconfirmed."""
    heard: dict[int, list[str]] = {}
    plainly = engine.dialect.do_commit

    def listen(connection: Any, _record: object) -> None:
        told = heard[id(connection)] = []
        connection.add_notice_handler(lambda notice: _note(told, notice))

    def forget(connection: Any, _record: object) -> None:
        heard.pop(id(connection), None)

    def commit(connection: Any) -> None:
        told = heard[id(connection.dbapi_connection)]
        told.clear()
        plainly(connection)
        if told:
            raise Unconfirmed

    event.listen(engine, "connect", listen)
    event.listen(engine, "close", forget)
    engine.dialect.do_commit = commit  # type: ignore[assignment]  # there is no event for after


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
