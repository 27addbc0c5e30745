"""Pages on which places are kept: the list, one place with its offers, and the forms."""

from typing import Any
from uuid import UUID

from resettle.core.languages import language
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.schemas import LANGUAGES
from resettle.matching import places, queries, schemas, shapes, words
from resettle.matching.models import Place, PlaceOffer
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.placement import Kind, Service
from resettle.sponsors.models import SponsorGroup
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("places", __name__, url_prefix="/places", template_folder="templates")

Shown = dict[str, Any]
PLACE = "/<uuid:place_id>"
KINDS = [(Kind.LOCATION.value, "Settlement location"), (Kind.GROUP.value, "Sponsor group")]
SERVICES = words.choices({Service(k): words.SERVICES[Service(k)] for k in schemas.SERVICES})


@pages.page(
    "",
    permission=Permission.PLACE_READ,
    template="matching/places.html",
    filters=schemas.PlaceFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: queries.PlaceFilters) -> Shown:
    """List the places with what each offers today and what is left of it."""
    query = queries.places(uow, wanted).order_by(Place.name, Place.id)
    found = uow.all(query.limit(queries.MOST))
    rows = shapes.PlaceLineShape().many_of(uow, queries.lines(uow, found, uow.today))
    return {
        "places": [{**row, "kind_word": dict(KINDS)[row["kind"]]} for row in rows],
        "kinds": KINDS,
        "wanted": wanted.kind,
        "persons_left": sum(row["persons_left"] or 0 for row in rows),
        "may_keep": uow.allows(Permission.PLACE_KEEP),
        "may_match": uow.allows(Permission.MATCH_RUN),
        "may_judge": uow.allows(Permission.MATCH_FIGURES),
    }


@pages.page(PLACE, permission=Permission.PLACE_READ, template="matching/place.html")
def show(uow: UnitOfWork, place_id: UUID) -> Shown:
    """Show a place: what it offers today, and its offers before and after."""
    place = uow.get(Place, place_id, to=Permission.PLACE_READ)
    (line,) = queries.lines(uow, [place], uow.today)
    offers = shapes.OfferShape().many_of(uow, queries.offers_of(uow, place.id))
    now = None if line.offer is None else line.offer.id
    return {
        **_place(uow, place),
        "line": shapes.PlaceLineShape().one(uow, line),
        "now": next((_told(offer) for offer in offers if offer["id"] == now), None),
        "offers": [{**offer, "holds": offer["id"] == now} for offer in offers],
        "may_keep": uow.allows(Permission.PLACE_KEEP),
    }


def _place(uow: UnitOfWork, place: Place) -> Shown:
    shown = shapes.PlaceShape().one(uow, place)
    catalogue = uow.use(Catalogue)
    near = [catalogue.place_name(code) for code in shown["near"]]
    return {
        "place": {**shown, "kind_word": dict(KINDS)[shown["kind"]], "near_names": near},
        "version": place.version,
    }


def _told(offer: Shown) -> Shown:
    return {
        **offer,
        "languages_named": [language(code) for code in offer["languages"]],
        "interpreters_named": [language(code) for code in offer["interpreters"]],
        "services_named": words.named(offer["services"], words.SERVICES),
        "work_named": words.named(offer["work"], words.WORK),
        "prefers_named": words.named(offer["prefers"], words.FACETS),
    }


@pages.form(
    "/new",
    permission=Permission.PLACE_KEEP,
    schema=schemas.AddPlaceSchema(),
    template="matching/place_new.html",
)
def add(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Put a place on the list."""
    if form.command:
        place = places.add_place(uow, form.command)
        return Go(
            "places.make_offer",
            message="The place is on the list. Say what it offers.",
            place_id=place.id,
        )
    groups = uow.all(uow.select(SponsorGroup).order_by(SponsorGroup.legal_name).limit(500))
    return {
        **_choices(uow),
        "kinds": KINDS,
        "groups": [(str(group.id), group.legal_name) for group in groups],
    }


def _choices(uow: UnitOfWork) -> Shown:
    catalogue = uow.use(Catalogue)
    return {
        "locations": [(code, place.name) for code, place in catalogue.locations.items()],
        "programmes": [
            (code, catalogue.versions(code)[-1].title) for code in sorted(catalogue.placement)
        ],
    }


@pages.form(
    PLACE + "/change",
    permission=Permission.PLACE_KEEP,
    schema=schemas.ChangePlaceSchema(),
    template="matching/place_change.html",
)
def change(uow: UnitOfWork, form: Form, place_id: UUID) -> Shown | Led:
    """Rename a place, say what is near it and for whom it is, or close it."""
    if form.command:
        places.change_place(uow, place_id, form.command)
        return Go("places.show", message="The place is changed.", place_id=place_id)
    return {**_choices(uow), **_place(uow, uow.get(Place, place_id, to=Permission.PLACE_KEEP))}


@pages.form(
    PLACE + "/offers/new",
    permission=Permission.PLACE_KEEP,
    schema=schemas.MakeOfferSchema(),
    template="matching/offer.html",
)
def make_offer(uow: UnitOfWork, form: Form, place_id: UUID) -> Shown | Led:
    """Say what a place offers from a day on, beginning from what it offers now."""
    if form.command:
        places.make_offer(uow, place_id, form.command)
        return Go("places.show", message="The offer is recorded.", place_id=place_id)
    place = uow.get(Place, place_id, to=Permission.PLACE_KEEP)
    before = queries.offers_of(uow, place.id)
    shown = shapes.OfferShape().one(uow, before[0]) if before else {}
    return {**_place(uow, place), **_figures(shown), "corrects": False}


@pages.form(
    "/offers/<uuid:offer_id>",
    permission=Permission.PLACE_KEEP,
    schema=schemas.CorrectOfferSchema(),
    template="matching/offer.html",
)
def correct(uow: UnitOfWork, form: Form, offer_id: UUID) -> Shown | Led:
    """Set right what an offer said all along."""
    if form.command:
        offer = places.correct_offer(uow, offer_id, form.command)
        return Go("places.show", message="The offer is corrected.", place_id=offer.place_id)
    offer = uow.get(PlaceOffer, offer_id, to=Permission.PLACE_KEEP)
    place = uow.get(Place, offer.place_id, to=Permission.PLACE_KEEP)
    shown = shapes.OfferShape().one(uow, offer)
    return {**_place(uow, place), **_figures(shown), "version": offer.version, "corrects": True}


def _figures(offer: Shown) -> Shown:
    """Give the choices of an offer, with the languages that it has already among them."""
    known = dict(LANGUAGES)
    more = {*offer.get("languages", ()), *offer.get("interpreters", ())} - known.keys()
    return {
        "offer": offer,
        "languages": [*LANGUAGES, *((code, language(code)) for code in sorted(more))],
        "services": SERVICES,
        "work": words.choices(words.WORK),
        "facets": words.choices(words.FACETS),
    }
