"""The facts of a run, kept as they are at its moment, and read again as they were."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from resettle.core.late import Wholes, np
from resettle.core.work import UnitOfWork
from resettle.matching import queries, waiting
from resettle.matching.facts import Family, Measure, Spot, kept, measure_of, read
from resettle.matching.models import Place, PlaceOffer
from resettle.matching.problem import UNPLACED, Objective, Wishes
from resettle.matching.reasons import Setting, more_room
from resettle.matching.run_models import MatchHousehold, MatchPlace, MatchRun
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.placement import Kind, PlacementRules


@dataclass(frozen=True, slots=True)
class Frozen:
    """A run with its rows, in the order of the search, and what they come to."""

    run: MatchRun
    households: Sequence[MatchHousehold]
    places: Sequence[MatchPlace]
    setting: Setting

    @property
    def found(self) -> Wholes:
        """Give the place of each household as the run has it."""
        column_of = {row.place_id: column for column, row in enumerate(self.places)}
        given = [column_of.get(row.place_id, UNPLACED) for row in self.households]  # type: ignore[arg-type]
        return np.array(given, dtype=np.int64)

    def row_of(self, household_id: UUID) -> int | None:
        found = (n for n, row in enumerate(self.households) if row.household_id == household_id)
        return next(found, None)


def freeze(uow: UnitOfWork, run: MatchRun) -> int:
    """Keep the facts of a run, and say how many pairs of household and place there are."""
    if run.base_id is not None:
        families, spots = _as_in_base(uow, run)
    else:
        families, spots = _as_now(uow, run)
    for family in families:
        told = kept(family)
        closed = told.pop("closed")
        row = MatchHousehold(
            run_id=run.id, household_id=UUID(family.id), persons=family.persons, facts=told
        )
        row.closed = json.dumps(closed)
        row.pinned_id = UUID(family.pinned) if family.pinned else None
        uow.session.add(row)
    uow.session.add_all(
        MatchPlace(run_id=run.id, place_id=UUID(spot.id), facts=kept(spot)) for spot in spots
    )
    run.households, run.persons = len(families), sum(family.persons for family in families)
    uow.session.flush()
    return len(families) * len(spots)


def _as_now(uow: UnitOfWork, run: MatchRun) -> tuple[Sequence[Family], Sequence[Spot]]:
    catalogue = uow.use(Catalogue)
    rules = catalogue.placement_rules(run.programme_code, run.for_on)
    assert rules is not None, "a run is asked for only where there are rules"
    run.rules = kept(measure_of(rules))
    waits = waiting.waiting(uow, rules)
    spots, places = spots_on(uow, rules, run)
    ids = list(dict.fromkeys(each.household_id for each in waits))
    found = waiting.families(uow, ids, rules, run.for_on)
    return waiting.with_decisions(uow, found, waits, places), spots


def spots_on(
    uow: UnitOfWork, rules: PlacementRules, run: MatchRun
) -> tuple[Sequence[Spot], Sequence[Place]]:
    """Tell of the places that are open on the day what each has and what is left of it."""
    places = queries.open_places(uow, Kind(rules.kind), rules.programme, run.for_on)
    lines = {line.id: line for line in queries.lines(uow, places, run.for_on)}
    offered = [place for place in places if lines[place.id].offer is not None]
    return [_spot(uow, place, lines[place.id], run) for place in offered], offered


def _spot(uow: UnitOfWork, place: Place, line: queries.PlaceLine, run: MatchRun) -> Spot:
    offer, catalogue = line.offer, uow.use(Catalogue)
    assert isinstance(offer, PlaceOffer), "only what is offered becomes a spot"
    programme = catalogue.in_force(run.programme_code, run.for_on)
    return Spot(
        id=str(place.id),
        name=place.name,
        location=place.location,
        persons=line.persons_left or 0,
        households=line.households_left,
        most_persons=offer.most_persons,
        near=tuple(place.near),
        languages=tuple(offer.languages),
        interpreters=tuple(offer.interpreters),
        services=tuple(offer.services),
        work=tuple(offer.work),
        prefers=tuple(offer.prefers),
        houses=offer.houses,
        step_free=offer.step_free,
        wait_days=offer.wait_days,
        allowed=programme.locations.allows(place.location, catalogue.locations),
    )


def _as_in_base(uow: UnitOfWork, run: MatchRun) -> tuple[Sequence[Family], Sequence[Spot]]:
    base = uow.find(MatchRun, run.base_id) if run.base_id else None
    assert base is not None, "a scenario has a base"
    there = thaw(uow, base)
    run.rules, run.outlook = dict(base.rules), dict(base.outlook)
    spots = [
        more_room(spot, **run.more[spot.id]) if spot.id in run.more else spot
        for spot in there.setting.spots
    ]
    return there.setting.families, spots


def thaw(uow: UnitOfWork, run: MatchRun) -> Frozen:
    """Read a run's facts again as they were kept: all of them, or the search would be another.

    What of it is told to a reader is for the caller to choose (run_queries.look).
    """
    homes, places = households_of(uow, run), places_of(uow, run)
    uow.unlock({row.household_id for row in homes})
    setting = Setting(
        families=[family_of(row) for row in homes],
        spots=[spot_of(row) for row in places],
        measure=measure_of_run(run),
        asked=Wishes(Objective(run.objective), time_limit=run.time_limit, seed=run.seed),
        prices=[row.price for row in places],
    )
    return Frozen(run, homes, places, setting)


def households_of(uow: UnitOfWork, run: MatchRun) -> Sequence[MatchHousehold]:
    """List all households of a run, in the order of the search."""
    every: Any = select(MatchHousehold).where(MatchHousehold.run_id == run.id)
    return uow.all(uow.touching(every, MatchHousehold).order_by(MatchHousehold.household_id))


def places_of(uow: UnitOfWork, run: MatchRun) -> Sequence[MatchPlace]:
    """List the places of a run, in the order of the search."""
    every = uow.select(MatchPlace).where(MatchPlace.run_id == run.id)
    return uow.all(every.order_by(MatchPlace.place_id))


def family_of(row: MatchHousehold) -> Family:
    """Read what was known of a household, with the places that were not open to it."""
    return replace(read(Family, row.facts), closed=tuple(json.loads(row.closed or "[]")))


def spot_of(row: MatchPlace) -> Spot:
    return read(Spot, row.facts)


def measure_of_run(run: MatchRun) -> Measure:
    return read(Measure, run.rules)
