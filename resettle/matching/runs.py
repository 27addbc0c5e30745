"""Runs of the matching: asked for, frozen with their facts, priced, solved, and told again."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching.acts import StartRun, StartScenario
from resettle.matching.events import RunAsked
from resettle.matching.freezing import places_of
from resettle.matching.problem import Objective
from resettle.matching.run_models import GOES_ON, MatchRun, RunStatus
from resettle.programmes.catalogue import Catalogue

STOPPED = "Somebody stopped it."


def start(uow: UnitOfWork, command: StartRun, *, waited_for: bool = True) -> MatchRun:
    """Match the households that wait now with the places of a day.

    The facts are frozen at once; a large matching goes on as a job. Raises Invalid if the
    programme has no rules of placement on that day.
    """
    uow.require(Permission.MATCH_RUN)
    rules = uow.use(Catalogue).placement_rules(command.programme, command.for_on)
    if rules is None:
        raise Invalid({"programme": ["This programme has no rules of placement on that day."]})
    run = _run_of(command, ahead=rules.ahead if command.ahead is None else command.ahead)
    return _asked(uow, run, waited_for=waited_for)


def _run_of(command: StartRun, *, ahead: bool) -> MatchRun:
    return MatchRun(
        title=command.title,
        programme_code=command.programme,
        for_on=command.for_on,
        objective=(Objective.WEIGHT if command.by_weight else Objective.PERSONS_FIRST).value,
        ahead=ahead,
        time_limit=command.time_limit,
        seed=command.seed,
    )


def renew(uow: UnitOfWork, run_id: UUID) -> MatchRun:
    """Match those who wait now, as a run was asked for: what people ruled since is heeded.

    It goes on in the background. Raises Conflict for a scenario, whose facts are those of its base.
    """
    before = uow.get(MatchRun, run_id, to=Permission.MATCH_RUN)
    if before.base_id is not None:
        raise Conflict("This is a scenario: match anew on the board of a run.")
    command = StartRun(
        programme=before.programme_code,
        for_on=before.for_on,
        title=before.title,
        by_weight=before.objective == Objective.WEIGHT.value,
        ahead=before.ahead,
        time_limit=before.time_limit,
        seed=before.seed,
    )
    return start(uow, command, waited_for=False)


def stop(uow: UnitOfWork, run_id: UUID) -> MatchRun:
    """Stop a run that goes on: nothing comes of it."""
    run = uow.edit(MatchRun, run_id, to=Permission.MATCH_RUN)
    if run.status not in GOES_ON:
        raise Conflict("This run is over already.")
    run.status, run.fault, run.finished_at = RunStatus.STOPPED, STOPPED, uow.now
    return run


def start_scenario(uow: UnitOfWork, base_id: UUID, command: StartScenario) -> MatchRun:
    """Match the same households again, with more or less room. Its facts are those of the base.

    Raises Conflict while the base goes on, and Invalid for a place that is not in it.
    """
    base = uow.get(MatchRun, base_id, to=Permission.MATCH_RUN)
    if base.status is not RunStatus.DONE:
        raise Conflict("This run is not done yet. Wait for it.")
    if {each.place_id for each in command.more} - {p.place_id for p in places_of(uow, base)}:
        raise Invalid({"more": ["A place of these is not in this run."]})
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


def _asked(uow: UnitOfWork, run: MatchRun, *, waited_for: bool = True) -> MatchRun:
    run.status = RunStatus.FROZEN
    uow.add(run)
    uow.emit(RunAsked(run.id, waited_for))
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
