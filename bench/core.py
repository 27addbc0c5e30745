"""Flask and SQLAlchemy Core, written cleanly: the same answers from the tables of plain.sql."""

import os
import uuid
from datetime import UTC, datetime
from statistics import median_low
from typing import Any

import orjson
from flask import Flask, Response, request
from rapidfuzz import fuzz, process
from sqlalchemy import Column, Date, DateTime, Integer, MetaData, String, Table, Uuid, func, select

from bench.world import TODAY
from resettle.core.db import make_engine

ALIKE = 80
PAGE = 50
app = Flask(__name__)
engine = make_engine(os.environ.get("BENCH_DATABASE", "sqlite://"))
# SQLite's tables hold ids as 32 digits, and so does the type that SQLAlchemy writes there.
KEY = Uuid()
meta = MetaData()


def table(name: str, *columns: str, **kinds: Any) -> Table:
    """Describe a table: texts, unless a kind is named."""
    found = [Column(column, kinds.get(column, String)) for column in columns]
    return Table(f"plain_{name}", meta, Column("id", KEY, primary_key=True), *found)


households = table(
    "household", "reference", "name", "location", "stream", "arrived_on", "programme_code",
    "stage", "stage_since", "caseworker_id", "size",
    arrived_on=Date, stage_since=Date, caseworker_id=KEY, size=Integer,
)  # fmt: skip
people = table(
    "person", "household_id", "given_name", "family_name", "sex", "born_on", "role",
    household_id=KEY, born_on=Date,
)  # fmt: skip
milestones = table(
    "milestone", "household_id", "code", "domain", "due_on", "met_on", "version",
    household_id=KEY, due_on=Date, met_on=Date, version=Integer,
)  # fmt: skip
placements = table(
    "placement", "household_id", "kind", "location", "start_on", "end_on", "group_name",
    household_id=KEY, start_on=Date, end_on=Date,
)  # fmt: skip
notes = table(
    "note", "household_id", "author_id", "occurred_at", "channel", "minutes", "text",
    household_id=KEY, author_id=KEY, occurred_at=DateTime(timezone=True), minutes=Integer,
)  # fmt: skip
words = table("word", "word", "person_id", "household_id", "location", household_id=KEY)
totals = Table("plain_total", meta, Column("kind", String), Column("key", String), Column("total"))
audit = table("audit", "at", "user_id", "action", "record_id")
audit.c.id.type = String()


def answer(body: Any) -> Response:
    return Response(
        orjson.dumps(body, default=str, option=orjson.OPT_NON_STR_KEYS),
        content_type="application/json",
    )


def listed(where: Any, kind: str, key: str) -> Response:
    open_ = (milestones.c.household_id == households.c.id) & milestones.c.met_on.is_(None)
    late = select(func.count()).where(open_, milestones.c.due_on < TODAY).scalar_subquery()
    query = (
        select(
            *(households.c[name] for name in ("id", "reference", "name", "location", "stage")),
            households.c.stage_since,
            households.c.size,
            select(func.min(milestones.c.due_on)).where(open_).scalar_subquery().label("next_due"),
            late.label("overdue"),
        )
        .where(where)
        .order_by(households.c.name, households.c.id)
        .limit(PAGE)
    )
    total = select(totals.c.total).where(totals.c.kind == kind, totals.c.key == key)
    with engine.connect() as connection:
        items = [dict(row) for row in connection.execute(query).mappings()]
        return answer({"items": items, "total": connection.scalar(total)})


@app.get("/read/worker/<uuid:worker_id>")
def of_worker(worker_id: uuid.UUID) -> Response:
    return listed(households.c.caseworker_id == worker_id, "w", str(worker_id))


@app.get("/read/place/<place>")
def of_place(place: str) -> Response:
    return listed(households.c.location == place, "l", place)


@app.get("/read/file/<uuid:household_id>")
def file(household_id: uuid.UUID) -> Response:
    parts = {"members": people, "placements": placements, "milestones": milestones}
    queries = {name: select(t).where(t.c.household_id == household_id) for name, t in parts.items()}
    queries["household"] = select(households).where(households.c.id == household_id)
    newest = (notes.c.occurred_at.desc(), notes.c.id.desc())
    queries["notes"] = (
        select(notes).where(notes.c.household_id == household_id).order_by(*newest).limit(20)
    )
    with engine.connect() as connection:
        return answer(
            {
                name: [dict(row) for row in connection.execute(query).mappings()]
                for name, query in queries.items()
            }
        )


@app.get("/read/search/<place>/<typed>")
def search(place: str, typed: str) -> Response:
    with engine.connect() as connection:
        here = words.c.location == place
        known = connection.scalars(select(words.c.word).where(here).distinct()).all()
        found = process.extract(typed, known, scorer=fuzz.ratio, limit=8, score_cutoff=ALIKE)
        query = (
            select(households.c.id, households.c.reference, households.c.name)
            .join(words, words.c.household_id == households.c.id)
            .where(here, words.c.word.in_([word for word, _, _ in found]))
            .distinct()
            .order_by(households.c.reference)
            .limit(PAGE)
        )
        return answer({"items": [dict(row) for row in connection.execute(query).mappings()]})


@app.get("/read/stages")
def stages() -> Response:
    by = (households.c.programme_code, households.c.stage, households.c.stage_since)
    query = select(
        *by, func.count().label("households"), func.sum(households.c.size).label("persons")
    ).group_by(*by)
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    with engine.connect() as connection:
        for row in connection.execute(query):
            days = (TODAY - row.stage_since).days
            part = (days, row.households, int(row.persons))
            found.setdefault((row.programme_code, row.stage), []).append(part)
    return answer([_stage(*key, parts) for key, parts in found.items()])


def _stage(code: str, stage: str, parts: list[tuple[int, int, int]]) -> dict[str, Any]:
    return {
        "programme": code,
        "stage": stage,
        "households": sum(count for _, count, _ in parts),
        "persons": sum(persons for _, _, persons in parts),
        "median": median_low([day for day, count, _ in parts for _ in range(count)]),
        "longest": max(day for day, _, _ in parts),
    }


@app.post("/write/note/<uuid:household_id>")
def note(household_id: uuid.UUID) -> Response:
    given, now = request.get_json(), datetime.now(UTC)
    row = {
        "id": uuid.uuid4(),
        "household_id": household_id,
        "author_id": uuid.UUID(given["author_id"]),
        "occurred_at": now,
        **{name: given[name] for name in ("channel", "minutes", "text")},
    }
    with engine.begin() as connection:
        connection.execute(notes.insert().values(row))
        connection.execute(audit.insert().values(_entry(given, "note:write", row["id"], now)))
    return answer(row)


@app.post("/write/met/<uuid:milestone_id>")
def met(milestone_id: uuid.UUID) -> Response:
    given, now = request.get_json(), datetime.now(UTC)
    change = {"met_on": datetime.fromisoformat(given["met_on"]).date()}
    change["version"] = milestones.c.version + 1
    with engine.begin() as connection:
        connection.execute(
            milestones.update().where(milestones.c.id == milestone_id).values(change)
        )
        connection.execute(audit.insert().values(_entry(given, "milestone:met", milestone_id, now)))
    return answer({"id": milestone_id, "met_on": given["met_on"]})


def _entry(given: Any, action: str, record_id: Any, now: datetime) -> dict[str, str]:
    who = {"user_id": given["author_id"], "action": action, "record_id": record_id.hex}
    return {"id": uuid.uuid4().hex, "at": now.isoformat(), **who}
