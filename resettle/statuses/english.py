"""English is kept in two places: here by its days, and with the person as it is now."""

from collections.abc import Mapping
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.statuses.definition import Kind
from resettle.statuses.models import PersonStatus
from resettle.statuses.queries import spells_of_kind, standing

ENGLISH = "english"


def undated(person: Person, kind: Kind) -> int | None:
    """Give the level that the person's record has from before, of which no day is known."""
    is_so = kind.name == ENGLISH and person.english_assessed_on is None
    return person.english_level if is_so else None


def keep_first(uow: UnitOfWork, person: Person, kind: Kind) -> None:
    """Keep the level that the person's record has from before, with the day of its test."""
    level, tested_on = person.english_level, person.english_assessed_on
    if kind.name != ENGLISH or level is None or tested_on is None:
        return
    if tested_on > uow.today or standing(uow, person.id, ENGLISH):
        return
    uow.add(
        PersonStatus(
            person_id=person.id,
            kind=ENGLISH,
            code=str(level),
            from_on=tested_on,
            known_on=tested_on,
            source=person.source,
        )
    )


def follow(uow: UnitOfWork, person: Person, kind: Kind) -> None:
    """Let the person's record say the last level that stands here, or what it said before any."""
    if kind.name != ENGLISH:
        return
    last = next(reversed(standing(uow, person.id, ENGLISH)), None)
    person.english_level = _before(uow, person) if last is None else int(last.code)
    person.english_assessed_on = None if last is None else last.from_on


def _before(uow: UnitOfWork, person: Person) -> int | None:
    row = PersonStatus
    told = row.undated_before.is_not(None)
    query = uow.select(row).where(row.person_id == person.id, row.kind == ENGLISH, told)
    last = uow.first(query.order_by(row.created_at.desc(), row.id))
    return None if last is None else last.undated_before


def first_levels(uow: UnitOfWork) -> Mapping[UUID, int]:
    """Read the first level of everybody who was ever tested: for figures."""
    found = spells_of_kind(uow, ENGLISH)
    return {id_: int(rows[0].code) for id_, rows in found.items() if rows[0].code.isdigit()}
