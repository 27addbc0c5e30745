"""Questions about places: which are open on a day, what each offers, and how much is left of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import HouseholdMember
from resettle.matching.models import Allocation, Place, PlaceOffer
from resettle.placements.models import Placement, PlacementKind, Sponsorship
from resettle.programmes.placement import Kind

SORTS: Mapping[str, Sequence[Any]] = {
    "name": (Place.name,),
    "location": (Place.location, Place.name),
}
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFilters:
    kind: Kind | None = None
    location: str | None = None


def places(uow: UnitOfWork, wanted: PlaceFilters) -> Select[Place]:
    """List the places, closed ones too."""
    uow.require(Permission.PLACE_READ)
    query = uow.select(Place)
    if wanted.kind is not None:
        query = query.where(Place.kind == wanted.kind)
    if wanted.location is not None:
        query = query.where(Place.location == wanted.location)
    return query


def offers_of(uow: UnitOfWork, place_id: UUID) -> Sequence[PlaceOffer]:
    """Tell what a place offered and will offer, the latest first."""
    query = uow.select(PlaceOffer).where(PlaceOffer.place_id == place_id)
    return uow.all(query.order_by(PlaceOffer.from_on.desc(), PlaceOffer.id))


def offers_on(uow: UnitOfWork, place_ids: Collection[UUID], day: date) -> Mapping[UUID, PlaceOffer]:
    """Tell what each of these places offers on a day."""
    query = uow.select(PlaceOffer).where(PlaceOffer.place_id.in_(place_ids), _holds_on(day))
    return {offer.place_id: offer for offer in uow.all(query)}


def _holds_on(day: date) -> ColumnElement[bool]:
    return and_(PlaceOffer.from_on <= day, or_(PlaceOffer.to_on.is_(None), PlaceOffer.to_on > day))


def open_places(uow: UnitOfWork, kind: Kind, programme: str, day: date) -> Sequence[Place]:
    """Name the places of a kind that are open on a day to households of a programme, by id."""
    query = uow.select(Place).where(
        Place.kind == kind,
        Place.opens_on <= day,
        or_(Place.closes_on.is_(None), Place.closes_on > day),
    )
    found = uow.all(query.order_by(Place.id).limit(MOST))
    return [place for place in found if not place.programmes or programme in place.programmes]


@dataclass(frozen=True, slots=True)
class Room:
    """How much of an offer is taken, by persons and by households."""

    persons: int = 0
    households: int = 0


@dataclass(frozen=True, slots=True)
class _Taken:
    household_id: UUID
    persons: int
    on: date


def taken(
    uow: UnitOfWork, chosen: Sequence[Place], offers: Mapping[UUID, PlaceOffer]
) -> Mapping[UUID, Room]:
    """Count what is taken of each offer: room that was allocated, and who moved in without.

    All households are counted, whoever may know of them: only sums come out. What a sponsor group
    has on its hands counts as long as it has; in a location, who moved in while the offer holds.
    """
    here = [place for place in chosen if place.id in offers]
    allocated = _allocated(uow, [place.id for place in here])
    settled, sponsored = _settled(uow, here), _sponsored(uow, here)
    found = {}
    for place in here:
        offer = offers[place.id]
        given = [row for row in allocated.get(place.id, ()) if _within(offer, row.on)]
        if place.kind is Kind.GROUP:
            others = sponsored.get(place.group_id, ())
        else:
            others = [row for row in settled.get(place.location, ()) if _within(offer, row.on)]
        by_household = {row.household_id: row.persons for row in (*others, *given)}
        found[place.id] = Room(sum(by_household.values()), len(by_household))
    return found


def _within(offer: PlaceOffer, day: date) -> bool:
    return offer.from_on <= day and (offer.to_on is None or day < offer.to_on)


def _allocated(uow: UnitOfWork, place_ids: Collection[UUID]) -> Mapping[UUID, Sequence[_Taken]]:
    row = Allocation
    query: Any = select(row.place_id, row.household_id, row.persons, row.for_on).where(
        row.place_id.in_(place_ids), row.released_on.is_(None)
    )
    return _grouped(
        (found.place_id, _Taken(found.household_id, found.persons, found.for_on))
        for found in uow.rows(uow.touching(query, row))
    )


def _settled(uow: UnitOfWork, here: Sequence[Place]) -> Mapping[Any, Sequence[_Taken]]:
    """Name who lives in a home of their own in these locations, without a sponsor group."""
    row = Placement
    query: Any = select(row.household_id, row.location, row.start_on).where(
        row.location.in_([place.location for place in here if place.kind is Kind.LOCATION]),
        row.kind == PlacementKind.SETTLED,
        row.group_id.is_(None),
        row.end_on.is_(None),
    )
    rows = uow.rows(uow.touching(query, row))
    sizes = sizes_of(uow, [found.household_id for found in rows])
    return _grouped(
        (found.location, _Taken(found.household_id, sizes[found.household_id], found.start_on))
        for found in rows
        if found.household_id in sizes
    )


def _sponsored(uow: UnitOfWork, here: Sequence[Place]) -> Mapping[Any, Sequence[_Taken]]:
    row = Sponsorship
    query: Any = select(row.household_id, row.group_id, row.persons, row.proposed_on).where(
        row.group_id.in_([place.group_id for place in here if place.group_id is not None]),
        row.ended_on.is_(None),
    )
    return _grouped(
        (found.group_id, _Taken(found.household_id, found.persons, found.proposed_on))
        for found in uow.rows(uow.touching(query, row))
    )


def sizes_of(uow: UnitOfWork, household_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Count who belongs to each household, whoever may know of it."""
    member = HouseholdMember
    query: Any = (
        select(member.household_id, func.count().label("persons"))
        .where(member.household_id.in_(household_ids), member.left_on.is_(None))
        .group_by(member.household_id)
    )
    return {row.household_id: row.persons for row in uow.rows(uow.touching(query, member))}


def _grouped(pairs: Iterator[tuple[Any, _Taken]]) -> Mapping[Any, Sequence[_Taken]]:
    found: dict[Any, list[_Taken]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place with what it offers on a day, and what is left of that."""

    id: UUID
    version: int
    kind: Kind
    name: str
    location: str
    group_id: UUID | None
    opens_on: date
    closes_on: date | None
    offer: PlaceOffer | None
    persons_left: int | None
    households_left: int | None

    @property
    def persons(self) -> int | None:
        return None if self.offer is None else self.offer.persons

    @property
    def households(self) -> int | None:
        return None if self.offer is None else self.offer.households

    @property
    def wait_days(self) -> int | None:
        return None if self.offer is None else self.offer.wait_days


def lines(uow: UnitOfWork, chosen: Sequence[Place], day: date) -> Sequence[PlaceLine]:
    """Tell of places what they offer on a day and what is left, in a constant number of queries."""
    offers = offers_on(uow, [place.id for place in chosen], day)
    rooms = taken(uow, chosen, offers)
    return [_line(place, offers.get(place.id), rooms.get(place.id, Room())) for place in chosen]


def _line(place: Place, offer: PlaceOffer | None, room: Room) -> PlaceLine:
    of_households = None if offer is None else offer.households
    return PlaceLine(
        id=place.id,
        version=place.version,
        kind=place.kind,
        name=place.name,
        location=place.location,
        group_id=place.group_id,
        opens_on=place.opens_on,
        closes_on=place.closes_on,
        offer=offer,
        persons_left=None if offer is None else max(offer.persons - room.persons, 0),
        households_left=None if of_households is None else max(of_households - room.households, 0),
    )
