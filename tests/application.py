"""One application per engine; what a test writes is rolled back or wiped.

`app`, `transactions` and `client_of` stand on a transaction that is rolled back, so they are
quick; what many tests begin with is arranged for all those in a row with `once`. For what needs
real commits (jobs, races, the audit chain) take `committed_app` and `committed_client_of`. The
conftest of each level that needs them imports these fixtures.
"""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Connection, event
from sqlalchemy.orm import sessionmaker

from resettle.app import create_app
from resettle.core.actor import Actor
from resettle.core.db import Base, WorkSession
from resettle.core.work import Transactions
from resettle.settings import Settings
from resettle.web.csrf import RAW_TOKEN
from tests.clock import SetClock
from tests.databases import BESIDE, Database
from tests.grounds import Arrange, Grounds
from tests.wiping import wipe

ACTOR = "tests.actor"
ClientOf = Callable[[Actor | None], FlaskClient]
Once = Callable[[Arrange], Any]


@pytest.fixture(scope="session")
def apps() -> Iterator[dict[Database, Flask]]:
    apps: dict[Database, Flask] = {}
    yield apps
    for app in apps.values():
        app.extensions["engine"].dispose()


@pytest.fixture(scope="module")
def grounds() -> Iterator[Grounds]:
    grounds = Grounds()
    yield grounds
    grounds.clear()


@pytest.fixture
def whole_app(
    database: Database,
    apps: dict[Database, Flask],
    grounds: Grounds,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Flask:
    if not _stands_on_ground(request):
        grounds.clear()
    if database not in apps:
        settings = Settings.for_tests(database.url, storage=tmp_path_factory.mktemp("storage"))
        apps[database] = app = create_app(settings)
        Base.metadata.create_all(app.extensions["engine"])
        event.listen(app.extensions["engine"], "before_cursor_execute", _refuse_beside)
        _let_tests_sign_in(app)
    return apps[database]


def _refuse_beside(_connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
    assert not BESIDE.search(statement), f"join these, or say what is correlated: {statement}"


def _let_tests_sign_in(app: Flask) -> None:
    real = app.extensions["actor_loader"]
    app.extensions["actor_loader"] = lambda: request.environ.get(ACTOR) or real()


def _stands_on_ground(request: pytest.FixtureRequest) -> bool:
    return "once" in request.fixturenames


@pytest.fixture
def connection(
    whole_app: Flask, grounds: Grounds, request: pytest.FixtureRequest
) -> Iterator[Connection]:
    engine = whole_app.extensions["engine"]
    if _stands_on_ground(request):
        with grounds.of(engine).for_one_test() as connection:
            yield connection
        return
    with engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def app(whole_app: Flask, connection: Connection, clock: SetClock) -> Iterator[Flask]:
    """Give the application on a transaction that is rolled back after the test."""
    sessions = sessionmaker(
        connection,
        class_=WorkSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )
    yield from _with_transactions(whole_app, sessions=sessions, clock=clock)


@pytest.fixture
def committed_app(whole_app: Flask, clock: SetClock) -> Iterator[Flask]:
    """Give the application on a database that keeps what it is told, and is wiped afterwards."""
    yield from _with_transactions(whole_app, clock=clock)
    wipe(whole_app.extensions["engine"])


def _with_transactions(app: Flask, **changes: object) -> Iterator[Flask]:
    real: Transactions = app.extensions["transactions"]
    app.extensions["transactions"] = dataclasses.replace(real, **changes)
    yield app
    app.extensions["transactions"] = real


@pytest.fixture
def transactions(app: Flask) -> Transactions:
    return app.extensions["transactions"]


@pytest.fixture
def once(app: Flask, grounds: Grounds, transactions: Transactions) -> Once:
    """Return a function that gives what another arranges, once for the tests in a row that ask it.

    It is asked first, and nobody changes what it gives: ids and actors, no rows of a session.
    """
    ground = grounds.of(app.extensions["engine"])
    return lambda arrange: ground.arranged(arrange, transactions)


@pytest.fixture
def client_of(app: Flask) -> ClientOf:
    """Return a function that gives a client signed in as the actor; None signs nobody in."""
    return lambda actor: _client(app, actor)


@pytest.fixture
def committed_client_of(committed_app: Flask) -> ClientOf:
    return lambda actor: _client(committed_app, actor)


def _client(app: Flask, actor: Actor | None) -> FlaskClient:
    client = app.test_client()
    client.environ_base[ACTOR] = actor
    if actor is not None:
        _hold_csrf_token(app, client)
    return client


def _hold_csrf_token(app: Flask, client: FlaskClient) -> None:
    """Let the client send what a page of its session would have given it."""
    with client.session_transaction() as session:
        session[RAW_TOKEN] = "a token of the session"
    signer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    client.environ_base["HTTP_X_CSRF_TOKEN"] = signer.dumps("a token of the session")
