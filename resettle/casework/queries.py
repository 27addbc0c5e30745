"""Questions about contacts, and about what of them is shared with whom."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from resettle.casework.models import ContactNote, SharedNote, Visibility
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.queries import supporting_group
from resettle.sponsors.models import SponsorGroup, SponsorMember
from resettle.sponsors.queries import trusted_on

NOTE_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "occurred": (ContactNote.occurred_at.expression,)
}
SHARED_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "-shared": (SharedNote.shared_at.expression,)
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
    query = _of(uow, household.id, readable(uow, household))
    return query if wanted.amended else query.where(_not_amended(household.id))


def newest(uow: UnitOfWork, household_id: UUID, most: int) -> Sequence[ContactNote]:
    """Give the notes as they stand now that the reader may read, the last one first."""
    household = uow.get(Household, household_id, to=Permission.NOTE_READ)
    return uow.ask_all(_newest, household.id, readable(uow, household), most)


def _newest(
    uow: UnitOfWork, household_id: UUID, readable: Collection[Visibility], most: int
) -> Select[Any]:
    query = _of(uow, household_id, readable).where(_not_amended(household_id))
    return query.order_by(ContactNote.occurred_at.desc(), ContactNote.id.desc()).limit(most)


def _of(
    uow: UnitOfWork, household_id: UUID, readable: Collection[Visibility]
) -> Select[ContactNote]:
    return uow.select(ContactNote).where(
        ContactNote.household_id == household_id, ContactNote.visibility.in_(readable)
    )


def _not_amended(household_id: UUID) -> ColumnElement[bool]:
    amended = select(ContactNote.amends_id).where(
        ContactNote.household_id == household_id, ContactNote.amends_id.is_not(None)
    )
    return ContactNote.id.not_in(amended)


def readable(uow: UnitOfWork, household: Household) -> tuple[Visibility, ...]:
    """Name the kinds of notes that the reader may read of this household."""
    return tuple(v for v in Visibility if v not in NEEDS or uow.allows(NEEDS[v], household))


def one(uow: UnitOfWork, note_id: UUID, to: Permission = Permission.NOTE_READ) -> ContactNote:
    """Fetch a note that the reader may read. Raises NotFound, also for one of a closer circle."""
    note = uow.get(ContactNote, note_id, to=to)
    household = uow.get(Household, note.household_id, to=Permission.NOTE_READ)
    if note.visibility not in readable(uow, household):
        raise NotFound("There is no such record, or it is not yours to see.")
    return note


def versions(uow: UnitOfWork, note: ContactNote) -> Sequence[ContactNote]:
    """Give all versions of a note, the first one first."""
    asked = uow.columns(ContactNote, ContactNote.id, ContactNote.amends_id).where(
        ContactNote.household_id == note.household_id, ContactNote.amends_id.is_not(None)
    )
    before = {row.id: row.amends_id for row in uow.rows(asked)}
    after = {amended: id_ for id_, amended in before.items()}
    earlier = [*_following(note.id, before)]
    chain = [*reversed(earlier), note.id, *_following(note.id, after)]
    found = uow.all(uow.select(ContactNote).where(ContactNote.id.in_(chain)))
    return sorted(found, key=lambda each: chain.index(each.id))


def _following(id_: UUID, ways: Mapping[UUID, UUID]) -> Iterator[UUID]:
    while id_ in ways:
        id_ = ways[id_]
        yield id_


def shared_now(uow: UnitOfWork, note: ContactNote) -> SharedNote | None:
    """Give what is shared at this moment of a note, in whichever of its versions."""
    chain = [each.id for each in versions(uow, note)]
    return uow.first(
        uow.select(SharedNote).where(
            SharedNote.note_id.in_(chain), SharedNote.unshared_at.is_(None)
        )
    )


def shared_notes(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List what is shared of a household; readers other than staff see only what still is."""
    household = uow.get(Household, household_id, to=Permission.SHARED_NOTE_READ)
    return uow.select(SharedNote).where(SharedNote.household_id == household.id)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who would read what is shared now: the people of the group, by name."""

    group_id: UUID
    group: str
    members: Sequence[tuple[UUID, str]]

    @property
    def mark(self) -> str:
        """A mark of exactly these people, to tell whether they are still the same."""
        ids = sorted(str(member_id) for member_id, _ in self.members)
        return hashlib.sha256("|".join([str(self.group_id), *ids]).encode()).hexdigest()


def readers(uow: UnitOfWork, household_id: UUID) -> Readers | None:
    """Name those of the group that supports the household who are confirmed and trusted today."""
    group_id = supporting_group(uow, household_id)
    if group_id is None:
        return None
    group = uow.find(SponsorGroup, group_id)
    member = SponsorMember
    query = uow.columns(member, member.id, member.name).where(
        member.group_id == group_id, trusted_on(uow.today)
    )
    found = uow.rows(query.order_by(member.name, member.id))
    title = "" if group is None else group.legal_name
    return Readers(group_id, title, [(row.id, row.name) for row in found])
