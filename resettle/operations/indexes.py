"""Indexes that PostgreSQL lacks, or keeps and does not use: their building was stopped half-way."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, Index
from sqlalchemy.schema import CreateIndex

from resettle.core.db import Base

VALIDITY = """SELECT pg_class.relname, indisvalid
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE pg_table_is_visible(pg_class.oid)
AND indexrelid NOT IN (SELECT index_relid FROM pg_stat_progress_create_index)"""


def faulty(connection: Connection) -> Sequence[str]:
    """Name those that are not valid, or that this release wants and are not there."""
    there = _there(connection)
    return sorted({*_invalid(there), *(_ours().keys() - there.keys())})


def mend(engine: Engine) -> None:
    """Drop what is not valid, and build what this release wants, while others write."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        wanted = faulty(connection)
        for name in _invalid(_there(connection)):
            quoted = engine.dialect.identifier_preparer.quote(name)
            connection.exec_driver_sql(f"DROP INDEX CONCURRENTLY IF EXISTS {quoted}")
        for name in wanted:
            if index := _ours().get(name):
                built = str(CreateIndex(index).compile(dialect=engine.dialect))
                connection.exec_driver_sql(built.replace(" INDEX ", " INDEX CONCURRENTLY ", 1))


def _there(connection: Connection) -> Mapping[str, bool]:
    rows = connection.exec_driver_sql(VALIDITY)
    return {row.relname: row.indisvalid for row in rows}


def _invalid(there: Mapping[str, bool]) -> Sequence[str]:
    return [name for name, is_valid in there.items() if not is_valid]


def _ours() -> Mapping[str, Index]:
    tables = Base.metadata.tables.values()
    return {str(index.name): index for table in tables for index in table.indexes}
