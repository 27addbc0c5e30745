"""What every test can count on: a clock that it sets, and databases on the engines of --engine.

A test that needs a database runs once on each engine. Unit tests get none; the fixtures of the
levels above them are in tests/application.py.
"""

from collections.abc import Iterator

import pytest

from tests.clock import SetClock
from tests.databases import ENGINES, Database, Databases, engines_of, provide_server

# Fixtures of what is true of PostgreSQL alone, and left out without it.
ALONE = {"postgresql", "postgresql_alone"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=(*ENGINES, "both"), default="sqlite", help="databases")
    parser.addoption("--kills", type=int, default=3, help="how often each process is killed")
    parser.addoption("--rows", type=int, default=2000, help="how full a database is brought up")
    parser.addoption("--ways", default="", help="walk only the ways in that hold this text")


def pytest_configure(config: pytest.Config) -> None:
    provide_server(engines_of(config.getoption("engine")), config.add_cleanup)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        engines = engines_of(metafunc.config.getoption("engine"))
        metafunc.parametrize("database", engines, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "postgresql" not in engines_of(config.getoption("engine")):
        items[:] = [i for i in items if not ALONE & {*getattr(i, "fixturenames", ())}]
    for item in items:
        level = item.path.relative_to(item.config.rootpath / "tests").parts[0]
        if level == "browser":
            item.add_marker("browser")
        if {"database", "postgresql"} & {*getattr(item, "fixturenames", ())}:
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
    return databases.shared(request.param)


@pytest.fixture(scope="module")
def postgresql(databases: Databases) -> Iterator[Database]:
    """Give a module a database for what is true of PostgreSQL alone; left out without one."""
    fresh = databases.fresh("postgresql")
    yield fresh
    databases.drop(fresh)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()
