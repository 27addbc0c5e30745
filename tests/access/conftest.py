"""A planted world for each engine, in a database of its own."""

import dataclasses
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from resettle.app import create_app
from resettle.core.db import Base
from resettle.settings import Settings
from tests.access import principals, world
from tests.access.cast import World
from tests.access.requests import Sender, sender_to
from tests.access.search import Searcher
from tests.clock import SetClock
from tests.databases import Database, Databases


@dataclass
class Stage:
    """An application over a planted world, and how to ask it."""

    made: World
    sender: Sender

    @cached_property
    def searcher(self) -> Searcher:
        return Searcher(self.made.canaries.marks.values())

    def close(self) -> None:
        logging.getLogger().removeHandler(self.sender.ear)
        self.sender.connection.close()
        self.sender.app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def stages() -> Iterator[dict[str, Stage]]:
    stages: dict[str, Stage] = {}
    yield stages
    for stage in stages.values():
        stage.close()


@pytest.fixture
def stage(
    database: Database,
    databases: Databases,
    stages: dict[str, Stage],
    tmp_path_factory: pytest.TempPathFactory,
) -> Stage:
    """Give the planted world of an engine. What a request does to it is rolled back."""
    if database.engine not in stages:
        stages[database.engine] = planted(
            databases.fresh(database.engine), tmp_path_factory.mktemp("storage")
        )
    return stages[database.engine]


def planted(database: Database, storage: Path) -> Stage:
    app = create_app(Settings.for_tests(database.url, storage=storage))
    Base.metadata.create_all(app.extensions["engine"])
    real = app.extensions["transactions"]
    app.extensions["transactions"] = dataclasses.replace(real, clock=SetClock())
    made = world.plant(app.extensions["transactions"])
    keys = principals.sign_in(app, app.extensions["transactions"], made)
    return Stage(made, sender_to(app, keys))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests have put on record, which a worker cannot print itself."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {value:,} {name}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the walk on one worker and all else on another, each over a world of its own.

    With --ways, what is asked of all ways in together is left out.
    """
    if config.getoption("ways"):
        left_out = [item for item in items if item.get_closest_marker("every_way")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        if item.path.parent == Path(__file__).parent:
            group = "walk" if item.path.stem == "test_walk" else "beside it"
            item.add_marker(pytest.mark.xdist_group(group))
