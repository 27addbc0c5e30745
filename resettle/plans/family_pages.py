"""The plan as the people of a household see it: their own goals, how they went, and new ones."""

from typing import Any
from uuid import UUID

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.queries import household_of
from resettle.plans import own_steps, schemas, service, views
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("my_plan", __name__, url_prefix="/my-household", template_folder="templates")


@pages.page("/plan", permission=Permission.PLAN_SAY, template="plans/my_plan.html")
def show(uow: UnitOfWork) -> dict[str, Any]:
    """Show one's own goals, what is done, and how they were rated over time."""
    household_id = _mine(uow)
    if household_id is None:
        return {"household": None}
    plans = views.both(uow, household_id)
    current = plans["settlement_active"] or plans["settlement_draft"] or {"goals": []}
    return {
        **views.frame(uow, household_id, Permission.PLAN_SAY),
        **plans,
        "own_id": uow.actor.person_id,
        "said": views.said(uow, household_id),
        "own": own_steps.side(uow.actor.role),
        "pictures": views.pictures(uow, household_id, current["goals"]),
    }


@pages.form(
    "/goals/new",
    permission=Permission.PLAN_SAY,
    schema=schemas.SayGoalSchema(),
    template="plans/my_goal.html",
)
def say(uow: UnitOfWork, form: Form) -> dict[str, Any] | Led:
    """Write a goal down in one's own words."""
    household_id = _mine(uow)
    if household_id is None:
        raise NotFound("Your account belongs to no household at the moment.")
    if form.command:
        service.say_goal(uow, household_id, form.command)
        return Go(".show", message="Your goal is written down.")
    return views.frame(uow, household_id, Permission.PLAN_SAY)


def _mine(uow: UnitOfWork) -> UUID | None:
    return None if uow.actor.person_id is None else household_of(uow, uow.actor.person_id)
