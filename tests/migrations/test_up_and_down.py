"""The schema goes up, down and up again, and at the head it is what the models say."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from resettle.core.db import Base
from tests.databases import closing_engine

TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}


def tables(engine: Engine) -> set[str]:
    return {*inspect(engine).get_table_names()} - {"alembic_version"}


def triggers(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return [*connection.exec_driver_sql(TRIGGERS[engine.dialect.name]).scalars()]


def test_up_down_and_up_again(migrate, engine):
    migrate(command.upgrade, "head")
    migrate(command.downgrade, "base")
    assert tables(engine) == set()
    assert triggers(engine) == []

    migrate(command.upgrade, "head")
    assert tables(engine) == {*Base.metadata.tables}


@pytest.mark.timeout(300)  # it takes longer with each migration
def test_each_step_down_can_be_taken_back(migrated, engine):
    for _ in range(steps(engine)):
        migrated(command.downgrade, "-1")
        migrated(command.upgrade, "+1")
        migrated(command.downgrade, "-1")

    assert tables(engine) == set()


def steps(engine: Engine) -> int:
    with engine.connect() as connection:
        head = MigrationContext.configure(connection).get_current_revision()
    assert head is not None
    return int(head[:4])


def test_the_head_is_what_the_models_say(migrated, engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == [], "The models have moved on: write a migration."


def test_the_head_has_the_triggers_of_the_models(migrated, engine, database, databases):
    with closing_engine(databases.fresh(database.engine).url) as created:
        Base.metadata.create_all(created)
        expected = triggers(created)

    assert triggers(engine) == expected


def test_a_second_upgrade_changes_nothing(migrated, engine):
    before = tables(engine)

    migrated(command.upgrade, "head")

    assert tables(engine) == before
