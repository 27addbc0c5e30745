"""Where a household of the planted world could live, and what was decided about it."""

from datetime import date
from uuid import UUID

from resettle.core.classes import DataClass
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.matching.facts import Family, Measure, Spot, kept
from resettle.matching.models import (
    Allocation,
    Place,
    PlaceExclusion,
    PlacementWish,
    PlaceOffer,
    Ruling,
    RulingKind,
)
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun, RunStatus
from resettle.programmes.placement import Kind
from tests.access.canaries import Canaries

Ids = dict[str, UUID]
SINCE, DAY = date(2025, 1, 1), date(2026, 2, 2)
BEFORE = date(2024, 1, 1)


def placeable(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> Ids:
    """Plant a place, a run in which the household was matched with it, and what came of that."""
    place = _a_place(uow, name)
    offer = uow.add(PlaceOffer(place_id=place.id, from_on=SINCE, persons=500))
    run = _a_run(uow, canaries, name, household, place)
    ruling = Ruling(household_id=household.id, place_id=place.id, kind=RulingKind.FORBID)
    ruling.reason_code = "OTHER"
    uow.add(canaries.fill(ruling, name))
    wish = PlacementWish(household_id=household.id, needs=[], wants=[])
    uow.add(canaries.fill(wish, name))
    feared = PlaceExclusion(household_id=household.id, set_on=DAY)
    uow.add(canaries.fill(feared, name))
    taken = Allocation(place_id=place.id, household_id=household.id, persons=4, for_on=DAY)
    return {
        "place_id": place.id,
        "offer_id": offer.id,
        "run_id": run.id,
        "other_run_id": run.id,
        "ruling_id": ruling.id,
        "exclusion_id": feared.id,
        "allocation_id": uow.add(taken).id,
    }


def _a_place(uow: UnitOfWork, name: str) -> Place:
    place = Place(kind=Kind.LOCATION, name=f"Town of {name}", location=f"Town of {name}")
    place.programmes, place.near, place.opens_on = [], [], BEFORE
    return uow.add(place)


def _a_run(
    uow: UnitOfWork, canaries: Canaries, name: str, household: Household, place: Place
) -> MatchRun:
    run = MatchRun(programme_code=household.programme_code, for_on=DAY, status=RunStatus.DONE)
    run.rules = kept(Measure("", (), {"community": 1}, "free", 84))
    spot = Spot(str(place.id), place.name, place.location, 500)
    run.title, run.objective, run.time_limit = "", "persons-first", 10
    uow.add(run)
    uow.add(MatchPlace(run_id=run.id, place_id=place.id, facts=kept(spot)))
    matched = MatchHousehold(run_id=run.id, household_id=household.id, persons=4)
    mark = canaries.make(name, "", "match_household", "facts", DataClass.PROFILE)
    matched.facts = kept(Family(str(household.id), 4, languages=(mark,)))
    matched.closed = "[]"
    matched.place_id = place.id
    uow.add(canaries.fill(matched, name, keep=("closed", "facts")))
    return run
