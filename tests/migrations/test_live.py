"""Migrations on live data: nothing that squawk knows to be dangerous, and writers hardly wait."""

import sys
import threading
import time

import psycopg
from alembic import command
from alembic.config import Config

from tests.architecture.tree import TOP
from tests.migrations import squawk

FILLED_AT = "0009_create_milestones"
LONGEST_SECONDS = 5.0  # of the lock timeout in migrations/env.py
BUSY = ("milestone", "contact_note", "task", "household")
VALUES = {
    "uuid": "gen_random_uuid()",
    "boolean": "false",
    "date": "date '2026-03-02'",
    "timestamp with time zone": "now()",
    "json": "'[]'::json",
    "bytea": "'x'::bytea",
    "numeric": "1",
    "integer": "n",
    "bigint": "n",
    "double precision": "n",
    "character varying": "'v' || n",
}
COLUMNS = """SELECT column_name, data_type, character_maximum_length
FROM information_schema.columns
WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL"""


def test_nothing_new_is_dangerous_on_live_data(tmp_path):
    known = squawk.KEPT.read_text().splitlines()

    assert squawk.findings(tmp_path) == known, (
        "squawk finds something else than before. Mend the migration; before there is a release "
        "whose tables hold rows: python -m tests.migrations.squawk"
    )


def upgrade(url: str, revision: str) -> None:
    config = Config(TOP / "setup.cfg")
    config.set_main_option("script_location", str(TOP / "migrations"))
    config.attributes["url"] = url
    command.upgrade(config, revision)


def fill(connection: psycopg.Connection, table: str, rows: int) -> None:
    """Put rows into a table that look like nothing, and break none of its own rules."""
    columns = connection.execute(COLUMNS, [table]).fetchall()
    names = ", ".join(f'"{name}"' for name, *_ in columns)
    values = ", ".join(
        VALUES[kind] if length is None else f"left({VALUES[kind]}, {length})"
        for _, kind, length in columns
    )
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM generate_series(1, {rows}) n"
    )


class Writer(threading.Thread):
    """Changes one row after the other, and notes the longest that it waited for one."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.longest, self.where, self.writes = 0.0, "", 0
        self.stop = threading.Event()

    def run(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            while not self.stop.wait(0.002):
                table = BUSY[self.writes % len(BUSY)]
                begun = time.monotonic()
                connection.execute(
                    f"UPDATE {table} SET version = version + 1 WHERE id = "
                    f"(SELECT id FROM {table} LIMIT 1)"
                )
                waited = time.monotonic() - begun
                if waited > self.longest:
                    self.longest, self.where = waited, table
                self.writes += 1


def test_writers_hardly_wait_while_a_full_database_is_brought_up(postgresql, pytestconfig, capsys):
    rows = pytestconfig.getoption("rows")
    upgrade(postgresql.url, FILLED_AT)
    address = postgresql.url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in BUSY:
            fill(connection, table, rows)
    writer = Writer(address)
    writer.start()

    begun = time.monotonic()
    upgrade(postgresql.url, "head")
    took = time.monotonic() - begun
    writer.stop.set()
    writer.join()

    with capsys.disabled():
        sys.stderr.write(
            f"\n{rows} rows in each of {', '.join(BUSY)}: brought up in {took:.1f} s; of "
            f"{writer.writes} writes the longest waited {writer.longest * 1000:.0f} ms "
            f"({writer.where}).\n"
        )
    assert writer.writes > 10
    assert writer.longest < LONGEST_SECONDS
