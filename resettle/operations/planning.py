"""What SQLite knows of its tables when it plans how to answer. PostgreSQL looks by itself."""

from sqlalchemy import Connection

ROWS_LOOKED_AT = 1000


def learn(connection: Connection) -> None:
    """Let SQLite look at its indexes anew: at so many rows of each, so it takes a second at most.

    Without, it reckons all statuses as rare as single groups, and reads every household of the
    country for a group's. With a limit it keeps averages and no values: no name stays behind.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")
