"""Why a household was given its place, why not another, and what one place more would bring. Pure.

Everything is worked out from the facts that a run keeps, with the same rules and the same search,
so that what is told of a run is what happened in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from resettle.core.late import Floats, Wholes, np
from resettle.matching import judging, scoring
from resettle.matching.ahead import priced
from resettle.matching.facts import Family, Measure, Spot
from resettle.matching.judging import CLOSE, Judged
from resettle.matching.problem import UNPLACED, Assignment, Problem, Wishes


@dataclass(frozen=True)
class Setting:
    """A matching as a whole: who, where, by which measure, what a person asked, and the prices.

    Every pair is judged once, when it is first asked for, and not at all for who never asks.
    """

    families: Sequence[Family]
    spots: Sequence[Spot]
    measure: Measure
    asked: Wishes
    prices: Sequence[float]

    @cached_property
    def problem(self) -> Problem:
        return scoring.problem(self.families, self.spots, self.measure)

    @property
    def wishes(self) -> Wishes:
        return scoring.wishes(self.families, self.spots, self.asked)


@dataclass(frozen=True, slots=True)
class Option:
    """One place for one household, as it was judged and as the run had it.

    `regret` is how much less it suits the household than the best place that is open to it;
    `wanted_by` are others for whom it would be better than what they were given; `kept_for_later`
    is what the place is worth to later families, above the place that is worth least to them.
    """

    judged: Judged
    given: bool
    regret: float
    kept_for_later: float
    wanted_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change would bring beside what was found: persons, weight, and who would move."""

    persons: int
    weight: float
    moved: Sequence[tuple[str, str, str]]


def solve(setting: Setting) -> Assignment:
    """Find the places. Raises Impossible if what was pinned cannot be."""
    prices: Floats = np.array(setting.prices, dtype=float)
    return priced(setting.problem, prices, setting.wishes)


def options(setting: Setting, places: Wholes, row: int) -> Sequence[Option]:
    """Judge every place for one household: what it was given, then the best that is open to it."""
    family = setting.families[row]
    column_of = {spot.id: column for column, spot in enumerate(setting.spots)}
    ranked = judging.ranked(family, setting.spots, setting.measure)
    priced_spots = zip(setting.spots, setting.prices, strict=True)
    cheapest = min((price for spot, price in priced_spots if spot.persons), default=0.0)
    rivals = _rivals(setting, places)
    found = [
        Option(
            judged=judged,
            given=places[row] == column,
            regret=judging.regret(ranked, judged.weight),
            kept_for_later=max(setting.prices[column] - cheapest, 0.0) * family.persons,
            wanted_by=[each for each in rivals[column] if each != family.id],
        )
        for judged in ranked
        for column in (column_of[judged.place_id],)
    ]
    return sorted(found, key=lambda option: not option.given)


def _rivals(setting: Setting, places: Wholes) -> Sequence[Sequence[str]]:
    """Name for each place the households that it would suit better than what they were given."""
    problem = setting.problem
    now = np.where(
        places == UNPLACED, -1.0, problem.weights[np.arange(len(places)), np.maximum(places, 0)]
    )
    better = problem.may & (problem.weights > now[:, None] + CLOSE)
    return [
        [setting.families[row].id for row in np.flatnonzero(better[:, column]).tolist()]
        for column in range(len(setting.spots))
    ]


def instead(setting: Setting, places: Wholes, row: int, place_id: str) -> Difference:
    """Tell what it would cost to give a household another place. Raises Impossible."""
    other = replace(setting.families[row], pinned=place_id)
    families = [*setting.families]
    families[row] = other
    return _difference(setting, places, replace(setting, families=families))


def with_more(setting: Setting, places: Wholes, place_id: str, room: Spot) -> Difference:
    """Tell what more room in a place would bring: `room` is the place with it."""
    spots = [room if spot.id == place_id else spot for spot in setting.spots]
    return _difference(setting, places, replace(setting, spots=spots))


def _difference(setting: Setting, places: Wholes, other: Setting) -> Difference:
    found = solve(other)
    before, after = setting.problem, other.problem
    rows = np.flatnonzero(places != UNPLACED)
    return Difference(
        persons=found.persons - int(before.sizes[rows].sum()),
        weight=float(_weight(after, found.places) - before.weights[rows, places[rows]].sum()),
        moved=[
            (setting.families[row].id, _name(setting, places[row]), _name(other, found.places[row]))
            for row in np.flatnonzero(places != found.places).tolist()
        ],
    )


def _weight(problem: Problem, places: Wholes) -> float:
    rows = np.flatnonzero(places != UNPLACED)
    return float(problem.weights[rows, places[rows]].sum())


def _name(setting: Setting, column: int) -> str:
    return "" if column == UNPLACED else setting.spots[column].id


def more_room(spot: Spot, persons: int, households: int, houses: int) -> Spot:
    """Give a place so much more room, never less than none."""
    of_households = spot.households
    return replace(
        spot,
        persons=max(spot.persons + persons, 0),
        households=None if of_households is None else max(of_households + households, 0),
        houses=max(spot.houses + houses, 0),
    )
