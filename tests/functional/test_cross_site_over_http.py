"""Nobody else's page can act with the cookie of ours."""

import pytest

from resettle.core.actor import SYSTEM, Role
from tests.world import PASSWORD, a_user

EMAIL = "mere@example.org.nz"
OURS = "http://localhost"
BODY = {"email": EMAIL, "password": PASSWORD}


@pytest.fixture
def client(app, transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        a_user(uow, Role.CASEWORKER, email=EMAIL)
    return app.test_client()


@pytest.fixture
def token(client):
    return client.post("/api/session", json=BODY).json["csrf_token"]


class TestOrigin:
    @pytest.mark.parametrize(
        ("headers", "expected"),
        [
            ({}, 200),
            ({"Origin": OURS}, 200),
            ({"Origin": OURS, "Sec-Fetch-Site": "same-origin"}, 200),
            ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
            ({"Sec-Fetch-Site": "none"}, 200),
            ({"Origin": "null"}, 403),
            ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
            ({"Origin": "https://elsewhere.example"}, 403),
            ({"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"}, 403),
            ({"Origin": "http://sub.localhost"}, 403),
            ({"Origin": "https://localhost"}, 403),
            ({"Origin": "http://localhost:8080"}, 403),
            ({"Origin": OURS, "Sec-Fetch-Site": "cross-site"}, 403),
            ({"Origin": OURS, "Sec-Fetch-Site": "same-site"}, 403),
        ],
    )
    def test_a_foreign_page_cannot_sign_anybody_in(self, client, headers, expected):
        answer = client.post("/api/session", json=BODY, headers=headers)

        assert answer.status_code == expected
        if expected == 403:
            assert answer.json["type"] == "/problems/csrf"

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_it_holds_for_every_method_that_changes_something(self, client, method):
        headers = {"Origin": "https://elsewhere.example", "Authorization": "Bearer rs_x"}

        assert client.open("/api/account", method=method, headers=headers).status_code in {403, 405}

    @pytest.mark.parametrize(
        ("site", "mode", "expected"),
        [
            ("cross-site", "no-cors", 403),
            ("cross-site", "cors", 403),
            ("same-site", "no-cors", 403),
            ("cross-site", "navigate", 200),
            ("same-origin", "cors", 200),
            ("none", "navigate", 200),
        ],
    )
    def test_another_site_may_link_but_not_load(self, client, token, site, mode, expected):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}

        assert client.get("/api/session", headers=headers).status_code == expected


class TestToken:
    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            (lambda token: {"X-CSRF-Token": token}, 204),
            (lambda _: {}, 403),
            (lambda token: {"X-CSRF-Token": token + "x"}, 403),
            (lambda _: {"X-CSRF-Token": "wrong"}, 403),
            (lambda _: {"X-CSRF-Token": ""}, 403),
            (lambda token: {"X-Other-Token": token}, 403),
        ],
    )
    def test_the_api_wants_that_of_the_session(self, client, token, changed, expected):
        answer = client.delete("/api/session", headers=changed(token))

        assert answer.status_code == expected
        assert client.get("/api/session").status_code == (401 if expected == 204 else 200)

    def test_that_of_another_session_does_not_do(self, app, client, token):
        other = app.test_client().post("/api/session", json=BODY).json["csrf_token"]

        assert client.delete("/api/session", headers={"X-CSRF-Token": other}).status_code == 403

    def test_that_of_the_session_before_does_not_do(self, client, token):
        client.post("/api/session", json=BODY)

        assert client.delete("/api/session", headers={"X-CSRF-Token": token}).status_code == 403

    def test_it_lasts_as_long_as_the_session(self, client, token, clock):
        for _ in range(10):
            clock.forward(minutes=29)
            client.get("/api/session")

        assert client.delete("/api/session", headers={"X-CSRF-Token": token}).status_code == 204

    @pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/account/other-sessions/ending"])
    def test_a_form_without_it_is_refused_in_words(self, client, path):
        answer = client.post(path, data={"email": EMAIL, "password": PASSWORD})

        assert answer.status_code == 403
        assert "out of date" in answer.text

    def test_a_form_may_send_it_as_a_field(self, client, token):
        assert client.post("/sign-out", data={"csrf_token": token}).status_code == 303

    def test_a_form_with_a_file_may_too(self, client, token):
        part = '--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        file = (part % ("file", "x" * 2_000_000)).replace('"file"', '"file"; filename="case.xml"')
        body = file + part % ("csrf_token", token) + "--edge--\r\n"

        answer = client.post(
            "/sign-out", data=body, content_type="multipart/form-data; boundary=edge"
        )

        assert answer.status_code == 303

    def test_a_program_without_a_session_needs_none(self, client):
        assert client.post("/api/account/tokens", json={}).status_code == 401
