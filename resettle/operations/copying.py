"""Rows as lines of text that are the same for SQLite and PostgreSQL, out of one and into another.

Every value is a text or nothing: ids without hyphens, moments in UTC, bytes as hex. So a backup of
one engine can be restored into the other, and no tool of a certain version is needed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import Connection, inspect

Row = Sequence[str | None]
BATCH = 1000
KINDS = {
    "uuid": "id",
    "char(32)": "id",
    "timestamp with time zone": "moment",
    "datetime": "moment",
    "boolean": "flag",
    "bytea": "bytes",
    "blob": "bytes",
    "numeric": "number",
}
FOREIGN_KEYS = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table, and of which kind each is."""

    table: str
    names: Sequence[str]
    kinds: Sequence[str]


def columns_of(connection: Connection, without: Iterable[str] = ()) -> Sequence[Columns]:
    """Name every table as it is in the database, whatever the models say."""
    inspector = inspect(connection)
    found = []
    for table in sorted({*inspector.get_table_names()} - {*without}):
        columns = inspector.get_columns(table)
        kinds = [_kind(str(column["type"].compile(connection.dialect))) for column in columns]
        found.append(Columns(table, [column["name"] for column in columns], kinds))
    return found


def _kind(declared: str) -> str:
    text = declared.lower()
    return KINDS.get(text) or KINDS.get(text.partition("(")[0], "text")


def rows_out(connection: Connection, columns: Columns) -> Iterator[Row]:
    """Read a table row by row, in the text that both engines share."""
    is_postgresql = connection.dialect.name == "postgresql"
    cast = "::text" if is_postgresql else ""
    names = ", ".join(f'"{name}"{cast}' for name in columns.names)
    given = FROM_POSTGRESQL if is_postgresql else FROM_SQLITE
    told = [given.get(kind, str) for kind in columns.kinds]
    streamed = connection.execution_options(stream_results=True, yield_per=BATCH)
    query = f'SELECT {names} FROM "{columns.table}"'  # noqa: S608  # names out of the catalogue
    for row in streamed.exec_driver_sql(query):
        yield [
            None if value is None else tell(value) for tell, value in zip(told, row, strict=True)
        ]


def rows_in(connection: Connection, columns: Columns, rows: Iterable[Row]) -> int:
    """Write rows into a table. Gives how many."""
    names = ", ".join(f'"{name}"' for name in columns.names)
    if connection.dialect.name == "postgresql":
        return _copy(connection, f'COPY "{columns.table}" ({names}) FROM STDIN', columns, rows)
    marks = ", ".join("?" * len(columns.names))
    insert = f'INSERT INTO "{columns.table}" ({names}) VALUES ({marks})'  # noqa: S608  # the same
    taken, count = iter(rows), 0
    while batch := list(islice(taken, BATCH)):
        values = [tuple(_given(TO_SQLITE, columns, row)) for row in batch]
        connection.exec_driver_sql(insert, values)
        count += len(values)
    return count


def _copy(connection: Connection, statement: str, columns: Columns, rows: Iterable[Row]) -> int:
    count = 0
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([*_given(TO_POSTGRESQL, columns, row)])
            count += 1
    return count


def _given(into: Mapping[str, Callable[[str], Any]], columns: Columns, row: Row) -> Iterator[Any]:
    for kind, value in zip(columns.kinds, row, strict=True):
        convert = into.get(kind)
        yield value if value is None or convert is None else convert(value)


def _moment(text: str) -> str:
    moment, _, fraction = text.removesuffix("+00").partition(".")
    fraction = fraction.rstrip("0")
    return f"{moment}.{fraction}" if fraction else moment


def _number(value: object) -> str:
    return f"{Decimal(str(value)).normalize():f}"


def _moment_for_sqlite(text: str) -> str:
    moment, _, fraction = text.partition(".")
    return f"{moment}.{fraction:0<6}"


FROM_POSTGRESQL: Mapping[str, Callable[[Any], str]] = {
    "id": lambda text: text.replace("-", ""),
    "moment": _moment,
    "bytes": lambda text: text.removeprefix("\\x"),
    "number": _number,
}
FROM_SQLITE: Mapping[str, Callable[[Any], str]] = {
    "moment": _moment,
    "bytes": lambda value: value.hex(),
    "flag": lambda value: "true" if value else "false",
    "number": _number,
}
TO_POSTGRESQL: Mapping[str, Callable[[str], Any]] = {
    "moment": lambda text: f"{text}+00",
    "bytes": lambda text: f"\\x{text}",
}
TO_SQLITE: Mapping[str, Callable[[str], Any]] = {
    "moment": _moment_for_sqlite,
    "bytes": bytes.fromhex,
    "flag": lambda text: text == "true",
}


class Orphans(Exception):
    """Rows were left without the rows that they refer to."""

    def __init__(self) -> None:
        super().__init__("The backup holds rows whose parents it lacks: it is not whole.")


@contextmanager
def in_any_order(connection: Connection) -> Iterator[None]:
    """Let rows come before those that they refer to, and check all of them at the end."""
    if connection.dialect.name == "sqlite":
        yield
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise Orphans
        return
    keys = connection.exec_driver_sql(FOREIGN_KEYS).all()
    for table, name, _ in keys:
        connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield
    for table, name, definition in keys:
        connection.exec_driver_sql(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
