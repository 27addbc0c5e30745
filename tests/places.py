"""Makers of places, and of households that wait for one."""

from datetime import date
from typing import Any
from uuid import uuid4

from resettle.core.actor import Actor, Duty, Role
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.matching.models import Place, PlaceOffer
from resettle.programmes.placement import Kind
from tests.journeys import QUOTA, a_family, a_quota_case, at

DAY = date(2026, 3, 2)
OFFICER = Actor(Role.CASEWORKER, user_id=uuid4(), duties=frozenset({Duty.PLACEMENT_OFFICER}))
MANAGER = Actor(Role.PROGRAMME_MANAGER, user_id=uuid4())


def a_place(uow: UnitOfWork, location: str = "LEV", persons: int = 20, **offer: Any) -> Place:
    """Make a settlement location that offers something from last year on."""
    near, group_id = offer.pop("near", ()), offer.pop("group_id", None)
    place = Place(
        kind=Kind.LOCATION if group_id is None else Kind.GROUP,
        name=offer.pop("name", f"Place {location}"),
        location=location,
        group_id=group_id,
        programmes=[],
        near=[*near],
        opens_on=date(2025, 1, 1),
    )
    uow.add(place)
    uow.add(PlaceOffer(place_id=place.id, from_on=date(2025, 7, 1), persons=persons, **offer))
    return place


def who_waits(uow: UnitOfWork, *people: tuple[str, date], **facts: Any) -> Household:
    """Make a quota household that is approved and has no place."""
    household = a_family(uow, *people, **QUOTA, **facts)
    at(a_quota_case(uow, household), "APPROVED")
    return household
