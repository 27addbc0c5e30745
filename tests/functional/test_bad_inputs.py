"""Bad inputs, one entry of bad_inputs.toml each: refused in the right words, leaving nothing.

The numbers are those of the list of bad inputs and abuse cases; what needs several requests in a
row is in test_bad_sequences.py and test_bad_sessions.py.
"""

import json
import re
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from PIL import ImageFile
from werkzeug.test import TestResponse

from resettle.core.actor import SYSTEM
from resettle.core.work import Transactions
from tests.application import ClientOf
from tests.functional import (
    bodies,
    test_bad_requests_over_a_socket,
    test_bad_sequences,
    test_bad_sessions,
)
from tests.functional.hostile import (
    NAMES,
    TRIED,
    Rows,
    Scene,
    arrange,
    check_page,
    check_problem,
    contents,
)

FILE = Path(__file__).parent / "bad_inputs.toml"
TOLD = tomllib.loads(FILE.read_text())
SEQUENCES = (test_bad_sequences, test_bad_sessions, test_bad_requests_over_a_socket)
LEAST = 60
ORDINARY = "/api/households?limit=1"
TIMES = 300  # so much more than an ordinary request no bad one may cost the processor
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
REPEATED = re.compile(r"\{(\w)\*(\d+)\}")
NAMED = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Case:
    """One request, and the answer that it must get."""

    line: int
    words: str
    path: str
    status: int
    sender: str = "caseworker"
    method: str = "GET"
    slug: str = ""
    base: str = ""
    set: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    body: str | None = None
    make: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    errors: tuple[str, ...] = ()
    says: str = ""
    as_if_unknown: bool = False
    page: bool = False
    answer: Mapping[str, Any] = field(default_factory=dict)
    answer_headers: Mapping[str, str] = field(default_factory=dict)


def read_cases() -> Iterator[Case]:
    for told in TOLD["case"]:
        errors = tuple(told.pop("errors", ()))
        yield Case(**told, errors=errors)


CASES = tuple(read_cases())
REFUSED = [case for case in CASES if case.status >= 400]
ACCEPTED = [case for case in CASES if case.status < 400]


def name_of(case: Case) -> str:
    return f"{case.line}-{case.words.replace(' ', '-')}"


def set_out(transactions: Transactions) -> tuple[Scene, Rows]:
    scene = arrange(transactions)
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        return scene, contents(uow.session.connection())


@pytest.fixture
def set_up(once) -> tuple[Scene, Rows]:
    return once(set_out)


@pytest.fixture
def scene(set_up) -> Scene:
    return set_up[0]


@pytest.fixture
def before(set_up) -> Rows:
    """Give every row that stands there before a bad request."""
    return set_up[1]


@pytest.mark.parametrize("case", REFUSED, ids=name_of)
def test_it_is_refused_and_changes_nothing(case, scene, before, client_of, connection):
    client, wanted = client_of(scene.actors[case.sender]), request_of(scene, case)

    _, ordinary = timed(lambda: client.get(ORDINARY))
    response, took = timed(lambda: client.open(**wanted))

    check_refusal(response, case)
    assert contents(connection) == before
    if took >= TIMES * ordinary:  # the first of its kind loads what it needs, and is heard again
        _, took = timed(lambda: client.open(**wanted))
    assert took < TIMES * ordinary


def test_of_a_photo_that_is_too_large_no_pixel_is_unpacked(scene, client_of, monkeypatch):
    unpacked, load = [], ImageFile.ImageFile.load

    def seen(photo):
        unpacked.append(photo.size)
        return load(photo)

    monkeypatch.setattr(ImageFile.ImageFile, "load", seen)
    usable = next(case for case in ACCEPTED if case.file == "good")
    enormous = next(case for case in REFUSED if case.file == "enormous")

    send(client_of, scene, enormous)
    assert unpacked == []
    send(client_of, scene, usable)
    assert (40, 40) in unpacked


@pytest.mark.parametrize("case", ACCEPTED, ids=name_of)
def test_it_is_accepted_as_it_was_sent(case, scene, client_of):
    response = send(client_of, scene, case)

    assert response.status_code == case.status, response.text
    for place, expected in case.answer.items():
        assert found_at(response.get_json(), place) == filled(expected, scene)
    for header, expected in case.answer_headers.items():
        assert response.headers.get(header, "") == expected


