"""Dwellings, placements and arrivals over JSON. Sponsorships are in sponsorship_api.py."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import acts, fits, houses, queries, schemas, service, shapes
from resettle.placements.check_lines import CheckLine, check_lines
from resettle.placements.models import Dwelling, HousingNeed, Placement
from resettle.web.api import Api

api = Api("placements_api", __name__, url_prefix="/api")
DWELLING = "/dwellings/<uuid:dwelling_id>"
HOUSEHOLD = "/households/<uuid:household_id>"


@api.lists(
    "/dwellings",
    permission=Permission.DWELLING_READ,
    returns=shapes.DwellingRow(),
    sorts=queries.DWELLING_SORTS,
    filters=schemas.DwellingFiltersSchema(),
)
def dwellings(uow: UnitOfWork, wanted: queries.DwellingFilters) -> Select[Any]:
    """List dwellings."""
    return queries.dwellings(uow, wanted)


@api.does(
    "POST",
    "/dwellings",
    permission=Permission.DWELLING_RECORD,
    body=schemas.RecordDwellingSchema(),
    returns=shapes.DwellingShape(),
    status=201,
)
def record_dwelling(uow: UnitOfWork, command: acts.RecordDwelling) -> Dwelling:
    """Put a dwelling on file."""
    return houses.record_dwelling(uow, command)


@api.reads(DWELLING, permission=Permission.DWELLING_READ, returns=shapes.DwellingShape())
def dwelling(uow: UnitOfWork, dwelling_id: UUID) -> Dwelling:
    """Show a dwelling."""
    return uow.get(Dwelling, dwelling_id, to=Permission.DWELLING_READ)


@api.does(
    "PATCH",
    DWELLING,
    permission=Permission.DWELLING_RECORD,
    body=schemas.ChangeDwellingSchema(),
    returns=shapes.DwellingShape(),
)
def change_dwelling(uow: UnitOfWork, dwelling_id: UUID, command: acts.ChangeDwelling) -> Dwelling:
    """Correct what is known of a dwelling."""
    return houses.change_dwelling(uow, dwelling_id, command)


@api.reads(DWELLING + "/fit", permission=Permission.DWELLING_READ, returns=shapes.HouseFitShape())
def dwelling_fit(uow: UnitOfWork, dwelling_id: UUID) -> fits.HouseFit:
    """Show how a dwelling suits the household that it is for."""
    found = uow.get(Dwelling, dwelling_id, to=Permission.DWELLING_READ)
    if found.household_id is None:
        raise Conflict("Say first for which household the dwelling is.")
    household = uow.get(Household, found.household_id, to=Permission.DWELLING_READ)
    return fits.fit(uow, found, household)


@api.reads(
    HOUSEHOLD + "/housing-needs",
    permission=Permission.DWELLING_READ,
    returns=shapes.HousingNeedShape(),
    many=True,
)
def housing_needs(uow: UnitOfWork, household_id: UUID) -> Sequence[HousingNeed]:
    """Show what a household told of the house that it needs, the last word first."""
    return fits.needs_of(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/housing-needs",
    permission=Permission.DWELLING_RECORD,
    body=schemas.TellNeedSchema(),
    returns=shapes.HousingNeedShape(),
    status=201,
)
def tell_need(uow: UnitOfWork, household_id: UUID, command: acts.TellNeed) -> HousingNeed:
    """Record what a household needs of a house."""
    return houses.tell_need(uow, household_id, command)


@api.reads(
    DWELLING + "/house-checks",
    permission=Permission.DWELLING_READ,
    returns=shapes.CheckLineShape(),
    many=True,
)
def house_checks(uow: UnitOfWork, dwelling_id: UUID) -> Sequence[CheckLine]:
    """Show the house-ready checklist of a dwelling."""
    return _lines(uow, uow.get(Dwelling, dwelling_id, to=Permission.DWELLING_READ))


@api.does(
    "POST",
    DWELLING + "/house-checks",
    permission=Permission.DWELLING_RECORD,
    body=schemas.CheckHouseSchema(),
    returns=shapes.CheckLineShape(),
    many=True,
)
def check_house(
    uow: UnitOfWork, dwelling_id: UUID, command: acts.CheckHouse
) -> Sequence[CheckLine]:
    """Record what was found in a dwelling."""
    return _lines(uow, houses.check_house(uow, dwelling_id, command))


def _lines(uow: UnitOfWork, found: Dwelling) -> Sequence[CheckLine]:
    if found.household_id is None:
        return []
    household = uow.get(Household, found.household_id, to=Permission.DWELLING_READ)
    return check_lines(uow, found, household)


@api.reads(
    HOUSEHOLD + "/placements",
    permission=Permission.PLACEMENT_READ,
    returns=shapes.PlacementShape(),
    many=True,
)
def placements(uow: UnitOfWork, household_id: UUID) -> Sequence[Placement]:
    """Show where a household has lived."""
    household = uow.get(Household, household_id, to=Permission.PLACEMENT_READ)
    return queries.placements_of(uow, household.id)


@api.does(
    "POST",
    HOUSEHOLD + "/placements",
    permission=Permission.PLACEMENT_MAKE,
    body=schemas.MakePlacementSchema(),
    returns=shapes.PlacementShape(),
    status=201,
)
def place(uow: UnitOfWork, household_id: UUID, command: acts.MakePlacement) -> Placement:
    """Place a household."""
    return service.place(uow, household_id, command)


@api.does(
    "POST",
    "/placements/<uuid:placement_id>/end",
    permission=Permission.PLACEMENT_END,
    body=schemas.EndPlacementSchema(),
    returns=shapes.PlacementShape(),
)
def end_placement(uow: UnitOfWork, placement_id: UUID, command: acts.EndPlacement) -> Placement:
    """End a placement."""
    return service.end_placement(uow, placement_id, command)


@api.does(
    "POST",
    HOUSEHOLD + "/arrival",
    permission=Permission.ANCHOR_MOVE,
    body=schemas.RecordArrivalSchema(),
    returns=shapes.AnchorsShape(),
    status=201,
)
def record_arrival(uow: UnitOfWork, household_id: UUID, command: acts.RecordArrival) -> Household:
    """Record the day on which a household arrived."""
    return service.record_arrival(uow, household_id, command)


@api.does(
    "POST",
    HOUSEHOLD + "/anchor-moves",
    permission=Permission.ANCHOR_MOVE,
    body=schemas.MoveAnchorSchema(),
    returns=shapes.AnchorsShape(),
)
def move_anchor(uow: UnitOfWork, household_id: UUID, command: acts.MoveAnchor) -> Household:
    """Correct the day of arrival or of the first home."""
    return service.move_anchor(uow, household_id, command)
