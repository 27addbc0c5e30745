"""Questions about contacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from resettle.casework.models import ContactNote, Visibility
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household

NOTE_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "occurred": (ContactNote.occurred_at.expression,)
}
NEEDS: Mapping[Visibility, Permission] = {
    Visibility.SAFEGUARDING: Permission.PROTECTION_READ,
    Visibility.HEALTH: Permission.HEALTH_READ,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFilters:
    amended: bool = False


def notes(uow: UnitOfWork, household_id: UUID, wanted: NoteFilters) -> Select[Any]:
    """List the notes on a household that the reader may read; amended ones only if asked for."""
    household = uow.get(Household, household_id, to=Permission.NOTE_READ)
    query = uow.select(ContactNote).where(
        ContactNote.household_id == household.id,
        ContactNote.visibility.in_(readable(uow, household)),
    )
    if wanted.amended:
        return query
    amended = select(ContactNote.amends_id).where(
        ContactNote.household_id == household.id, ContactNote.amends_id.is_not(None)
    )
    return query.where(ContactNote.id.not_in(amended))


def readable(uow: UnitOfWork, household: Household) -> list[Visibility]:
    """Name the kinds of notes that the reader may read of this household."""
    return [each for each in Visibility if each not in NEEDS or uow.allows(NEEDS[each], household)]
