import re
from uuid import uuid4

import pytest

from resettle.accounts import loader
from resettle.core.actor import SYSTEM, Actor, Duty, Role
from tests.world import PASSWORD, a_user

EMAIL = "mere@example.org.nz"
NEW = "harakeke in the morning sun"


def key():
    return {"Idempotency-Key": uuid4().hex}


def someone(transactions, role=Role.CASEWORKER, **known):
    with transactions.begin(SYSTEM, "arrange") as uow:
        return loader.of_user(uow, a_user(uow, role, **known).id)


@pytest.fixture
def user(transactions):
    return someone(transactions, email=EMAIL)


@pytest.fixture
def admin(transactions):
    return someone(transactions, Role.ADMINISTRATOR, name="Ana Petelo")


@pytest.fixture
def administered(client_of, admin):
    return client_of(admin)


def signed_in(app, email=EMAIL, password=PASSWORD, agent="Firefox on a phone"):
    client = app.test_client()
    answer = client.post(
        "/api/session", json={"email": email, "password": password}, headers={"User-Agent": agent}
    )
    assert answer.status_code == 200
    client.environ_base["HTTP_X_CSRF_TOKEN"] = answer.json["csrf_token"]
    return client


class TestOwnAccount:
    def test_it_says_what_one_may_do(self, client_of, user):
        shown = client_of(user).get("/api/account").json

        assert (shown["email"], shown["role"], shown["status"]) == (EMAIL, "caseworker", "active")
        assert "household:read" in shown["permissions"]
        assert "user:invite" not in shown["permissions"]
        assert "account:own" not in shown["token_scopes"]

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
    def test_everybody_sees_their_own_whole(self, client_of, transactions, role):
        shown = client_of(someone(transactions, role, email="sina@example.org.nz")).get(
            "/api/account"
        )

        assert (shown.json["email"], shown.json["role"]) == ("sina@example.org.nz", role)

    def test_secrets_are_in_no_answer(self, app, user):
        client = signed_in(app)

        told = "".join(
            client.get(path).text
            for path in ("/api/account", "/api/session", "/api/account/sessions", "/account")
        )

        assert not re.search("argon2|hash|epoch|pepper", told)


class TestSessions:
    def test_one_sees_where_one_is_signed_in(self, app, user, clock):
        signed_in(app, agent="Safari on a laptop")
        clock.forward(minutes=5)
        client = signed_in(app)

        listed = client.get("/api/account/sessions").json["items"]

        assert [(s["device"], s["is_this_one"]) for s in listed] == [
            ("Firefox on a phone", True),
            ("Safari on a laptop", False),
        ]
        assert {s["network"] for s in listed} == {"127.0.0.0"}

    def test_one_can_be_ended(self, app, user):
        other, client = signed_in(app), signed_in(app)
        listed = client.get("/api/account/sessions").json["items"]
        [session_id] = [s["id"] for s in listed if not s["is_this_one"]]

        answer = client.delete(f"/api/account/sessions/{session_id}")

        assert answer.status_code == 204
        assert other.get("/api/session").status_code == 401
        assert client.get("/api/session").status_code == 200
        assert client.delete(f"/api/account/sessions/{session_id}").status_code == 404

    def test_all_others_can_be_ended(self, app, user):
        others, client = [signed_in(app) for _ in range(3)], signed_in(app)

        assert client.delete("/api/account/sessions").status_code == 204

        assert {other.get("/api/session").status_code for other in others} == {401}
        assert client.get("/api/session").status_code == 200

    def test_those_of_somebody_else_are_not_found(self, app, transactions, user):
        someone(transactions, Role.ADMINISTRATOR, email="ana@example.org.nz", name="Ana")
        mine = signed_in(app)
        [session] = mine.get("/api/account/sessions").json["items"]

        answer = signed_in(app, "ana@example.org.nz").delete(
            f"/api/account/sessions/{session['id']}"
        )

        assert answer.status_code == 404
        assert mine.get("/api/session").status_code == 200


