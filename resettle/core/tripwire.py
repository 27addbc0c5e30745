"""The tripwire that keeps every reading in scope, and fills in what scopes leave open."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ClauseElement, ColumnClause, event
from sqlalchemy.orm import ORMExecuteState

from resettle.core.db import Base, UnscopedQuery, WorkSession
from resettle.core.readers import MARK, filled


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
