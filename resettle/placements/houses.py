"""What can be done with a house: put on file, meant for a household, made ready for it."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.places import known_location
from resettle.placements import queries, rules
from resettle.placements.acts import (
    ChangeDwelling,
    CheckedItem,
    CheckHouse,
    RecordDwelling,
    TellNeed,
)
from resettle.placements.models import Dwelling, HouseCheck, HousingNeed, Placement


def record_dwelling(uow: UnitOfWork, command: RecordDwelling) -> Dwelling:
    """Put a house on file, whether or not it is known yet for whom."""
    uow.require(Permission.DWELLING_RECORD)
    if command.household_id is not None:
        uow.get(Household, command.household_id, to=Permission.DWELLING_RECORD)
    location = known_location(uow, command.location)
    if fault := rules.tenancy_fault(command.tenancy_from, command.tenancy_to):
        raise Invalid({fault[0]: [fault[1]]})
    return uow.add(Dwelling(**{**asdict(command), "location": location}))


def change_dwelling(uow: UnitOfWork, dwelling_id: UUID, command: ChangeDwelling) -> Dwelling:
    """Correct what is known of a house, or say for whom it is.

    Raises Conflict if another household lives there.
    """
    dwelling = uow.edit(Dwelling, dwelling_id, to=Permission.DWELLING_RECORD)
    if command.household_id is not None:
        household = uow.get(Household, command.household_id, to=Permission.DWELLING_RECORD)
        give_to(uow, dwelling, household)
    told = asdict(command)
    if told.pop("no_end"):
        dwelling.tenancy_to = None
    for name, value in told.items():
        if value is not None:
            setattr(dwelling, name, value)
    if fault := rules.tenancy_fault(dwelling.tenancy_from, dwelling.tenancy_to):
        raise Invalid({fault[0]: [fault[1]]})
    return dwelling


def tell_need(uow: UnitOfWork, household_id: UUID, command: TellNeed) -> HousingNeed:
    """Record what a household says that it needs of a house, and what it has to live on."""
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    if command.told_on > uow.today:
        raise Invalid({"told_on": ["This day is still to come."]})
    told = asdict(command) | {"recorded_at": uow.now, "recorded_by": uow.actor.user_id}
    return uow.add(HousingNeed(household_id=household.id, **told))


def give_to(uow: UnitOfWork, dwelling: Dwelling, household: Household) -> None:
    if dwelling.household_id not in {None, household.id}:
        lives = uow.count(
            Placement, Placement.dwelling_id == dwelling.id, Placement.end_on.is_(None)
        )
        if lives:
            raise Conflict("Another household lives in this dwelling.")
    dwelling.household_id = household.id


def check_house(uow: UnitOfWork, dwelling_id: UUID, command: CheckHouse) -> Dwelling:
    """Record what was found of the house-ready checklist, for the household it is meant for."""
    dwelling = uow.edit(Dwelling, dwelling_id, to=Permission.DWELLING_RECORD)
    if dwelling.household_id is None:
        raise Conflict("Say first for which household the dwelling is.")
    household = uow.get(Household, dwelling.household_id, to=Permission.DWELLING_RECORD)
    put_checks(uow, dwelling, household, command.items)
    return dwelling


def put_checks(
    uow: UnitOfWork,
    dwelling: Dwelling,
    household: Household,
    items: Sequence[CheckedItem],
    group_id: UUID | None = None,
) -> None:
    """Put down what a caseworker, or somebody of a group, has found of each item."""
    asked = {item.code for item in queries.house_ready_items(uow, household)}
    if strange := sorted({item.item_code for item in items} - asked):
        raise Invalid({"items": [f"Not on the checklist: {', '.join(strange)}."]})
    found = {c.item_code: c for c in queries.checks_of(uow, dwelling.id, household.id)}
    for item in items:
        check = _put_check(uow, dwelling, found.get(item.item_code), item)
        check.group_id, check.confirmed_at, check.confirmed_by = group_id, None, None
    uow.session.flush()


def _put_check(
    uow: UnitOfWork, dwelling: Dwelling, check: HouseCheck | None, item: CheckedItem
) -> HouseCheck:
    assert dwelling.household_id is not None
    if check is None:
        check = HouseCheck(
            dwelling_id=dwelling.id,
            household_id=dwelling.household_id,
            item_code=item.item_code,
        )
        uow.session.add(check)
    check.status, check.note = item.status, item.note
    check.checked_by, check.checked_at = uow.actor.user_id, uow.now
    return check
