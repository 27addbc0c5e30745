"""An empty database to migrate, and the command that does it."""

from collections.abc import Callable, Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from tests.architecture.tree import TOP
from tests.databases import Database, Databases, closing_engine

Migrate = Callable[..., None]


@pytest.fixture
def empty(database: Database, databases: Databases) -> Iterator[Database]:
    fresh = databases.fresh(database.engine)
    yield fresh
    databases.drop(fresh)


@pytest.fixture
def engine(empty: Database) -> Iterator[Engine]:
    with closing_engine(empty.url) as engine:
        yield engine


@pytest.fixture
def migrate(empty: Database) -> Migrate:
    """Return a function that runs an alembic command: migrate(command.upgrade, "head")."""
    config = Config(TOP / "setup.cfg")
    config.set_main_option("script_location", str(TOP / "migrations"))
    config.attributes["url"] = empty.url
    return lambda run, *arguments: run(config, *arguments)


@pytest.fixture
def migrated(migrate: Migrate) -> Migrate:
    migrate(command.upgrade, "head")
    return migrate
