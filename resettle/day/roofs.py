"""Sources of the queue about houses: tenancies that end, defects, and what groups found in them."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func

from resettle.core.clock import day_of
from resettle.core.wording import within
from resettle.day.looks import Found, Look
from resettle.day.rules import Source
from resettle.placements.models import Dwelling, HouseCheck, Placement
from resettle.settings import Settings
from resettle.upkeep.models import HouseDefect

AHEAD = timedelta(days=30)
MEND_SOON = timedelta(days=7)
CONFIRM_SOON = timedelta(days=3)


def tenancies(look: Look) -> Iterable[Found]:
    """Give the houses that households live in and whose tenancy ends: in time to do something."""
    notice = timedelta(days=look.uow.use(Settings).tenancy_notice_days)
    stay = Placement
    query = (
        look.columns(stay, stay.id, stay.household_id, Dwelling.tenancy_to.label("ends_on"))
        .join(Dwelling, Dwelling.id == stay.dwelling_id)
        .where(stay.end_on.is_(None), Dwelling.tenancy_to <= look.today + notice + AHEAD)
    )
    for row in look.rows(look.also(query, Dwelling)):
        yield Found(
            source=Source.TENANCY,
            subject_id=row.id,
            household_id=row.household_id,
            title="Ask whether the tenancy goes on",
            due_on=row.ends_on - notice,
            why=f"It ends on {row.ends_on:%-d %B %Y}. Then the household needs a house.",
            way_id=row.household_id,
        )


def defects(look: Look) -> Iterable[Found]:
    """Give what the landlord should have mended by now, or within the week."""
    defect = HouseDefect
    query = look.columns(defect, defect.id, defect.household_id, defect.kind, defect.due_on).where(
        defect.mended_on.is_(None), defect.due_on <= look.today + MEND_SOON
    )
    for row in look.rows(query):
        yield Found(
            source=Source.DEFECT,
            subject_id=row.id,
            household_id=row.household_id,
            title=f"Ask the landlord to mend: {within(row.kind.value)}",
            due_on=row.due_on,
            why="It is on the log of the house as not mended.",
            way_id=row.household_id,
        )


def looked_at(look: Look) -> Iterable[Found]:
    """Give the houses in which a group ticked items that count once they are confirmed."""
    check = HouseCheck
    query = look.columns(
        check,
        check.household_id,
        func.count().label("items"),
        func.min(check.checked_at).label("first_at"),
    ).where(check.group_id.is_not(None), check.confirmed_at.is_(None))
    for row in look.rows(query.group_by(check.household_id)):
        first = day_of(row.first_at)
        items = "1 item waits" if row.items == 1 else f"{row.items} items wait"
        yield Found(
            source=Source.HOUSE_CHECK,
            subject_id=row.household_id,
            household_id=row.household_id,
            title="Confirm what the sponsor group found in the house",
            due_on=first + CONFIRM_SOON,
            why=f"{items} since {first:%-d %B}. They count once you have confirmed them.",
            way_id=row.household_id,
        )
