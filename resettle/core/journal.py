"""What a unit of work does to its rows, in order, written down so that it can be taken back.

The values are those that the database holds: what is sealed stays sealed in the journal too.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Enum, LargeBinary, event, inspect
from sqlalchemy.orm import UOWTransaction

from resettle.core.audit import BOOKKEEPING
from resettle.core.db import Base, Entity, WorkSession
from resettle.core.jobs import Job

PLAIN_TYPES: Mapping[type, Callable[[Any], Any]] = {
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    bytes: base64.b64decode,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One row made or changed; `before` holds what stood in the columns that were changed."""

    entity: Entity
    made: bool
    before: Mapping[str, Any]


@dataclass(slots=True)
class Journal:
    """The steps of one act, each row in the order in which it was written."""

    steps: list[Step] = field(default_factory=list)

    def note(self, session: WorkSession, _flush: UOWTransaction) -> None:
        assert not session.deleted, "an act that can be taken back deletes nothing"
        for entity in session.new:
            if isinstance(entity, Entity) and not isinstance(entity, Job):
                self.steps.append(Step(entity, made=True, before={}))
        for entity in session.dirty:
            if isinstance(entity, Entity) and (before := _before(entity)):
                self.steps.append(Step(entity, made=False, before=before))

    def rows(self) -> list[dict[str, Any]]:
        """Write the journal down; `after` is how each row stands at the end of it."""
        return [
            {
                "table": step.entity.__tablename__,
                "id": str(step.entity.id),
                "made": step.made,
                "before": {name: plain(value) for name, value in step.before.items()},
                "after": standing(step.entity, None if step.made else step.before),
            }
            for step in self.steps
        ]


@contextmanager
def keeping(session: WorkSession) -> Iterator[Journal]:
    """Write down what is done to the rows of a session meanwhile."""
    journal = Journal()
    session.flush()
    event.listen(session, "after_flush", journal.note)
    try:
        yield journal
        session.flush()
    finally:
        event.remove(session, "after_flush", journal.note)


def _before(entity: Entity) -> dict[str, Any]:
    found = {}
    for name in columns(type(entity)):
        history = inspect(entity).attrs[name].history
        if history.has_changes():
            # What nobody had set yet, on a row that is new, was nothing.
            found[name] = history.deleted[0] if history.deleted else None
    return found


def columns(model: type[Entity]) -> Mapping[str, Any]:
    """Give the columns of a model that hold something, by the name of their attribute."""
    found = {a.key: a.columns[0] for a in inspect(model).column_attrs}
    return {name: column for name, column in found.items() if column.name not in BOOKKEEPING}


def standing(entity: Entity, names: Any = None) -> dict[str, Any]:
    """Tell how a row stands, or some columns of it, as it would be written down."""
    wanted = columns(type(entity)) if names is None else names
    return {name: plain(getattr(entity, name)) for name in wanted}


def plain(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value


def value_of(column: Any, written: Any) -> Any:
    """Read a value back as the column takes it."""
    if written is None:
        return None
    if isinstance(column.type, Enum) and column.type.enum_class is not None:
        return column.type.enum_class(written)
    kind = bytes if isinstance(column.type, LargeBinary) else column.type.python_type
    return PLAIN_TYPES.get(kind, _as_it_is)(written)


def _as_it_is(value: Any) -> Any:
    return value


def models() -> Mapping[str, type[Entity]]:
    """Give every model whose rows may stand in a journal, by its table."""
    kinds = (mapper.class_ for mapper in Base.registry.mappers)
    return {kind.__tablename__: kind for kind in kinds if issubclass(kind, Entity)}
