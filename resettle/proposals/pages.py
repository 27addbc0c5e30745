"""The proposal board: who goes where, why, and what people make of it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import redirect, url_for

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching.run_models import GOES_ON
from resettle.programmes.catalogue import Catalogue
from resettle.proposals import cards, looks, queries, schemas, service, shapes
from resettle.proposals.models import BoardStep
from resettle.proposals.queries import Board, BoardFilters, Line
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("board", __name__, url_prefix="/placing", template_folder="templates")

Shown = dict[str, Any]
RUN = "/<uuid:run_id>"
HOUSEHOLD = RUN + "/households/<uuid:household_id>"
ALL = 200
# How many people more a place could take with one more house.
PEOPLE_OF_A_HOUSE = 5
WHICH = [("open", "To decide"), ("changed", "Changed by people"), ("waiting", "Without a place")]


@pages.page("", permission=Permission.MATCH_READ, template="proposals/empty.html")
def index(uow: UnitOfWork) -> Any:
    """Lead to the board of the last run, if there is one."""
    run = queries.newest(uow)
    return {} if run is None else redirect(url_for("board.show", run_id=run.id), code=303)


@pages.page(
    RUN,
    permission=Permission.MATCH_READ,
    template="proposals/board.html",
    filters=schemas.BoardFiltersSchema(),
)
def show(uow: UnitOfWork, run_id: UUID, wanted: BoardFilters) -> Shown:
    """Show the households of a run by the places where they would go."""
    board = queries.board(uow, run_id)
    lines = cards.chosen(board, wanted)
    columns = shapes.ColumnShape().many_of(uow, cards.columns(board))
    told = shapes.CardShape().many_of(uow, [cards.card(board, line) for line in lines.rows])
    return {
        **run_shown(board),
        "columns": columns,
        "groups": _grouped(columns, [looks.card(uow.use(Catalogue), row) for row in told]),
        "leaf": lines,
        "filters": WHICH,
        "which": wanted.which or "",
        "place_id": str(wanted.place_id or ""),
        "steps": _steps(uow, board),
        "reasons": looks.REASONS,
        "may_rule": uow.allows(Permission.MATCH_RULE),
        "may_decide": uow.allows(Permission.PLACE_DECIDE),
        "may_run": uow.allows(Permission.MATCH_RUN),
        "before": queries.before(uow, board.run),
        "one_house": PEOPLE_OF_A_HOUSE,
    }


def run_shown(board: Board) -> Shown:
    run = board.run
    undecided = [line for line in board.lines if line.decision is None]
    return {
        "run": run,
        "is_done": run.status not in GOES_ON,
        "is_scenario": run.base_id is not None,
        "undecided": len(undecided),
        "placed": sum(1 for line in board.lines if line.at),
        "persons_placed": sum(line.row.persons for line in board.lines if line.at),
        "persons": sum(line.row.persons for line in board.lines),
        "households": len(board.lines),
    }


def _grouped(columns: list[Shown], told: list[Shown]) -> list[Shown]:
    """Put the cards under their places; who has none comes first."""
    nowhere = {"place_id": "", "name": "", "cards": [c for c in told if not c["place_id"]]}
    groups = [nowhere] + [
        {**column, "cards": [c for c in told if c["place_id"] == column["place_id"]]}
        for column in columns
    ]
    return [group for group in groups if group["cards"]]


def _steps(uow: UnitOfWork, board: Board) -> list[Shown]:
    found = queries.steps(uow, board.run.id)
    named = queries.references(uow, [step.household_id for step in found])
    return [
        {
            **row,
            "reference": named.get(row["household_id"], ""),
            "word": looks.STEPS[step.kind],
            "place": board.named(str(step.place_id or "")),
        }
        for row, step in zip(shapes.StepShape().many_of(uow, found), found, strict=True)
    ]


@pages.form(
    HOUSEHOLD,
    permission=Permission.MATCH_RULE,
    schema=schemas.TakeStepSchema(),
    template="proposals/household.html",
)
def household(uow: UnitOfWork, form: Form, run_id: UUID, household_id: UUID) -> Shown | Led:
    """Say of one household why it would go where, and let a person do otherwise."""
    if form.command:
        command = replace(form.command, household_id=household_id)
        step = service.take_step(uow, run_id, command)
        return _stepped(uow, step)
    board = queries.board(uow, run_id)
    line = line_of(board, household_id)
    told = shapes.CardShape().one(uow, cards.card(board, line, best=ALL))
    return {
        **run_shown(board),
        "card": looks.card(uow.use(Catalogue), told),
        "wanted_by": {
            each["place_id"]: cards.wanted_by(board, line, each["place_id"])
            for each in told["best"][: cards.BEST]
        },
        "left": {column.place_id: column.persons_left for column in cards.columns(board)},
        "reasons": looks.REASONS,
        "may_decide": uow.allows(Permission.PLACE_DECIDE),
    }


def line_of(board: Board, household_id: UUID) -> Line:
    line = board.line_of(household_id)
    if line is None:
        raise NotFound(service.NOT_THERE)
    return line


def _stepped(uow: UnitOfWork, step: BoardStep) -> Led:
    board = queries.board(uow, step.run_id)
    reference = queries.references(uow, [step.household_id]).get(step.household_id, "")
    place = board.named(str(step.place_id or ""))
    message = " ".join(filter(None, (reference, f"is {looks.STEPS[step.kind]}", place))) + "."
    undo = url_for("board.undo", board_step_id=step.id)
    return to_card(board, step.household_id, message, undo)


def to_card(board: Board, household_id: UUID, message: str, undo: str | None = None) -> Led:
    """Go back to where a household stands on the board."""
    return Go(
        "board.show",
        message=message,
        undo=undo,
        run_id=board.run.id,
        page=cards.page_of(board, household_id),
        _anchor=f"household-{household_id}",
    )


@pages.button("/steps/<uuid:board_step_id>/undoing", permission=Permission.MATCH_RULE)
def undo(uow: UnitOfWork, board_step_id: UUID) -> Led:
    """Take a step back."""
    step = service.undo(uow, board_step_id)
    board = queries.board(uow, step.run_id)
    return to_card(board, step.household_id, "The step is taken back.")
