"""Runs of the matching: asked for, frozen with their facts, priced, solved, and told again."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching.acts import StartRun, StartScenario
from resettle.matching.assign import Objective
from resettle.matching.events import RunAsked
from resettle.matching.run_models import MatchRun, RunStatus
from resettle.programmes.catalogue import Catalogue


def start(uow: UnitOfWork, command: StartRun) -> MatchRun:
    """Match the households that wait now with the places of a day.

    The facts are frozen at once; a large matching goes on as a job. Raises Invalid if the
    programme has no rules of placement on that day.
    """
    uow.require(Permission.MATCH_RUN)
    rules = uow.use(Catalogue).placement_rules(command.programme, command.for_on)
    if rules is None:
        raise Invalid({"programme": ["This programme has no rules of placement on that day."]})
    return _asked(
        uow,
        MatchRun(
            title=command.title,
            programme_code=command.programme,
            for_on=command.for_on,
            objective=(Objective.WEIGHT if command.by_weight else Objective.PERSONS_FIRST).value,
            ahead=rules.ahead if command.ahead is None else command.ahead,
            time_limit=command.time_limit,
            seed=command.seed,
        ),
    )


def start_scenario(uow: UnitOfWork, base_id: UUID, command: StartScenario) -> MatchRun:
    """Match the same households again, with more or less room. Its facts are those of the base."""
    base = uow.get(MatchRun, base_id, to=Permission.MATCH_RUN)
    if base.status is not RunStatus.DONE:
        raise Conflict("This run is not done yet. Wait for it.")
    return _asked(
        uow,
        MatchRun(
            title=command.title,
            programme_code=base.programme_code,
            for_on=base.for_on,
            base_id=base.id,
            more=_more(command),
            objective=base.objective,
            ahead=base.ahead,
            time_limit=base.time_limit,
            seed=base.seed,
        ),
    )


def _more(command: StartScenario) -> dict[str, Any]:
    return {
        str(each.place_id): {
            "persons": each.persons,
            "households": each.households,
            "houses": each.houses,
        }
        for each in command.more
    }


def again(uow: UnitOfWork, run_id: UUID) -> MatchRun:
    """Make a run again from the facts that it kept: the outcome is the same."""
    base = uow.get(MatchRun, run_id, to=Permission.MATCH_RUN)
    return start_scenario(uow, base.id, StartScenario(title=base.title))


def _asked(uow: UnitOfWork, run: MatchRun) -> MatchRun:
    run.status = RunStatus.FROZEN
    uow.add(run)
    uow.emit(RunAsked(run.id))
    return run


def done(uow: UnitOfWork, programme: str, day: date) -> Sequence[MatchRun]:
    """List the newest runs of a programme for a day that are done."""
    uow.require(Permission.MATCH_READ)
    query = uow.select(MatchRun).where(
        MatchRun.programme_code == programme,
        MatchRun.for_on == day,
        MatchRun.status == RunStatus.DONE,
    )
    return uow.all(query.order_by(MatchRun.created_at.desc(), MatchRun.id).limit(20))
