"""Empty a database whose triggers forbid it, as those of the audit trail do."""

from sqlalchemy import Connection, Engine

from resettle.core.db import Base

SQLITE_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL_GUARDED = (
    "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
)


def wipe(engine: Engine) -> None:
    """Delete every row of every table; the schema stays as it is, triggers included."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            _wipe_sqlite(connection)
        else:
            _wipe_postgresql(connection)


def _wipe_sqlite(connection: Connection) -> None:
    triggers = connection.exec_driver_sql(SQLITE_TRIGGERS).all()
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger.name}")
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    _delete_all(connection)
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)


def _wipe_postgresql(connection: Connection) -> None:
    guarded = connection.exec_driver_sql(POSTGRESQL_GUARDED).scalars().all()
    for table in guarded:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _delete_all(connection)
    for table in guarded:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _delete_all(connection: Connection) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())
