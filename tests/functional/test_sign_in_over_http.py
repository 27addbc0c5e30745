import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from resettle.accounts import entrance, service
from resettle.accounts.credentials import Passwords
from resettle.accounts.models import SignInTries, UserAccount
from resettle.accounts.service import ChangeRole, Deactivate, Reasoned
from resettle.app import create_app
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.audit import AuditEntry
from resettle.settings import Settings
from tests.world import PASSWORD, a_user

EMAIL = "mere@example.org.nz"


@pytest.fixture
def user(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        return a_user(uow, Role.CASEWORKER, email=EMAIL)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def hash_with(app):
    """Return a function that lets the application hash with something else for this test."""
    kept = app.extensions["passwords"]
    yield lambda passwords: app.extensions.update(passwords=passwords)
    app.extensions["passwords"] = kept


@dataclass
class Interrupted:
    """Passwords as they are, but something else happens while one is computed."""

    passwords: Passwords
    happens: Callable[[], None]

    def verify(self, kept, password):
        self.happens()
        return self.passwords.verify(kept, password)

    def hash(self, password):
        self.happens()
        return self.passwords.hash(password)

    def is_outdated(self, kept):
        return self.passwords.is_outdated(kept)


def sign_in(client, email=EMAIL, password=PASSWORD, **headers):
    return client.post("/api/session", json={"email": email, "password": password}, headers=headers)


def alive(client):
    return client.get("/api/session").status_code == 200


def trail(transactions):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        query = uow.session.query(AuditEntry).order_by(AuditEntry.seq)
        return [(e.action, e.change, e.record_ref, e.outcome) for e in query]


class TestBegin:
    def test_it(self, client, user):
        answer = sign_in(client)

        assert answer.status_code == 200
        assert answer.json["user"]["email"] == EMAIL
        assert answer.json["role"] == "caseworker"
        assert client.get("/api/session").json["user"]["id"] == str(user.id)

    def test_the_address_is_known_in_any_case(self, client, user):
        assert sign_in(client, email=" Mere@Example.org.NZ ").status_code == 200

    def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(self, client, user):
        [cookie] = sign_in(client).headers.getlist("Set-Cookie")

        assert cookie.startswith("rs=")
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Expires" not in cookie

    def test_in_production_the_cookie_is_bound_to_the_host(self, tmp_path):
        url = f"sqlite:///{tmp_path}/none.sqlite"
        client = create_app(Settings.for_tests(url, production=True)).test_client()

        page = client.get("/sign-in", base_url="https://localhost")

        [cookie] = page.headers.getlist("Set-Cookie")
        assert cookie.startswith("__Host-rs=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie

    def test_the_cookie_holds_nothing_but_opaque_tokens(self, client, user):
        sign_in(client)

        with client.session_transaction() as held:
            assert set(held) == {"_user_id", "csrf_token"}
            assert re.fullmatch(r"[\w-]{43}", held["_user_id"])

    def test_in_production_one_network_tries_twenty_times_a_minute(self, tmp_path):
        url = f"sqlite:///{tmp_path}/none.sqlite"
        client = create_app(Settings.for_tests(url, production=True)).test_client()

        answers = [client.post("/api/session", json={}) for _ in range(21)]

        assert [a.status_code for a in answers] == [422] * 20 + [429]
        assert answers[20].headers["Retry-After"] == "60"
        assert client.get("/sign-in").status_code == 200

    def test_an_account_shut_while_the_password_was_looked_at_stays_shut(
        self, app, client, transactions, user, hash_with
    ):
        def shut():
            with transactions.begin(SYSTEM, "arrange") as uow:
                service.deactivate(uow, user.id, Deactivate("left"))

        hash_with(Interrupted(app.extensions["passwords"], shut))

        assert sign_in(client).status_code == 401
        assert not alive(client)

    def test_each_sign_in_has_a_token_of_its_own(self, client, user):
        tokens = set()
        for _ in range(3):
            sign_in(client)
            with client.session_transaction() as held:
                tokens.add(held["_user_id"])

        assert len(tokens) == 3

    def test_unknown_and_wrong_get_the_same_answer(self, client, user):
        answers = [
            sign_in(client, password=PASSWORD + " "),
            sign_in(client, email="nobody@example.org.nz"),
        ]

        told = [{**a.json, "instance": ""} for a in answers]
        assert [a.status_code for a in answers] == [401, 401]
        assert told[0] == told[1]
        assert sorted(answers[0].headers.keys()) == sorted(answers[1].headers.keys())

    @pytest.mark.parametrize("act", [service.deactivate, None])
    def test_who_is_not_active_gets_that_answer_too(self, client, transactions, user, act):
        with transactions.begin(SYSTEM, "arrange") as uow:
            if act is None:
                service.invite(uow, service.InviteUser("sina@example.org.nz", "Sina", Role.AUDITOR))
            else:
                act(uow, user.id, Deactivate("left"))

        answer = sign_in(client, email=EMAIL if act else "sina@example.org.nz")

        assert (answer.status_code, answer.json["type"]) == (401, "/problems/sign-in")

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"email": EMAIL},
            {"email": EMAIL, "password": ""},
            {"email": EMAIL, "password": "x" * 129},
            {"email": EMAIL, "password": ["x" * 20]},
            {"email": EMAIL, "password": "\ud800" + "x" * 20},
            {"email": "not an address", "password": PASSWORD},
            {"email": EMAIL, "password": PASSWORD, "role": "administrator"},
            {"email": EMAIL, "password": "x" * 1_000_000},
        ],
    )
    def test_what_cannot_be_right_is_refused_before_anything_is_hashed(
        self, client, user, body, hash_with
    ):
        hash_with(None)

        answer = client.post("/api/session", data=json.dumps(body), content_type="application/json")

        assert answer.status_code == 422

    def test_a_password_of_four_byte_characters_works(self, client, transactions):
        password = "𝔭𝔢𝔯𝔢𝔤𝔯𝔦𝔫" * 16
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_user(uow, email=EMAIL, password=password)

        assert sign_in(client, password=password).status_code == 200

    def test_a_hash_of_weaker_parameters_is_made_anew(
        self, app, client, transactions, user, hash_with
    ):
        stronger = Passwords.of(
            Settings.for_tests(
                "sqlite:///", argon2_memory_kib=128, pepper=app.extensions["settings"].pepper
            )
        )
        hash_with(stronger)

        assert sign_in(client).status_code == 200

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            assert "m=128," in uow.find(UserAccount, user.id).password_hash
        assert sign_in(client).status_code == 200

    def test_what_happened_is_on_record_without_what_was_typed(self, client, transactions, user):
        sign_in(client, password="not the password at all")
        sign_in(client, email="nobody@example.org.nz")
        answer = sign_in(client)
        headers = {"X-CSRF-Token": answer.json["csrf_token"]}
        client.delete("/api/session", headers=headers)

        told = [row for row in trail(transactions) if row[0].startswith(("session", "account"))]
        assert [row[1:] for row in told if row[1] != "read"] == [
            ("sign-in-failed", user.id, "deny"),
            ("sign-in-failed", None, "deny"),
            ("signed-in", user.id, "allow"),
            ("signed-out", user.id, "allow"),
        ]


