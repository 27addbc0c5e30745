"""A frozen run is priced and solved: the product's own search, with the year ahead in view.

What has to be read is read first, what takes long needs no database, and what came of it is kept
after that: a job has three units of work of no length, and nobody waits for it to write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from resettle.core.late import Floats, np
from resettle.core.work import UnitOfWork
from resettle.matching import freezing, scoring, waiting
from resettle.matching.ahead import Futures, Outlook
from resettle.matching.assign import greedy as one_by_one
from resettle.matching.freezing import Frozen, thaw
from resettle.matching.problem import UNPLACED, Assignment, Impossible, Objective, Problem
from resettle.matching.reasons import Setting
from resettle.matching.reasons import solve as search
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.terms import MonthDay

UNANNOUNCED = "The year ahead is not looked at: no persons are announced for it."


@dataclass(frozen=True, slots=True)
class Pricing:
    """What is needed to draw futures: who may come, and what is told of how that was worked out."""

    futures: Futures
    seed: int
    told: dict[str, int]

    def drawn(self, numbers: range) -> Floats:
        return self.futures.sum_of(numbers, self.seed)


def price(uow: UnitOfWork, run: MatchRun) -> None:
    """Work out what a place for one person is worth to those who come later in the year.

    Those are drawn from who arrived in the year before and in this one, as many persons as are
    announced. A scenario keeps the outlook of its base, and prices its own room.
    """
    pricing = pricing_of(uow, run)
    if pricing is not None:
        every = range(pricing.told["futures"])
        keep_prices(uow, run, pricing.told, every, pricing.drawn(every))
    run.status = RunStatus.PRICED
    uow.session.flush()


def pricing_of(uow: UnitOfWork, run: MatchRun) -> Pricing | None:
    """Read what the prices of a run are worked out from, if the year ahead is looked at."""
    frozen = thaw(uow, run)
    rules = uow.use(Catalogue).placement_rules(run.programme_code, run.for_on)
    if not run.ahead or rules is None or not frozen.households or not frozen.places:
        return None
    year = uow.use(Catalogue).in_force(run.programme_code, run.for_on).year
    announced = rules.announced_for(year.of(run.for_on))
    if announced is None:
        run.outlook = {"note": UNANNOUNCED}
        return None
    return _pricing(uow, frozen, announced)


def _pricing(uow: UnitOfWork, frozen: Frozen, announced: int) -> Pricing:
    run = frozen.run
    began = _began(uow, run)
    past = _problem(uow, frozen, began.replace(year=began.year - 1), began)
    here = _problem(uow, frozen, began, run.for_on)
    batch = frozen.setting.problem
    so_far = _together(here, batch)
    outlook = Outlook(announced, past if len(past.sizes) else None)
    told = {
        "announced": announced,
        "coming": max(announced - int(so_far.sizes.sum()), 0),
        "past_households": len(past.sizes),
        "this_year_households": len(here.sizes),
        "futures": outlook.futures,
    }
    return Pricing(Futures.of(batch, so_far, Objective(run.objective), outlook), run.seed, told)


def keep_prices(
    uow: UnitOfWork, run: MatchRun, told: dict[str, int], numbers: range, drawn: Floats
) -> None:
    """Keep what some futures came to: the price is the mean over all, once the last is drawn."""
    futures = told["futures"]
    for row, found in zip(freezing.places_of(uow, run), drawn, strict=True):
        before = row.price if numbers.start else 0.0
        row.price = round(before + float(found) / futures, 9)
    is_last = numbers.stop >= futures
    run.outlook = told if is_last else {**told, "drawn": numbers.stop}


def _began(uow: UnitOfWork, run: MatchRun) -> date:
    starts: MonthDay = uow.use(Catalogue).in_force(run.programme_code, run.for_on).year.starts
    began = run.for_on.replace(month=starts.month, day=starts.day)
    return began if began <= run.for_on else began.replace(year=began.year - 1)


def _problem(uow: UnitOfWork, frozen: Frozen, first: date, last: date) -> Problem:
    """Judge those who arrived in a span by the places of today; nothing is kept of them."""
    run = frozen.run
    rules = uow.use(Catalogue).placement_rules(run.programme_code, run.for_on)
    assert rules is not None, "prices are asked for only where there are rules"
    ids = waiting.arrived(uow, run.programme_code, first, last)
    found = waiting.families(uow, ids, rules, run.for_on)
    return scoring.problem(found, frozen.setting.spots, frozen.setting.measure)


def _together(one: Problem, other: Problem) -> Problem:
    return Problem(
        np.concatenate([one.sizes, other.sizes]),
        np.vstack([one.weights, other.weights]),
        np.vstack([one.may, other.may]),
        other.capacities,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search came to: the places, what each weighs, and what one by one would come to."""

    found: Assignment | None
    weights: Sequence[float] = ()
    by_hand: Assignment | None = None
    fault: str = ""


def solve(uow: UnitOfWork, run: MatchRun) -> None:
    """Find the places, and set beside it what giving them one by one would come to."""
    keep_outcome(uow, run, outcome(thaw(uow, run).setting))


def outcome(setting: Setting) -> Outcome:
    """Search. It needs no database."""
    try:
        found = search(setting)
    except Impossible:
        return Outcome(None, fault=_why(setting))
    problem = setting.problem
    weights = [
        0.0 if place == UNPLACED else float(problem.weights[row, place])
        for row, place in enumerate(found.places)
    ]
    return Outcome(found, weights, one_by_one(problem))


def keep_outcome(uow: UnitOfWork, run: MatchRun, came: Outcome) -> None:
    """Keep what a search came to."""
    run.finished_at = uow.now
    found, by_hand = came.found, came.by_hand
    if found is None or by_hand is None:
        run.status, run.fault = RunStatus.IMPOSSIBLE, came.fault
        return
    homes, places = freezing.households_of(uow, run), freezing.places_of(uow, run)
    for row, place, weight in zip(homes, found.places, came.weights, strict=True):
        if place != UNPLACED:
            row.place_id, row.weight = places[place].place_id, weight
    run.placed_households, run.placed_persons = found.households, found.persons
    run.weight, run.gap, run.short = found.weight, found.gap, found.short
    run.seconds = round(found.seconds, 3)
    run.greedy_persons, run.greedy_weight = by_hand.persons, by_hand.weight
    run.status = RunStatus.DONE


def _why(setting: Setting) -> str:
    """Count the pins that stand in the way each by itself; else it is their sum that does."""
    wishes, problem = setting.wishes, setting.problem
    barred = sum(not problem.may[row, column] for row, column in wishes.pins.items())
    if barred:
        return f"{barred} of the pinned households cannot live where they are pinned."
    return "What is pinned does not fit together: lift a pin, or make room."
