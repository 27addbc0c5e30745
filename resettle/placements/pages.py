"""Pages on which an arrival, a house and a move into it are recorded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from marshmallow import INCLUDE, Schema, ValidationError, post_load

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import acts, fits, houses, queries, schemas, service, shapes
from resettle.placements.check_lines import check_lines
from resettle.placements.house_pages import CHOICES
from resettle.placements.models import CheckStatus, Dwelling, PlacementKind
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages(
    "placements",
    __name__,
    url_prefix="/households/<uuid:household_id>",
    template_folder="templates",
)

Shown = dict[str, Any]
KINDS = [
    (PlacementKind.SETTLED.value, "A home of their own", "Support is counted from the first one."),
    (PlacementKind.RECEPTION.value, "The reception centre"),
    (PlacementKind.TRANSITIONAL.value, "A place for the time being"),
    (PlacementKind.EMERGENCY.value, "Emergency accommodation"),
]
CHECKS = [
    (CheckStatus.OK.value, "In order"),
    (CheckStatus.MISSING.value, "Missing"),
    (CheckStatus.NOT_NEEDED.value, "Not needed"),
]


class FoundSchema(Schema):
    """What was found of each item of the checklist, by the code of the item."""

    class Meta:
        unknown = INCLUDE

    @post_load
    def _make(self, data: Mapping[str, str], **_options: Any) -> acts.CheckHouse:
        statuses = {status.value: status for status in CheckStatus}
        if not data or set(data.values()) - statuses.keys():
            raise ValidationError("Say of at least one item what you found.")
        return acts.CheckHouse([acts.CheckedItem(code, statuses[s]) for code, s in data.items()])


@pages.form(
    "/arrival",
    permission=Permission.ANCHOR_MOVE,
    schema=schemas.RecordArrivalSchema(),
    template="placements/arrival.html",
)
def arrival(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record the day on which a household landed."""
    if form.command:
        service.record_arrival(uow, household_id, form.command)
        return _to_file(household_id, "The arrival is recorded, and the milestones are planned.")
    return _household(uow, household_id)


@pages.form(
    "/homes/new",
    permission=Permission.PLACEMENT_MAKE,
    schema=schemas.MakePlacementSchema(),
    template="placements/place.html",
)
def place(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that a household lives somewhere from a day on."""
    if form.command:
        service.place(uow, household_id, form.command)
        return _to_file(household_id, "It is recorded where the household lives.")
    household = uow.get(Household, household_id, to=Permission.PLACEMENT_MAKE)
    current = queries.current_placement(uow, household.id)
    wanted = queries.DwellingFilters(household_id=household.id)
    rows = uow.rows(queries.dwellings(uow, wanted).order_by(Dwelling.id).limit(50))
    found = [dwelling for row in rows if (dwelling := uow.find(Dwelling, row.id)) is not None]
    return {
        **_household(uow, household.id),
        "kinds": KINDS,
        "lives_somewhere": current is not None,
        "houses": [_house(uow, household, dwelling) for dwelling in found],
    }


def _house(uow: UnitOfWork, household: Household, dwelling: Dwelling) -> Shown:
    lacking = queries.unready(uow, dwelling, household)
    return {
        **shapes.DwellingShape().one(uow, dwelling),
        "lacking": [*lacking.values()],
        "fit": shapes.HouseFitShape().one(uow, fits.fit(uow, dwelling, household)),
    }


@pages.form(
    "/houses/new",
    permission=Permission.DWELLING_RECORD,
    schema=schemas.RecordDwellingSchema(),
    template="placements/house.html",
)
def house(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Put a house on file for a household."""
    if form.command:
        meant = replace(form.command, household_id=household_id)
        dwelling = houses.record_dwelling(uow, meant)
        return Go(
            "placements.ready",
            message="The house is on file. Now look at what makes it ready.",
            household_id=household_id,
            dwelling_id=dwelling.id,
        )
    known = uow.use(Catalogue).locations
    places = [(code, location.name) for code, location in known.items()]
    return {**_household(uow, household_id), **CHOICES, "places": places}


@pages.form(
    "/houses/<uuid:dwelling_id>/checklist",
    permission=Permission.DWELLING_RECORD,
    schema=FoundSchema(),
    template="placements/ready.html",
)
def ready(uow: UnitOfWork, form: Form, household_id: UUID, dwelling_id: UUID) -> Shown | Led:
    """Go through the house-ready checklist."""
    if form.command:
        houses.check_house(uow, dwelling_id, form.command)
        return Go("placements.place", message="The checklist is saved.", household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    dwelling = uow.get(Dwelling, dwelling_id, to=Permission.DWELLING_RECORD)
    lines = check_lines(uow, dwelling, household)
    return {
        **_household(uow, household_id),
        "lines": shapes.CheckLineShape().many_of(uow, lines),
        "checks": CHECKS,
    }


def _household(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.PLACEMENT_MAKE)
    return {
        "household_id": household.id,
        "reference": household.reference,
        "anchors_now": shapes.AnchorsShape().one(uow, household),
        "today": uow.today,
    }


def _to_file(household_id: UUID, message: str) -> Led:
    return Go("household_file.show", message=message, household_id=household_id)
