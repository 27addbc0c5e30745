"""Bad inputs that take several requests: repeated keys, stale tags, double clicks, every address.

Each test names the lines of the list of bad inputs that it tries.
"""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from resettle.accounts.models import UserSession
from resettle.core import replay
from resettle.core.actor import SYSTEM
from resettle.households.models import Household
from tests.functional.hostile import (
    arrange,
    check_no_leak,
    check_problem,
    contents,
    sign_in,
    tries,
    with_key,
)
from tests.world import a_user

UUID_PART = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
HOUSEHOLD = {
    "stream": "cors",
    "programme_code": "cors",
    "programme_version": 2,
    "primary_language": "prs",
    "members": [
        {
            "relationship": "PA",
            "person": {"family_name": "Haidari", "sex": "F", "born_on": "1990-05-17"},
        }
    ],
}


@pytest.fixture
def scene(once):
    return once(arrange)


@pytest.fixture
def client(client_of, scene):
    return client_of(scene.actors["caseworker"])


def households(connection) -> int:
    return connection.scalar(select(func.count()).select_from(Household.__table__))


class TestTheSameKeyAgain:
    @tries(44, 52)
    def test_has_one_effect_and_gets_the_first_answer(self, client, connection):
        before = households(connection)

        first, second = (
            client.post("/api/households", json=HOUSEHOLD, headers=with_key("the-same-key"))
            for _ in range(2)
        )

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.data == second.data
        assert "Idempotency-Replayed" not in first.headers
        assert second.headers["Idempotency-Replayed"] == "true"
        assert households(connection) == before + 1

    @tries(45)
    def test_is_refused_for_another_body(self, client, connection):
        client.post("/api/households", json=HOUSEHOLD, headers=with_key("the-same-key"))
        before = contents(connection)
        other = HOUSEHOLD | {"primary_language": "ara"}

        answer = client.post("/api/households", json=other, headers=with_key("the-same-key"))

        check_problem(answer, 422, "idempotency-reuse")
        assert contents(connection) == before

    @tries(46)
    def test_is_told_while_the_first_is_running(self, client, scene, transactions):
        body = json.dumps(HOUSEHOLD).encode()
        replay.claim(
            transactions,
            scene.actors["caseworker"],
            "the-same-key",
            replay.request_hash(transactions, "/api/households?", body),
        )

        answer = client.post(
            "/api/households",
            data=body,
            content_type="application/json",
            headers=with_key("the-same-key"),
        )

        check_problem(answer, 409, "in-progress")

    @tries(47)
    def test_of_somebody_else_is_another_key(self, client, client_of, scene, connection):
        other = client_of(scene.actors["stranger"])
        before = households(connection)

        answers = [
            sender.post("/api/households", json=HOUSEHOLD, headers=with_key("the-same-key"))
            for sender in (client, other)
        ]

        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].get_json()["id"] != answers[1].get_json()["id"]
        assert "Idempotency-Replayed" not in answers[1].headers
        assert households(connection) == before + 2

    @tries(44)
    def test_is_good_again_after_a_refusal(self, client):
        bad = HOUSEHOLD | {"programme_code": "no-such-programme"}

        refused = client.post("/api/households", json=bad, headers=with_key("the-same-key"))
        mended = client.post("/api/households", json=HOUSEHOLD, headers=with_key("the-same-key"))

        assert refused.status_code == 422, refused.text
        assert mended.status_code == 201


@tries(44, 46)
def test_many_at_once_with_one_key_have_one_effect(committed_app, committed_client_of):
    scene = arrange(committed_app.extensions["transactions"])
    caseworker = scene.actors["caseworker"]

    def send(_number: int) -> int:
        client = committed_client_of(caseworker)
        answer = client.post("/api/households", json=HOUSEHOLD, headers=with_key("the-same-key"))
        return answer.status_code

    with ThreadPoolExecutor(6) as pool:
        codes = [*pool.map(send, range(6))]

    assert {*codes} <= {201, 409}
    assert 201 in codes
    with committed_app.extensions["engine"].connect() as connection:
        assert households(connection) == 2 + 1


