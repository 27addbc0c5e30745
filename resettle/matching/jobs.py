"""A large matching, step by step: each step is kept before the next begins."""

from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.matching import solving
from resettle.matching.run_models import MatchRun, RunStatus

SOLVE = "matching.solve"


def price(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Work out the shadow prices of a run, and leave the search for the next job."""
    run = _run(uow, payload)
    if run.status is RunStatus.FROZEN:
        solving.price(uow, run)
    uow.later(SOLVE, run_id=str(run.id))


def solve(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Search for the places of a run; done once, however often the job is begun."""
    run = _run(uow, payload)
    if run.status is RunStatus.PRICED:
        solving.solve(uow, run)


def _run(uow: UnitOfWork, payload: dict[str, Any]) -> MatchRun:
    run = uow.find(MatchRun, UUID(payload["run_id"]))
    assert run is not None, "runs are never deleted"
    return run