class TestChangePassword:
    def change(self, client, current, new):
        body = {"current": current, "new": new}
        return client.post("/api/account/password", json=body)

    def test_the_present_one_is_asked_for_and_tries_count(self, app, user, clock):
        client = signed_in(app)

        answers = [self.change(client, "x" * 20, NEW) for _ in range(6)]

        assert [a.status_code for a in answers] == [422] * 5 + [429]
        assert [*answers[0].json["errors"]] == ["current"]
        assert self.change(client, PASSWORD, NEW).status_code == 429
        clock.forward(minutes=1)
        assert self.change(client, PASSWORD, NEW).status_code == 204

    @pytest.mark.parametrize(
        "new", ["short", "mere by the wide sea", "passwordpassword", PASSWORD, "x" * 129]
    )
    def test_a_weak_one_is_refused(self, app, user, new):
        answer = self.change(signed_in(app), PASSWORD, new)

        assert (answer.status_code, [*answer.json["errors"]]) == (422, ["new"])

    def test_nobody_changes_one_without_signing_in(self, app):
        assert self.change(app.test_client(), PASSWORD, NEW).status_code == 401

    def test_the_page_does_the_same(self, app, user):
        client = signed_in(app)

        refused = client.post("/account/password", data={"current": PASSWORD, "new": "short"})
        answer = client.post("/account/password", data={"current": PASSWORD, "new": NEW})

        assert refused.status_code == 422
        assert "16 to 128" in refused.text
        assert PASSWORD not in refused.text
        assert (answer.status_code, answer.location) == (303, "/sign-in")
        assert client.get("/account").status_code == 401
        signed_in(app, password=NEW)

    def test_the_page_asks_for_both(self, app, user):
        assert signed_in(app).get("/account/password").text.count('type="password"') == 2


class TestUsers:
    def test_the_list_is_for_administrators_and_managers(self, client_of, transactions):
        may = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}

        for role in set(Role) - {Role.SYSTEM}:
            answer = client_of(someone(transactions, role)).get("/api/users")
            assert answer.status_code == (200 if role in may else 403), role

    def test_it_is_filtered_and_sorted_by_name(self, administered, transactions, user):
        someone(transactions, Role.AUDITOR, name="Sina Leota")

        everybody = administered.get("/api/users").json["items"]
        auditors = administered.get("/api/users?role=auditor&status=active").json["items"]

        assert [u["name"] for u in everybody] == ["Ana Petelo", "Mere Tamihana", "Sina Leota"]
        assert [u["role"] for u in auditors] == ["auditor"]
        assert administered.get("/api/users?role=system").status_code == 422
        assert administered.get("/api/users?sort=password_hash").status_code == 400

    def test_one_user_is_shown_with_locations_and_duties(self, administered, transactions):
        other = someone(transactions, locations=("HAM",), duties=(Duty.TEAM_LEADER,))

        shown = administered.get(f"/api/users/{other.user_id}")

        assert shown.json["locations"] == ["HAM"]
        assert [duty["duty"] for duty in shown.json["duties"]] == ["team_leader"]
        assert shown.headers["ETag"]

    def test_the_acts_of_an_administrator(self, administered, user):
        path = f"/api/users/{user.user_id}"
        reason = {"reason": "as agreed"}

        duty = administered.post(
            f"{path}/duties", json={"duty": "privacy_officer", **reason}, headers=key()
        )
        [held] = duty.json["duties"]
        ended = administered.post(f"{path}/duties/{held['id']}/ending", json=reason, headers=key())
        role = administered.post(f"{path}/role", json={"role": "auditor", **reason}, headers=key())
        sessions = administered.delete(f"{path}/sessions", json=reason)
        shut = administered.post(f"{path}/deactivation", json=reason, headers=key())
        again = administered.post(f"{path}/invitations", headers=key())

        assert ended.json["duties"] == []
        assert role.json["role"] == "auditor"
        assert sessions.status_code == 200
        assert shut.json["status"] == "deactivated"
        assert (again.status_code, again.json["status"]) == (201, "invited")

    @pytest.mark.parametrize(
        ("act", "body"),
        [
            ("role", {"role": "auditor"}),
            ("role", {"role": "auditor", "reason": "  "}),
            ("role", {"role": "system", "reason": "x"}),
            ("role", {"role": "auditor", "reason": "x", "status": "active"}),
            ("deactivation", {}),
            ("duties", {"duty": "treasurer", "reason": "x"}),
        ],
    )
    def test_a_reason_is_demanded_and_nothing_else_is_taken(self, administered, user, act, body):
        answer = administered.post(f"/api/users/{user.user_id}/{act}", json=body, headers=key())

        assert answer.status_code == 422

    def test_an_address_is_invited_once(self, administered, user):
        body = {"email": EMAIL.upper(), "name": "Mere", "role": "caseworker"}

        answer = administered.post("/api/users", json=body, headers=key())

        assert (answer.status_code, answer.json["detail"]) == (
            409,
            "There is an account with this e-mail already.",
        )


