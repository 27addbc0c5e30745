"""What people made of the matching: kept, kept away, moved with a reason, offered, and a no."""

from datetime import date
from uuid import UUID

from resettle.core.actor import Actor
from resettle.demo.moments import Past
from resettle.matching import judging
from resettle.proposals import decisions, queries, service
from resettle.proposals.acts import Decide, Decline, TakeStep
from resettle.proposals.models import StepKind
from resettle.proposals.queries import Board, Line

# Each with who is spoken of on the board: the first that has a place, the second, the third.
STEPS = (
    (StepKind.KEEP, "FAMILY_ASKED", "Her sister’s family moves there in a month."),
    (StepKind.FORBID, "CASEWORKER_ASKED", "The school there is full until next year."),
    (StepKind.MOVE, "KNOWN_LOCALLY", "The clinic there has room from next week on."),
)
# Who of them is offered a place: the one that was moved, and one more, who says no.
DECIDED = slice(2, 4)


def rule(past: Past, officer: Actor, today: date, run_id: UUID) -> None:
    """Let a person have ruled on the board of a run: four households there are spoken of.

    The third is moved with a reason and decided so; the fourth is offered its place and says no.
    """
    spoken_of = _placed(past, officer, today, run_id)
    for household_id, (kind, reason, note) in zip(spoken_of, STEPS, strict=False):
        with past.on(today, officer) as uow:
            board = queries.board(uow, run_id)
            step = TakeStep(
                household_id=household_id,
                kind=kind,
                place_id=_place(board, board.line_of(household_id), kind),
                reason_code=reason,
                note=note,
            )
            service.take_step(uow, run_id, step)
    decided = [_decided(past, officer, today, run_id, each) for each in spoken_of[DECIDED]]
    for decision_id in decided[1:]:
        with past.on(today, officer) as uow:
            decisions.decline(uow, decision_id, Decline(reason="HOUSEHOLD_DECLINED"))


def _placed(past: Past, officer: Actor, today: date, run_id: UUID) -> list[UUID]:
    with past.on(today, officer) as uow:
        board = queries.board(uow, run_id)
        return [line.household_id for line in board.lines if line.at]


def _place(board: Board, line: Line | None, kind: StepKind) -> UUID:
    """Name the place that is spoken of: where the household is, or for a move the next best."""
    assert line is not None
    if kind is not StepKind.MOVE:
        return UUID(line.at)
    ranked = judging.ranked(line.family, board.spots.values(), board.measure)
    return next(UUID(each.place_id) for each in ranked if each.place_id != line.at)


def _decided(past: Past, officer: Actor, today: date, run_id: UUID, household_id: UUID) -> UUID:
    with past.on(today, officer) as uow:
        line = queries.board(uow, run_id).line_of(household_id)
        assert line is not None
        asked = Decide(household_id=household_id, place_id=UUID(line.at))
        return decisions.decide(uow, run_id, asked).id
