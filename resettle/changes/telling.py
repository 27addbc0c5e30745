"""What a change does, in words: one line for each thing that somebody will find different."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from resettle.accounts.models import UserAccount
from resettle.cases.models import Assignment
from resettle.changes.sentences import TELL
from resettle.changes.words import AREAS, OTHER, REMINDERS, Touched, Words
from resettle.core.db import Entity
from resettle.core.journal import Journal
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Person

# Tables of chapters above this one, which are told all together.
BY_TABLE = {
    "reminder": (REMINDERS, "Reminders of what is closed are set aside; of what goes along, kept.")
}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence about one file; about none in particular if no household is named."""

    household_id: UUID | None
    area: str
    text: str


def told(uow: UnitOfWork, journal: Journal) -> list[Line]:
    """Tell all that the journal holds, area by area."""
    touched = touched_by(journal)
    words = _words(uow, touched)
    found = dict.fromkeys(line for each in touched for line in _lines(words, each))
    return sorted(found, key=lambda line: (AREAS.index(line.area), line.text))


def touched_by(journal: Journal) -> list[Touched]:
    """Bring the steps of each row together: what it was first, and what it is last."""
    rows: dict[tuple[type, UUID], Touched] = {}
    for step in journal.steps:
        key = type(step.entity), step.entity.id
        known = rows.get(key)
        before = {**step.before, **(known.before if known else {})}
        made = known.made if known else step.made
        rows[key] = Touched(step.entity, made, before)
    return [*rows.values()]


def _words(uow: UnitOfWork, touched: Sequence[Touched]) -> Words:
    rows = [each.row for each in touched]
    persons = {getattr(row, "person_id", None) for row in rows}
    persons |= {row.id for row in rows if isinstance(row, Person)}
    homes = {row.household_id for row in rows if getattr(row, "household_id", None)}
    homes |= {row.id for row in rows if isinstance(row, Household)}
    users = {row.user_id for row in rows if isinstance(row, Assignment)}
    found = uow.all(uow.select(Person).where(Person.id.in_(persons - {None})))
    files = _named(uow, Household, Household.reference, homes)
    return Words(
        uow,
        {p.id: p.preferred_name or p.given_name or p.name for p in found},
        files,
        _named(uow, UserAccount, UserAccount.name, users),
    )


def _named(uow: UnitOfWork, model: Any, column: Any, ids: set[Any]) -> dict[UUID, str]:
    """Name files and colleagues that the change itself speaks of."""
    query: Select[Any] = select(model.id, column.label("called")).where(model.id.in_(ids))
    return {row.id: row.called for row in uow.rows(uow.touching(query, model))}


def _lines(words: Words, each: Touched) -> Iterator[Line]:
    tell = TELL.get(type(each.row))
    table = type(each.row).__tablename__
    if table in BY_TABLE:
        yield Line(_home(each.row), *BY_TABLE[table])
        return
    if tell is None:
        # A table that nobody has given sentences yet is told all the same.
        name = table.replace("_", " ")
        verb = "is added" if each.made else "changes"
        yield Line(_home(each.row), OTHER, f"One more record {verb}: {name}.")
        return
    for area, text in tell(words, each):
        yield Line(_home(each.row), area, text)


def _home(row: Entity) -> UUID | None:
    return row.id if isinstance(row, Household) else getattr(row, "household_id", None)