@tries(41)
def test_the_second_of_two_editors_is_told(client, scene):
    path = f"/api/persons/{scene.ids['person']}"
    tag = client.get(path).headers["ETag"]
    saved = client.patch(path, json={"given_name": "Mina"}, headers={"If-Match": tag})

    refused = client.patch(path, json={"given_name": "Nasrin"}, headers={"If-Match": tag})

    assert saved.status_code == 200
    check_problem(refused, 412, "stale")
    assert refused.headers["ETag"] == saved.headers["ETag"] != tag
    assert client.get(path).get_json()["given_name"] == "Mina"


@tries(37)
@pytest.mark.parametrize("path", ["/api/users", "/api/persons", "/api/households"])
def test_no_column_that_is_not_offered_can_be_set(path, client_of, scene, app):
    who, ids = {
        "/api/users": ("administrator", ""),
        "/api/persons": ("caseworker", scene.ids["person"]),
        "/api/households": ("caseworker", scene.ids["household"]),
    }[path]
    method = "POST" if path == "/api/users" else "PATCH"
    rule = next(
        rule
        for rule in app.url_map.iter_rules()
        if UUID_PART.sub("", rule.rule).rstrip("/") == path and method in rule.methods
    )
    offered = app.view_functions[rule.endpoint].declared.body.load_fields
    columns = {"/api/users": "user_account", "/api/persons": "person"}.get(path, "household")
    table = Household.metadata.tables[columns]
    client = client_of(scene.actors[who])

    for column in {str(c.name) for c in table.columns} - offered.keys():
        answer = client.open(
            f"{path}/{ids}".rstrip("/"),
            method=method,
            json={column: "administrator"},
            headers={"If-Match": '"1"', "Idempotency-Key": uuid4().hex},
        )
        problem = check_problem(answer, 422, "invalid")
        assert "not yours to set" in problem["errors"][column][0], column


class TestWithoutASession:
    @tries(77)
    def test_no_address_but_the_open_ones_answers(self, app, client_of, connection):
        client = client_of(None)
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        before = contents(connection)

        for rule in app.url_map.iter_rules():
            if app.view_functions[rule.endpoint].permission is None:
                continue
            path = UUID_PART.sub(lambda _match: str(uuid4()), rule.rule)
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                answer = client.open(path, method=method)
                expected = {401} if path.startswith("/api/") or method == "GET" else {401, 403}
                assert answer.status_code in expected, (method, rule.rule)
                check_no_leak(answer)
        assert contents(connection) == before

    @tries(2)
    def test_head_tells_no_more_than_get(self, client, scene):
        path = f"/api/persons/{scene.ids['person']}"

        got, headed = client.get(path), client.head(path)

        assert headed.data == b""
        assert headed.status_code == got.status_code == 200
        assert headed.headers["ETag"] == got.headers["ETag"]


@tries(91)
def test_an_auditor_changes_nothing_but_their_own_account(app, client_of, scene, connection):
    client = client_of(scene.actors["auditor"])
    before = contents(connection)

    for rule in app.url_map.iter_rules():
        if not rule.rule.startswith("/api/") or "/account" in rule.rule or "session" in rule.rule:
            continue
        path = UUID_PART.sub(lambda _match: scene.ids["household"], rule.rule)
        for method in rule.methods & {"POST", "PUT", "PATCH", "DELETE"}:
            answer = client.open(path, method=method, json={})
            check_problem(answer, 403, "forbidden")
    assert contents(connection) == before


@tries(14)
def test_a_thousand_ranges_of_a_static_file_are_not_multiplied(app, client_of):
    client = client_of(None)
    page = client.get("/sign-in").text
    address = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    ranges = "bytes=" + ",".join(["0-"] * 1000)

    with client.get(address) as whole, client.get(address, headers={"Range": ranges}) as answer:
        assert answer.status_code in {200, 206, 416}
        assert len(answer.data) <= len(whole.data)


@tries(48)
def test_a_form_sent_twice_has_one_effect(client_of, transactions, connection):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        user = a_user(uow)
    devices = [client_of(None) for _ in range(2)]
    token, _ = (sign_in(device, user.email) for device in devices)
    other = connection.scalar(
        select(UserSession.id).order_by(UserSession.started_at.desc(), UserSession.id).limit(1)
    )
    form = {"csrf_token": token, "form_key": "0123456789abcdef"}
    page = f"/account/sessions/{other}/ending"

    first, second = (devices[0].post(page, data=form) for _ in range(2))

    assert first.status_code == 303
    assert second.status_code in {303, 401}
    ended = select(func.count()).where(UserSession.ended_at.is_not(None))
    assert connection.scalar(ended) == 1