class TestLockOut:
    @pytest.mark.parametrize("email", [EMAIL, "nobody@example.org.nz"])
    def test_the_sixth_try_waits_whether_the_address_is_known_or_not(self, client, user, email):
        answers = [sign_in(client, email=email, password="x" * 20) for _ in range(6)]

        assert [a.status_code for a in answers] == [401] * 5 + [429]
        assert answers[5].headers["Retry-After"] == "61"
        assert answers[5].json["detail"] == "Too many tries. Wait 2 minutes, then try again."

    def test_the_right_password_waits_too_and_then_works(self, client, user, clock):
        for _ in range(5):
            sign_in(client, password="x" * 20)

        assert sign_in(client).status_code == 429
        clock.forward(minutes=1)
        assert sign_in(client).status_code == 200

    def test_the_waits_grow_to_a_quarter_of_an_hour_and_no_further(self, client, user, clock):
        for _ in range(4):
            sign_in(client, password="x" * 20)
        waits = []
        for _ in range(7):
            sign_in(client, password="x" * 20)
            wait = int(sign_in(client).headers["Retry-After"])
            waits.append(wait // 60)
            clock.forward(minutes=wait // 60)

        assert waits == [1, 2, 4, 8, 15, 15, 15]
        assert sign_in(client).status_code == 200

    def test_tries_while_it_rests_do_not_prolong_it(self, client, user, clock):
        for _ in range(5):
            sign_in(client, password="x" * 20)
        clock.forward(minutes=0.9)
        sign_in(client)
        clock.forward(minutes=0.2)

        assert sign_in(client).status_code == 200

    def test_a_good_sign_in_forgets_the_tries(self, client, transactions, user):
        for _ in range(4):
            sign_in(client, password="x" * 20)
        sign_in(client)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            assert uow.count(SignInTries) == 0

    def test_it_is_on_record(self, client, transactions, user):
        for _ in range(6):
            sign_in(client, password="x" * 20)

        changes = [(change, outcome) for _, change, _, outcome in trail(transactions)[-3:]]
        assert changes == [
            ("sign-in-failed", "deny"),
            ("locked-out", "deny"),
            ("refused", "deny:locked-out"),
        ]


def change_role(uow, user_id):
    service.change_role(uow, user_id, ChangeRole(Role.PROGRAMME_MANAGER, "promoted"))


def deactivate(uow, user_id):
    service.deactivate(uow, user_id, Deactivate("left"))


def end_sessions(uow, user_id):
    service.end_sessions(uow, user_id, Reasoned("lost the laptop"))


def bump(uow, user_id):
    uow.find(UserAccount, user_id).auth_epoch += 1


class TestRevocation:
    @pytest.mark.parametrize("act", [change_role, deactivate, end_sessions, bump])
    def test_between_two_requests_session_and_token_end(self, app, client, transactions, user, act):
        program = app.test_client()
        bearer = {"Authorization": f"Bearer {a_token(client)}"}
        assert alive(client)
        assert program.get("/api/users", headers=bearer).status_code == 403

        with transactions.begin(SYSTEM, "arrange") as uow:
            act(uow, user.id)

        assert not alive(client)
        assert program.get("/api/users", headers=bearer).status_code == 401

    def test_a_new_password_ends_them_as_well(self, app, client, user):
        bearer = {"Authorization": f"Bearer {a_token(client)}"}
        other = app.test_client()
        sign_in(other)
        token = client.get("/api/session").json["csrf_token"]
        new = "harakeke in the morning sun"

        answer = client.post(
            "/api/account/password",
            json={"current": PASSWORD, "new": new},
            headers={"X-CSRF-Token": token},
        )

        assert answer.status_code == 204
        assert not alive(client)
        assert not alive(other)
        assert app.test_client().get("/api/users", headers=bearer).status_code == 401
        assert sign_in(client).status_code == 401
        assert sign_in(client, password=new).status_code == 200

    def test_a_copied_cookie_is_of_no_use_after_signing_out(self, app, client, user):
        answer = sign_in(client)
        copy = client.get_cookie("rs").value

        gone = client.delete("/api/session", headers={"X-CSRF-Token": answer.json["csrf_token"]})

        assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
        thief = app.test_client()
        thief.set_cookie("rs", copy)
        assert not alive(thief)

    def test_a_session_that_nobody_uses_ends(self, client, user, clock):
        sign_in(client)
        clock.forward(minutes=30)
        assert alive(client)
        clock.forward(minutes=30, hours=1 / 3600)

        assert not alive(client)

    def test_every_session_ends_in_time(self, client, user, clock):
        sign_in(client)
        for _ in range(24):
            clock.forward(minutes=30)
            assert alive(client)
        clock.forward(hours=1 / 3600)

        assert not alive(client)

    def test_a_forged_cookie_is_nobody(self, client, user):
        with client.session_transaction() as held:
            held["_user_id"] = "x" * 43

        assert not alive(client)


def a_token(client, scopes=("household:read",), days=90):
    """Sign in and make a token of this person's."""
    csrf = sign_in(client).json["csrf_token"]
    answer = client.post(
        "/api/account/tokens",
        json={"name": "my script", "scopes": [*scopes], "days": days},
        headers={"X-CSRF-Token": csrf, "Idempotency-Key": f"key {scopes} {days}".replace(" ", "-")},
    )
    assert answer.status_code == 201, answer.json
    return answer.json["token"]


class TestTokens:
    def test_it_is_told_once(self, client, user):
        token = a_token(client)

        assert re.fullmatch(r"rs_[\w-]{43}", token)
        [listed] = client.get("/api/account/tokens").json["items"]
        assert (listed["name"], listed["scopes"]) == ("my script", ["household:read"])
        assert "token" not in listed

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/api/session"),
            ("DELETE", "/api/session"),
            ("GET", "/api/account"),
            ("POST", "/api/account/password"),
            ("GET", "/api/account/sessions"),
            ("DELETE", "/api/account/sessions"),
            ("GET", "/api/account/tokens"),
            ("POST", "/api/account/tokens"),
            ("GET", "/api/users"),
        ],
    )
    def test_it_does_not_reach_accounts(self, app, client, user, method, path):
        bearer = {"Authorization": f"Bearer {a_token(client)}"}

        answer = app.test_client().open(path, method=method, headers=bearer, json={})

        assert answer.status_code == 403

    @pytest.mark.parametrize("path", ["/account", "/users", "/account/password"])
    def test_it_opens_no_pages_and_sets_no_cookie(self, app, client, user, path):
        bearer = {"Authorization": f"Bearer {a_token(client)}"}

        answer = app.test_client().get(path, headers=bearer)

        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers

    def test_beside_a_cookie_it_alone_counts(self, client, user):
        a_token(client)

        answer = client.get("/api/session", headers={"Authorization": "Bearer rs_unknown"})

        assert answer.status_code == 401
        assert "Set-Cookie" not in answer.headers

    def test_it_is_refused_in_an_address(self, app, client, user):
        token = a_token(client)

        answer = app.test_client().get(f"/api/users?access_token={token}")

        assert (answer.status_code, answer.json["type"]) == (400, "/problems/token-in-address")

    @pytest.mark.parametrize("scope", ["pipeline:read", "account:own", "user:read", "role:grant"])
    def test_it_carries_no_more_than_its_owner_may_pass_on(self, client, user, scope):
        csrf = sign_in(client).json["csrf_token"]

        answer = client.post(
            "/api/account/tokens",
            json={"name": "x", "scopes": [scope], "days": 1},
            headers={"X-CSRF-Token": csrf, "Idempotency-Key": "12345678"},
        )

        assert answer.status_code == 422
        assert "scopes" in answer.json["errors"]

    @pytest.mark.parametrize("days", [0, 91, -1, 1.5, "90"])
    def test_it_lasts_ninety_days_at_most(self, client, user, days):
        csrf = sign_in(client).json["csrf_token"]

        answer = client.post(
            "/api/account/tokens",
            json={"name": "x", "scopes": ["household:read"], "days": days},
            headers={"X-CSRF-Token": csrf, "Idempotency-Key": "12345678"},
        )

        assert (answer.status_code, [*answer.json["errors"]]) == (422, ["days"])

    def test_it_ends_on_its_day(self, app, client, user, clock):
        bearer = {"Authorization": f"Bearer {a_token(client, days=2)}"}
        program = app.test_client()

        clock.forward(days=2, hours=-1 / 3600)
        assert program.get("/api/users", headers=bearer).status_code == 403
        clock.forward(hours=1 / 3600)
        assert program.get("/api/users", headers=bearer).status_code == 401

    def test_it_can_be_revoked_once(self, app, client, user):
        bearer = {"Authorization": f"Bearer {a_token(client)}"}
        session = client.get("/api/session").json
        [listed] = client.get("/api/account/tokens").json["items"]
        headers = {"X-CSRF-Token": session["csrf_token"]}

        answers = [
            client.delete(f"/api/account/tokens/{listed['id']}", headers=headers) for _ in range(2)
        ]

        assert [a.status_code for a in answers] == [204, 404]
        assert app.test_client().get("/api/users", headers=bearer).status_code == 401


