"""Questions about the upkeep of a household's house."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.upkeep.models import DefectPhoto, HouseDefect, HouseRating, PowerBill

MOST = 200


def defects(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseDefect]:
    """Tell the defects of the houses of a household, what waits longest first."""
    home = uow.get(Household, household_id, to=Permission.DWELLING_READ)
    query = uow.select(HouseDefect).where(HouseDefect.household_id == home.id)
    order = (HouseDefect.mended_on.is_not(None), HouseDefect.due_on, HouseDefect.id)
    return uow.all(query.order_by(*order).limit(MOST))


def photos(uow: UnitOfWork, household_id: UUID) -> Mapping[UUID, Sequence[UUID]]:
    """Tell which photos there are of each defect of a household, the oldest first."""
    home = uow.get(Household, household_id, to=Permission.DWELLING_READ)
    photo = DefectPhoto
    query = uow.columns(photo, photo.id, photo.defect_id).where(photo.household_id == home.id)
    found: dict[UUID, list[UUID]] = {}
    for row in uow.rows(query.order_by(photo.added_at, photo.id).limit(MOST)):
        found.setdefault(row.defect_id, []).append(row.id)
    return found


def ratings(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseRating]:
    home = uow.get(Household, household_id, to=Permission.DWELLING_READ)
    query = uow.select(HouseRating).where(HouseRating.household_id == home.id)
    return uow.all(query.order_by(HouseRating.rated_on.desc(), HouseRating.id).limit(MOST))


def bills(uow: UnitOfWork, household_id: UUID) -> Sequence[PowerBill]:
    home = uow.get(Household, household_id, to=Permission.DWELLING_READ)
    query = uow.select(PowerBill).where(PowerBill.household_id == home.id)
    return uow.all(query.order_by(PowerBill.billed_on.desc(), PowerBill.id).limit(MOST))
