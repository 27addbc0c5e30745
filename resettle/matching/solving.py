"""A frozen run is priced and solved: the product's own search, with the year ahead in view."""

from datetime import date

from resettle.core.late import np
from resettle.core.work import UnitOfWork
from resettle.matching import ahead, scoring, waiting
from resettle.matching.ahead import Outlook
from resettle.matching.assign import UNPLACED, Impossible, Objective, Problem, greedy
from resettle.matching.freezing import Frozen, thaw
from resettle.matching.reasons import solve as search
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.terms import MonthDay

UNANNOUNCED = "The year ahead is not looked at: no persons are announced for it."


def price(uow: UnitOfWork, run: MatchRun) -> None:
    """Work out what a place for one person is worth to those who come later in the year.

    Those are drawn from who arrived in the year before and in this one, as many persons as are
    announced. A scenario keeps the outlook of its base, and prices its own room.
    """
    frozen = thaw(uow, run)
    rules = uow.use(Catalogue).placement_rules(run.programme_code, run.for_on)
    if run.ahead and rules is not None and frozen.households and frozen.places:
        year = uow.use(Catalogue).in_force(run.programme_code, run.for_on).year
        announced = rules.announced_for(year.of(run.for_on))
        if announced is not None:
            _price(uow, frozen, announced)
        else:
            run.outlook = {"note": UNANNOUNCED}
    run.status = RunStatus.PRICED
    uow.session.flush()


def _price(uow: UnitOfWork, frozen: Frozen, announced: int) -> None:
    run = frozen.run
    began = _began(uow, run)
    past = _problem(uow, frozen, began.replace(year=began.year - 1), began)
    here = _problem(uow, frozen, began, run.for_on)
    batch = frozen.setting.problem
    so_far = _together(here, batch)
    outlook = Outlook(announced, past if len(past.sizes) else None, seed=run.seed)
    chance = np.random.default_rng(run.seed)
    objective = Objective(run.objective)
    prices = ahead.prices(batch, so_far, objective, outlook, chance)
    for row, found in zip(frozen.places, prices, strict=True):
        row.price = round(float(found), 9)
    run.outlook = {
        "announced": announced,
        "coming": max(announced - int(so_far.sizes.sum()), 0),
        "past_households": len(past.sizes),
        "this_year_households": len(here.sizes),
        "futures": outlook.futures,
    }


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


def solve(uow: UnitOfWork, run: MatchRun) -> None:
    """Find the places, and set beside it what giving them one by one would come to."""
    frozen = thaw(uow, run)
    run.finished_at = uow.now
    try:
        found = search(frozen.setting)
    except Impossible:
        run.status, run.fault = RunStatus.IMPOSSIBLE, _why(frozen)
        return
    problem = frozen.setting.problem
    for row, place, number in zip(
        frozen.households, found.places, range(len(found.places)), strict=True
    ):
        if place != UNPLACED:
            row.place_id = frozen.places[place].place_id
            row.weight = float(problem.weights[number, place])
    by_hand = greedy(problem)
    run.placed_households, run.placed_persons = found.households, found.persons
    run.weight, run.gap, run.seconds = found.weight, found.gap, round(found.seconds, 3)
    run.greedy_persons, run.greedy_weight = by_hand.persons, by_hand.weight
    run.status = RunStatus.DONE


def _why(frozen: Frozen) -> str:
    """Count the pins that stand in the way each by itself; else it is their sum that does."""
    setting = frozen.setting
    wishes, problem = setting.wishes, setting.problem
    barred = sum(not problem.may[row, column] for row, column in wishes.pins.items())
    if barred:
        return f"{barred} of the pinned households cannot live where they are pinned."
    return "What is pinned does not fit together: lift a pin, or make room."
