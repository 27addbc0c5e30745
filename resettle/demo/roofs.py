"""What is known of the houses of supported households: needs, landlords, tenancies, ratings."""

from datetime import timedelta
from random import Random
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import houses
from resettle.placements.acts import ChangeDwelling, TellNeed
from resettle.placements.models import Feature, LandlordKind
from resettle.placements.queries import current_placement
from resettle.upkeep import service as upkeep
from resettle.upkeep.acts import RateHouse, ReportDefect
from resettle.upkeep.models import DefectKind

LANDLORDS = (
    (LandlordKind.PRIVATE, "Hale and Rata Property, 03 555 0142"),
    (LandlordKind.PUBLIC_HOUSING, "Kāinga Ora, 0800 801 601"),
    (LandlordKind.PRIVATE, "Mr Aroha, 027 555 0113"),
    (LandlordKind.CHURCH_OR_SPONSOR, "The parish office"),
)
DEFECTS = (
    (DefectKind.HEATING, "The heat pump blows cold air"),
    (DefectKind.DAMP, "Mould behind the wardrobe of the small bedroom"),
    (DefectKind.SECURITY, "The back door does not lock"),
)


def under(uow: UnitOfWork, household_id: UUID) -> None:
    """Let it be known of a household what it needs of a house, and how the one it has is.

    Each household draws its own, so that the stories of the others stay as they are.
    """
    household = uow.find(Household, household_id)
    placement = current_placement(uow, household_id)
    assert household is not None
    random = Random(f"house of {household.reference}")
    moves_with_difficulty = random.randrange(5) == 0
    need = TellNeed(
        told_on=uow.today - timedelta(days=random.randrange(3, 40)),
        step_free=moves_with_difficulty,
        features=[Feature.LEVEL_SHOWER] if moves_with_difficulty else [],
        weekly_income=str(random.randrange(820, 1760, 20)),
    )
    houses.tell_need(uow, household_id, need)
    if placement is None or placement.dwelling_id is None:
        return
    kind, landlord = random.choice(LANDLORDS)
    lasts = random.choice((None, 45, 80, 200, 310))
    tenancy = ChangeDwelling(
        landlord_kind=kind,
        landlord=landlord,
        tenancy_from=placement.start_on,
        tenancy_to=None if lasts is None else uow.today + timedelta(days=lasts),
        step_free=random.randrange(3) == 0,
    )
    houses.change_dwelling(uow, placement.dwelling_id, tenancy)
    _looked_at(uow, household_id, random)


def _looked_at(uow: UnitOfWork, household_id: UUID, random: Random) -> None:
    marks = iter([random.randrange(2, 6) for _mark in range(5)])
    found = RateHouse(
        rated_on=uow.today,
        warm=next(marks),
        dry=next(marks),
        safe=next(marks),
        affordable=next(marks),
        enough_space=next(marks),
    )
    upkeep.rate_house(uow, household_id, found)
    if random.randrange(2):
        kind, text = random.choice(DEFECTS)
        since = uow.today - timedelta(days=random.randrange(1, 12))
        upkeep.report_defect(
            uow, household_id, ReportDefect(kind=kind, text=text, reported_on=since)
        )
