"""A case that is over because nobody is left to support here: all have died, left or moved in."""

from datetime import date

from resettle.cases import queries, rules
from resettle.cases.events import StageMoved
from resettle.cases.models import ResettlementCase, StageEntry
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes.workflow import Stage


def end(uow: UnitOfWork, household: Household, on: date, reason: str, why: str) -> None:
    """Move the newest case of a household to the end of its programme, for its own reason.

    No fact is asked for: none can be met any more. Before anybody has come there was nothing to
    complete, so the case is withdrawn and its places are free again.
    """
    for case in queries.of_household(uow, household.id)[-1:]:
        programme = queries.programme_of(uow, case)
        came = household.arrived_on is not None
        target = rules.end_of(programme.household, came=came)
        if target is not None and not programme.stage(case.stage).final:
            _enter(uow, case, target, max(on, case.stage_since), _said(target, reason, why))


def _said(target: Stage, reason: str, why: str) -> tuple[str, str]:
    """Give the reason as the stage's own list has it, and the sentence beside it."""
    return (reason if rules.asked(target).reasons == rules.EXIT_REASONS else rules.OTHER), why


def _enter(
    uow: UnitOfWork, case: ResettlementCase, target: Stage, on: date, said: tuple[str, str]
) -> None:
    held = queries.open_hold(uow, case.id)
    if held is not None:
        held.released_on = on
    source, reason = case.stage, said[0]
    case.left_stage = rules.left_by(queries.programme_of(uow, case).stage(source), case.left_stage)
    uow.add(
        StageEntry(
            case_id=case.id,
            household_id=case.household_id,
            seq=1 + uow.count(StageEntry, StageEntry.case_id == case.id),
            from_stage=source,
            to_stage=target.code,
            moved_on=on,
            moved_at=uow.now,
            moved_by=uow.origin_actor.user_id,
            reason_code=reason,
            reason=said[1],
        )
    )
    case.stage, case.stage_since = target.code, on
    uow.emit(StageMoved(case.id, case.household_id, source, target.code, on, reason))
