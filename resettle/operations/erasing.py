"""A household is erased: keys destroyed, names and texts emptied, and a mark left that it was.

What was sealed cannot be opened again, in backups either. What lies in the open and tells of
somebody is emptied; what tells of nobody (stages, days, sizes) stays, so that figures stay true.
The trail keeps its references, which lead to nothing now.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Enum,
    LargeBinary,
    String,
    Table,
    or_,
    select,
)

from resettle.core.classes import DataClass
from resettle.core.db import Base
from resettle.households.models import Household, HouseholdMember, Person
from resettle.names.models import NameKey, NumberKey
from resettle.operations.models import Erasure

TEXTS = (JSON, LargeBinary, String)
# Of a list, or of nobody any more.
CODES = frozenset({"code", "domain", "heating", "language", "primary_language", "token_hash"})
# What is read by name, where the others are lists.
NAMED = frozenset({"facts", "source_codes"})
LONG_AGO = date(1900, 1, 1)
INDEXES = frozenset({NameKey.__tablename__, NumberKey.__tablename__})
KEYS = "data_key"
TELLS_OF_NOBODY = frozenset({DataClass.OPS, DataClass.AUDIT})


def members_ever(connection: Connection, household_id: UUID) -> Sequence[UUID]:
    """Name all who ever belonged to a household, and to no other."""
    of = HouseholdMember.household_id
    mine = select(HouseholdMember.person_id).where(of == household_id)
    elsewhere = select(HouseholdMember.person_id).where(of != household_id)
    only = mine.where(HouseholdMember.person_id.not_in(elsewhere)).distinct()
    return connection.execute(only).scalars().all()


def erase(connection: Connection, household_id: UUID, at: datetime) -> int:
    """Erase a household and all who belonged to it alone. Gives how many persons they were.

    Done again, it changes nothing.
    """
    people = members_ever(connection, household_id)
    owners = [household_id, *people]
    for table in Base.metadata.sorted_tables:
        whose = _whose(table, household_id, people)
        if whose is None:
            continue
        if table.name in INDEXES:
            connection.execute(table.delete().where(whose))
        elif nothing := dict(emptied(table)):
            connection.execute(table.update().where(whose).values(nothing))
    destroy_keys(connection, owners)
    mark(connection, owners, at)
    return len(people)


def destroy_keys(connection: Connection, owners: Sequence[UUID]) -> None:
    """Let nothing open again that was sealed for them, in backups neither."""
    keys = Base.metadata.tables[KEYS]
    connection.execute(keys.delete().where(keys.c.owner_id.in_(owners)))


def mark(connection: Connection, owners: Sequence[UUID], at: datetime) -> None:
    """Keep that they are gone, without a name, so that no restore brings them back."""
    marks = Base.metadata.tables[Erasure.__tablename__]
    known = select(Erasure.owner_id).where(Erasure.owner_id.in_(owners))
    marked = {*connection.execute(known).scalars()}
    fresh = [{"owner_id": owner, "erased_at": at} for owner in owners if owner not in marked]
    if fresh:
        connection.execute(marks.insert(), fresh)


def _whose(table: Table, household_id: UUID, people: Sequence[UUID]) -> Any:
    """Say which rows of a table speak of this household or these people; None where none can."""
    asked = []
    if "household_id" in table.c:
        asked.append(table.c.household_id == household_id)
    if "kept_id" in table.c:
        asked.append(table.c.kept_id.in_(people))
    if "person_id" in table.c:
        asked.append(table.c.person_id.in_(people))
    if table.name == Household.__tablename__:
        asked.append(table.c.id == household_id)
    if table.name == Person.__tablename__:
        asked.append(table.c.id.in_(people))
    return or_(*asked) if asked else None


def emptied(table: Table) -> Iterator[tuple[Any, Any]]:
    """Say what comes into each column that tells of somebody."""
    for column in table.columns:
        if not _tells_of_somebody(column):
            continue
        if column.nullable:
            yield column, None
        elif isinstance(column.type, TEXTS) or column.info["class"] is DataClass.IDENT:
            yield column, {} if column.name in NAMED else _nothing(column.type)


def _tells_of_somebody(column: Column[Any]) -> bool:
    kind: DataClass = column.info["class"]
    if column.primary_key or kind in TELLS_OF_NOBODY or isinstance(column.type, Enum | Boolean):
        return False
    if column.name in CODES:
        return False
    return column.nullable or isinstance(column.type, TEXTS) or kind is not DataClass.PROFILE


def _nothing(kind: Any) -> Any:
    """Say what stands where a value must stand and none may."""
    match kind:
        case JSON():
            return []
        case Date():
            return LONG_AGO
        case LargeBinary():
            return b""
        case _:
            return ""


def again(connection: Connection) -> int:
    """Erase once more whoever was erased before, after a restore. Gives how many households."""
    gone = select(Household.id, Erasure.erased_at).join(Erasure, Erasure.owner_id == Household.id)
    rows = connection.execute(gone).all()
    for household_id, at in rows:
        erase(connection, household_id, at)
    return len(rows)
