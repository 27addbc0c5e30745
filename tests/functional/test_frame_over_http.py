"""What every answer bears, whatever its status; and the description of the whole."""

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.work import Transactions
from resettle.web import constraints, frame
from tests.functional.hostile import check_page, check_problem
from tests.world import a_user

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@pytest.fixture
def administrator(transactions) -> Actor:
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        return Actor(Role.ADMINISTRATOR, a_user(uow, Role.ADMINISTRATOR).id)


@pytest.fixture
def break_with(app):
    """Let the next work end in an error, as if the database had raised it."""

    def break_with(error: Exception) -> None:
        class Broken(Transactions):
            def begin(self, *_given: object, **_more: object):
                raise error

            def refused(self, *_given: object, **_more: object) -> None:
                raise error

        real = app.extensions["transactions"]
        app.extensions["transactions"] = Broken(
            real.sessions, real.policy, real.handlers, real.resources, real.clock
        )

    return break_with


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/sign-in", "GET", 200),
        ("/api/openapi.json", "GET", 200),
        ("/api/docs", "GET", 200),
        ("/api/account", "GET", 401),
        ("/account", "GET", 401),
        ("/nowhere", "GET", 404),
        ("/api/nowhere", "GET", 404),
        ("/static/0/theme.css", "GET", 404),
        ("/sign-in", "DELETE", 403),
        ("/api/households", "TRACE", 405),
        ("/api/users?limit=0", "GET", 401),
    ],
)
def test_safe_headers_on_every_status(path, method, status, client_of):
    answer = client_of(None).open(path, method=method)

    assert answer.status_code == status
    assert dict(answer.headers).items() >= SAFE.items()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.headers["X-Request-Id"]) == 32
    assert "Strict-Transport-Security" not in answer.headers
    assert "Server" not in answer.headers


def test_over_https_a_browser_is_told_to_stay_there(client_of):
    answer = client_of(None).get("/sign-in", base_url="https://localhost")

    assert "max-age=63072000" in answer.headers["Strict-Transport-Security"]


def test_static_files_may_be_kept_for_good_under_the_hash_of_their_content(client_of):
    with client_of(None).get(frame.static_url("theme.css")) as answer:
        assert answer.status_code == 200
        assert answer.cache_control.immutable
        assert answer.cache_control.max_age == frame.YEAR
    with client_of(None).get("/static/0000000000000000/theme.css") as answer:
        assert answer.status_code == 404


class TestAFaultOfTheService:
    @pytest.mark.parametrize("path", ["/api/account", "/account"])
    def test_is_told_without_its_inside(self, path, client_of, administrator, break_with):
        client = client_of(administrator)
        break_with(RuntimeError("SELECT secret FROM /work/resettle/core.py"))

        answer = client.get(path)

        if path.startswith("/api/"):
            check_problem(answer, 500, "error")
        else:
            check_page(answer, 500)

    def test_of_the_database_asks_to_come_back(self, client_of, administrator, break_with):
        client = client_of(administrator)
        break_with(OperationalError("SELECT 1", {}, Exception("gone")))

        answer = client.get("/api/account")

        check_problem(answer, 503, "database")
        assert answer.headers["Retry-After"] == "5"

    def test_a_row_changed_at_the_same_moment_is_a_conflict(
        self, client_of, administrator, break_with
    ):
        client = client_of(administrator)
        break_with(StaleDataError("1 expected, 0 matched"))

        check_problem(client.get("/api/account"), 409, "conflict")

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ("UNIQUE constraint failed: user_account.email", "e-mail"),
            ('violates unique constraint "uq_user_account_email"', "e-mail"),
            ("CHECK constraint failed: ck_nothing", "already recorded"),
        ],
    )
    def test_a_refused_constraint_has_its_sentence(
        self, told, says, client_of, administrator, break_with
    ):
        client = client_of(administrator)
        break_with(IntegrityError("INSERT", {}, Exception(told)))

        assert says in check_problem(client.get("/api/account"), 409, "conflict")["detail"]


def test_a_sentence_for_a_constraint_that_is_not_there_is_a_bug():
    with pytest.raises(constraints.UnknownConstraint):
        constraints.told({"uq_nothing_at_all": "A sentence."})


class TestTheDescription:
    @pytest.fixture
    def document(self, client_of) -> dict:
        return json.loads(client_of(None).get("/api/openapi.json").data)

    def test_is_openapi_3_1(self, document):
        assert document["openapi"] == "3.1.0"
        OpenAPIV31SpecValidator(document).validate()

    def test_names_a_permission_for_every_operation(self, document, app):
        operations = {
            (method.upper(), path): operation
            for path, item in document["paths"].items()
            for method, operation in item.items()
        }

        assert operations
        assert all(operation["x-permission"] for operation in operations.values())
        ids = [operation["operationId"] for operation in operations.values()]
        assert len({*ids}) == len(ids)

    def test_leaves_no_declared_endpoint_out(self, document, app):
        declared = [
            rule
            for rule in app.url_map.iter_rules()
            if hasattr(app.view_functions[rule.endpoint], "declared")
        ]

        assert len(declared) == sum(len(item) for item in document["paths"].values())
