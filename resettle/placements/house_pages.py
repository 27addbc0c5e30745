"""Pages on which a house is corrected, and on which it is written down what a household needs."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements import fits, houses, rules, schemas, shapes
from resettle.placements.models import Dwelling, Feature, LandlordKind, Tenure
from resettle.web.fields import Flag, Many
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages(
    "houses",
    __name__,
    url_prefix="/households/<uuid:household_id>",
    template_folder="templates",
)

Shown = dict[str, Any]
LANDLORDS = [(kind.value, plain(kind.value)) for kind in LandlordKind]
TENURES = [(tenure.value, plain(tenure.value)) for tenure in Tenure]
FEATURES = [(code, words.capitalize()) for code, words in rules.FEATURES.items()]
CHOICES = {"tenures": TENURES, "landlords": LANDLORDS, "features": FEATURES}


class HouseChangeSchema(schemas.ChangeDwellingSchema):
    """What the form of a house sends: a box that is not ticked says no."""

    step_free = Flag(load_default=False)
    healthy_homes_seen = Flag(load_default=False)
    features = Many(fields.Enum(Feature, by_value=True), load_default=list)


@pages.form(
    "/houses/<uuid:dwelling_id>/change",
    permission=Permission.DWELLING_RECORD,
    schema=HouseChangeSchema(),
    template="placements/house_change.html",
)
def change(uow: UnitOfWork, form: Form, household_id: UUID, dwelling_id: UUID) -> Shown | Led:
    """Correct what is known of a house, or let its tenancy go on."""
    if form.command:
        houses.change_dwelling(uow, dwelling_id, form.command)
        return _to_house(household_id, "The house is changed.")
    dwelling = uow.get(Dwelling, dwelling_id, to=Permission.DWELLING_RECORD)
    return {
        **_cover(uow, household_id),
        **CHOICES,
        "house": shapes.DwellingShape().one(uow, dwelling),
    }


@pages.form(
    "/housing-needs/new",
    permission=Permission.DWELLING_RECORD,
    schema=schemas.TellNeedSchema(),
    template="placements/housing_need.html",
)
def need(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Write down what a household needs of a house, and what it has to live on."""
    if form.command:
        houses.tell_need(uow, household_id, form.command)
        return _to_house(household_id, "It is recorded what the household needs.")
    cover = _cover(uow, household_id)
    last = shapes.HousingNeedShape().many_of(uow, fits.needs_of(uow, household_id)[:1])
    return {**cover, **CHOICES, "last": last[0] if last else {}}


def _cover(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.DWELLING_RECORD)
    return {"household_id": household.id, "reference": household.reference, "today": uow.today}


def _to_house(household_id: UUID, message: str) -> Led:
    return Go("upkeep.house", message=message, household_id=household_id)
