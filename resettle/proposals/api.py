"""The board, its steps and the decisions over JSON."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.proposals import acts, cards, decisions, queries, schemas, service, shapes
from resettle.proposals.cards import Card, Column
from resettle.proposals.models import BoardStep, PlaceDecision
from resettle.web.api import Api

api = Api("board_api", __name__, url_prefix="/api")
RUN = "/match-runs/<uuid:run_id>"
DECISION = "/place-decisions/<uuid:decision_id>"


@api.reads(
    RUN + "/board", permission=Permission.MATCH_READ, returns=shapes.ColumnShape(), many=True
)
def board(uow: UnitOfWork, run_id: UUID) -> Sequence[Column]:
    """Tell how full each place of a run is, after what people ruled since."""
    return cards.columns(queries.board(uow, run_id))


@api.reads(
    RUN + "/cards",
    permission=Permission.MATCH_READ,
    returns=shapes.CardShape(),
    many=True,
    filters=schemas.BoardFiltersSchema(),
)
def board_cards(uow: UnitOfWork, run_id: UUID, wanted: queries.BoardFilters) -> Sequence[Card]:
    """Tell of some households on the board where each stands, and of its best places."""
    found = queries.board(uow, run_id)
    return [cards.card(found, line) for line in cards.chosen(found, wanted).rows]


@api.does(
    "POST",
    RUN + "/steps",
    permission=Permission.MATCH_RULE,
    body=schemas.TakeStepSchema(),
    returns=shapes.StepShape(),
    status=201,
)
def take_step(uow: UnitOfWork, run_id: UUID, command: acts.TakeStep) -> BoardStep:
    """Move a household on the board, keep it, rule a place out, or lift that."""
    return service.take_step(uow, run_id, command)


@api.does(
    "POST",
    "/board-steps/<uuid:board_step_id>/undoing",
    permission=Permission.MATCH_RULE,
    returns=shapes.StepShape(),
)
def undo(uow: UnitOfWork, board_step_id: UUID) -> BoardStep:
    """Take a step on the board back."""
    return service.undo(uow, board_step_id)


@api.does(
    "POST",
    RUN + "/decisions",
    permission=Permission.PLACE_DECIDE,
    body=schemas.DecideSchema(),
    returns=shapes.DecisionShape(),
    status=201,
)
def decide(uow: UnitOfWork, run_id: UUID, command: acts.Decide) -> PlaceDecision:
    """Decide that a household is offered the place where the board shows it."""
    return decisions.decide(uow, run_id, command)


@api.lists(
    "/place-decisions",
    permission=Permission.PLACE_DECISION_READ,
    returns=shapes.DecisionRow(),
    sorts=queries.SORTS,
)
def decided(uow: UnitOfWork) -> Select[Any]:
    """List what was decided."""
    return queries.decisions(uow)


@api.reads(DECISION, permission=Permission.PLACE_DECISION_READ, returns=shapes.DecisionShape())
def decision(uow: UnitOfWork, decision_id: UUID) -> PlaceDecision:
    """Show a decision with what was known when it was made."""
    return uow.get(PlaceDecision, decision_id, to=Permission.PLACE_DECISION_READ)


@api.does(
    "POST",
    DECISION + "/decline",
    permission=Permission.PLACE_DECIDE,
    body=schemas.DeclineSchema(),
    returns=shapes.DecisionShape(),
)
def decline(uow: UnitOfWork, decision_id: UUID, command: acts.Decline) -> PlaceDecision:
    """Record that an offered place is not taken."""
    return decisions.decline(uow, decision_id, command)
