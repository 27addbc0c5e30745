"""What is done about the upkeep of a house: defects and bills recorded, the house rated."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.people import pictures
from resettle.placements.queries import current_placement
from resettle.tasks.models import Category, Task
from resettle.upkeep import rules
from resettle.upkeep.acts import MendDefect, RateHouse, RecordBill, ReportDefect
from resettle.upkeep.models import DefectKind, DefectPhoto, HouseDefect, HouseRating, PowerBill


def report_defect(uow: UnitOfWork, household_id: UUID, command: ReportDefect) -> HouseDefect:
    """Put a defect on the log, with the day by which it should be mended."""
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    _check_day(uow, "reported_on", command.reported_on)
    return uow.add(
        HouseDefect(
            household_id=household.id,
            dwelling_id=_lives_in(uow, household),
            kind=command.kind,
            text=command.text,
            landlord=command.landlord,
            reported_on=command.reported_on,
            due_on=command.due_on or rules.mended_by(command.kind, command.reported_on),
        )
    )


def add_photo(uow: UnitOfWork, defect_id: UUID, content: bytes) -> DefectPhoto:
    """Put a photo beside a defect, drawn anew: where it was taken is not kept."""
    defect = uow.get(HouseDefect, defect_id, to=Permission.DWELLING_RECORD)
    if uow.count(DefectPhoto, DefectPhoto.defect_id == defect.id) >= rules.MOST_PHOTOS:
        raise Conflict(f"There are {rules.MOST_PHOTOS} photos of this already.")
    try:
        picture = pictures.redrawn(content)
    except pictures.Unusable as error:
        raise Invalid({"file": [str(error)]}) from error
    return uow.add(
        DefectPhoto(
            household_id=defect.household_id,
            defect_id=defect.id,
            content=picture.content,
            media_type=pictures.MEDIA_TYPE,
            width=picture.width,
            height=picture.height,
            added_at=uow.now,
            added_by=uow.actor.user_id,
        )
    )


def mend_defect(uow: UnitOfWork, defect_id: UUID, command: MendDefect) -> HouseDefect:
    defect = uow.edit(HouseDefect, defect_id, to=Permission.DWELLING_RECORD)
    if defect.mended_on is not None:
        raise Conflict("This is mended already.")
    _check_day(uow, "mended_on", command.mended_on)
    if command.mended_on < defect.reported_on:
        raise Invalid({"mended_on": ["This was before it was reported."]})
    defect.mended_on = command.mended_on
    return defect


def rate_house(uow: UnitOfWork, household_id: UUID, command: RateHouse) -> HouseRating:
    """Write down how the house was found on a day."""
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    _check_day(uow, "rated_on", command.rated_on)
    return uow.add(
        HouseRating(
            household_id=household.id,
            dwelling_id=_lives_in(uow, household),
            rated_on=command.rated_on,
            warm=command.warm,
            dry=command.dry,
            safe=command.safe,
            affordable=command.affordable,
            enough_space=command.enough_space,
            note=command.note,
        )
    )


def record_bill(uow: UnitOfWork, household_id: UUID, command: RecordBill) -> PowerBill:
    """Record what power cost. A high bill is followed by a task and a rating of the house.

    In a cold house a defect for the landlord follows too.
    """
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    _check_day(uow, "billed_on", command.billed_on)
    bill = uow.add(
        PowerBill(
            household_id=household.id,
            dwelling_id=_lives_in(uow, household),
            billed_on=command.billed_on,
            days=command.days,
            amount=command.amount,
            cold=command.cold,
        )
    )
    if rules.is_high(Decimal(command.amount), command.days):
        _follow(uow, bill)
    return bill


def _follow(uow: UnitOfWork, bill: PowerBill) -> None:
    where = {"household_id": bill.household_id, "dwelling_id": bill.dwelling_id}
    uow.add(
        Task(
            household_id=bill.household_id,
            title=rules.BUDGET_TITLE,
            category=Category.PAPERWORK,
            due_on=uow.today + timedelta(days=rules.BUDGET_WITHIN),
            assignee_id=uow.actor.user_id,
        )
    )
    warm = 1 if bill.cold else None
    uow.add(HouseRating(**where, rated_on=bill.billed_on, affordable=1, warm=warm))
    if bill.cold:
        due_on = rules.mended_by(DefectKind.HEATING, uow.today)
        heating = {"kind": DefectKind.HEATING, "text": rules.COLD, "due_on": due_on}
        uow.add(HouseDefect(**where, **heating, reported_on=uow.today))


def _lives_in(uow: UnitOfWork, household: Household) -> UUID:
    placement = current_placement(uow, household.id)
    if placement is None or placement.dwelling_id is None:
        raise Conflict("Record first in which house the household lives.")
    return placement.dwelling_id


def _check_day(uow: UnitOfWork, name: str, day: date) -> None:
    if day > uow.today:
        raise Invalid({name: ["This day has not come yet."]})
