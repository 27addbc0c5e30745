"""One application and one database per engine; what a test writes is rolled back or wiped.

`app` and `client_of` stand on a transaction that is rolled back, so they are quick. For what
needs real commits (jobs, races, the audit chain) take `committed_app` and `committed_client_of`.
A test that needs a database runs once on each engine of --engine.
"""

import dataclasses
from collections.abc import Callable, Iterator, Sequence

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import sessionmaker

from resettle.app import create_app
from resettle.core.actor import Actor
from resettle.core.db import Base, WorkSession
from resettle.core.work import Transactions
from resettle.settings import Settings
from tests.clock import NOW, SetClock
from tests.databases import ENGINES, Database, Databases, engines_of, provide_server

__all__ = ["NOW"]

ACTOR = "tests.actor"
ClientOf = Callable[[Actor | None], FlaskClient]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=(*ENGINES, "both"), default="sqlite", help="databases")


def pytest_configure(config: pytest.Config) -> None:
    provide_server(engines_of(config.getoption("engine")), config.add_cleanup)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        engines = engines_of(metafunc.config.getoption("engine"))
        metafunc.parametrize("database", engines, indirect=True)


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        level = item.path.relative_to(item.config.rootpath / "tests").parts[0]
        if level == "browser":
            item.add_marker("browser")
        if "database" in getattr(item, "fixturenames", ()):
            if level == "unit":
                raise pytest.UsageError(f"{item.nodeid} needs a database: move it to integration/")
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Take back what pytest-flask does: a context around a test shares `g` between its requests."""


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    databases = Databases(tmp_path_factory.mktemp("databases"))
    yield databases
    databases.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, databases: Databases) -> Database:
    return databases.of(request.param)


@pytest.fixture(scope="session")
def _apps() -> Iterator[dict[Database, Flask]]:
    apps: dict[Database, Flask] = {}
    yield apps
    for app in apps.values():
        app.extensions["engine"].dispose()


@pytest.fixture
def _app(database: Database, _apps: dict[Database, Flask]) -> Flask:
    if database not in _apps:
        _apps[database] = app = create_app(Settings.for_tests(database.url))
        Base.metadata.create_all(app.extensions["engine"])
        _let_tests_sign_in(app)
    return _apps[database]


def _let_tests_sign_in(app: Flask) -> None:
    real = app.extensions["actor_loader"]
    app.extensions["actor_loader"] = lambda: request.environ.get(ACTOR) or real()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def connection(_app: Flask) -> Iterator[Connection]:
    with _app.extensions["engine"].connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def app(_app: Flask, connection: Connection, clock: SetClock) -> Iterator[Flask]:
    """Give the application on a transaction that is rolled back after the test."""
    sessions = sessionmaker(
        connection,
        class_=WorkSession,
        expire_on_commit=False,
        join_transaction_mode="create_savepoint",
    )
    yield from _with_transactions(_app, sessions=sessions, clock=clock)


@pytest.fixture
def committed_app(_app: Flask, clock: SetClock) -> Iterator[Flask]:
    """Give the application on a database that keeps what it is told, and is wiped afterwards."""
    yield from _with_transactions(_app, clock=clock)
    _wipe(_app.extensions["engine"])


def _with_transactions(app: Flask, **changes: object) -> Iterator[Flask]:
    real: Transactions = app.extensions["transactions"]
    app.extensions["transactions"] = dataclasses.replace(real, **changes)
    yield app
    app.extensions["transactions"] = real


def _wipe(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def transactions(app: Flask) -> Transactions:
    return app.extensions["transactions"]


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
    return client
