"""Forms keep what was typed, are done once however often they are sent, and never over a change."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from resettle.accounts.models import AccountAct, Act, RoleGrant
from resettle.core import replay
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.errors import Conflict
from tests.world import a_user

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def administrator(transactions) -> Actor:
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        return Actor(Role.ADMINISTRATOR, a_user(uow, Role.ADMINISTRATOR).id, "Mere")


@pytest.fixture
def user(transactions):
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        return a_user(uow)


@pytest.fixture
def client(client_of, administrator):
    return client_of(administrator)


@pytest.fixture
def send(client, user):
    def send(path: str = "role", **typed: str):
        token = client.environ_base["HTTP_X_CSRF_TOKEN"]
        data = {"csrf_token": token, "form_key": KEY, **typed}
        return client.post(f"/users/{user.id}/{path}", data=data)

    return send


def roles(connection, user) -> list[Role]:
    query = select(RoleGrant.role).where(RoleGrant.user_id == user.id).order_by(RoleGrant.from_at)
    return [*connection.execute(query).scalars()]


def key_in(page: str) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', page)[1]


def test_a_form_that_is_shown_bears_a_key_of_its_own(client, user):
    first, second = (client.get(f"/users/{user.id}/role").text for _ in range(2))

    assert key_in(first) != key_in(second)
    assert client.head(f"/users/{user.id}/role").status_code == 200


def test_what_is_wrong_is_said_beside_what_was_typed(send, connection, user):
    answer = send(role="astronaut", reason="They asked <b>nicely</b>")

    assert answer.status_code == 422
    assert "They asked &lt;b&gt;nicely&lt;/b&gt;" in answer.text
    assert "Choose one of" in answer.text
    assert roles(connection, user) == [Role.CASEWORKER]


def test_what_no_longer_fits_is_said_and_may_be_sent_anew(send, connection, user):
    answer = send(role="caseworker", reason="They asked")

    assert answer.status_code == 422
    assert "has this role already" in answer.text
    assert "They asked" in answer.text
    assert key_in(answer.text) != KEY
    assert send(role="auditor", reason="They asked").status_code == 303


def test_what_was_done_leads_on_and_says_so(client, send, user):
    answer = send(role="auditor", reason="They asked")

    assert answer.status_code == 303
    assert answer.location == f"/users/{user.id}"
    assert "The role is changed" in client.get(answer.location).text
    assert "The role is changed" not in client.get(answer.location).text


def test_a_second_sending_is_told_of_the_first(client, send, connection, user):
    first, second = (send(role="auditor", reason="They asked") for _ in range(2))

    assert first.location == second.location
    assert second.status_code == 303
    assert "nothing was done twice" in client.get(second.location).text
    assert len(roles(connection, user)) == 2


def test_the_same_key_with_something_else_typed_is_refused(send, connection, user):
    send(role="auditor", reason="They asked")

    answer = send(role="administrator", reason="They asked")

    assert answer.status_code == 422
    assert roles(connection, user)[-1] == Role.AUDITOR


@pytest.mark.parametrize("version", ["7", "9" * 9])
def test_a_form_about_an_older_version_is_refused(version, send, connection, user):
    answer = send(role="auditor", reason="They asked", version=version)

    assert answer.status_code == 422
    assert "changed this record since you opened it" in answer.text
    assert roles(connection, user) == [Role.CASEWORKER]


@pytest.mark.parametrize("version", ["", "9" * 5000, "-1", "²", "1.0"])
def test_what_is_no_version_is_none(version, send):
    assert send(role="auditor", reason="They asked", version=version).status_code == 303


def test_a_button_is_pressed_once(client_of, administrator):
    client = client_of(administrator)
    token = {"csrf_token": client.environ_base["HTTP_X_CSRF_TOKEN"], "form_key": KEY}

    answers = [client.post("/account/other-sessions/ending", data=token) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "nothing was done twice" in client.get("/account").text
    refused = client.post("/account/other-sessions/ending", data=token | {"and": "more"})
    assert refused.status_code == 422


def test_a_reason_is_kept_once_with_the_act(send, connection, user):
    for _ in range(3):
        send("deactivation", reason="Left the agency")

    acts = select(AccountAct.reason).where(AccountAct.act == Act.DEACTIVATED)
    assert connection.execute(acts).scalars().all() == ["Left the agency"]


class TestAClaim:
    def claim(self, transactions, actor, content: bytes = b"{}"):
        hash_ = replay.request_hash(transactions, "/api/things?", content)
        return replay.claim(transactions, actor, KEY, hash_)

    def test_that_was_abandoned_may_be_taken_up(self, transactions, administrator, clock):
        assert self.claim(transactions, administrator) is None
        with pytest.raises(replay.InProgress):
            self.claim(transactions, administrator)

        clock.forward(minutes=replay.ABANDONED / timedelta(minutes=1))

        assert self.claim(transactions, administrator) is None
        with pytest.raises(Conflict):
            self.claim(transactions, administrator)

    def test_that_is_forgotten_may_be_made_anew(self, transactions, administrator):
        self.claim(transactions, administrator)
        replay.forget(transactions, administrator, KEY)
        replay.forget(transactions, administrator, KEY)

        assert self.claim(transactions, administrator, b"mended") is None

    def test_that_was_answered_is_not_forgotten(self, transactions, administrator):
        self.claim(transactions, administrator)
        with transactions.begin(administrator, "tests:act") as uow:
            replay.keep(uow, KEY, 201, b"answer", None)
        replay.forget(transactions, administrator, KEY)

        kept = self.claim(transactions, administrator)
        with transactions.begin(administrator, "tests:act", read_only=True) as uow:
            assert (kept.status, replay.body_of(uow, kept)) == (201, b"answer")
        assert b"answer" not in kept.body
        with pytest.raises(replay.KeyReused):
            self.claim(transactions, administrator, b"other")
