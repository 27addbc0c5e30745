"""Where a household of the planted world could live, and what was decided about it."""

from datetime import date
from uuid import UUID

from resettle.core.classes import DataClass
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.matching.models import Allocation, Place, PlaceOffer, Ruling, RulingKind
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun, RunStatus
from resettle.programmes.placement import Kind
from tests.access.canaries import Canaries

Ids = dict[str, UUID]
SINCE, DAY = date(2025, 1, 1), date(2026, 2, 2)
BEFORE = date(2024, 1, 1)


def placeable(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> Ids:
    """Plant a place, a run in which the household was matched with it, and what came of that."""
    place = Place(kind=Kind.LOCATION, name=f"Town of {name}", location=f"Town of {name}")
    place.programmes, place.near, place.opens_on = [], [], BEFORE
    uow.add(place)
    offer = uow.add(PlaceOffer(place_id=place.id, from_on=SINCE, persons=500))
    run = MatchRun(programme_code=household.programme_code, for_on=DAY, status=RunStatus.DONE)
    run.title, run.objective, run.time_limit = "", "persons-first", 10
    uow.add(run)
    uow.add(MatchPlace(run_id=run.id, place_id=place.id, facts={}))
    matched = MatchHousehold(run_id=run.id, household_id=household.id, persons=4, facts={})
    matched.place_id = place.id
    mark = canaries.make(name, "", "match_household", "facts", DataClass.PROFILE)
    matched.facts = {"languages": [mark]}
    uow.add(canaries.fill(matched, name, keep=("closed", "facts")))
    ruling = Ruling(household_id=household.id, place_id=place.id, kind=RulingKind.FORBID)
    ruling.reason_code = "OTHER"
    uow.add(canaries.fill(ruling, name))
    taken = Allocation(place_id=place.id, household_id=household.id, persons=4, for_on=DAY)
    return {
        "place_id": place.id,
        "offer_id": offer.id,
        "run_id": run.id,
        "ruling_id": ruling.id,
        "allocation_id": uow.add(taken).id,
    }
