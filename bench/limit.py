"""The limit: the same answers from a bare WSGI function, hand-written SQL and orjson.

No sign-in, no scopes, no audiences, no sealing, no chain: what is left when all is left out.
Served by gunicorn like the others; BENCH_DATABASE says where the tables of plain.sql are.
"""

import os
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from statistics import median_low
from typing import Any
from urllib.parse import unquote

import orjson
import psycopg
from rapidfuzz import fuzz, process

from bench.world import TODAY

URL = os.environ.get("BENCH_DATABASE", "")
IS_SQLITE = URL.startswith("sqlite")
PAGE = 50
ALIKE = 80
local = threading.local()

LIST = """
SELECT h.id, h.reference, h.name, h.location, h.stage, h.stage_since, h.size,
    (SELECT MIN(due_on) FROM plain_milestone m WHERE m.household_id = h.id AND m.met_on IS NULL),
    (SELECT COUNT(*) FROM plain_milestone m WHERE m.household_id = h.id AND m.met_on IS NULL
        AND m.due_on < ?)
FROM plain_household h WHERE {} = ? ORDER BY h.name, h.id LIMIT 50
"""
TOTAL = "SELECT total FROM plain_total WHERE kind = ? AND key = ?"
LISTED = ("id", "reference", "name", "location", "stage", "since", "size", "next_due", "overdue")
FILE = {
    "household": (
        ("id", "reference", "name", "location", "stream", "arrived_on", "stage", "stage_since"),
        (
            "SELECT id, reference, name, location, stream, arrived_on, stage, stage_since "
            "FROM plain_household WHERE id = ?"
        ),
    ),
    "members": (
        ("id", "given_name", "family_name", "sex", "born_on", "role"),
        (
            "SELECT id, given_name, family_name, sex, born_on, role "
            "FROM plain_person WHERE household_id = ?"
        ),
    ),
    "placements": (
        ("kind", "location", "start_on", "end_on", "group"),
        (
            "SELECT kind, location, start_on, end_on, group_name "
            "FROM plain_placement WHERE household_id = ?"
        ),
    ),
    "milestones": (
        ("id", "code", "domain", "due_on", "met_on"),
        "SELECT id, code, domain, due_on, met_on FROM plain_milestone WHERE household_id = ?",
    ),
    "notes": (
        ("id", "author_id", "occurred_at", "channel", "minutes", "text"),
        (
            "SELECT id, author_id, occurred_at, channel, minutes, text FROM plain_note "
            "WHERE household_id = ? ORDER BY occurred_at DESC, id DESC LIMIT 20"
        ),
    ),
}
WORDS = "SELECT DISTINCT word FROM plain_word WHERE location = ?"
NAMED = """
SELECT DISTINCT h.id, h.reference, h.name FROM plain_word w
JOIN plain_household h ON h.id = w.household_id WHERE w.location = ? AND w.word IN ({})
ORDER BY h.reference LIMIT 50
"""
NOTE = "INSERT INTO plain_note VALUES (?, ?, ?, ?, ?, ?, ?)"
AUDIT = "INSERT INTO plain_audit VALUES (?, ?, ?, ?, ?)"
MET = "UPDATE plain_milestone SET met_on = ?, version = version + 1 WHERE id = ?"
STAGES = (
    "SELECT programme_code, stage, stage_since, COUNT(*), SUM(size) "
    "FROM plain_household GROUP BY programme_code, stage, stage_since"
)


def ask(sql: str, *values: Any) -> Sequence[Sequence[Any]]:
    """Run a question on this thread's own connection."""
    return _connection().execute(_as_spoken(sql), values).fetchall()  # type: ignore[no-any-return]


def write(*statements: tuple[str, Sequence[Any]]) -> None:
    """Write in one transaction."""
    connection = _connection()
    if IS_SQLITE:
        connection.execute("BEGIN IMMEDIATE")
        for sql, values in statements:
            connection.execute(sql, values)
        connection.execute("COMMIT")
        return
    with connection.transaction():
        for sql, values in statements:
            connection.execute(_as_spoken(sql), values)


