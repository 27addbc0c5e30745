"""What the fault tests stand on: a database of each engine that may be killed, and its world."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import engines_of
from tests.faults.cluster import Cluster
from tests.faults.service import Service, World


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines_of(metafunc.config.getoption("engine")))


@pytest.fixture
def kills(pytestconfig: pytest.Config) -> int:
    return int(pytestconfig.getoption("kills"))


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster("faults").make()
    yield cluster
    cluster.stop()


@pytest.fixture
def postgresql_alone() -> None:
    """Say that a test makes servers of its own."""


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if engine == "sqlite":
        return f"sqlite:///{tmp_path}/resettle.sqlite"
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.url()


@pytest.fixture
def world(url: str, tmp_path: Path) -> World:
    return World.made(url, tmp_path)


@pytest.fixture
def service(world: World) -> Iterator[Service]:
    service = Service(world).start()
    yield service
    service.stop()
