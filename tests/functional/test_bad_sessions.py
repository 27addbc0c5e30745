"""Bad inputs at the door: passwords, sessions, links and tokens that are no longer good.

Each test names the lines of the list of bad inputs that it tries.
"""

import re

import pytest

from resettle.accounts import service
from resettle.accounts.service import ChangeRole, Deactivate, InviteUser, Reasoned
from resettle.core.actor import SYSTEM, Role
from tests.functional.hostile import arrange, check_problem, sign_in, tries, with_key
from tests.world import PASSWORD, a_user


@pytest.fixture
def scene(once):
    return once(arrange)


class TestSigningIn:
    @pytest.fixture
    def user(self, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            return a_user(uow)

    @tries(53)
    def test_a_wrong_password_and_an_unknown_user_get_the_same(self, client_of, user):
        client = client_of(None)

        answers = [
            client.post("/api/session", json={"email": email, "password": "no such password"})
            for email in (user.email, "nobody@example.org.nz")
        ]

        problems = [check_problem(answer, 401, "sign-in") for answer in answers]
        assert [p | {"instance": ""} for p in problems[:1]] == [problems[1] | {"instance": ""}]
        assert not any("Set-Cookie" in answer.headers for answer in answers)

    @tries(56)
    @pytest.mark.parametrize("known", [True, False])
    def test_the_sixth_try_has_to_wait(self, known, client_of, user):
        email = user.email if known else "nobody@example.org.nz"
        client = client_of(None)
        for _ in range(5):
            client.post("/api/session", json={"email": email, "password": "no such password"})

        answer = client.post("/api/session", json={"email": email, "password": PASSWORD})

        check_problem(answer, 429, "too-many")
        assert 0 < int(answer.headers["Retry-After"]) <= 61

    @tries(55, 57)
    @pytest.mark.parametrize(
        "password",
        ["😀🐧🌏🥝🎒" * 25 + "🛶🛶🛶", " kererū over the harbour ", "kererū\0harbour\0lights"],
    )
    def test_a_password_is_taken_exactly_as_typed(self, password, client_of, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            user = a_user(uow, password=password)
        client = client_of(None)

        typed, trimmed = (
            client.post("/api/session", json={"email": user.email, "password": text})
            for text in (password, password.strip(" 🛶").replace("\0", ""))
        )

        assert typed.status_code == 200, typed.text
        assert trimmed.status_code == 401

    @tries(8)
    def test_a_huge_cookie_beside_it_does_not_end_the_session(self, client_of, user):
        client = client_of(None)
        sign_in(client, user.email)

        client.get("/api/account", headers={"X-Padding": "a" * 16_000})

        assert client.get("/api/account").status_code == 200


def _deactivate(uow, user_id):
    service.deactivate(uow, user_id, Deactivate("left"))


def _change_role(uow, user_id):
    service.change_role(uow, user_id, ChangeRole(Role.AUDITOR, "moves on"))


def _end_sessions(uow, user_id):
    service.end_sessions(uow, user_id, Reasoned("lost telephone"))


class TestASession:
    @pytest.fixture
    def user(self, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            return a_user(uow)

    @pytest.fixture
    def browser(self, client_of, user):
        client = client_of(None)
        client.environ_base["HTTP_X_CSRF_TOKEN"] = sign_in(client, user.email)
        return client

    @tries(61)
    @pytest.mark.parametrize("act", [_deactivate, _change_role, _end_sessions])
    def test_ends_at_once_with_what_it_was_opened_for(self, act, browser, user, transactions):
        assert browser.get("/api/account").status_code == 200

        with transactions.begin(SYSTEM, "tests:act") as uow:
            act(uow, user.id)

        check_problem(browser.get("/api/account"), 401, "sign-in")

    @tries(61)
    def test_ends_with_a_new_password_and_all_others_too(self, browser, client_of, user):
        other = client_of(None)
        sign_in(other, user.email)

        changed = browser.post(
            "/api/account/password",
            json={"current": PASSWORD, "new": "tūī in the kōwhai tree"},
        )

        assert changed.status_code == 204, changed.text
        for client in (browser, other):
            check_problem(client.get("/api/account"), 401, "sign-in")

    @tries(62)
    @pytest.mark.parametrize(
        ("steps", "minutes", "code"), [(1, 29, 200), (1, 30.1, 401), (24, 29, 200), (25, 29, 401)]
    )
    def test_ends_when_idle_or_old(self, steps, minutes, code, browser, clock):
        for _ in range(steps):
            clock.forward(minutes=minutes)
            answer = browser.get("/api/account")

        assert answer.status_code == code

    @tries(71)
    @pytest.mark.parametrize("token", [None, "", "made-up", "IkEi.ZZ.ZZ", "of-another-session"])
    def test_changes_nothing_without_its_own_token(self, token, browser, client_of, transactions):
        if token == "of-another-session":
            with transactions.begin(SYSTEM, "tests:arrange") as uow:
                other = a_user(uow)
            token = sign_in(client_of(None), other.email)
        del browser.environ_base["HTTP_X_CSRF_TOKEN"]
        headers = {} if token is None else {"X-CSRF-Token": token}

        answer = browser.delete("/api/account/sessions", headers=headers)

        check_problem(answer, 403, "csrf")

    @tries(71)
    def test_changes_nothing_with_the_token_of_the_session_before(self, browser, user):
        old = browser.environ_base.pop("HTTP_X_CSRF_TOKEN")
        browser.delete("/api/session", headers={"X-CSRF-Token": old})
        sign_in(browser, user.email)

        answer = browser.delete("/api/account/sessions", headers={"X-CSRF-Token": old})

        check_problem(answer, 403, "csrf")

    @tries(74)
    def test_is_not_ended_by_a_link(self, browser):
        for address in ("/sign-out", "/logout", "/api/session?_method=DELETE"):
            assert browser.get(address).status_code in {400, 404, 405}

        assert browser.get("/api/account").status_code == 200


class TestALink:
    @pytest.fixture
    def link(self, transactions):
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            invited = service.invite(
                uow, InviteUser("new@example.org.nz", "Tane Parata", Role.CASEWORKER)
            )
        return invited.invitation

    def take_up(self, client, link: str, **more: str):
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)[1]
        typed = {"password": "tūī in the kōwhai tree", "csrf_token": token, **more}
        return client.post(link, data=typed)

    @tries(63, 65)
    def test_is_good_once_and_not_used_up_by_looking(self, link, client_of):
        client = client_of(None)
        for method in ("GET", "HEAD", "GET"):
            assert client.open(link, method=method).status_code == 200

        assert self.take_up(client, link).status_code == 303
        assert self.take_up(client, link).status_code == 410
        assert client.get(link).status_code == 410

    @tries(63, 65)
    def test_is_no_longer_good_after_three_days(self, link, client_of, clock):
        clock.forward(hours=72, minutes=1)

        assert client_of(None).get(link).status_code == 410

    @tries(65)
    def test_gives_no_other_role_than_it_was_made_for(self, link, client_of):
        client = client_of(None)

        assert self.take_up(client, link, role="administrator").status_code == 422

    @tries(66)
    def test_asks_who_is_signed_in_as_another_to_sign_out(self, scene, link, client_of):
        answer = client_of(scene.actors["caseworker"]).get(link)

        assert answer.status_code == 409
        assert "Sign out first" in answer.text


class TestAToken:
    @pytest.fixture
    def token(self, scene, client_of, connection):
        answer = client_of(scene.actors["caseworker"]).post(
            "/api/account/tokens",
            json={"name": "reports", "scopes": ["household:read"]},
            headers=with_key("a-token-please"),
        )
        assert answer.status_code == 201, answer.text
        return answer.get_json()["token"]

    def ask(self, client_of, token: str, path: str, method: str = "GET"):
        return client_of(None).open(
            path,
            method=method,
            headers={"Authorization": f"Bearer {token}", **with_key("12345678")},
        )

    @tries(68)
    def test_acts_within_its_scopes_and_sets_no_cookie(self, token, client_of):
        answer = self.ask(client_of, token, "/api/households")

        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers

    @tries(68)
    @pytest.mark.parametrize(
        ("path", "method", "code"),
        [
            ("/api/cases", "GET", 403),
            ("/api/households", "POST", 403),
            ("/api/account", "GET", 403),
            ("/api/account/tokens", "POST", 403),
            ("/api/session", "DELETE", 403),
            ("/api/users", "GET", 403),
            ("/account", "GET", 401),
        ],
    )
    def test_does_no_more(self, path, method, code, token, client_of):
        answer = self.ask(client_of, token, path, method)

        assert answer.status_code == code, answer.text
        assert "Set-Cookie" not in answer.headers

    @tries(69)
    @pytest.mark.parametrize("act", [_deactivate, _change_role, _end_sessions])
    def test_ends_with_what_its_owner_was(self, act, token, client_of, scene, transactions):
        with transactions.begin(SYSTEM, "tests:act") as uow:
            act(uow, scene.actors["caseworker"].user_id)

        check_problem(self.ask(client_of, token, "/api/households"), 401, "sign-in")
