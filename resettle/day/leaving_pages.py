"""Leaving, step by step: what is still open, and a page to hand each household over."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from resettle.cases import assigning
from resettle.core.classes import OPS, PLAN, DataClass
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day import leaving
from resettle.day.leaving import HandOver, Leaving
from resettle.households.models import Household
from resettle.web.api import Api
from resettle.web.fields import Id, Text
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command, Shape

pages = Pages("leaving", __name__, url_prefix="/leaving", template_folder="templates")
api = Api("leaving_api", __name__, url_prefix="/api/leaving")

Shown = dict[str, Any]
BRIEF = 5000


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


class LeavingShape(Shape):
    """What a caseworker who leaves has not handed over yet."""

    class Meta:
        model = Leaving

    households = fields.Nested(StillHeldShape(), many=True, metadata=dict(OPS))
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


@pages.page("", permission=Permission.QUEUE_ACT, template="day/leaving.html")
def show(uow: UnitOfWork) -> Shown:
    """Show step by step what is still open."""
    return LeavingShape().one(uow, leaving.still_open(uow))


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
    }
