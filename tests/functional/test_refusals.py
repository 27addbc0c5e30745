"""Refusals are on record: who, what and where; whatever was rolled back, and however many."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from resettle.accounts import service
from resettle.accounts.service import Reasoned
from resettle.core.actor import SYSTEM, Role
from resettle.core.audit import AuditEntry
from resettle.core.chain import verify
from resettle.core.work import Transactions
from resettle.web.refusals import Refusals
from tests.functional.hostile import arrange, check_problem, sign_in, tries
from tests.world import a_user


@pytest.fixture
def scene(transactions):
    return arrange(transactions)


@pytest.fixture(autouse=True)
def _count_from_one(app):
    app.extensions["refusals"] = Refusals()


@pytest.fixture
def refusals(connection):
    def found():
        trail = AuditEntry.__table__
        query = select(trail).where(trail.c.change == "refused").order_by(trail.c.seq)
        return connection.execute(query).all()

    return found


@pytest.mark.parametrize(
    ("who", "path", "reason"),
    [
        ("caseworker", "/api/households/{other_household}", "not-found"),
        ("caseworker", "/api/persons/{other_person}/health", "not-found"),
        ("sponsor", "/api/persons/{person}/health", "forbidden"),
        ("manager", "/api/persons/{person}", "forbidden"),
        ("auditor", "/api/households/{household}", "forbidden"),
    ],
)
def test_it_names_actor_act_and_record(who, path, reason, scene, client_of, refusals):
    client_of(scene.actors[who]).get(path.format(**scene.ids))

    (row,) = refusals()
    assert row.outcome == f"deny:{reason}"
    assert row.actor_ref == scene.actors[who].user_id
    assert str(row.record_ref) in path.format(**scene.ids)
    assert (row.method, row.resource, row.count) == ("GET", "request", 1)
    assert row.action.endswith(":read")
    assert "<uuid:" in row.route
    assert row.fields == row.classes == row.person_refs == []


def test_an_act_that_is_refused_half_way_leaves_the_refusal_alone(scene, client_of, refusals):
    path = f"/api/persons/{scene.ids['person']}/consents"
    body = {
        "purpose": "share_with_sponsor",
        "item": "name",
        "recipient_type": "sponsor_group",
        "method": "signed",
        "language": "prs",
        "text_version": "1",
        "given_by": scene.ids["other_person"],
    }
    headers = {"Idempotency-Key": "once-and-for-all"}

    answer = client_of(scene.actors["caseworker"]).post(path, json=body, headers=headers)

    check_problem(answer, 403, "forbidden")
    (row,) = refusals()
    assert row.action == "consent:record"


@pytest.mark.parametrize("how", ["session", "token"])
def test_a_session_that_is_no_longer_good_leaves_one(how, client_of, transactions, refusals):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        user = a_user(uow)
    client = client_of(None)
    headers = {"Authorization": "Bearer rs_made-up"} if how == "token" else {}
    if how == "session":
        sign_in(client, user.email)
        with transactions.begin(SYSTEM, "tests:act") as uow:
            service.end_sessions(uow, user.id, Reasoned("lost telephone"))

    check_problem(client.get("/api/households", headers=headers), 401, "sign-in")

    (row,) = refusals()
    assert row.outcome == "deny:sign-in"
    assert row.actor_role == Role.SYSTEM
    assert row.actor_ref is None


def test_who_never_signed_in_leaves_none(client_of, refusals):
    client = client_of(None)

    client.get("/api/households")
    client.get("/api/nowhere")
    client.get("/static/0/nothing.css")

    assert refusals() == []


@tries(56)
def test_a_flood_leaves_a_few_rows_that_say_how_many(scene, client_of, refusals, clock):
    client = client_of(scene.actors["stranger"])
    path = f"/api/households/{scene.ids['household']}"

    for _ in range(25):
        client.get(path)
    clock.forward(minutes=1)
    client.get(path)

    assert [row.count for row in refusals()] == [1, 10, 1]


def test_another_actor_or_address_has_a_count_of_its_own(scene, client_of, refusals):
    for who in ("stranger", "caseworker"):
        for path in ("/api/households/{other_household}", "/api/persons/{other_person}"):
            client_of(scene.actors[who]).get(path.format(**scene.ids))

    assert [row.count for row in refusals()] == [1, 1, 1, 1]


def test_the_trail_stays_sound(scene, client_of, transactions, refusals):
    client_of(scene.actors["auditor"]).get("/api/households")

    assert refusals()
    with transactions.begin(SYSTEM, "tests:verify", read_only=True) as uow:
        assert verify(uow.session).sound


class Unreachable(Transactions):
    """Transactions whose database goes away when a refusal is to be put on record."""

    def refused(self, *_told: object, **_more: object) -> None:
        raise OperationalError("INSERT", {}, Exception("gone"))


def test_a_refusal_that_cannot_be_recorded_is_not_told(app, scene, client_of):
    real = app.extensions["transactions"]
    app.extensions["transactions"] = Unreachable(
        real.sessions, real.policy, real.handlers, real.resources, real.clock
    )

    answer = client_of(scene.actors["auditor"]).get("/api/households")

    check_problem(answer, 503, "database")
    assert answer.headers["Retry-After"] == "5"
