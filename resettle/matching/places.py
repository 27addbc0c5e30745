"""What is done with places: they are put on the list, and say what they offer from when to when."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.rules import known_location
from resettle.matching import place_rules as rules
from resettle.matching import queries
from resettle.matching.acts import AddPlace, ChangePlace, CorrectOffer, MakeOffer
from resettle.matching.models import CONFLICTS, Place, PlaceOffer
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.placement import Kind
from resettle.sponsors.models import SponsorGroup


def add_place(uow: UnitOfWork, command: AddPlace) -> Place:
    """Put a settlement location, any other town or a sponsor group on the list of places."""
    uow.require(Permission.PLACE_KEEP)
    if faults := rules.place_faults(command, uow.use(Catalogue).codes):
        raise Invalid(faults)
    location, name = _whose(uow, command)
    return uow.add(
        Place(
            kind=command.kind,
            name=command.name or name,
            location=location,
            group_id=command.group_id,
            programmes=[*command.programmes],
            near=_codes(uow, command.near),
            opens_on=command.opens_on,
            closes_on=command.closes_on,
        )
    )


def _whose(uow: UnitOfWork, command: AddPlace) -> tuple[str, str]:
    """Tell where a place lies and what it is called."""
    if command.kind is Kind.GROUP and command.group_id is not None:
        group = uow.get(SponsorGroup, command.group_id, to=Permission.GROUP_READ)
        return group.location, group.legal_name
    (location,) = _codes(uow, [command.location or ""])
    return location, uow.use(Catalogue).place_name(location)


def _codes(uow: UnitOfWork, locations: Sequence[str]) -> list[str]:
    names = {code: each.name for code, each in uow.use(Catalogue).locations.items()}
    return [known_location(text, names) for text in locations]


def change_place(uow: UnitOfWork, place_id: UUID, command: ChangePlace) -> Place:
    """Rename a place, say what is near it or for whom it is, or close it from a day on."""
    place = uow.edit(Place, place_id, to=Permission.PLACE_KEEP)
    if faults := rules.change_faults(command, place.opens_on, uow.use(Catalogue).codes):
        raise Invalid(faults)
    place.name = command.name or place.name
    if command.near is not None:
        place.near = _codes(uow, command.near)
    if command.programmes is not None:
        place.programmes = [*command.programmes]
    if command.closes_on is not None:
        place.closes_on = command.closes_on
    return place


def make_offer(uow: UnitOfWork, place_id: UUID, command: MakeOffer) -> PlaceOffer:
    """Say what a place offers from a day on. The offer before it ends there."""
    place = uow.edit(Place, place_id, to=Permission.PLACE_KEEP, alone=True)
    if faults := rules.offer_faults(command, place.opens_on):
        raise Invalid(faults)
    made = PlaceOffer(place_id=place.id, from_on=command.from_on, to_on=_fit(uow, place, command))
    for name in rules.FIGURES:
        setattr(made, name, rules.plain(getattr(command, name)))
    return uow.add(made)


def _fit(uow: UnitOfWork, place: Place, command: MakeOffer) -> date | None:
    """End the offer before this one, and say when this one ends: where the next begins."""
    others = queries.offers_of(uow, place.id)
    if any(other.from_on == command.from_on for other in others):
        raise Conflict(CONFLICTS["uq_place_offer_place_id_from_on"])
    for other in others:
        running = other.to_on is None or other.to_on > command.from_on
        if other.from_on < command.from_on and running:
            other.to_on = command.from_on
    uow.session.flush()
    later = (other.from_on for other in others if other.from_on > command.from_on)
    ends = [day for day in (command.to_on, *later) if day is not None]
    return min(ends, default=None)


def correct_offer(uow: UnitOfWork, offer_id: UUID, command: CorrectOffer) -> PlaceOffer:
    """Set right what an offer said all along."""
    offer = uow.edit(PlaceOffer, offer_id, to=Permission.PLACE_KEEP)
    changed = {n: v for n in rules.FIGURES if (v := getattr(command, n)) is not None}
    if faults := rules.figure_faults({**rules.figures_of(offer), **changed}):
        raise Invalid(faults)
    for name, value in changed.items():
        setattr(offer, name, rules.plain(value))
    return offer
