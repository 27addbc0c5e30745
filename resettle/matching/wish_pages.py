"""The page of a household's file on where it would live well, and where it must not live."""

from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.matching import run_shapes as shapes
from resettle.matching import schemas, wishes, words
from resettle.matching.models import PlaceExclusion
from resettle.matching.pages import SERVICES
from resettle.placements.fits import need_of
from resettle.programmes.catalogue import Catalogue
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("wishes", __name__, template_folder="templates")

Shown = dict[str, Any]
WHERE = "/households/<uuid:household_id>/where-to-live"
COVER = HouseholdShape(only=("id", "reference", "name"))


def _cover(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.WISH_READ)
    return {"household": COVER.one(uow, household)}


@pages.page(WHERE, permission=Permission.WISH_READ, template="matching/where.html")
def show(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Show what a household needs and wishes of a place, and where it must not live."""
    found = wishes.exclusions_of(uow, household_id)
    return {
        **_cover(uow, household_id),
        "wish": _wish(uow, household_id),
        "level": (need := need_of(uow, household_id)) is not None and need.step_free,
        "exclusions": shapes.ExclusionShape().many_of(uow, found),
    }


def _wish(uow: UnitOfWork, household_id: UUID) -> Shown:
    found = wishes.wish_of(uow, household_id)
    if found is None:
        return {}
    shown = shapes.WishShape().one(uow, found)
    name = uow.use(Catalogue).place_name
    return {
        **shown,
        "wishes_named": [name(code) for code in shown["wishes"]],
        "ties_named": [name(code) for code in shown["ties"]],
        "needs_named": words.named(shown["needs"], words.SERVICES),
        "wants_named": words.named(shown["wants"], words.SERVICES),
    }


@pages.form(
    WHERE + "/wishes",
    permission=Permission.WISH_RECORD,
    schema=schemas.RecordWishSchema(),
    template="matching/wish.html",
)
def record(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record what a household needs and wishes of a place."""
    if form.command:
        wishes.record(uow, household_id, form.command)
        return Go("wishes.show", message="It is recorded.", household_id=household_id)
    locations = uow.use(Catalogue).locations.items()
    wish = _wish(uow, household_id)
    known = {*wish.get("wishes", ()), *wish.get("ties", ())} - {code for code, _ in locations}
    listed = [(code, place.name) for code, place in locations]
    return {
        **_cover(uow, household_id),
        "wish": wish,
        "locations": [*listed, *((town, town) for town in sorted(known))],
        "services": SERVICES,
    }


@pages.form(
    WHERE + "/exclusions/new",
    permission=Permission.EXCLUSION_RECORD,
    schema=schemas.ExcludeSchema(),
    template="matching/exclude.html",
)
def exclude(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Keep a household from a location."""
    if form.command:
        wishes.exclude(uow, household_id, form.command)
        message = "It is kept from there. Others see only that the place is not open to it."
        return Go("wishes.show", message=message, household_id=household_id)
    locations = uow.use(Catalogue).locations.items()
    return {
        **_cover(uow, household_id),
        "names": ", ".join(place.name for _, place in locations),
    }


@pages.button(
    "/place-exclusions/<uuid:exclusion_id>/lifting", permission=Permission.EXCLUSION_RECORD
)
def lift(uow: UnitOfWork, exclusion_id: UUID) -> Led:
    """Let a household live there again."""
    uow.get(PlaceExclusion, exclusion_id, to=Permission.EXCLUSION_RECORD)
    found = wishes.lift(uow, exclusion_id)
    return Go("wishes.show", message="The place is open again.", household_id=found.household_id)
