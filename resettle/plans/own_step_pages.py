"""The button beside a step that is one's own: done, or open again."""

from uuid import UUID

from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.plans import own_steps, schemas
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("plan_steps", __name__, template_folder="templates")


@pages.act(
    "/steps/<uuid:step_id>/progress",
    permission=Permission.PLAN_STEP,
    schema=schemas.TellStepSchema(),
)
def tell(uow: UnitOfWork, form: Form, step_id: UUID) -> Led:
    """Say that a step of one's own side is done, or is open again."""
    step = own_steps.tell(uow, step_id, form.command)
    said = "Done. Thank you." if form.command.done else "It is open again."
    if uow.actor.role is Role.HOUSEHOLD_PERSON:
        return Go("my_plan.show", message=said)
    return Go("plans.sheet", message=said, plan_id=own_steps.plan_of(uow, step))
