"""Leaving, step by step: what is still open, and a page to hand each household over."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import url_for
from marshmallow import fields

from resettle.cases import assigning
from resettle.core.classes import OPS, PLAN, DataClass
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import leaving
from resettle.day.leaving import HandOver, Leaving
from resettle.drafts import leaving as drafts
from resettle.drafts import service
from resettle.households.models import Household
from resettle.web.api import Api
from resettle.web.fields import Code, Id, Text
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command, Shape

pages = Pages("leaving", __name__, url_prefix="/leaving", template_folder="templates")
api = Api("leaving_api", __name__, url_prefix="/api/leaving")

Shown = dict[str, Any]
BRIEF = 5000
SAID = {
    "handed_over": ("It goes on with its household, to whoever takes over.", False),
    "open": ("It stays with you, to be finished.", False),
    "discarded": ("The draft is discarded.", True),
}


class HandOverSchema(Command[HandOver]):
    makes = HandOver

    user_id = Id(required=True)
    brief = Text(BRIEF, required=True)


class StillHeldShape(Shape):
    household_id = fields.UUID(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))
    name = fields.String(metadata={"class": DataClass.IDENT, "item": "name"})
    tasks = fields.Integer(metadata=dict(PLAN))
    appointments = fields.Integer(metadata=dict(PLAN))
    matters = fields.Integer(metadata=dict(PLAN))


class BegunShape(Shape):
    id = fields.UUID(metadata=dict(OPS))
    household_id = fields.UUID(metadata=dict(OPS))
    label = fields.String(metadata=dict(OPS))
    reference = fields.String(metadata=dict(OPS))
    saved_at = fields.DateTime(metadata=dict(OPS))
    goes_on = fields.Boolean(metadata=dict(OPS))
    href = fields.String(metadata=dict(OPS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of something begun: it goes on with its household, stays open, or goes."""

    becomes: str


class DecisionSchema(Command[Decision]):
    makes = Decision

    becomes = Code(("handed_over", "open", "discarded"), required=True)


class LeavingShape(Shape):
    """What a caseworker who leaves has not handed over yet."""

    class Meta:
        model = Leaving

    households = fields.Nested(StillHeldShape(), many=True, metadata=dict(OPS))
    unfinished = fields.Nested(BegunShape(), many=True, metadata=dict(OPS))
    drafts = fields.Integer(metadata=dict(OPS))
    is_done = fields.Boolean(metadata=dict(OPS))


@api.reads("", permission=Permission.QUEUE_ACT, returns=LeavingShape())
def still_open(uow: UnitOfWork) -> Leaving:
    """Show what the reader has not handed over yet."""
    return leaving.still_open(uow)


@api.does(
    "POST",
    "/households/<uuid:household_id>",
    permission=Permission.QUEUE_ACT,
    body=HandOverSchema(),
)
def hand_over_one(uow: UnitOfWork, household_id: UUID, command: HandOver) -> None:
    """Hand a household over, with its tasks and appointments and a brief."""
    leaving.hand_over(uow, household_id, command)


@api.does(
    "POST",
    "/drafts/<uuid:draft_id>/decision",
    permission=Permission.QUEUE_ACT,
    body=DecisionSchema(),
)
def decide_one(uow: UnitOfWork, draft_id: UUID, command: Decision) -> None:
    """Say what becomes of something that the reader has begun to write."""
    _decide(uow, draft_id, command.becomes)


def _decide(uow: UnitOfWork, draft_id: UUID, becomes: str) -> None:
    uow.require(Permission.QUEUE_ACT)
    if becomes == "discarded":
        service.discard(uow, draft_id)
    else:
        drafts.decide(uow, draft_id, goes_on=becomes == "handed_over")


@pages.page("", permission=Permission.QUEUE_ACT, template="day/leaving.html")
def show(uow: UnitOfWork) -> Shown:
    """Show step by step what is still open."""
    return LeavingShape().one(uow, leaving.still_open(uow))


@pages.act(
    "/drafts/<uuid:draft_id>/decision",
    permission=Permission.QUEUE_ACT,
    schema=DecisionSchema(),
)
def decide(uow: UnitOfWork, form: Form, draft_id: UUID) -> Led:
    """Say what becomes of a draft, and come back to what is open still."""
    _decide(uow, draft_id, form.command.becomes)
    said, undo = SAID[form.command.becomes]
    return Go(
        "leaving.show",
        message=said,
        undo=url_for("drafts.take_back", draft_id=draft_id) if undo else None,
    )


@pages.form(
    "/households/<uuid:household_id>",
    permission=Permission.QUEUE_ACT,
    schema=HandOverSchema(),
    template="day/hand_over.html",
)
def hand_over(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Ask who takes over, and for the brief; what is open stands in it already."""
    if form.command:
        household = leaving.hand_over(uow, household_id, form.command)
        return Go("leaving.show", message=f"{household.reference} is in other hands from today.")
    household = uow.get(Household, household_id, to=Permission.QUEUE_ACT)
    me = uow.actor.user_id
    return {
        "household_id": household.id,
        "reference": household.reference,
        "caseworkers": [each for each in assigning.caseworkers(uow) if each[0] != me],
        "brief": leaving.brief(uow, household.id),
        "begun": BegunShape().many_of(uow, leaving.begun(uow, household.id)),
    }
