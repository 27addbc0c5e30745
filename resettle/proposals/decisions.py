"""A person decides: room is taken under the place's lock, and what was known is kept with it."""

import json
from typing import Any
from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching import deciding, facts
from resettle.matching.acts import RELEASE_REASONS, Allocate, Release
from resettle.matching.models import Allocation
from resettle.proposals import cards, queries, rules
from resettle.proposals.acts import Decide, Decline
from resettle.proposals.events import PlaceDecided, PlaceDeclined
from resettle.proposals.models import PlaceDecision
from resettle.proposals.queries import Board, Line
from resettle.proposals.rules import Standing
from resettle.proposals.service import DECIDED, NOT_THERE
from resettle.settings import Settings

# What of a household is not written down with a decision: it may tell of a danger, or of others.
LEFT_OUT = frozenset({"id", "closed", "forbidden", "links", "pinned"})


def decide(uow: UnitOfWork, run_id: UUID, command: Decide) -> PlaceDecision:
    """Decide that a household is offered the place that the board shows it in.

    What was known is kept with the decision as it was. Raises Conflict if the board has changed,
    the room is gone, or the household cannot be offered the place any more.
    """
    uow.require(Permission.PLACE_DECIDE)
    board = queries.board(uow, run_id)
    _check_run(uow, board)
    line = _line(board, command)
    _check_cool_off(uow, command)
    reason, note = _why(line, command)
    taken = Allocate(
        household_id=line.household_id,
        place_id=command.place_id,
        for_on=board.run.for_on,
        run_id=board.run.id,
    )
    allocation = deciding.allocate(uow, taken)
    decision = uow.add(
        PlaceDecision(
            household_id=line.household_id,
            place_id=command.place_id,
            run_id=board.run.id,
            allocation_id=allocation.id,
            proposed_place_id=line.row.place_id,
            reason_code=reason,
            note=note,
            known=json.dumps(known(board, line), ensure_ascii=False, sort_keys=True),
            decided_at=uow.now,
            decided_by=uow.actor.user_id,
        )
    )
    uow.emit(PlaceDecided(decision.id, decision.household_id, decision.place_id))
    return decision


def _check_run(uow: UnitOfWork, board: Board) -> None:
    if board.run.base_id is not None:
        raise Conflict("This is a scenario: decide on the board of a run.")
    newest = queries.newest(uow, board.run.programme_code)
    if newest is not None and newest.id != board.run.id:
        raise Conflict("There is a newer run: decide on its board.")


def _line(board: Board, command: Decide) -> Line:
    line = board.line_of(command.household_id)
    if line is None:
        raise NotFound(NOT_THERE)
    if line.standing is Standing.DECIDED:
        raise Conflict(DECIDED)
    if line.at != str(command.place_id):
        raise Conflict("The board shows this household elsewhere now. Look at it again.")
    return line


def _check_cool_off(uow: UnitOfWork, command: Decide) -> None:
    """See that neither side has just said no to the other."""
    said_no = queries.said_no_on(uow, command.household_id, command.place_id)
    days = uow.use(Settings).decline_cool_off_days
    if fault := rules.cool_off_fault(said_no, uow.today, days):
        raise Conflict(fault)


def _why(line: Line, command: Decide) -> tuple[str | None, str]:
    """Give the reason of a decision, which one that differs from the run must have."""
    ruling = next((each for each in line.rulings if each.kind in queries.FIXED), None)
    reason = command.reason_code or (None if ruling is None else ruling.reason_code)
    if line.standing is Standing.MOVED and reason is None:
        raise Invalid({"reason_code": ["Say why it is not where the run proposed."]})
    return reason, command.note or ("" if ruling is None else ruling.note)


def known(board: Board, line: Line) -> dict[str, Any]:
    """Gather what was known at this moment: of the household, of every place, and of the run."""
    card = cards.card(board, line, best=len(board.spots))
    run = board.run
    return {
        "run": {
            "title": run.title,
            "for_on": run.for_on.isoformat(),
            "objective": run.objective,
            "gap": run.gap,
            "rules": run.rules,
        },
        "household": {
            name: value for name, value in facts.kept(line.family).items() if name not in LEFT_OUT
        },
        "place": facts.kept(board.spots[line.at]),
        "proposed": card.given,
        "points": card.points,
        "regret": card.regret,
        "wanted_by": cards.wanted_by(board, line, line.at),
        "options": [*card.best],
        "rulings": [*card.rulings],
    }


def decline(uow: UnitOfWork, decision_id: UUID, command: Decline) -> PlaceDecision:
    """Record that an offered place is not taken: room goes back, and is not proposed again soon."""
    decision = uow.edit(PlaceDecision, decision_id, to=Permission.PLACE_DECIDE)
    if command.reason not in RELEASE_REASONS:
        raise Invalid({"reason": [f"Choose one of: {', '.join(RELEASE_REASONS)}."]})
    if decision.declined_on is not None:
        raise Conflict("This is declined already.")
    take_back(uow, decision, command.reason)
    uow.emit(PlaceDeclined(decision.id, decision.household_id, command.reason))
    return decision


def take_back(uow: UnitOfWork, decision: PlaceDecision, reason: str) -> None:
    """Let a decision hold no more, and give back the room that it took."""
    allocation = uow.get(Allocation, decision.allocation_id, to=Permission.MATCH_RULE)
    if allocation.released_on is None:
        deciding.release(uow, allocation.id, Release(reason=reason))
    decision.declined_on, decision.declined_by = uow.today, uow.origin_actor.user_id
    decision.decline_reason = reason
