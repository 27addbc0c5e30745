"""Places over JSON, and what people decide about them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching import acts, deciding, places, queries, schemas, shapes
from resettle.matching.models import Allocation, Place, PlaceOffer, Ruling
from resettle.web.api import Api

api = Api("places_api", __name__, url_prefix="/api")
PLACE = "/places/<uuid:place_id>"


@api.lists(
    "/places",
    permission=Permission.PLACE_READ,
    returns=shapes.PlaceShape(),
    sorts=queries.SORTS,
    filters=schemas.PlaceFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: queries.PlaceFilters) -> Select[Any]:
    """List the places."""
    return queries.places(uow, wanted)


@api.does(
    "POST",
    "/places",
    permission=Permission.PLACE_KEEP,
    body=schemas.AddPlaceSchema(),
    returns=shapes.PlaceShape(),
    status=201,
)
def add(uow: UnitOfWork, command: acts.AddPlace) -> Place:
    """Put a place on the list."""
    return places.add_place(uow, command)


@api.reads(PLACE, permission=Permission.PLACE_READ, returns=shapes.PlaceShape())
def show(uow: UnitOfWork, place_id: UUID) -> Place:
    """Show a place."""
    return uow.get(Place, place_id, to=Permission.PLACE_READ)


@api.does(
    "PATCH",
    PLACE,
    permission=Permission.PLACE_KEEP,
    body=schemas.ChangePlaceSchema(),
    returns=shapes.PlaceShape(),
)
def change(uow: UnitOfWork, place_id: UUID, command: acts.ChangePlace) -> Place:
    """Rename a place, say what is near it and for whom it is, or close it."""
    return places.change_place(uow, place_id, command)


@api.reads(PLACE + "/room", permission=Permission.PLACE_READ, returns=shapes.PlaceLineShape())
def room(uow: UnitOfWork, place_id: UUID) -> queries.PlaceLine:
    """Tell what a place offers today, and how much of it is left."""
    place = uow.get(Place, place_id, to=Permission.PLACE_READ)
    return queries.lines(uow, [place], uow.today)[0]


@api.reads(
    PLACE + "/offers", permission=Permission.PLACE_READ, returns=shapes.OfferShape(), many=True
)
def offers(uow: UnitOfWork, place_id: UUID) -> Sequence[PlaceOffer]:
    """Tell what a place offered and will offer, the latest first."""
    return queries.offers_of(uow, uow.get(Place, place_id, to=Permission.PLACE_READ).id)


@api.does(
    "POST",
    PLACE + "/offers",
    permission=Permission.PLACE_KEEP,
    body=schemas.MakeOfferSchema(),
    returns=shapes.OfferShape(),
    status=201,
)
def make_offer(uow: UnitOfWork, place_id: UUID, command: acts.MakeOffer) -> PlaceOffer:
    """Say what a place offers from a day on; the offer before it ends there."""
    return places.make_offer(uow, place_id, command)


@api.does(
    "PATCH",
    "/place-offers/<uuid:offer_id>",
    permission=Permission.PLACE_KEEP,
    body=schemas.CorrectOfferSchema(),
    returns=shapes.OfferShape(),
)
def correct_offer(uow: UnitOfWork, offer_id: UUID, command: acts.CorrectOffer) -> PlaceOffer:
    """Set right what an offer said all along."""
    return places.correct_offer(uow, offer_id, command)


@api.does(
    "POST",
    "/match-rulings",
    permission=Permission.MATCH_RULE,
    body=schemas.MakeRulingSchema(),
    returns=shapes.RulingShape(),
    status=201,
)
def rule(uow: UnitOfWork, command: acts.MakeRuling) -> Ruling:
    """Pin a household to a place, forbid a place, or lock what was found."""
    return deciding.rule(uow, command)


@api.does(
    "POST",
    "/match-rulings/<uuid:ruling_id>/lifting",
    permission=Permission.MATCH_RULE,
    returns=shapes.RulingShape(),
)
def lift(uow: UnitOfWork, ruling_id: UUID) -> Ruling:
    """Take a ruling back."""
    return deciding.lift(uow, ruling_id)


@api.does(
    "POST",
    "/place-allocations",
    permission=Permission.MATCH_RULE,
    body=schemas.AllocateSchema(),
    returns=shapes.AllocationShape(),
    status=201,
)
def allocate(uow: UnitOfWork, command: acts.Allocate) -> Allocation:
    """Give a household room in a place."""
    return deciding.allocate(uow, command)


@api.does(
    "POST",
    "/place-allocations/<uuid:allocation_id>/release",
    permission=Permission.MATCH_RULE,
    body=schemas.ReleaseSchema(),
    returns=shapes.AllocationShape(),
)
def release(uow: UnitOfWork, allocation_id: UUID, command: acts.Release) -> Allocation:
    """Give room back."""
    return deciding.release(uow, allocation_id, command)