class TestInvitation:
    @pytest.fixture
    def link(self, administered):
        body = {"email": "sina@example.org.nz", "name": "Sina Leota", "role": "caseworker"}
        return administered.post("/api/users", json=body, headers=key()).json["invitation"]

    def accept(self, client, link, **form):
        token = re.search(r'csrf_token" value="([^"]+)"', client.get(link).text)
        return client.post(link, data={"csrf_token": token[1] if token else "", **form})

    def test_looking_does_not_use_it_up_but_accepting_does(self, app, link):
        client = app.test_client()
        assert [client.get(link).status_code for _ in range(3)] == [200] * 3
        assert client.head(link).status_code == 200

        answer = self.accept(client, link, password=NEW)

        assert (answer.status_code, answer.location) == (303, "/sign-in")
        assert client.get(link).status_code == 410
        signed_in(app, "sina@example.org.nz", NEW)

    def test_it_is_good_for_three_days(self, app, link, clock):
        clock.forward(hours=72)

        answer = app.test_client().get(link)

        assert answer.status_code == 410
        assert "Ask for a new one" in answer.text

    def test_a_link_that_was_never_made_is_gone_as_well(self, app):
        assert app.test_client().get("/invitations/" + "x" * 43).status_code == 410
        assert app.test_client().get("/invitations/short").status_code == 404

    @pytest.mark.parametrize(
        "form",
        [
            {"password": "short"},
            {"password": "sina by the wide blue sea"},
            {},
            {"password": NEW, "role": "administrator"},
            {"password": NEW, "email": "other@example.org.nz"},
        ],
    )
    def test_nothing_but_a_good_password_is_taken(self, app, link, form):
        client = app.test_client()

        assert self.accept(client, link, **form).status_code == 422
        assert client.get(link).status_code == 200

    def test_who_is_signed_in_signs_out_first(self, app, link, user):
        assert signed_in(app).get(link).status_code == 409

    def test_before_it_is_taken_up_nobody_signs_in(self, app, link):
        body = {"email": "sina@example.org.nz", "password": NEW}

        assert app.test_client().post("/api/session", json=body).status_code == 401


