"""Steps on the board: a household moved, kept or kept away, and each step taken back.

A run is never changed. What people do on the board are rulings, which the board shows at once and
which the next run heeds.
"""

from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching import deciding
from resettle.matching.acts import MakeRuling
from resettle.matching.models import Ruling, RulingKind
from resettle.proposals import queries, rules
from resettle.proposals.acts import TakeStep
from resettle.proposals.models import BoardStep, StepKind
from resettle.proposals.queries import Board, Line
from resettle.proposals.rules import Standing

NOT_THERE = "There is no such record, or it is not yours to see."
DECIDED = "It is decided already where this household goes. Take the decision back first."
RULES = {
    StepKind.MOVE: RulingKind.PIN,
    StepKind.KEEP: RulingKind.PIN,
    StepKind.FORBID: RulingKind.FORBID,
}


def take_step(uow: UnitOfWork, run_id: UUID, command: TakeStep) -> BoardStep:
    """Move a household on the board, keep it, rule a place out for it, or lift all of that."""
    uow.require(Permission.MATCH_RULE)
    board = queries.board(uow, run_id)
    line = _line(board, command.household_id)
    _check(board, line, command)
    lifted = _lift(uow, line, command)
    made = _make(uow, command)
    return uow.add(
        BoardStep(
            run_id=board.run.id,
            household_id=line.household_id,
            kind=command.kind,
            place_id=command.place_id,
            made=None if made is None else made.id,
            lifted=[str(ruling.id) for ruling in lifted],
            taken_at=uow.now,
            taken_by=uow.actor.user_id,
        )
    )


def _line(board: Board, household_id: UUID) -> Line:
    line = board.line_of(household_id)
    if line is None:
        raise NotFound(NOT_THERE)
    if line.standing is Standing.DECIDED:
        raise Conflict(DECIDED)
    return line


def _check(board: Board, line: Line, command: TakeStep) -> None:
    if command.place_id is not None and str(command.place_id) not in board.spots:
        raise Invalid({"place_id": ["This place is not on the board."]})
    faults = rules.step_faults(
        command.kind,
        place=command.place_id is not None,
        reason=command.reason_code is not None,
        at=str(command.place_id) == line.at,
    )
    if faults:
        raise Invalid(faults)
    if command.kind is StepKind.FREE and not line.rulings:
        raise Conflict("Nothing is ruled for this household.")
    if command.kind is not StepKind.FREE and _says_so(line, command):
        raise Conflict("This is ruled already.")


def _says_so(line: Line, command: TakeStep) -> bool:
    kind = RULES[command.kind]
    return any(r.kind is kind and r.place_id == command.place_id for r in line.rulings)


def _lift(uow: UnitOfWork, line: Line, command: TakeStep) -> list[Ruling]:
    """Lift what cannot hold beside the step: other pins, and what was ruled of the same place."""
    stays = command.kind is StepKind.FORBID
    lifted = [
        ruling
        for ruling in line.rulings
        if command.kind is StepKind.FREE
        or ruling.place_id == command.place_id
        or (ruling.kind in queries.FIXED and not stays)
    ]
    for ruling in lifted:
        deciding.lift(uow, ruling.id)
    # Out before in: a household has one pin at a time.
    uow.session.flush()
    return lifted


def _make(uow: UnitOfWork, command: TakeStep) -> Ruling | None:
    if command.kind is StepKind.FREE:
        return None
    assert command.place_id is not None, "asked before"
    assert command.reason_code is not None, "asked before"
    return deciding.rule(
        uow,
        MakeRuling(
            household_id=command.household_id,
            place_id=command.place_id,
            kind=RULES[command.kind],
            reason_code=command.reason_code,
            note=command.note,
        ),
    )


def undo(uow: UnitOfWork, step_id: UUID) -> BoardStep:
    """Take a step back: what it ruled is lifted, and what it lifted holds again."""
    step = uow.edit(BoardStep, step_id, to=Permission.MATCH_RULE)
    if step.undone_at is not None:
        raise Conflict("This step is taken back already.")
    if queries.holding(uow, [step.household_id]):
        raise Conflict(DECIDED)
    if queries.later_steps(uow, step):
        raise Conflict("Take the later step for this household back first.")
    step.undone_at = uow.now
    if step.made is not None:
        _unless_lifted(uow, step.made)
    uow.session.flush()
    for ruling_id in step.lifted:
        ruling = uow.edit(Ruling, UUID(ruling_id), to=Permission.MATCH_RULE)
        ruling.lifted_on = None
    return step


def _unless_lifted(uow: UnitOfWork, ruling_id: UUID) -> None:
    ruling = uow.edit(Ruling, ruling_id, to=Permission.MATCH_RULE)
    if ruling.lifted_on is None:
        ruling.lifted_on = uow.today
