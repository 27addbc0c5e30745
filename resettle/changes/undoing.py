"""Playing the journal of a change backwards, unless something newer depends on what it did."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.sql.schema import Column

from resettle.changes.models import HouseholdChange
from resettle.consents import following
from resettle.consents.models import ConsentEntry
from resettle.core import journal
from resettle.core.db import Base, Entity
from resettle.core.errors import Conflict
from resettle.core.work import UnitOfWork

Row = Mapping[str, Any]


def take_back(uow: UnitOfWork, rows: Sequence[Row]) -> None:
    """Put every row back to what it was, in the opposite order, so that each step holds."""
    models = journal.models()
    there = [(row, _find(uow, models[row["table"]], row)) for row in rows]
    if obstacles := sorted({*_obstacles(uow, there)}):
        raise Conflict("This cannot be undone any more. " + " ".join(obstacles))
    for row, entity in reversed(there):
        assert entity is not None
        _put_back(uow, entity, row)
        uow.session.flush()


def _find(uow: UnitOfWork, model: type[Entity], row: Row) -> Entity | None:
    query: Select[Any] = select(model).where(model.id == UUID(row["id"]))
    found: Entity | None = uow.session.scalar(uow.touching(query, model))
    return found


def _obstacles(uow: UnitOfWork, there: Sequence[tuple[Row, Entity | None]]) -> Iterator[str]:
    """Name what was changed since, and what was added since that hangs on what would go."""
    known = {row["id"] for row, _ in there}
    for row, entity in there:
        if entity is None or journal.standing(entity, row["after"]) != row["after"]:
            yield f"Since then, {_called(row['table'])} was changed."
        elif row["made"]:
            yield from _hanging_on(uow, entity, known)


def _hanging_on(uow: UnitOfWork, entity: Entity, known: set[str]) -> Iterator[str]:
    models = journal.models()
    for column in referring(entity.__tablename__):
        model = models[column.table.name]
        if model is HouseholdChange:
            continue
        query: Select[Any] = select(model.id).where(column == entity.id)
        found = uow.session.scalars(uow.touching(query, model)).all()
        if any(str(id_) not in known for id_ in found):
            yield f"Since then, {_called(column.table.name)} was added."


def referring(table: str) -> list[Column[Any]]:
    """Name every column that points to the rows of a table."""
    columns = [c for each in Base.metadata.tables.values() for c in each.columns]
    return [c for c in columns if any(key.column.table.name == table for key in c.foreign_keys)]


def _called(table: str) -> str:
    return f"a record of the kind “{table.replace('_', ' ')}”"


def _put_back(uow: UnitOfWork, entity: Entity, row: Row) -> None:
    if isinstance(entity, ConsentEntry):
        _restore_consent(uow, entity)
    elif row["made"]:
        for part in _parts(uow, entity):
            uow.session.delete(part)
        uow.session.delete(entity)
    else:
        known = journal.columns(type(entity))
        for name, written in row["before"].items():
            setattr(entity, name, journal.value_of(known[name], written))


def _parts(uow: UnitOfWork, entity: Entity) -> Sequence[HouseholdChange]:
    """Find what the change says in a file that goes with it."""
    query = uow.select(HouseholdChange).where(HouseholdChange.household_id == entity.id)
    return uow.all(query)


def _restore_consent(uow: UnitOfWork, entry: ConsentEntry) -> None:
    """Let the word before count again. The ledger keeps both: for a while it was otherwise."""
    query = uow.select(ConsentEntry).where(
        ConsentEntry.person_id == entry.person_id,
        ConsentEntry.purpose == entry.purpose,
        ConsentEntry.item == entry.item,
        ConsentEntry.recipient_type == entry.recipient_type,
        ConsentEntry.recipient_id.is_not_distinct_from(entry.recipient_id),
        ConsentEntry.recipient_name.is_not_distinct_from(entry.recipient_name),
        ConsentEntry.seq < entry.seq,
    )
    before = uow.first(query.order_by(ConsentEntry.seq.desc()))
    assert before is not None, "what ended or went along had been given"
    # Kept with the person again: the file with which it went along may be gone after this.
    entry.household_id = before.household_id
    following.give_again(uow, before)