def _connection() -> Any:
    if not hasattr(local, "connection"):
        local.connection = _connected()
    return local.connection


def _connected() -> Any:
    if not IS_SQLITE:
        return psycopg.connect(URL, autocommit=True)
    connection = sqlite3.connect(URL.removeprefix("sqlite:///"), timeout=30, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _as_spoken(sql: str) -> str:
    return sql if IS_SQLITE else sql.replace("?", "%s")


def _listed(column: str, kind: str, key: str) -> Any:
    rows = ask(LIST.format(column), TODAY.isoformat(), key)
    total = ask(TOTAL, kind, key)
    items = [dict(zip(LISTED, row, strict=True)) for row in rows]
    return {"items": items, "total": total[0][0] if total else 0}


def of_worker(worker_id: str) -> Any:
    return _listed("h.caseworker_id", "w", worker_id)


def of_place(place: str) -> Any:
    return _listed("h.location", "l", place)


def file(household_id: str) -> Any:
    return {
        part: [dict(zip(names, row, strict=True)) for row in ask(sql, household_id)]
        for part, (names, sql) in FILE.items()
    }


def search(place: str, typed: str) -> Any:
    words = [row[0] for row in ask(WORDS, place)]
    found = process.extract(typed, words, scorer=fuzz.ratio, limit=8, score_cutoff=ALIKE)
    if not found:
        return {"items": []}
    marks = ", ".join("?" * len(found))
    rows = ask(NAMED.format(marks), place, *(word for word, _, _ in found))
    return {"items": [dict(zip(("id", "reference", "name"), row, strict=True)) for row in rows]}


def stages() -> Any:
    days: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for code, stage, since, households, persons in ask(STAGES):
        moved = datetime.fromisoformat(str(since)).date()
        days.setdefault((code, stage), []).append(((TODAY - moved).days, households, int(persons)))
    return [
        {
            "programme": code,
            "stage": stage,
            "households": sum(count for _, count, _ in found),
            "persons": sum(persons for _, _, persons in found),
            "median": median_low([day for day, count, _ in found for _ in range(count)]),
            "longest": max(day for day, _, _ in found),
        }
        for (code, stage), found in days.items()
    ]


def note(household_id: str, given: Mapping[str, Any]) -> Any:
    note_id, now = uuid.uuid4().hex, datetime.now(UTC).isoformat(sep=" ")
    author = given["author_id"]
    values = (note_id, household_id, author, now, given["channel"], given["minutes"], given["text"])
    write((NOTE, values), (AUDIT, (uuid.uuid4().hex, now, author, "note:write", note_id)))
    return {"id": note_id, "household_id": household_id, **given}


def met(milestone_id: str, given: Mapping[str, Any]) -> Any:
    now = datetime.now(UTC).isoformat(sep=" ")
    entry = (uuid.uuid4().hex, now, given["author_id"], "milestone:met", milestone_id)
    write((MET, (given["met_on"], milestone_id)), (AUDIT, entry))
    return {"id": milestone_id, "met_on": given["met_on"]}


READS: Mapping[str, Callable[..., Any]] = {
    "worker": of_worker,
    "place": of_place,
    "file": file,
    "search": search,
    "stages": stages,
}
WRITES: Mapping[str, Callable[..., Any]] = {"note": note, "met": met}
BY_ID = {"worker", "file", *WRITES}


def app(environ: Mapping[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer /read/<what>/<key>... and /write/<what>/<key>."""
    kind, *parts = environ["PATH_INFO"].strip("/").split("/")
    what, *keys = map(unquote, parts or [""])
    if IS_SQLITE and what in BY_ID:
        keys = [uuid.UUID(key).hex for key in keys]  # as SQLite keeps them
    answer: Any = {}
    if kind == "write":
        answer = WRITES[what](*keys, orjson.loads(environ["wsgi.input"].read()))
    elif kind == "read":
        answer = READS[what](*keys)
    body = orjson.dumps(answer, default=str)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
