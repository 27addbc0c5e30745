"""What a sponsor group does to make a house ready: it looks, takes photos, reports defects.

What it found counts once a caseworker of the household has confirmed it.
"""

from uuid import UUID

from resettle.core.actor import SPONSORS, Role
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.people import pictures
from resettle.placements import houses
from resettle.placements.models import Dwelling
from resettle.placements.queries import checks_of, house_ready_items, supporting_group
from resettle.upkeep import queries, rules
from resettle.upkeep.acts import ConfirmChecks, Follow, ReportOurs, Step, TickHouse
from resettle.upkeep.models import HouseDefect, HousePhoto

NO_GROUP = "Your group does not support this household at the moment."
NO_HOUSE = "No house is on file for this household yet. Its caseworker puts it there."
CHANGED = "Somebody of the group has changed this since. Look at it again."
NOTHING = "Choose at least one thing to confirm."


def tick(uow: UnitOfWork, household_id: UUID, command: TickHouse) -> Dwelling:
    """Put down what somebody of the group found of items of the house-ready checklist."""
    household, dwelling, group_id = _prepared(uow, household_id)
    houses.put_checks(uow, dwelling, household, command.items, group_id)
    return dwelling


def _prepared(uow: UnitOfWork, household_id: UUID) -> tuple[Household, Dwelling, UUID]:
    household = uow.get(Household, household_id, to=Permission.HOUSE_PREPARE)
    group_id = supporting_group(uow, household.id)
    if group_id is None:
        raise Conflict(NO_GROUP)
    return household, _house_of(uow, household), group_id


def _house_of(uow: UnitOfWork, household: Household) -> Dwelling:
    dwelling = queries.house_for(uow, household.id)
    if dwelling is None:
        raise Conflict(NO_HOUSE)
    return dwelling


def confirm(uow: UnitOfWork, household_id: UUID, command: ConfirmChecks) -> Dwelling:
    """Confirm what the group found, item by item as the caseworker has seen it."""
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    dwelling = _house_of(uow, household)
    if not command.items:
        raise Invalid({"items": [NOTHING]})
    checks = {check.item_code: check for check in checks_of(uow, dwelling.id, household.id)}
    for item in command.items:
        check = checks.get(item.item_code)
        if check is None or not check.waits or check.version != item.version:
            raise Conflict(CHANGED)
        check.confirmed_by, check.confirmed_at = uow.actor.user_id, uow.now
    uow.session.flush()
    return dwelling


def add_photo(uow: UnitOfWork, household_id: UUID, item_code: str, content: bytes) -> HousePhoto:
    """Put a photo beside an item of the checklist, drawn anew: where it was taken is not kept."""
    household, dwelling, group_id = _prepared(uow, household_id)
    if item_code not in {item.code for item in house_ready_items(uow, household)}:
        raise Invalid({"item_code": ["This is not on the checklist."]})
    photo = HousePhoto(
        household_id=household.id,
        dwelling_id=dwelling.id,
        group_id=group_id,
        item_code=item_code,
    )
    beside = (HousePhoto.dwelling_id == dwelling.id, HousePhoto.item_code == item_code)
    return _draw(uow, photo, content, uow.count(HousePhoto, *beside))


def show_defect(uow: UnitOfWork, defect_id: UUID, content: bytes) -> HousePhoto:
    """Put a photo beside a defect that the group has reported."""
    defect = uow.get(HouseDefect, defect_id, to=Permission.HOUSE_PREPARE)
    household, _, group_id = _prepared(uow, defect.household_id)
    photo = HousePhoto(
        household_id=household.id,
        dwelling_id=defect.dwelling_id,
        group_id=group_id,
        defect_id=defect.id,
    )
    return _draw(uow, photo, content, uow.count(HousePhoto, HousePhoto.defect_id == defect.id))


def _draw(uow: UnitOfWork, photo: HousePhoto, content: bytes, many: int) -> HousePhoto:
    if many >= rules.MOST_PHOTOS:
        raise Conflict(f"There are {rules.MOST_PHOTOS} photos of this already.")
    try:
        photo.content = pictures.redrawn(content).content
    except pictures.Unusable as error:
        raise Invalid({"file": [str(error)]}) from error
    photo.added_at, photo.added_by = uow.now, uow.actor.user_id
    return uow.add(photo)


def remove_photo(uow: UnitOfWork, house_photo_id: UUID) -> HousePhoto:
    """Take a photo away for good: who took it, who coordinates the group, or a caseworker."""
    photo = uow.get(HousePhoto, house_photo_id, to=Permission.HOUSE_FOLLOW)
    if uow.actor.role is Role.SPONSOR_MEMBER and photo.added_by != uow.actor.user_id:
        raise Forbidden("Who took it, your coordinator or the caseworker takes it away.")
    uow.session.delete(photo)
    uow.session.flush()
    return photo


def report(uow: UnitOfWork, household_id: UUID, command: ReportOurs) -> HouseDefect:
    """Put a defect on the log of the house, with the day by which it should be mended."""
    household, dwelling, group_id = _prepared(uow, household_id)
    return uow.add(
        HouseDefect(
            household_id=household.id,
            dwelling_id=dwelling.id,
            group_id=group_id,
            kind=command.kind,
            said=command.said,
            reported_on=uow.today,
            due_on=command.due_on or rules.mended_by(command.kind, uow.today),
        )
    )


def follow(uow: UnitOfWork, defect_id: UUID, command: Follow) -> HouseDefect:
    """Say how far it is with a defect: the landlord was told today, or it is mended.

    Sponsors say so of what their own group reported.
    """
    defect = uow.edit(HouseDefect, defect_id, to=Permission.HOUSE_FOLLOW)
    if uow.actor.role in SPONSORS and supporting_group(uow, defect.household_id) is None:
        raise Conflict(NO_GROUP)
    if defect.mended_on is not None:
        raise Conflict("This is mended already.")
    if command.step is Step.MENDED:
        defect.mended_on = uow.today
    elif defect.landlord_told_on is not None:
        raise Conflict("The landlord was told already.")
    else:
        defect.landlord_told_on = uow.today
    return defect
