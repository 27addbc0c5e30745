"""What is measured: each operation, as the service is asked for it and as the others are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import quote
from uuid import UUID, uuid4

import orjson
from sqlalchemy import Engine, text

from bench.asking import Making, Request
from bench.filling import Keys
from bench.rows import NOTE
from bench.world import TODAY

JSON = {"Content-Type": "application/json"}
LETTERS = 4


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom the requests are about: ids of the database, in an order that never changes."""

    worker: str
    place: str
    mine: Sequence[str]
    steps: Sequence[str]
    misspelt: Sequence[str]
    misspelt_mine: Sequence[str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: how the service is asked, and how the others; None where there are none."""

    name: str
    ours: Making
    others: Making | None = None
    most: int = 1_000_000


def subjects(engine: Engine, place: str) -> Subjects:
    """Choose the subjects: households of the agency, open steps of theirs, names gone wrong."""
    with engine.connect() as connection:

        def column(sql: str, **given: str) -> list[str]:
            return [str(row[0]) for row in connection.execute(text(sql), given)]

        def ids(sql: str, **given: str) -> list[str]:
            return [str(UUID(each)) for each in column(sql, **given)]

        here = (
            "SELECT id FROM plain_household WHERE location = :place ORDER BY reference LIMIT 2000"
        )
        first = "SELECT caseworker_id FROM plain_household ORDER BY reference LIMIT 1"
        steps = (
            "SELECT m.id FROM plain_milestone m JOIN plain_household h ON h.id = m.household_id "
            "WHERE h.location = :place AND m.met_on IS NULL ORDER BY m.id LIMIT 20000"
        )
        names = (
            "SELECT DISTINCT name FROM plain_household WHERE location = :place "
            "ORDER BY name LIMIT 400"
        )
        known = column(names, place=place)
        (worker,) = column(first)
        mine = "SELECT DISTINCT name FROM plain_household WHERE caseworker_id = :worker"
        known_to_me = column(f"{mine} ORDER BY name", worker=worker)
        return Subjects(
            worker=str(UUID(worker)),
            place=place,
            mine=ids(here, place=place),
            steps=ids(steps, place=place),
            misspelt=_misspelt(known),
            misspelt_mine=_misspelt(known_to_me),
        )


def _misspelt(names: Sequence[str]) -> list[str]:
    """Turn two letters of each name round, as a hurried hand does."""
    long = [name for name in names if len(name) >= LETTERS][:20]
    return [name[0] + name[2] + name[1] + name[3:] for name in long]


def operations(found: Subjects, port: int) -> Sequence[Operation]:
    """Name the operations. The service gives keys for what is looked for, once before."""
    worker, agency, manager, sponsor = map(
        _bearer, (Keys.CASEWORKER, Keys.AGENCY, Keys.MANAGER, Keys.SPONSOR)
    )
    asked = [_key_of(port, agency, words) for words in found.misspelt]
    asked_of_mine = [_key_of(port, worker, words) for words in found.misspelt_mine]
    return [
        Operation(
            "list: 50 households of a caseworker",
            lambda _: Request("GET", "/api/caseload?limit=50", worker),
            lambda _: Request("GET", f"/read/worker/{found.worker}"),
        ),
        Operation(
            "list: 50 of an agency's households",
            lambda _: Request("GET", "/api/caseload?limit=50", agency),
            lambda _: Request("GET", f"/read/place/{found.place}"),
        ),
        Operation(
            "household file",
            lambda n: Request("GET", f"/api/households/{_of(found.mine, n)}/file", agency),
            lambda n: Request("GET", f"/read/file/{_of(found.mine, n)}"),
        ),
        Operation(
            "search: a misspelt name in an agency",
            lambda n: Request("GET", f"/api/search?q={quote(_of(asked, n))}", agency),
            lambda n: Request("GET", f"/read/search/{found.place}/{_of(found.misspelt, n)}"),
            most=300,
        ),
        Operation(
            "search: a misspelt name in a caseload",
            lambda n: Request("GET", f"/api/search?q={quote(_of(asked_of_mine, n))}", worker),
            most=300,
        ),
        Operation(
            "contact note, with its line in the trail",
            lambda n: _note(_of(found.mine, n), agency),
            lambda n: _write(f"/write/note/{_of(found.mine, n)}", found.worker),
        ),
        Operation(
            "milestone met",
            lambda n: _met(found.steps[n], agency),
            lambda n: _write(f"/write/met/{found.steps[n]}", found.worker),
            most=len(found.steps) // 8,
        ),
        Operation(
            "manager: households by stage",
            lambda _: Request("GET", "/api/figures/pipeline", manager),
            lambda _: Request("GET", "/read/stages"),
        ),
        Operation(
            "sponsor: the households of a group",
            lambda _: Request("GET", "/api/households", sponsor),
        ),
    ]


def _of(things: Sequence[str], n: int) -> str:
    return things[n % len(things)]


def _bearer(token: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _sent(token: Mapping[str, str]) -> dict[str, str]:
    return {**token, **JSON, "Idempotency-Key": uuid4().hex}


def _note(household_id: str, token: Mapping[str, str]) -> Request:
    given = {"occurred_at": f"{TODAY}T00:00:00+13:00", "channel": "visit", "minutes": 45}
    body = orjson.dumps({**given, "text": NOTE})
    return Request("POST", f"/api/households/{household_id}/notes", _sent(token), body)


def _met(milestone_id: str, token: Mapping[str, str]) -> Request:
    body = orjson.dumps({"met_on": TODAY.isoformat(), "reason": "It took a while."})
    return Request("POST", f"/api/milestones/{milestone_id}/met", _sent(token), body)


def _write(path: str, author: str) -> Request:
    given = {"channel": "visit", "minutes": 45, "text": NOTE, "met_on": TODAY.isoformat()}
    body = orjson.dumps({"author_id": str(UUID(author)), **given})
    return Request("POST", path, JSON, body)


def _key_of(port: int, token: Mapping[str, str], words: str) -> str:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/api/searches", orjson.dumps({"q": words}), {**token, **JSON})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status >= 300:  # noqa: PLR2004  # not a success
        raise RuntimeError(body.decode())
    found: dict[str, str] = orjson.loads(body)
    return found["q"]