class TestOwnPath:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("/users?status=active", "/users?status=active"),
            ("https://elsewhere.example", "/"),
            ("//elsewhere.example", "/"),
            ("/\\elsewhere.example", "/"),
            ("/users\nSet-Cookie: a=b", "/"),
            ("javascript:alert(1)", "/"),
            ("users", "/"),
            ("", "/"),
        ],
    )
    def test_next_leads_only_to_pages_of_ours(self, client, user, given, expected):
        page = client.get("/sign-in", query_string={"next": given})

        answer = client.post(
            "/sign-in",
            query_string={"next": given},
            data={"email": EMAIL, "password": PASSWORD, "csrf_token": token_in(page)},
        )

        assert answer.status_code == 303
        assert answer.location == expected


def token_in(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


class TestSignInPage:
    def test_it_keeps_what_was_typed_but_never_the_password(self, client, user):
        page = client.get("/sign-in")

        answer = client.post(
            "/sign-in",
            data={
                "email": "mere@example.org.nz",
                "password": "not the password at all",
                "csrf_token": token_in(page),
            },
        )

        assert answer.status_code == 401
        assert 'value="mere@example.org.nz"' in answer.text
        assert "do not go together" in answer.text
        assert "not the password at all" not in answer.text

    def test_what_is_missing_is_told_beside_its_field(self, client):
        page = client.get("/sign-in")

        answer = client.post("/sign-in", data={"csrf_token": token_in(page)})

        assert answer.status_code == 422
        assert 'id="field-email-error"' in answer.text

    def test_a_lock_out_is_told_with_its_wait(self, client, user):
        page = client.get("/sign-in")
        form = {"email": EMAIL, "password": "x" * 20, "csrf_token": token_in(page)}

        answers = [client.post("/sign-in", data=form) for _ in range(6)]

        assert answers[5].status_code == 429
        assert answers[5].headers["Retry-After"] == "61"
        assert "Wait 2 minutes" in answers[5].text

    def test_who_is_signed_in_is_led_on(self, client, user):
        sign_in(client)

        assert client.get("/sign-in?next=/account").location == "/account"

    def test_a_page_for_members_asks_to_sign_in_and_leads_back(self, client, user):
        page = client.get("/account")
        assert page.status_code == 401
        action = re.search(r'action="([^"]*sign-in[^"]*)"', page.text)[1]

        answer = client.post(
            action, data={"email": EMAIL, "password": PASSWORD, "csrf_token": token_in(page)}
        )

        assert urlsplit(answer.location).path == "/account"
        assert client.get("/account").status_code == 200

    def test_signing_out_is_never_a_link(self, client):
        assert client.get("/sign-out").status_code == 405

    def test_signing_out_leads_back_to_it(self, client, user):
        sign_in(client)
        form = {"csrf_token": client.get("/api/session").json["csrf_token"]}

        answer = client.post("/sign-out", data=form)

        assert (answer.status_code, answer.location) == (303, "/sign-in")
        assert "You are signed out." in client.get("/sign-in").text
        assert not alive(client)

    def test_who_is_not_signed_in_may_sign_out(self, client):
        form = {"csrf_token": token_in(client.get("/sign-in"))}

        assert client.post("/sign-out", data=form).status_code == 303

    def test_a_link_taken_up_twice_at_once_is_good_for_one(
        self, app, client, transactions, hash_with
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            made = service.invite(uow, service.InviteUser(EMAIL, "Mere", Role.CASEWORKER))
        page = client.get(made.invitation)

        def take_up():
            with transactions.begin(SYSTEM, "arrange") as uow:
                entrance.take_up(uow, made.invitation.split("/")[-1], "a hash")

        hash_with(Interrupted(app.extensions["passwords"], take_up))
        form = {"password": PASSWORD, "csrf_token": token_in(page)}

        assert client.post(made.invitation, data=form).status_code == 410

    def test_an_actor_without_an_account_cannot_sign_out_of_one(self, client_of):
        assert client_of(Actor(Role.AUDITOR)).post("/sign-out").status_code == 303
