"""The photos of two records of one person: which of them stays where the person is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.people.models import Photo
from resettle.people.queries import photo_of

PHOTO = "photo"
FACTS = ("content", "media_type", "width", "height", "taken_on", "source")


def both(uow: UnitOfWork, one_id: UUID, other_id: UUID) -> tuple[Photo, Photo] | None:
    """Give the photos of two records, if each has one."""
    uow.require(Permission.DUPLICATE_READ)
    one, other = photo_of(uow, one_id), photo_of(uow, other_id)
    return None if one is None or other is None else (one, other)


def exchange(uow: UnitOfWork, kept_id: UUID, gone_id: UUID) -> int | None:
    """Let each record have the other’s photo; the answer tells the version that the kept one has.

    Where only one of them has a photo there is nothing to choose: it follows the person.
    """
    pair = both(uow, kept_id, gone_id)
    if pair is None:
        return None
    kept, gone = pair
    of_kept, of_gone = _facts(kept), _facts(gone)
    _set(kept, of_gone)
    _set(gone, of_kept)
    uow.session.flush()
    return kept.version


def give_back(uow: UnitOfWork, kept_id: UUID, gone_id: UUID, version: int | None) -> None:
    """Let each have its own again, unless somebody has replaced the photo since."""
    pair = both(uow, kept_id, gone_id)
    if pair is not None and pair[0].version == version:
        exchange(uow, kept_id, gone_id)


def _facts(photo: Photo) -> Mapping[str, Any]:
    return {name: getattr(photo, name) for name in FACTS}


def _set(photo: Photo, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(photo, name, value)
