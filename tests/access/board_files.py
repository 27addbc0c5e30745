"""What people did on the board about a household of the planted world, and what was decided."""

import json

from resettle.core.classes import DataClass
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.proposals.models import BoardStep, PlaceDecision, StepKind
from tests.access.canaries import Canaries
from tests.access.match_files import Ids, placeable


def boarded(uow: UnitOfWork, canaries: Canaries, name: str, household: Household) -> Ids:
    """Plant a run, a step on its board, and a decision with what was known."""
    matched = placeable(uow, canaries, name, household)
    about = {
        "household_id": household.id,
        "run_id": matched["run_id"],
        "place_id": matched["place_id"],
    }
    step = BoardStep(**about, kind=StepKind.FORBID, made=matched["ruling_id"], taken_at=uow.now)
    uow.add(step)
    decision = PlaceDecision(
        **about, allocation_id=matched["allocation_id"], decided_at=uow.now, reason_code="OTHER"
    )
    known = canaries.make(name, "", "place_decision", "known", DataClass.PROFILE)
    decision.known = json.dumps({"proposed": known})
    uow.add(canaries.fill(decision, name, keep=("known",)))
    return matched | {"board_step_id": step.id, "decision_id": decision.id}
