"""Migrations that are stopped half-way: run again they go on, and nothing is mended by hand."""

import threading
import time
from contextlib import suppress

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import SQLAlchemyError

import resettle.app  # noqa: F401  # brings every model into the metadata
from resettle.core.db import Base
from resettle.operations import indexes, tables
from tests.architecture.tree import TOP
from tests.databases import closing_engine

VERSIONS = sorted((TOP / "migrations" / "versions").glob("[0-9]*.py"))
CONCURRENT = [p.stem for p in VERSIONS if "postgresql_concurrently=True" in p.read_text()]
WAITING = """SELECT pid FROM pg_stat_activity WHERE datname = current_database()
AND wait_event_type = 'Lock' AND query LIKE 'CREATE%%INDEX CONCURRENTLY%%'"""

INVALIDATE = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = to_regclass(%(name)s)"


@pytest.fixture
def fresh(databases, postgresql):
    fresh = databases.fresh(postgresql.engine)
    yield fresh.url
    databases.drop(fresh)


def stop_while_it_builds(url: str, revision: str) -> None:
    """Bring a database up to a revision, and end its session while it builds an index."""

    def bring_up() -> None:
        with suppress(SQLAlchemyError):
            command.upgrade(tables.alembic_config(url), revision)

    address = url.replace("+psycopg", "")
    with psycopg.connect(address) as old, psycopg.connect(address, autocommit=True) as watching:
        # An index is valid only once whoever read before it was begun has ended.
        old.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        old.execute("SELECT pg_current_snapshot()")
        building = threading.Thread(target=bring_up)
        building.start()
        until = time.monotonic() + 20
        while not (found := watching.execute(WAITING).fetchone()):
            assert time.monotonic() < until, "it does not wait"
            time.sleep(0.02)
        watching.execute("SELECT pg_terminate_backend(%s, 5000)", found)
        building.join()


def test_each_that_builds_while_others_write_goes_on_where_it_was_stopped(fresh):
    for revision in CONCURRENT:
        before = VERSIONS[int(revision[:4]) - 2].stem
        command.upgrade(tables.alembic_config(fresh), before)
        stop_while_it_builds(fresh, revision)
        with closing_engine(fresh) as engine:
            assert tables.present(engine) == before

        command.upgrade(tables.alembic_config(fresh), revision)

    tables.migrate(fresh)
    with closing_engine(fresh) as engine, engine.connect() as connection:
        assert indexes.faulty(connection) == []
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_an_index_that_was_left_invalid_or_is_gone_is_built_again(fresh):
    with closing_engine(fresh) as engine:
        Base.metadata.create_all(engine)
        command.stamp(tables.alembic_config(fresh), "head")
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP INDEX ix_task_bulk_id")
            connection.exec_driver_sql("CREATE INDEX left_over ON task (id)")
            for name in ("ix_task_source_id", "left_over"):
                connection.exec_driver_sql(INVALIDATE, {"name": name})
        with engine.connect() as connection:
            found = indexes.faulty(connection)
            assert found == ["ix_task_bulk_id", "ix_task_source_id", "left_over"]

        tables.migrate(fresh)

        with engine.connect() as connection:
            assert indexes.faulty(connection) == []