@pytest.mark.parametrize("case", [c for c in CASES if c.as_if_unknown], ids=name_of)
def test_the_answer_is_that_for_an_id_that_never_was(case, scene, client_of):
    nobody = Scene(scene.actors, dict.fromkeys(scene.ids, str(uuid4())))

    hidden, unknown = (send(client_of, where, case) for where in (scene, nobody))

    assert without_number(hidden) == without_number(unknown)
    assert hidden.headers.to_wsgi_list()[0] == unknown.headers.to_wsgi_list()[0]


def test_at_least_sixty_lines_of_the_list_are_tried():
    assert SEQUENCES, "whose import notes the lines that they try"

    assert len({case.line for case in CASES} | TRIED) >= LEAST
    assert {case.sender for case in CASES} <= NAMES


def send(client_of: ClientOf, scene: Scene, case: Case) -> TestResponse:
    client: FlaskClient = client_of(scene.actors[case.sender])
    return client.open(**request_of(scene, case))


def timed(ask: Callable[[], TestResponse]) -> tuple[TestResponse, float]:
    """Give the answer, and how long the processor worked for it."""
    started = time.thread_time()
    response = ask()
    return response, time.thread_time() - started


def request_of(scene: Scene, case: Case) -> dict[str, Any]:
    headers = {name: filled(value, scene) for name, value in case.headers.items()}
    if case.method in UNSAFE:
        headers.setdefault("Idempotency-Key", uuid4().hex)
        headers.setdefault("If-Match", '"1"')
    sent = {name: value for name, value in headers.items() if value != "(none)"}
    told = {"path": filled(case.path, scene), "method": case.method, "headers": sent}
    return {**told, **content(case, scene)}


def content(case: Case, scene: Scene) -> dict[str, Any]:
    if case.body is not None or case.make:
        raw = bodies.MADE[case.make]() if case.make else filled(case.body, scene).encode()
        typed = {} if "Content-Type" in case.headers else {"content_type": "application/json"}
        return {"data": raw, **typed}
    if case.file:
        photo = (BytesIO(bodies.FILES[case.file]()), "photo.jpg")
        return {"data": {"file": photo, **case.form}, "content_type": "multipart/form-data"}
    if case.form:
        return {"data": dict(case.form)}
    made = changed(TOLD["base"][case.base], case.set) if case.base else case.json
    return {} if made is None else {"json": filled(made, scene)}


def changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> Any:
    """Give the body with what stands at these places put in place, such as members.0.person."""
    made = json.loads(json.dumps(base))
    for place, value in changes.items():
        *way, last = place.split("/")
        target = made
        for step in way:
            target = target[int(step) if isinstance(target, list) else step]
        target[last] = value
    return made


def filled(value: Any, scene: Scene) -> Any:
    """Put ids for {household} and the like, and the letter so many times for {a*201}."""
    if isinstance(value, dict):
        return {filled(key, scene): filled(held, scene) for key, held in value.items()}
    if isinstance(value, list):
        return [filled(held, scene) for held in value]
    if not isinstance(value, str):
        return value
    repeated = REPEATED.sub(lambda match: match[1] * int(match[2]), value)
    return NAMED.sub(lambda match: scene.ids.get(match[1], match[0]), repeated)


def check_refusal(response: TestResponse, case: Case) -> None:
    if case.page:
        check_page(response, case.status)
        told = response.text
    else:
        problem = check_problem(response, case.status, case.slug)
        assert set(case.errors) == problem.get("errors", {}).keys()
        told = json.dumps(problem, ensure_ascii=False)
    assert case.says in told
    for header, expected in case.answer_headers.items():
        assert response.headers.get(header, "") == expected
    if case.status == 405:
        assert response.headers["Allow"]


def found_at(answer: Any, place: str) -> Any:
    for step in place.split("/"):
        answer = answer[int(step) if isinstance(answer, list) else step]
    return answer


def without_number(response: TestResponse) -> bytes:
    return response.data.replace(response.headers["X-Request-Id"].encode(), b"")
