"""The version of a plan that is worked on next: it begins with all that is still open."""

from resettle.core.errors import Conflict
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.plans import queries
from resettle.plans.models import (
    GoalStatus,
    PlanGoal,
    PlanKind,
    PlanStatus,
    PlanStep,
    StepStatus,
    SupportPlan,
)

KEPT = ("person_id", "thread_id", "by_family", "restricted", "domain", "own_words", "own_language")
KEPT_TOO = ("wording", "baseline", "target")
STEP_KEPT = ("person_id", "text", "owner", "lead", "due_on")


def draft(
    uow: UnitOfWork, household: Household, kind: PlanKind, language: str | None = None
) -> SupportPlan:
    """Make the version that is worked on next. An exit plan begins with the settlement plan."""
    if queries.in_state(uow, household.id, kind, PlanStatus.DRAFT) is not None:
        raise Conflict("A new version of this plan is in the making already.")
    before = queries.in_state(uow, household.id, kind, PlanStatus.ACTIVE)
    source = before or queries.in_state(uow, household.id, PlanKind.SETTLEMENT, PlanStatus.ACTIVE)
    plan = uow.add(
        SupportPlan(
            household_id=household.id,
            kind=kind,
            edition=queries.editions(uow, household.id, kind) + 1,
            language=language or (source.language if source else household.primary_language),
        )
    )
    if source is not None:
        _carry_over(uow, source, plan)
    if kind is PlanKind.SETTLEMENT:
        for goal in queries.goals_said(uow, household.id):
            goal.plan_id = plan.id
    return plan


def _carry_over(uow: UnitOfWork, source: SupportPlan, plan: SupportPlan) -> None:
    for goal in queries.goals(uow, source.id):
        if goal.status is not GoalStatus.OPEN:
            continue
        kept = {name: getattr(goal, name) for name in (*KEPT, *KEPT_TOO)}
        again = uow.add(PlanGoal(plan_id=plan.id, household_id=plan.household_id, **kept))
        for step in goal.steps:
            if step.status is StepStatus.OPEN:
                same = {name: getattr(step, name) for name in STEP_KEPT}
                uow.add(PlanStep(goal_id=again.id, household_id=plan.household_id, **same))
