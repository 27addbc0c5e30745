"""Run the migrations: one transaction each, one runner at a time, no long waits for a lock.

`resettle db upgrade` hands over the address of the database in the attributes of the
configuration; the alembic command takes it from the settings, as the service does.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

import resettle.app  # noqa: F401  # brings every model into the metadata
from resettle.core.db import Base, make_engine
from resettle.operations.resuming import Resuming
from resettle.settings import Settings

ONE_RUNNER = 7_378_697  # any number, as long as nothing else locks it
LOCK_SECONDS = context.config.attributes.get("lock_seconds", 5)
TIMEOUTS = {"lock_timeout": f"{LOCK_SECONDS}s", "statement_timeout": "15min"}


def run() -> None:
    if context.is_offline_mode():
        _write()
        return
    engine = make_engine(context.config.attributes.get("url") or _url_of_the_service())
    try:
        _migrate(engine)
    finally:
        engine.dispose()


def _write() -> None:
    """Write the SQL for PostgreSQL instead of running it."""
    context.configure(dialect_name="postgresql", target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def _migrate(engine: Engine) -> None:
    guarded = _guarded_postgresql if engine.dialect.name == "postgresql" else _guarded_sqlite
    with engine.connect() as connection, guarded(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transaction_per_migration=True,
            render_as_batch=engine.dialect.name == "sqlite",
            render_item=_plain_types,
            process_revision_directives=_number,
            on_version_apply=_applied,
        )
        with context.begin_transaction():
            context.run_migrations()


def _applied(ctx: MigrationContext, **of_step: Any) -> None:
    if isinstance(ctx.impl, Resuming):
        ctx.impl.done(**of_step)


def _url_of_the_service() -> str:
    return Settings.from_environment().database_url


@contextmanager
def _guarded_postgresql(connection: Connection) -> Iterator[None]:
    """Wait for the runner before us, then for nothing else that holds a lock."""
    connection.execute(select(func.pg_advisory_lock(ONE_RUNNER)))
    for name, limit in TIMEOUTS.items():
        connection.exec_driver_sql(f"SET {name} = '{limit}'")
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(select(func.pg_advisory_unlock(ONE_RUNNER)))
        connection.commit()


@contextmanager
def _guarded_sqlite(connection: Connection) -> Iterator[None]:
    """Let a table be copied and renamed without its children noticing, and check them after."""
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    yield
    if orphans := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RuntimeError(f"the migration has left rows without their parents: {orphans[:5]}")
    connection.rollback()
    driver.execute("PRAGMA foreign_keys=ON")


def _plain_types(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write what lies in the database, since a migration knows none of our own types."""
    if kind == "type" and type(item).__module__.startswith("resettle."):
        return f"sa.{item.impl_instance!r}"
    return False


def _number(
    _context: MigrationContext, _revision: object, directives: list[MigrationScript]
) -> None:
    """Name a new migration after its place in the line and what it does: 0007_add_ended_at."""
    for script in directives:
        script.rev_id = f"{_next_number():04}_{_slug(script.message or 'change')}"


def _next_number() -> int:
    return 1 + len(list(ScriptDirectory.from_config(context.config).walk_revisions()))


def _slug(message: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")


run()
