"""Tables and sessions, and the tripwire that keeps every reading in scope."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BindParameter,
    ClauseElement,
    ColumnClause,
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
    ORMExecuteState,
    Session,
    UOWTransaction,
    declared_attr,
    mapped_column,
)

from resettle.core.classes import OPS, Held
from resettle.core.limits import Limits, hear_warnings
from resettle.core.readers import MARK, filled

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


@dataclass(frozen=True, slots=True)
class Met:
    """What a statement mentions: mapped classes, and parameters that the reader fills in."""

    models: frozenset[type]
    parameters: frozenset[str]


def models_in(clause: ClauseElement) -> frozenset[type]:
    """Name every mapped class whose table the clause mentions, at any depth."""
    return _met(clause).models


def _met(clause: ClauseElement) -> Met:
    by_table = _models_by_table(len(Base.metadata.tables))
    models: set[type] = set()
    parameters: set[str] = set()
    seen: dict[int, Any] = {}  # kept alive, so that no other part takes the place of one
    left: list[Any] = [clause]
    while left:
        part = left.pop()
        if id(part) in seen or isinstance(part, ColumnClause):
            continue  # a select names the table of each of its columns by itself
        seen[id(part)] = part
        if isinstance(part, BindParameter):
            parameters.add(part.key)
        elif part in by_table:
            models.add(by_table[part])
        else:
            left += part.get_children()
    return Met(frozenset(models), frozenset(p for p in parameters if p.startswith(MARK)))


@cache
def _models_by_table(_tables: int) -> dict[Any, type]:
    """Map each table to its model; asked for at every statement, so kept while none is added."""
    return {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}


# What statements of one form mention, by the key under which their SQL is kept too.
_KNOWN: dict[Any, Met] = {}
MOST_KNOWN = 4000


def _met_in(state: ORMExecuteState) -> Met:
    assert isinstance(state.statement, ClauseElement)
    made = state.statement._generate_cache_key()  # noqa: SLF001  # no other tells forms apart
    known = None if made is None else _KNOWN.get(made.key)
    if known is None:
        known = _met(state.statement)
        mapped = frozenset(mapper.class_ for mapper in state.all_mappers)
        known = replace(known, models=known.models | mapped)
        _keep(made, known)
    return known


def _keep(made: Any, known: Met) -> None:
    if made is None:
        return
    if len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[made.key] = known


@event.listens_for(WorkSession, "do_orm_execute")
def refuse_unscoped(state: ORMExecuteState) -> None:
    """Refuse what reads outside a scope, and fill in what the clauses of scopes leave open."""
    # Relationships are followed only from rows that were themselves read in scope.
    if state.is_column_load or state.is_relationship_load:
        return
    met = _met_in(state)
    guarded: frozenset[type] = state.session.info["guarded"]
    covered: frozenset[type] = state.execution_options.get("covered", frozenset())
    if missed := (met.models & guarded) - covered:
        names = ", ".join(sorted(model.__name__ for model in missed))
        raise UnscopedQuery(f"read {names} through uow.select() or uow.get()")
    if met.parameters:
        given = filled(state.session.info["unit"], met.parameters)
        own: Any = state.parameters or {}
        state.parameters = {**given, **own}


@event.listens_for(WorkSession, "before_flush")
def stamp_and_refuse(session: WorkSession, _flush: UOWTransaction, _instances: object) -> None:
    changed = [*session.new, *(e for e in session.dirty if session.is_modified(e))]
    if session.info["read_only"] and (changed or session.deleted):
        raise ReadOnlyWork(session.info["audit"].action)
    for entity in changed:
        if isinstance(entity, Record):
            _stamp(session, entity)


def _stamp(session: WorkSession, record: Record) -> None:
    context = session.info["audit"]
    if record in session.new:
        record.created_at, record.created_by = context.at, context.actor.user_id
    record.updated_at, record.updated_by = context.at, context.actor.user_id


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
    return engine


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
