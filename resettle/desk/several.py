"""The page on which several households are put into one caseworker's hands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from marshmallow import fields

from resettle.cases import acts, assigning, hands, schemas
from resettle.cases.models import AssignmentKind
from resettle.core.actor import Role
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.web.fields import Day, Flag, Id, Many, Text
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command, Shape

pages = Pages("several", __name__, template_folder="templates")

MOST = 100
TICKED = "homes"
KINDS = [
    (AssignmentKind.PRIMARY.value, "Takes over", "From that day on, in place of who has it now."),
    (AssignmentKind.SECOND.value, "Works with them as a second caseworker"),
    (AssignmentKind.COVER.value, "Stands in", "Until the last day; then it falls back by itself."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(acts.Reassign):
    """What the form asks for; it is done once its reader has looked at what will change."""

    confirmed: bool = False


class WantedSchema(Command[Wanted]):
    makes = Wanted

    household_ids = Many(Id(), most=MOST, required=True)
    user_id = Id(required=True)
    kind = fields.Enum(AssignmentKind, by_value=True)
    from_on = Day(required=True)
    until_on = Day()
    reason = Text(schemas.NOTE, required=True)
    confirmed = Flag()


class ChoiceShape(Shape):
    class Meta:
        model = Household

    id = fields.UUID()
    reference = fields.String()
    name = fields.String(attribute="display_name", metadata={"class": "P2", "item": "name"})
    location = fields.String()


@pages.form(
    "/assignments/new",
    permission=Permission.CASE_ASSIGN,
    schema=WantedSchema(),
    template="desk/several.html",
)
def assign(uow: UnitOfWork, form: Form) -> dict[str, Any] | Led:
    """Choose households and a caseworker, look at what will change, and assign them."""
    if form.command and form.command.confirmed:
        return _told(assigning.reassign(uow, form.command))
    choices = _choices(uow)
    chosen = _chosen(form.values)
    looking = bool(chosen) and not form.errors and "user_id" in form.values
    return {
        "choices": choices,
        "chosen": [row for row in choices if str(row["id"]) in chosen] if looking else [],
        "caseworkers": assigning.caseworkers(uow),
        "kinds": KINDS,
        "ticked": _ticked(),
        "today": uow.today,
        "is_caseworker": uow.actor.role is Role.CASEWORKER,
    }


def _ticked() -> list[str]:
    """Read which households were ticked on the list that led here."""
    return [each for each in request.args.get(TICKED, "").split(",") if each]


def _chosen(values: Mapping[str, Any]) -> set[str]:
    given = values.get("household_ids", [])
    return {given} if isinstance(given, str) else {*given}


def _choices(uow: UnitOfWork) -> list[dict[str, Any]]:
    """List the households that may be assigned, with who has each of them."""
    query = uow.columns(
        Household,
        Household.id,
        Household.reference,
        Household.display_name,
        Household.location,
    ).where(Household.exited_on.is_(None))
    rows = uow.rows(query.order_by(Household.reference).limit(MOST))
    who = hands.who_has(uow, [row.id for row in rows])
    told = ChoiceShape().many_of(uow, rows)
    return [{"name": "", "location": None, **row, "who": who.get(row["id"], "")} for row in told]


def _told(found: Sequence[assigning.Reassigned]) -> Led:
    done = [each for each in found if each.done]
    said = [f"Assigned: {len(done)}."]
    said += [f"{each.reference or 'Not yours'}: {each.why_not}" for each in found if not each.done]
    undo = url_for(".take_back", assignment_id=done[0].assignment_id) if done else None
    return Go(".assign", message=" ".join(said), undo=undo)


@pages.button(
    "/assignments/<uuid:assignment_id>/undo",
    permission=Permission.CASE_ASSIGN,
)
def take_back(uow: UnitOfWork, assignment_id: UUID) -> Led:
    """Take back, within the hour, what was assigned at once."""
    together = assigning.same_moment(uow, assignment_id)
    if not together.assignment_ids:
        raise NotFound("There is no such record, or it is not yours to see.")
    found = assigning.take_back(uow, together)
    late = sum(not each.done for each in found)
    said = f"Taken back: {len(found) - late}."
    return Go(".assign", message=f"{said} {assigning.TOO_LATE}" if late else said)
