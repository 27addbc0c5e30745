"""Questions about the upkeep of a household's house."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.check_lines import CheckLine, check_lines
from resettle.placements.models import Dwelling
from resettle.placements.queries import dwelling_for
from resettle.sponsors.models import SponsorMember
from resettle.upkeep.models import DefectPhoto, HouseDefect, HousePhoto, HouseRating, PowerBill

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


# What a sponsor group does to make the house ready


def house_for(uow: UnitOfWork, household_id: UUID) -> Dwelling | None:
    """Find the house that a household lives in, or that is made ready for it."""
    home = uow.get(Household, household_id, to=Permission.HOUSE_READ)
    return dwelling_for(uow, home.id)


def checklist(uow: UnitOfWork, household_id: UUID) -> Sequence[CheckLine]:
    """Tell the house-ready checklist, item by item; nothing while no house is on file."""
    home = uow.get(Household, household_id, to=Permission.HOUSE_READ)
    dwelling = dwelling_for(uow, home.id)
    return [] if dwelling is None else check_lines(uow, dwelling, home)


def waiting(uow: UnitOfWork, household_id: UUID) -> Sequence[CheckLine]:
    """Tell what the group found and nobody has confirmed yet."""
    return [line for line in checklist(uow, household_id) if line.waits]


def our_defects(uow: UnitOfWork, household_id: UUID) -> Sequence[HouseDefect]:
    """Tell the defects that sponsor groups reported, what waits longest first."""
    home = uow.get(Household, household_id, to=Permission.HOUSE_READ)
    query = uow.select(HouseDefect).where(
        HouseDefect.household_id == home.id, HouseDefect.group_id.is_not(None)
    )
    order = (HouseDefect.mended_on.is_not(None), HouseDefect.due_on, HouseDefect.id)
    return uow.all(query.order_by(*order).limit(MOST))


def house_photos(uow: UnitOfWork, household_id: UUID) -> Mapping[str | UUID, Sequence[UUID]]:
    """Tell which photos of a house there are, by item of the checklist or by defect."""
    home = uow.get(Household, household_id, to=Permission.HOUSE_READ)
    photo = HousePhoto
    columns = (photo.id, photo.item_code, photo.defect_id)
    query = uow.columns(photo, *columns).where(photo.household_id == home.id)
    found: dict[str | UUID, list[UUID]] = {}
    for row in uow.rows(query.order_by(photo.added_at, photo.id).limit(MOST)):
        found.setdefault(row.defect_id or row.item_code, []).append(row.id)
    return found


def lookers(uow: UnitOfWork, lines: Sequence[CheckLine]) -> Sequence[SponsorMember]:
    """Fetch the members of groups who have looked, for their names."""
    users = {line.checked_by for line in lines if line.group_id is not None}
    groups = {line.group_id for line in lines if line.group_id is not None}
    query = uow.select(SponsorMember).where(
        SponsorMember.user_id.in_(users), SponsorMember.group_id.in_(groups)
    )
    return uow.all(query.order_by(SponsorMember.id))
