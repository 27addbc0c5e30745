"""An independent reader: what stands in the database, read with nothing of the service's own."""

import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

import psycopg
from sqlalchemy import make_url

from tests.faults.service import Writers


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    """Ask the database itself."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return connection.execute(query).fetchall()
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        return connection.execute(query).fetchall()


def notes(url: str) -> list[str]:
    return [str(row[0]).replace("-", "") for row in rows(url, "SELECT id FROM contact_note")]


def compare(url: str, writers: Writers) -> tuple[int, int]:
    """Count the acknowledged notes that are lost, and those that are there more than once."""
    there = notes(url)
    acknowledged = {each.replace("-", "") for each in writers.acknowledged}
    return len(acknowledged - {*there}), len(there) - len({*writers.keys})


def is_sound(url: str) -> bool:
    """Say whether the database's own look at itself finds nothing."""
    if url.startswith("sqlite"):
        return rows(url, "PRAGMA integrity_check") == [("ok",)]
    return rows(url, "SELECT 1") == [(1,)]


def gaps(url: str) -> int:
    """Count the numbers that are missing in the audit trail, or there twice."""
    numbers: Sequence[int] = [
        int(str(row[0])) for row in rows(url, "SELECT seq FROM audit_entry WHERE chain = 0")
    ]
    twice = sum(count - 1 for count in Counter(numbers).values())
    return len({*range(1, max(numbers) + 1)} - {*numbers}) + twice


def tell(text: str) -> None:
    """Print a figure, whatever pytest does with what is printed."""
    sys.__stdout__.write(f"\n  {text}\n")
    sys.__stdout__.flush()
