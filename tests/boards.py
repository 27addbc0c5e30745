"""Makers of places, of what they offer, and of a run on whose board people decide."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from resettle.core.actor import Actor, Duty, Role
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.matching.facts import Family, Measure, Spot, kept
from resettle.matching.models import Place, PlaceOffer
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun, RunStatus
from resettle.programmes.placement import Kind
from resettle.sponsors.models import SponsorGroup
from tests.world import a_user

SINCE, DAY = date(2025, 7, 1), date(2026, 4, 1)
MEASURE = Measure(
    "rqp-1", ("size", "services"), {"community": 60, "household_wish": 40}, "free", 90
)

_numbers = count(1)


def an_officer(uow: UnitOfWork) -> Actor:
    """Make a caseworker who places the households of all, and looks after none."""
    user = a_user(uow, duties=(Duty.PLACEMENT_OFFICER,))
    duties = frozenset({Duty.PLACEMENT_OFFICER})
    return Actor(Role.CASEWORKER, user_id=user.id, name="Ana Tuilagi", duties=duties)


def a_place(
    uow: UnitOfWork,
    name: str = "",
    *,
    location: str = "LEV",
    group: SponsorGroup | None = None,
    **offer: Any,
) -> Place:
    """Make a place with an offer that holds on."""
    place = uow.add(
        Place(
            kind=Kind.LOCATION if group is None else Kind.GROUP,
            name=name or f"Town {next(_numbers)}",
            location=location,
            group_id=None if group is None else group.id,
            opens_on=SINCE,
        )
    )
    usual = {"persons": 20, "households": 10, "languages": ["ara"]}
    uow.add(PlaceOffer(place_id=place.id, from_on=SINCE, **{**usual, **offer}))
    return place


def a_run(
    uow: UnitOfWork,
    places: Sequence[Place],
    given: Mapping[UUID, Place | None],
    **facts: Any,
) -> MatchRun:
    """Make a run that is done, with the place that it gave to each household."""
    known: Mapping[UUID, Any] = facts.pop("known", {})
    usual = {
        "title": "April",
        "programme_code": "rqp",
        "for_on": DAY,
        "status": RunStatus.DONE,
        "objective": "persons-first",
        "time_limit": 10,
        "rules": kept(MEASURE),
        "finished_at": uow.now,
    }
    run = uow.add(MatchRun(**{**usual, **facts}))
    for place in places:
        uow.add(MatchPlace(run_id=run.id, place_id=place.id, facts=kept(_spot(uow, place))))
    for household_id, place in given.items():
        home = uow.find(Household, household_id)
        assert home is not None
        persons = len(people_at_home(uow, household_id, uow.today))
        more = {"languages": (home.primary_language,), **known.get(household_id, {})}
        closed = more.pop("closed", ())
        row = MatchHousehold(
            run_id=run.id,
            household_id=household_id,
            persons=persons,
            facts=kept(Family(str(household_id), persons, **more)),
            place_id=None if place is None else place.id,
        )
        row.closed = "[" + ", ".join(f'"{each.id}"' for each in closed) + "]"
        uow.add(row)
    return run


def _spot(uow: UnitOfWork, place: Place) -> Spot:
    offer = uow.first(uow.select(PlaceOffer).where(PlaceOffer.place_id == place.id))
    assert offer is not None
    return Spot(
        str(place.id),
        place.name,
        place.location,
        offer.persons,
        households=offer.households,
        most_persons=offer.most_persons,
        languages=tuple(offer.languages),
        services=tuple(offer.services or ()),
    )
