"""Places and what they offer, what households wish, and what people have decided about both."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from resettle.core.classes import OPS, PROFILE, DataClass, Held
from resettle.core.db import Record
from resettle.core.sealed import Sealed, SealedEntity
from resettle.programmes.placement import Kind

OF_PROGRAMME = Held(about="", kept="programme", export="never")
OF_HOUSEHOLD = Held(about="household_id", kept="case_file", export="my_record")


class RulingKind(StrEnum):
    """What a person decided beforehand: this place, not this place, or no other run changes it."""

    PIN = "pin"
    FORBID = "forbid"
    LOCK = "lock"


class Place(Record):
    """Where households can be placed: a settlement location, or a sponsor group's town.

    `location` is the code of a settlement location, or the name of any other town. `near` names
    the locations that count as near: linked households may live in one and the other.
    """

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("closes_on IS NULL OR closes_on > opens_on", name="closes_after_opening"),
    )
    held = OF_PROGRAMME

    kind: Mapped[Kind] = mapped_column(info=OPS)
    name: Mapped[str] = mapped_column(unique=True, info=OPS)
    location: Mapped[str] = mapped_column(index=True, info=OPS)
    group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sponsor_group.id"), unique=True, info=OPS
    )
    programmes: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    near: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    opens_on: Mapped[date] = mapped_column(info=OPS)
    closes_on: Mapped[date | None] = mapped_column(info=OPS)


class PlaceOffer(Record):
    """What a place has from one day to another; the last day is the next offer's first.

    `persons` and `households` are how many can be taken in that span; `most_persons` is the
    largest household; `languages` are of communities that live there, `interpreters` of those who
    can be booked; `work` are fields of work by ISCO's first digit; `wait_days` is how long a house
    takes to find beyond `houses`, which are at hand, `step_free` of them without steps.
    `prefers` is what a sponsor group would rather support.
    """

    __tablename__ = "place_offer"
    __table_args__ = (
        UniqueConstraint("place_id", "from_on"),
        CheckConstraint("to_on IS NULL OR to_on > from_on", name="ends_after_beginning"),
        CheckConstraint("persons >= 0", name="persons"),
    )
    held = OF_PROGRAMME

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), info=OPS)
    from_on: Mapped[date] = mapped_column(info=OPS)
    to_on: Mapped[date | None] = mapped_column(info=OPS)
    persons: Mapped[int] = mapped_column(info=OPS)
    households: Mapped[int | None] = mapped_column(info=OPS)
    most_persons: Mapped[int | None] = mapped_column(info=OPS)
    languages: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    interpreters: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    services: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    work: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    prefers: Mapped[list[str]] = mapped_column(default=list, info=OPS)
    houses: Mapped[int] = mapped_column(default=0, info=OPS)
    step_free: Mapped[int] = mapped_column(default=0, info=OPS)
    wait_days: Mapped[int] = mapped_column(default=0, info=OPS)
    # Where the figures come from; invented ones say so.
    basis: Mapped[str] = mapped_column(default="", info=OPS)


class PlacementWish(Record):
    """What a household needs of a place and wishes of it, in practical words: no diagnosis here.

    `wishes` and `ties` are locations: where it would like to live, in its order, and where family
    or friends of it live. `needs` are services that a place must have; `wants` are good to have.
    That a house must be without steps is a need of a house (placements/models.py), and not here.
    """

    __tablename__ = "placement_wish"
    held = OF_HOUSEHOLD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), unique=True, info=OPS)
    wishes: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    ties: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    needs: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)
    wants: Mapped[list[str]] = mapped_column(default=list, info=PROFILE)


class PlaceExclusion(Record, SealedEntity):
    """A location where a household must not live, since somebody there may harm it.

    Only those who look after the household know. For all others such a place is not open to it,
    as a place is that has no offer, or whose group has said no.
    """

    __tablename__ = "place_exclusion"
    held = OF_HOUSEHOLD
    sealed_by = "household_id"

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    location = Sealed(DataClass.PROT)
    reason = Sealed(DataClass.PROT)
    set_on: Mapped[date] = mapped_column(info=OPS)
    lifted_on: Mapped[date | None] = mapped_column(info=OPS)


class Ruling(Record):
    """What a person ruled for one household and one place: a pin, a no, or a lock.

    Every run heeds the rulings that hold. A lock is a pin that re-optimising must not ask about.
    """

    __tablename__ = "match_ruling"
    held = OF_HOUSEHOLD

    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True, info=OPS)
    kind: Mapped[RulingKind] = mapped_column(info=OPS)
    reason_code: Mapped[str] = mapped_column(info=OPS)
    # For whoever reads it later; it names nobody.
    note: Mapped[str] = mapped_column(default="", info=PROFILE)
    lifted_on: Mapped[date | None] = mapped_column(info=OPS)


class Allocation(Record):
    """Room in a place that is given to a household, until it is given back.

    It counts against the offer that holds on `for_on`. It is made with the place's row locked, so
    that two confirmations cannot both take the last room.
    """

    __tablename__ = "place_allocation"
    __table_args__ = (CheckConstraint("persons > 0", name="persons"),)
    held = OF_HOUSEHOLD

    place_id: Mapped[UUID] = mapped_column(ForeignKey("place.id"), index=True, info=OPS)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("household.id"), index=True, info=OPS)
    persons: Mapped[int] = mapped_column(info=OPS)
    for_on: Mapped[date] = mapped_column(info=OPS)
    # The run that proposed it, if one did.
    run_id: Mapped[UUID | None] = mapped_column(info=OPS)
    released_on: Mapped[date | None] = mapped_column(info=OPS)
    release_reason: Mapped[str | None] = mapped_column(info=OPS)


_HOLDS = Ruling.lifted_on.is_(None)
_FIXED = _HOLDS & Ruling.kind.in_([RulingKind.PIN, RulingKind.LOCK])
_OPEN = Allocation.released_on.is_(None)
_LOCATION = Place.group_id.is_(None)
for _name, _columns, _which in (
    ("uq_place_one_location", (Place.location,), _LOCATION),
    ("uq_match_ruling_fixed", (Ruling.household_id,), _FIXED),
    ("uq_match_ruling_pair", (Ruling.household_id, Ruling.place_id), _HOLDS),
    ("uq_place_allocation_open", (Allocation.household_id,), _OPEN),
):
    Index(_name, *_columns, unique=True, sqlite_where=_which, postgresql_where=_which)

CONFLICTS: Mapping[str, str] = {
    "uq_place_name": "There is already a place of this name.",
    "uq_place_group_id": "This sponsor group is on the list of places already.",
    "uq_place_one_location": "This location is on the list of places already.",
    "uq_place_offer_place_id_from_on": "There is already an offer from this day on. Correct it.",
    "uq_placement_wish_household_id": "Somebody else recorded wishes at this moment.",
    "uq_match_ruling_fixed": "This household is pinned to a place already. Lift that first.",
    "uq_match_ruling_pair": "There is a ruling for this household and place. Lift it first.",
    "uq_place_allocation_open": "This household has a place already. Give it back first.",
}
