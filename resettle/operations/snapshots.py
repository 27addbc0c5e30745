"""The files of a backup: a head, each table with its columns and rows, and what was counted."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine

from resettle.core.crypto import Unsealable
from resettle.operations import tables
from resettle.operations.copying import Columns, columns_of, rows_in, rows_out
from resettle.operations.roles import VERSION
from resettle.operations.sealing import Sealer, lines

FORMAT = 1
# Held apart and written anew each time, so that no old backup brings back a key that was destroyed.
KEY_TABLES = frozenset({"data_key", "erasure"})
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself: of which moment it is, and for which tables."""

    moment: datetime
    revision: str


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read everything as it is at one moment, while others write on."""
    options: dict[str, Any] = {"read_only": True}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        yield connection


def tables_of(connection: Connection) -> tuple[Sequence[Columns], Sequence[Columns]]:
    """Name the tables of the data, and those of the keys."""
    every = columns_of(connection, without={VERSION})
    data = [columns for columns in every if columns.table not in KEY_TABLES]
    return data, [columns for columns in every if columns.table in KEY_TABLES]


def write(
    file: Path, recipient: str, head: Head, connection: Connection, contents: Sequence[Columns]
) -> tuple[bytes, Counts]:
    """Write a sealed file, whole or not at all. Gives its key, to verify with, and its counts."""
    beside = file.with_suffix(".part")
    counts: dict[str, int] = {}
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        sealer = Sealer(raw, recipient)
        _tell(sealer, {"format": FORMAT, "moment": head.moment, "revision": head.revision})
        for columns in contents:
            _tell(sealer, [columns.table, columns.names, columns.kinds])
            counts[columns.table] = 0
            for row in rows_out(connection, columns):
                _tell(sealer, row)
                counts[columns.table] += 1
            _tell(sealer, None)
        _tell(sealer, counts)
        sealer.finish()
        raw.flush()
        os.fsync(raw.fileno())
    beside.replace(file)
    return sealer.key, counts


def _tell(sealer: Sealer, line: object) -> None:
    sealer.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))


def head_of(file: Path, key: bytes) -> Head:
    """Read what a file says of itself. Raises Unsealable."""
    with file.open("rb") as raw:
        told = orjson.loads(next(iter(lines(raw, key))))
    if told["format"] != FORMAT:
        raise Unsealable("this backup was made by a later release")
    return Head(datetime.fromisoformat(told["moment"]), told["revision"])


def load(file: Path, key: bytes, connection: Connection) -> Counts:
    """Write everything of a file into empty tables. Raises Unsealable if a count is not right."""
    counts: dict[str, int] = {}
    with file.open("rb") as raw:
        told = lines(raw, key)
        next(told)
        while isinstance(line := orjson.loads(next(told)), list):
            columns = Columns(*line)
            counts[columns.table] = rows_in(connection, columns, _rows(told))
    if counts != line:
        raise Unsealable("the backup does not hold what it says")
    return counts


def _rows(told: Iterator[bytes]) -> Iterator[list[str | None]]:
    while (row := orjson.loads(next(told))) is not None:
        yield row


@contextmanager
def filling(url: str) -> Iterator[Connection]:
    """Open a database to be filled in one transaction."""
    with tables.opened(url) as engine, engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # it is open
        with connection.begin():
            yield connection
