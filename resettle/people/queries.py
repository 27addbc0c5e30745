"""Questions about one person."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select

from resettle.core.classes import DataClass
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Person, PersonLanguage
from resettle.people.models import Photo, Relative, SpecificNeed
from resettle.people.rules import NeedKind

PHOTO_ITEM = "photo"
NO_PHOTO = "There is no such record, or it is not yours to see."


def languages(uow: UnitOfWork, person_id: UUID) -> Sequence[PersonLanguage]:
    person = uow.get(Person, person_id, to=Permission.PERSON_READ)
    query = uow.select(PersonLanguage).where(PersonLanguage.person_id == person.id)
    return uow.all(query.order_by(PersonLanguage.language))


def needs(uow: UnitOfWork, person_id: UUID) -> Sequence[SpecificNeed]:
    person = uow.get(Person, person_id, to=Permission.NEED_READ)
    return uow.all(_needs(uow, person.id))


def needs_of_kind(
    uow: UnitOfWork, person_id: UUID, kind: NeedKind, to: Permission
) -> Sequence[SpecificNeed]:
    person = uow.get(Person, person_id, to=to)
    return uow.all(_needs(uow, person.id).where(SpecificNeed.kind == kind))


def _needs(uow: UnitOfWork, person_id: UUID) -> Select[SpecificNeed]:
    query = uow.select(SpecificNeed).where(SpecificNeed.person_id == person_id)
    return query.order_by(SpecificNeed.created_at, SpecificNeed.id)


def relatives(uow: UnitOfWork, person_id: UUID) -> Sequence[Relative]:
    person = uow.get(Person, person_id, to=Permission.RELATIVE_READ)
    query = uow.select(Relative).where(Relative.person_id == person.id)
    return uow.all(query.order_by(Relative.created_at, Relative.id))


def photo(uow: UnitOfWork, person_id: UUID) -> Photo:
    """Fetch the photo of a person, for readers who may see it.

    To others it is NotFound, as if there were none.
    """
    person = uow.get(Person, person_id, to=Permission.PERSON_READ)
    found = photo_of(uow, person.id)
    if found is None:
        raise NotFound(NO_PHOTO)
    (audience,) = uow.audiences(Photo, [found])
    if not audience.sees(DataClass.IDENT, PHOTO_ITEM):
        raise NotFound(NO_PHOTO)
    uow.shown(audience, [(PHOTO_ITEM, DataClass.IDENT)])
    return found


def pictured(uow: UnitOfWork, person_ids: Collection[UUID]) -> frozenset[UUID]:
    """Tell of whom the reader may see a photo; of others it is as if there were none."""
    query = uow.columns(Photo, Photo.id, Photo.person_id).where(Photo.person_id.in_(person_ids))
    rows = uow.rows(query.order_by(Photo.id))
    audiences = uow.audiences(Photo, rows)
    return frozenset(
        row.person_id
        for row, audience in zip(rows, audiences, strict=True)
        if audience.sees(DataClass.IDENT, PHOTO_ITEM)
    )


def photos_of(uow: UnitOfWork, person_ids: Collection[UUID]) -> Mapping[UUID, Photo]:
    query = uow.select(Photo).where(Photo.person_id.in_(person_ids))
    return {photo.person_id: photo for photo in uow.all(query)}


def photo_of(uow: UnitOfWork, person_id: UUID) -> Photo | None:
    return uow.first(uow.select(Photo).where(Photo.person_id == person_id))
