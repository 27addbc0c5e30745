"""Questions about figures that were released. Every answer is a figure as it may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases.models import Release

SORTS: Mapping[str, Sequence[Any]] = {"asked_at": (Release.asked_at,), "as_at": (Release.as_at,)}
MOST = 50


@dataclass(frozen=True, slots=True)
class ReleaseFilters:
    kind: str | None = None
    code: str | None = None
    audience: str | None = None


def released(uow: UnitOfWork, wanted: ReleaseFilters) -> Select[Release]:
    """List the figures that the reader may know of."""
    uow.require(Permission.RELEASE_READ)
    query = uow.select(Release)
    for name in ("kind", "code", "audience"):
        if asked := getattr(wanted, name):
            query = query.where(getattr(Release, name) == asked)
    return query


def one(uow: UnitOfWork, release_id: UUID) -> Release:
    """Give figures by their id."""
    return uow.get(Release, release_id, to=Permission.RELEASE_READ)


def newest(uow: UnitOfWork, **wanted: str) -> Release | None:
    """Give the newest figures of a kind, a code, an audience, as far as the reader knows of any."""
    query = released(uow, ReleaseFilters(wanted.get("kind"), wanted.get("code")))
    if "by" in wanted:
        query = query.where(Release.by == wanted["by"])
    if "audience" in wanted:
        query = query.where(Release.audience == wanted["audience"])
    return uow.first(query.order_by(Release.as_at.desc(), Release.asked_at.desc(), Release.id))
