"""A large matching, step by step: each reads, works outside of the database, and keeps what came.

So nobody waits to write while a run is searched, and it can be stopped between two steps.
"""

from functools import partial
from typing import Any
from uuid import UUID

from resettle.core.jobs import Keep, Outside
from resettle.core.late import Floats
from resettle.core.work import UnitOfWork
from resettle.matching import freezing, solving
from resettle.matching.reasons import Setting
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.matching.solving import Outcome, Pricing

PRICE = "matching.price"
SOLVE = "matching.solve"
# So many futures are drawn in a step.
AT_A_TIME = 3


def price(uow: UnitOfWork, payload: dict[str, Any]) -> Outside | None:
    """Draw some futures, and leave the next ones, or the search, for the next job."""
    run = _run(uow, payload)
    if run.status is not RunStatus.FROZEN:
        return None
    pricing = solving.pricing_of(uow, run)
    if pricing is None:
        _priced(uow, run)
        return None
    first: int = run.outlook.get("drawn", 0)
    numbers = range(first, min(first + AT_A_TIME, pricing.told["futures"]))
    return partial(_draw, payload, pricing, numbers)


def _draw(payload: dict[str, Any], pricing: Pricing, numbers: range) -> Keep:
    return partial(_keep_drawn, payload, pricing.told, numbers, pricing.drawn(numbers))


def _keep_drawn(
    payload: dict[str, Any], told: dict[str, int], numbers: range, drawn: Floats, uow: UnitOfWork
) -> None:
    run = _run(uow, payload)
    if run.status is not RunStatus.FROZEN:
        return
    solving.keep_prices(uow, run, told, numbers, drawn)
    if "drawn" in run.outlook:
        uow.later(PRICE, run_id=str(run.id))
    else:
        _priced(uow, run)


def _priced(uow: UnitOfWork, run: MatchRun) -> None:
    run.status = RunStatus.PRICED
    uow.later(SOLVE, run_id=str(run.id))


def solve(uow: UnitOfWork, payload: dict[str, Any]) -> Outside | None:
    """Search for the places of a run; done once, however often the job is begun."""
    run = _run(uow, payload)
    if run.status is not RunStatus.PRICED:
        return None
    return partial(_search, payload, freezing.thaw(uow, run).setting)


def _search(payload: dict[str, Any], setting: Setting) -> Keep:
    return partial(_keep_outcome, payload, solving.outcome(setting))


def _keep_outcome(payload: dict[str, Any], came: Outcome, uow: UnitOfWork) -> None:
    run = _run(uow, payload)
    if run.status is RunStatus.PRICED:
        solving.keep_outcome(uow, run, came)


def _run(uow: UnitOfWork, payload: dict[str, Any]) -> MatchRun:
    run = uow.find(MatchRun, UUID(payload["run_id"]))
    assert run is not None, "runs are never deleted"
    return run
