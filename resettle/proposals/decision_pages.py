"""Pages on which a person decides, and on which decisions are read later as they were made."""

from dataclasses import replace
from uuid import UUID

from flask import url_for

from resettle.accounts.queries import editor_name
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching.models import Place
from resettle.programmes.catalogue import Catalogue
from resettle.proposals import cards, decisions, looks, queries, schemas, shapes
from resettle.proposals.acts import Decline
from resettle.proposals.models import PlaceDecision
from resettle.proposals.pages import HOUSEHOLD, Shown, line_of, run_shown, to_card
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("placing", __name__, url_prefix="/placing", template_folder="templates")

MISTAKE = "RECORDED_IN_ERROR"
DECISION = "/decisions/<uuid:decision_id>"
MOST = 100


@pages.form(
    HOUSEHOLD + "/decision",
    permission=Permission.PLACE_DECIDE,
    schema=schemas.DecideSchema(),
    template="proposals/decide.html",
)
def decide(uow: UnitOfWork, form: Form, run_id: UUID, household_id: UUID) -> Shown | Led:
    """Show what follows from offering the place, and decide it."""
    if form.command:
        made = decisions.decide(uow, run_id, replace(form.command, household_id=household_id))
        message = "It is decided, and kept with what was known."
        undo = url_for("placing.undo", decision_id=made.id)
        return to_card(queries.board(uow, run_id), household_id, message, undo)
    board = queries.board(uow, run_id)
    line = line_of(board, household_id)
    card = looks.card(uow.use(Catalogue), shapes.CardShape().one(uow, cards.card(board, line)))
    place = uow.find(Place, UUID(line.at)) if line.at else None
    column = next((c for c in cards.columns(board) if c.place_id == line.at), None)
    return {
        **run_shown(board),
        "card": card,
        "group_id": None if place is None else place.group_id,
        "column": None if column is None else shapes.ColumnShape().one(uow, column),
        "wanted_by": cards.wanted_by(board, line, line.at) if line.at else 0,
        "reasons": looks.REASONS,
    }


@pages.page(
    "/decisions", permission=Permission.PLACE_DECISION_READ, template="proposals/decisions.html"
)
def index(uow: UnitOfWork) -> Shown:
    """List what was decided, the latest first."""
    query = queries.decisions(uow)
    order = (PlaceDecision.decided_at.desc(), PlaceDecision.id)
    rows = uow.all(query.order_by(*order).limit(MOST))
    named = queries.references(uow, [row.household_id for row in rows])
    return {
        "rows": [
            {**looks.decided(uow, row), "reference": named.get(row.household_id, "")}
            for row in rows
        ]
    }


@pages.page(DECISION, permission=Permission.PLACE_DECISION_READ, template="proposals/decision.html")
def show(uow: UnitOfWork, decision_id: UUID) -> Shown:
    """Show a decision with what was known when it was made."""
    decision = uow.get(PlaceDecision, decision_id, to=Permission.PLACE_DECISION_READ)
    named = queries.references(uow, [decision.household_id])
    told = shapes.DecisionShape().one(uow, decision)
    return {
        "decision": {**told, **looks.decided(uow, decision)},
        "known": told["known"],
        "about": looks.about(uow.use(Catalogue), told["known"].get("household", {})),
        "reference": named.get(decision.household_id, ""),
        "by": None if decision.decided_by is None else editor_name(uow, decision.decided_by),
        "may_decide": uow.allows(Permission.PLACE_DECIDE),
    }


@pages.form(
    DECISION + "/decline",
    permission=Permission.PLACE_DECIDE,
    schema=schemas.DeclineSchema(),
    template="proposals/decline.html",
)
def decline(uow: UnitOfWork, form: Form, decision_id: UUID) -> Shown | Led:
    """Record that an offered place is not taken."""
    if form.command:
        done = decisions.decline(uow, decision_id, form.command)
        message = "The place is free again, and the household waits for another."
        return Go("placing.show", message=message, decision_id=done.id)
    decision = uow.get(PlaceDecision, decision_id, to=Permission.PLACE_DECIDE)
    named = queries.references(uow, [decision.household_id])
    return {
        "decision": looks.decided(uow, decision),
        "version": decision.version,
        "reference": named.get(decision.household_id, ""),
        "reasons": looks.DECLINES,
    }


@pages.button(DECISION + "/undoing", permission=Permission.PLACE_DECIDE)
def undo(uow: UnitOfWork, decision_id: UUID) -> Led:
    """Take a decision back that was made by mistake."""
    done = decisions.decline(uow, decision_id, Decline(reason=MISTAKE))
    board = queries.board(uow, done.run_id)
    return to_card(board, done.household_id, "The decision is taken back.")
