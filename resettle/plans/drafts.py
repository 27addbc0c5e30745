"""The version of a plan that is worked on next: it begins with all that is still open."""

from resettle.core.errors import Conflict
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.plans import queries, rules
from resettle.plans.models import (
    GoalStatus,
    IndependenceLine,
    PlanGoal,
    PlanKind,
    PlanStatus,
    PlanStep,
    StepStatus,
    SupportPlan,
)

KEPT = ("person_id", "thread_id", "by_family", "restricted", "domain", "own_words", "own_language")
KEPT_TOO = ("wording", "baseline", "target")
LEAD_KEPT = ("code", "lead", "looked_on")
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
    if kind is PlanKind.EXIT and before is not None:
        _keep_leads(uow, before, plan)
    if kind is PlanKind.SETTLEMENT:
        for goal in queries.goals_said(uow, household.id):
            goal.plan_id = plan.id
    return plan


def refuse_signed(uow: UnitOfWork, plan: SupportPlan) -> None:
    """Keep an exit plan as it is once somebody of the family has signed it."""
    if plan.kind is PlanKind.EXIT and queries.signed_by(uow, plan.id):
        raise Conflict("The family has begun to sign it, so it stays as it is. Agree it first.")


def refuse_lacking(uow: UnitOfWork, plan: SupportPlan) -> None:
    """Refuse to have a version agreed that says too little, with what it lacks."""
    aims = [
        rules.Aim(g.wording, g.baseline, g.target, g.status.value)
        for g in queries.goals(uow, plan.id)
    ]
    lacks = rules.lacking(aims)
    if plan.kind is PlanKind.EXIT:
        lacks = rules.exit_lacking(aims, len(queries.handovers(uow, plan.id)))
    if lacks:
        raise Conflict(f"It cannot be agreed yet. {' '.join(lacks)}")


def _keep_leads(uow: UnitOfWork, before: SupportPlan, plan: SupportPlan) -> None:
    for line in queries.independence(uow, before.id):
        kept = {name: getattr(line, name) for name in LEAD_KEPT}
        uow.add(IndependenceLine(plan_id=plan.id, household_id=plan.household_id, **kept))


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
