"""Tables and sessions."""

import math
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Numeric,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    UOWTransaction,
    declared_attr,
    mapped_column,
)

from resettle.core.classes import OPS, Held
from resettle.core.limits import Limits, hear_warnings

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """An instant: aware and UTC in Python on both databases; SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        Decimal: Numeric(12, 2),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda kind: [member.value for member in kind],
        ),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class Entity(Base):
    """A row with an identity of its own. `held` is its line in the data map."""

    __abstract__ = True

    held: ClassVar[Held]

    id: Mapped[UUID] = mapped_column(primary_key=True, info=OPS)

    def __init__(self, **values: Any) -> None:
        # Known before the flush, because sealed columns are bound to their row.
        values.setdefault("id", uuid4())
        super().__init__(**values)


class Record(Entity):
    """A row that people edit: it knows its version, and who made and last changed it."""

    __abstract__ = True

    created_at: Mapped[datetime] = mapped_column(info=OPS)
    created_by: Mapped[UUID | None] = mapped_column(info=OPS)
    updated_at: Mapped[datetime] = mapped_column(info=OPS)
    updated_by: Mapped[UUID | None] = mapped_column(info=OPS)
    version: Mapped[int] = mapped_column(info=OPS)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


INSERTS: Mapping[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
REST_SECONDS = 5.0


class UnscopedQuery(RuntimeError):
    """A statement reads a scoped table without a scope: a bug, never a user's mistake."""


class ReadOnlyWork(RuntimeError):
    """A unit of work that was opened to read has tried to write: a bug too."""


class WorkSession(Session):
    """A session that refuses to read a scoped table unscoped, or to write when told not to."""


@event.listens_for(WorkSession, "before_flush")
def stamp_and_refuse(session: WorkSession, _flush: UOWTransaction, _instances: object) -> None:
    context, new = session.info["audit"], [*session.new]
    changed = [*new, *(e for e in session.dirty if session.is_modified(e))]
    if session.info["read_only"] and (changed or session.deleted):
        raise ReadOnlyWork(context.action)
    for entity in new:
        if isinstance(entity, Record):
            entity.created_at, entity.created_by = context.at, context.actor.user_id
    for entity in changed:
        if isinstance(entity, Record):
            entity.updated_at, entity.updated_by = context.at, context.actor.user_id


SQLITE = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "secure_delete=ON",  # who was erased is not to be read in unused pages
)


def make_engine(url: str, limits: Limits | None = None) -> Engine:
    """Open the database: SQLite with no set-up and nothing lost, or PostgreSQL within limits.

    SQLite runs in WAL with synchronous=FULL, since NORMAL loses acknowledged commits at a power
    cut; its driver is told to leave BEGIN alone, so that savepoints nest and writers begin at once.
    """
    if not url.startswith("sqlite"):
        return _postgresql(url, limits)
    # Parameters are people's data: no error that is logged may hold them.
    engine = create_engine(url, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: str, limits: Limits | None) -> Engine:
    given: dict[str, Any] = {}
    if limits is not None:
        given = {
            "pool_size": limits.pool,
            "pool_timeout": limits.wait_seconds,
            "connect_args": limits.connecting(url),
        }
    engine = create_engine(url, hide_parameters=True, **given)
    hear_warnings(engine, (limits or Limits()).statement_seconds)
    _ping_after_rest(engine)
    event.listen(engine, "do_execute", _plan_anew)
    return engine


def _plan_anew(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
    """Have a statement planned for the values it is asked with, if its options say so.

    A prepared one has a single plan for all, which is slow for those who are not as most are.
    """
    if not (context and context.execution_options.get("planned_anew")):
        return False
    cursor.execute(statement, parameters, prepare=False)
    return True


def _ping_after_rest(engine: Engine) -> None:
    """Try a connection that has rested before it is used: the server may have been started anew.

    A request opens several units of work one after the other, and would ping before each.
    """

    def rests(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = time.monotonic()

    def ping(connection: Any, record: Any, _proxy: object) -> None:
        if time.monotonic() - record.info.get("rests_since", -math.inf) < REST_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(engine, "checkin", rests)
    event.listen(engine, "checkout", ping)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in SQLITE:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
