"""Questions about the statuses of people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person
from resettle.statuses.models import PersonStatus
from resettle.statuses.rules import Spell

MOST = 500


def statuses(uow: UnitOfWork, person_id: UUID) -> Sequence[PersonStatus]:
    """Tell all that was ever recorded of a person, the latest first, and what was corrected."""
    person = uow.get(Person, person_id, to=Permission.STATUS_READ)
    return of_people(uow, [person.id])


def of_people(uow: UnitOfWork, person_ids: Collection[UUID]) -> Sequence[PersonStatus]:
    """Tell the statuses of some people, the latest first."""
    row = PersonStatus
    query = uow.select(row).where(row.person_id.in_(person_ids))
    return uow.all(query.order_by(row.from_on.desc(), row.created_at.desc(), row.id).limit(MOST))


def standing(uow: UnitOfWork, person_id: UUID, kind: str) -> Sequence[PersonStatus]:
    """Tell what stands of one kind, in the order in which it began."""
    row = PersonStatus
    query = uow.select(row).where(
        row.person_id == person_id, row.kind == kind, row.corrected_at.is_(None)
    )
    return uow.all(query.order_by(row.from_on, row.id))


def by_kind(rows: Iterable[PersonStatus]) -> Mapping[tuple[UUID, str], Sequence[PersonStatus]]:
    """Put what stands with its person and kind, in the order in which it began."""
    found: dict[tuple[UUID, str], list[PersonStatus]] = {}
    for row in sorted(rows, key=lambda row: (row.from_on, str(row.id))):
        if row.corrected_at is None:
            found.setdefault((row.person_id, row.kind), []).append(row)
    return found


def spells(rows: Sequence[PersonStatus]) -> list[Spell]:
    return [Spell(row.code or "", row.from_on, row.known_on) for row in rows]


def spells_of_kind(uow: UnitOfWork, kind: str) -> Mapping[UUID, Sequence[Spell]]:
    """Read one kind of everybody: for figures, which the system makes."""
    row = PersonStatus
    query = uow.select(row).where(row.kind == kind, row.corrected_at.is_(None))
    rows = uow.all(query.order_by(row.from_on, row.id))
    uow.unlock({each.person_id for each in rows})
    found: dict[UUID, list[Spell]] = {}
    for each in rows:
        found.setdefault(each.person_id, []).append(*spells([each]))
    return found