class TestPages:
    def test_ones_own_account(self, app, user):
        signed_in(app, agent="Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605")
        client = signed_in(app)

        page = client.get("/account")

        assert page.status_code == 200
        assert "Safari on Mac" in page.text
        assert "Sign out everywhere else" in page.text

    def test_its_buttons(self, app, user):
        others, client = [signed_in(app) for _ in range(2)], signed_in(app)
        listed = client.get("/api/account/sessions").json["items"]
        first = next(s["id"] for s in listed if not s["is_this_one"])

        ended = client.post(f"/account/sessions/{first}/ending")
        all_ended = client.post("/account/other-sessions/ending")

        assert [a.location for a in (ended, all_ended)] == ["/account"] * 2
        assert {other.get("/account").status_code for other in others} == {401}
        assert "You are signed out everywhere else." in client.get("/account").text

    def test_a_token_is_made_shown_and_revoked(self, app, user):
        client = signed_in(app)
        form = client.get("/account/tokens/new")
        assert 'value="household:read"' in form.text
        assert 'value="account:own"' not in form.text

        refused = client.post("/account/tokens/new", data={"name": "my script", "days": "91"})
        beyond = client.post(
            "/account/tokens/new", data={"name": "x", "days": "9", "scopes": "pipeline:read"}
        )
        made = client.post(
            "/account/tokens/new",
            data={"name": "my script", "days": "30", "scopes": "household:read"},
        )

        assert (refused.status_code, beyond.status_code) == (422, 422)
        token = re.search(r"rs_[\w-]{43}", made.text)[0]
        program = app.test_client()
        bearer = {"Authorization": f"Bearer {token}"}
        assert program.get("/api/users", headers=bearer).status_code == 403
        [listed] = client.get("/api/account/tokens").json["items"]
        assert token not in client.get("/account").text

        client.post(f"/account/tokens/{listed['id']}/revocation")
        assert program.get("/api/users", headers=bearer).status_code == 401

    def test_who_has_no_token_scopes_is_not_offered_any(self, client_of, admin):
        page = client_of(admin).get("/account").text

        assert [word for word in ("Make a token", "Personal tokens") if word in page] == []

    def test_the_users(self, administered, client_of, transactions, user):
        manager = someone(transactions, Role.PROGRAMME_MANAGER)

        page = administered.get("/users?status=active&role=caseworker")

        assert "Mere Tamihana" in page.text
        assert "Ana Petelo" not in page.text.split("</form>")[-1]
        assert "/users/new" in page.text
        assert "/users/new" not in client_of(manager).get("/users").text
        assert "Nobody fits" in administered.get("/users?role=household_person").text

    def test_the_users_have_pages(self, administered, transactions, user):
        page = administered.get("/users?limit=1&role=")

        assert administered.get(re.search(r'rel="next" href="([^"]+)"', page.text)[1]).status_code

    def test_inviting_shows_the_link_once(self, app, administered):
        form = {"email": "sina@example.org.nz", "name": "Sina Leota", "role": "auditor"}
        assert administered.get("/users/new").status_code == 200

        refused = administered.post("/users/new", data={**form, "email": "sina"})
        made = administered.post("/users/new", data={**form, "locations": "AKL"})

        assert (refused.status_code, made.status_code) == (422, 200)
        assert 'value="Sina Leota"' in refused.text
        link = re.search(r"http://localhost(/invitations/[\w-]{43})", made.text)[1]
        assert app.test_client().get(link).status_code == 200

    def test_inviting_again(self, app, administered, user):
        path = f"/users/{user.user_id}"
        assert administered.get(f"{path}/invitations").status_code == 200
        refused = administered.post(f"{path}/invitations")
        administered.post(f"{path}/deactivation", data={"reason": "left"})
        made = administered.post(f"{path}/invitations")

        assert refused.status_code == 422
        assert "/invitations/" in made.text

    def test_one_user_and_what_can_be_done(self, administered, user):
        path = f"/users/{user.user_id}"
        sent = {
            "duties": {"duty": "team_leader", "reason": "named"},
            "role": {"role": "programme_manager", "reason": "promoted"},
            "sessions/ending": {"reason": "lost the laptop"},
        }
        for act, form in sent.items():
            assert administered.get(f"{path}/{act}").status_code == 200, act
            assert administered.post(f"{path}/{act}", data={}).status_code == 422, act
            assert administered.post(f"{path}/{act}", data=form).location == path, act

        page = administered.get(path)
        assert "Programme manager" in page.text
        ending = re.search(r'href="([^"]+/duties/[^"]+/ending)"', page.text)[1]
        assert administered.get(ending).status_code == 200
        assert administered.post(ending, data={"reason": "over"}).location == path
        assert administered.get(f"{path}/deactivation").status_code == 200
        administered.post(f"{path}/deactivation", data={"reason": "left"})
        assert "Invite again" in administered.get(path).text

    def test_nobody_is_offered_to_change_themselves(self, administered, admin):
        page = administered.get(f"/users/{admin.user_id}")

        assert "Change the role" not in page.text

    def test_who_may_not_read_accounts_comes_back_to_their_own(self, client_of, transactions, user):
        officer = client_of(someone(transactions, duties=(Duty.PRIVACY_OFFICER,)))
        path = f"/users/{user.user_id}/sessions/ending"

        done = officer.post(path, data={"reason": "a breach"})

        assert (done.status_code, done.location) == (303, "/account")
        assert "Every session and token has ended." in officer.get("/account").text

    def test_a_privacy_officer_ends_sessions_of_others(self, client_of, transactions, user):
        officer = someone(transactions, duties=(Duty.PRIVACY_OFFICER,))
        path = f"/api/users/{user.user_id}/sessions"

        answer = client_of(officer).delete(path, json={"reason": "a breach"})

        assert answer.status_code == 200

    def test_anybody_else_is_kept_out(self, client_of):
        assert client_of(Actor(Role.CASEWORKER)).get("/users").status_code == 403
