"""Questions about views: the reader's own, in the reader's order."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.views.models import SavedView
from resettle.views.rules import MOST


def mine(uow: UnitOfWork) -> Sequence[SavedView]:
    """List the reader's views, with the key at hand that opens their names."""
    uow.require(Permission.VIEW_OWN)
    assert uow.actor.user_id is not None
    uow.unlock([uow.actor.user_id])
    return uow.all(kept(uow).order_by(SavedView.place, SavedView.id).limit(MOST))


def kept(uow: UnitOfWork) -> Select[Any]:
    """Ask for the reader's views that are not removed."""
    return uow.select(SavedView).where(SavedView.removed_at.is_(None))


def stages(uow: UnitOfWork) -> Mapping[str, str]:
    """Name every stage of every programme, by its code."""
    catalogue = uow.use(Catalogue)
    versions = [each for code in catalogue.codes for each in catalogue.versions(code)]
    return {stage.code: stage.title for version in versions for stage in version.stages}


def is_place(uow: UnitOfWork, location: str) -> bool:
    """Say whether this is a settlement location, or where a household of the reader's lives."""
    if location in uow.use(Catalogue).locations:
        return True
    return bool(uow.count(Household, Household.location == location))
