"""Plans over JSON: versions with their goals and steps, agreed, and the steps that were taken."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.plans import acts, queries, schemas, service, shapes
from resettle.plans.models import PlanGoal, PlanStep, SupportPlan
from resettle.web.api import Api

api = Api("plans_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"
PLAN = "/plans/<uuid:plan_id>"
GOAL = "/goals/<uuid:goal_id>"
STEP = "/steps/<uuid:step_id>"


@api.lists(
    HOUSEHOLD + "/plans",
    permission=Permission.PLAN_READ,
    returns=shapes.PlanRow(),
    sorts=queries.PLAN_SORTS,
    filters=schemas.PlanFiltersSchema(),
)
def index(uow: UnitOfWork, household_id: UUID, wanted: queries.PlanFilters) -> Select[Any]:
    """List the versions of a household's plans."""
    return queries.of_household(uow, household_id, wanted)


@api.does(
    "POST",
    HOUSEHOLD + "/plans",
    permission=Permission.PLAN_WRITE,
    body=schemas.BeginPlanSchema(),
    returns=shapes.PlanRow(),
    status=201,
)
def begin(uow: UnitOfWork, household_id: UUID, command: acts.BeginPlan) -> SupportPlan:
    """Begin a plan, or its next version with what is still open."""
    return service.begin(uow, household_id, command)


@api.lists(
    HOUSEHOLD + "/goals",
    permission=Permission.PLAN_READ,
    returns=shapes.GoalRow(),
    sorts=queries.GOAL_SORTS,
)
def goals(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List the goals of all versions, and those that the family has said and none has yet."""
    return queries.all_goals(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/goals",
    permission=Permission.PLAN_SAY,
    body=schemas.SayGoalSchema(),
    returns=shapes.GoalRow(),
    status=201,
)
def say_goal(uow: UnitOfWork, household_id: UUID, command: acts.SayGoal) -> PlanGoal:
    """Write down one's own goal, in one's own words."""
    return service.say_goal(uow, household_id, command)


@api.reads(PLAN, permission=Permission.PLAN_READ, returns=shapes.PlanShape())
def show(uow: UnitOfWork, plan_id: UUID) -> queries.Sheet:
    """Show a version of a plan with its goals and steps, and how far it is."""
    return queries.sheet(uow, plan_id)


@api.does(
    "POST",
    PLAN + "/goals",
    permission=Permission.PLAN_WRITE,
    body=schemas.AddGoalSchema(),
    returns=shapes.GoalRow(),
    status=201,
)
def add_goal(uow: UnitOfWork, plan_id: UUID, command: acts.AddGoal) -> PlanGoal:
    """Add a goal to a version that is in the making."""
    return service.add_goal(uow, plan_id, command)


@api.does(
    "PATCH",
    GOAL,
    permission=Permission.PLAN_WRITE,
    body=schemas.ChangeGoalSchema(),
    returns=shapes.GoalRow(),
)
def change_goal(uow: UnitOfWork, goal_id: UUID, command: acts.ChangeGoal) -> PlanGoal:
    """Work on a goal, or say what became of it."""
    return service.change_goal(uow, goal_id, command)


@api.does(
    "POST",
    GOAL + "/steps",
    permission=Permission.PLAN_WRITE,
    body=schemas.AddStepSchema(),
    returns=shapes.StepShape(),
    status=201,
)
def add_step(uow: UnitOfWork, goal_id: UUID, command: acts.AddStep) -> PlanStep:
    """Add a step towards a goal."""
    return service.add_step(uow, goal_id, command)


@api.does(
    "PATCH",
    STEP,
    permission=Permission.PLAN_WRITE,
    body=schemas.ChangeStepSchema(),
    returns=shapes.StepShape(),
)
def change_step(uow: UnitOfWork, step_id: UUID, command: acts.ChangeStep) -> PlanStep:
    """Change a step, or say what became of it."""
    return service.change_step(uow, step_id, command)


@api.does(
    "POST",
    PLAN + "/agreement",
    permission=Permission.PLAN_WRITE,
    body=schemas.AgreePlanSchema(),
    returns=shapes.PlanRow(),
    status=201,
)
def agree(uow: UnitOfWork, plan_id: UUID, command: acts.AgreePlan) -> SupportPlan:
    """Record which adults agreed to a version, and on which day."""
    return service.agree(uow, plan_id, command)


@api.does(
    "POST",
    PLAN + "/closing",
    permission=Permission.PLAN_WRITE,
    returns=shapes.PlanRow(),
    status=201,
)
def close(uow: UnitOfWork, plan_id: UUID) -> SupportPlan:
    """Close a plan whose support is over."""
    return service.close(uow, plan_id)
