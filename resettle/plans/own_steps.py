"""Steps of a plan in the hands of those whose they are: the sponsor group, or the family."""

from collections.abc import Mapping
from uuid import UUID

from resettle.core.actor import Role
from resettle.core.errors import Conflict, Forbidden, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.plans.acts import TellStep
from resettle.plans.models import Owner, PlanGoal, PlanStatus, PlanStep, StepStatus, SupportPlan

SIDES: Mapping[Role, Owner] = {
    Role.SPONSOR_MEMBER: Owner.SPONSOR,
    Role.SPONSOR_COORDINATOR: Owner.SPONSOR,
    Role.HOUSEHOLD_PERSON: Owner.FAMILY,
}


def side(role: Role) -> Owner | None:
    """Tell on which side of a plan a reader stands; caseworkers may change every step."""
    return SIDES.get(role)


def tell(uow: UnitOfWork, step_id: UUID, command: TellStep) -> PlanStep:
    """Say how far a step is that is one's own side's, in a plan that is in force.

    Raises Forbidden for a step of another side, and Conflict for one that nobody works on now.
    """
    step = uow.edit(PlanStep, step_id, to=Permission.PLAN_STEP)
    if step.owner is not side(uow.actor.role):
        raise Forbidden("How far this step is, those say whose step it is.")
    if step.status is StepStatus.DROPPED or not _in_force(uow, step):
        raise Conflict("This step is not worked on at the moment. Ask your caseworker.")
    done_on = command.done_on or uow.today
    if command.done and done_on > uow.today:
        raise Invalid({"done_on": ["This day has not come yet."]})
    step.status = StepStatus.DONE if command.done else StepStatus.OPEN
    step.done_on = done_on if command.done else None
    return step


def _in_force(uow: UnitOfWork, step: PlanStep) -> bool:
    goal = uow.get(PlanGoal, step.goal_id, to=Permission.PLAN_STEP)
    plan = None if goal.plan_id is None else uow.find(SupportPlan, goal.plan_id)
    return plan is not None and plan.status is PlanStatus.ACTIVE


def plan_of(uow: UnitOfWork, step: PlanStep) -> UUID | None:
    """Name the version of the plan that a step belongs to."""
    return uow.get(PlanGoal, step.goal_id, to=Permission.PLAN_STEP).plan_id
