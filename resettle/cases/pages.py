"""Pages on which a case is moved on, or its household is put into other hands."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resettle.cases import acts, assigning, queries, schemas, service, shapes
from resettle.cases.models import AssignmentKind, ResettlementCase
from resettle.core.actor import Role
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes.catalogue import Catalogue
from resettle.web.fields import Day, Name, Text
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("cases", __name__, template_folder="templates")

KINDS = [
    (AssignmentKind.PRIMARY.value, "Takes over", "From that day on, in place of who has it now."),
    (AssignmentKind.SECOND.value, "Works with them as a second caseworker"),
    (AssignmentKind.COVER.value, "Stands in", "Until the last day; then it falls back by itself."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A move as the form has it; where to stands in the address."""

    on: date
    override_reason: str | None = None
    reason: str | None = None
    note: str | None = None
    review_on: date | None = None
    location: str | None = None


class MovingSchema(Command[Moving]):
    makes = Moving

    on = Day(required=True)
    override_reason = Text(schemas.NOTE)
    reason = Text(schemas.CODE)
    note = Text(schemas.NOTE)
    review_on = Day()
    location = Name(80)


@pages.form(
    "/cases/<uuid:case_id>/moves/<string:to>",
    permission=Permission.CASE_MOVE,
    schema=MovingSchema(),
    template="cases/move.html",
)
def move(uow: UnitOfWork, form: Form, case_id: UUID, to: str) -> dict[str, Any] | Led:
    """Say what is missing for a move, and make it."""
    if form.command:
        asked: Moving = form.command
        case = service.move(
            uow,
            case_id,
            acts.MoveCase(
                to=to,
                on=asked.on,
                override_reason=asked.override_reason,
                reason=asked.reason,
                note=asked.note,
                review_on=asked.review_on,
                location=asked.location,
            ),
        )
        title = queries.programme_of(uow, case).stage(case.stage).title
        message = f"The case has moved: {title}."
        return Go("household_file.show", message=message, household_id=case.household_id)
    return _shown(uow, case_id, to)


def _shown(uow: UnitOfWork, case_id: UUID, to: str) -> dict[str, Any]:
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_MOVE)
    household = uow.get(Household, case.household_id, to=Permission.CASE_READ)
    wanted = next((each for each in queries.next_moves(uow, case) if each.to == to), None)
    if wanted is None:
        raise NotFound("From where the case stands there is no such move.")
    catalogue = uow.use(Catalogue)
    may_override = uow.allows(Permission.CASE_OVERRIDE, case)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "stage": queries.programme_of(uow, case).stage(case.stage).title,
        "since": case.stage_since,
        "move": shapes.NextMoveShape().one(uow, wanted),
        "can_override": may_override and all(fact.may_override for fact in wanted.missing),
        "reasons": [(i.code, i.title) for i in catalogue.lists[wanted.reasons].items]
        if wanted.reasons
        else [],
        "places": [(code, known.name) for code, known in catalogue.locations.items()],
        "today": uow.today,
        "version": case.version,
    }


@pages.form(
    "/households/<uuid:household_id>/caseworkers/new",
    permission=Permission.CASE_ASSIGN,
    schema=schemas.AssignCaseworkerSchema(),
    template="cases/assign.html",
)
def assign(uow: UnitOfWork, form: Form, household_id: UUID) -> dict[str, Any] | Led:
    """Hand a household over, add a second caseworker, or arrange cover."""
    if form.command:
        assigning.assign(uow, household_id, form.command)
        if not uow.find(Household, household_id):
            return Go("desk.home", message="The household is in other hands from that day on.")
        return Go(
            "household_file.show", message="The assignment is made.", household_id=household_id
        )
    household = uow.get(Household, household_id, to=Permission.CASE_ASSIGN)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "caseworkers": assigning.caseworkers(uow),
        "kinds": KINDS,
        "today": uow.today,
        "is_caseworker": uow.actor.role is Role.CASEWORKER,
    }
