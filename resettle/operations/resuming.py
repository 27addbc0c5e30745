"""A migration that was stopped half-way on PostgreSQL is gone on with from where it was stopped.

What a migration does while others write, such as building an index concurrently, is done in
transactions of its own: what stands before is stored by then, and the database is at the revision
before. So each migration leaves a mark, stored with its first part. Where it is found the next
time, the first part is left out, and an index that was built halfway is built anew.

One such part a migration; what stands before it is written through `op`.
"""

from typing import Any

from alembic.ddl.postgresql import PostgresqlImpl
from sqlalchemy import Connection, Index

BEGUN = "COMMENT ON TABLE alembic_version IS 'begun'"
DONE = "COMMENT ON TABLE alembic_version IS NULL"
MARK = "SELECT obj_description(to_regclass('alembic_version'), 'pg_class') = 'begun'"
IS_VALID = """SELECT indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE relname = %(name)s AND pg_table_is_visible(pg_class.oid)"""


def is_half_way(connection: Connection) -> bool:
    """Say whether a migration was stopped after its first part was stored."""
    return bool(connection.exec_driver_sql(MARK).scalar())


class Resuming(PostgresqlImpl):
    """How migrations speak to PostgreSQL; alembic takes this class because it is read."""

    __dialect__ = "postgresql"
    _is_under_way = _leaves_out = False

    def done(self, **_of_step: Any) -> None:
        """Take the mark away, in the transaction that moves the database to the revision."""
        self._is_under_way = self._leaves_out = False
        self._connection().exec_driver_sql(DONE)

    def _exec(self, *given: Any, **named: Any) -> Any:
        if self.as_sql or self._is_due():
            return super()._exec(*given, **named)
        return None

    def _is_due(self) -> bool:
        if self._is_alone():
            self._is_under_way, self._leaves_out = True, False
        elif not self._is_under_way:
            self._is_under_way = True
            self._leaves_out = is_half_way(self._connection())
            self._connection().exec_driver_sql(BEGUN)
        return not self._leaves_out

    def _is_alone(self) -> bool:
        """Say whether each statement is a transaction of its own just now."""
        level = self._connection().get_execution_options().get("isolation_level")
        return level == "AUTOCOMMIT"

    def create_index(self, index: Index, **how: Any) -> None:
        if not self._is_concurrent(index):
            return super().create_index(index, **how)
        if self._connection().exec_driver_sql(IS_VALID, {"name": index.name}).scalar() is False:
            super().drop_index(index)
        return super().create_index(index, **{**how, "if_not_exists": True})

    def drop_index(self, index: Index, **how: Any) -> None:
        if self._is_concurrent(index):
            how["if_exists"] = True
        super().drop_index(index, **how)

    def _is_concurrent(self, index: Index) -> bool:
        return not self.as_sql and bool(index.kwargs.get("postgresql_concurrently"))

    def _connection(self) -> Connection:
        assert self.connection is not None
        return self.connection
