"""Goals and steps of those who leave: they rest, or go along to be agreed anew.

A version of a plan stays as it was agreed. So what goes along is written down again in the other
household, where the next version of its plan takes it in, and rests in the one that was left.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, false

from resettle.core.work import UnitOfWork
from resettle.plans import queries
from resettle.plans.drafts import KEPT, KEPT_TOO, STEP_KEPT
from resettle.plans.models import (
    GoalStatus,
    PlanGoal,
    PlanKind,
    PlanStatus,
    PlanStep,
    StepStatus,
    SupportPlan,
)

LIVE = (PlanStatus.DRAFT, PlanStatus.ACTIVE)


def rest(uow: UnitOfWork, household_id: UUID, person_id: UUID | None) -> None:
    """Let the goals and steps of one person rest; of everybody if nobody is named."""
    goals = _open(uow, household_id, None if person_id is None else {person_id})
    _rest(uow, goals)
    mine = false() if person_id is None else PlanStep.person_id == person_id
    for step in _steps(uow, household_id, mine):
        step.status = StepStatus.DROPPED
    uow.session.flush()


def carry(uow: UnitOfWork, person_ids: Collection[UUID], source_id: UUID, target_id: UUID) -> None:
    """Take the open goals of people along to another household; each of them once."""
    goals = _open(uow, source_id, person_ids)
    draft = queries.in_state(uow, target_id, PlanKind.SETTLEMENT, PlanStatus.DRAFT)
    carried = {goal.thread_id for goal in queries.goals(uow, draft.id)} if draft else set()
    for goal in goals:
        if goal.plan_id is None:
            goal.household_id = target_id
        elif goal.thread_id not in carried:
            _again(uow, goal, target_id, draft)
        carried.add(goal.thread_id)
    _rest(uow, [goal for goal in goals if goal.plan_id is not None])
    uow.session.flush()


def close_plans(uow: UnitOfWork, household_id: UUID) -> None:
    """Close what is in force or in the making of a household that has gone."""
    query = uow.select(SupportPlan).where(
        SupportPlan.household_id == household_id, SupportPlan.status.in_(LIVE)
    )
    for plan in uow.all(query.order_by(SupportPlan.id)):
        plan.status, plan.ended_on = PlanStatus.CLOSED, uow.today
    uow.session.flush()


def _open(
    uow: UnitOfWork, household_id: UUID, person_ids: Collection[UUID] | None
) -> Sequence[PlanGoal]:
    """List open goals that no newer version has followed, those in the making first."""
    live = uow.subquery(SupportPlan, SupportPlan.id).where(
        SupportPlan.household_id == household_id, SupportPlan.status.in_(LIVE)
    )
    query = uow.select(PlanGoal).where(
        PlanGoal.household_id == household_id,
        PlanGoal.status == GoalStatus.OPEN,
        PlanGoal.plan_id.is_(None) | PlanGoal.plan_id.in_(live),
    )
    if person_ids is not None:
        query = query.where(PlanGoal.person_id.in_(person_ids))
    newest = query.order_by(PlanGoal.created_at.desc(), PlanGoal.id)
    return uow.all(uow.touching(newest, SupportPlan))


def _rest(uow: UnitOfWork, goals: Sequence[PlanGoal]) -> None:
    for goal in goals:
        goal.status = GoalStatus.GIVEN_UP
    for step in _steps(uow, None, PlanStep.goal_id.in_([goal.id for goal in goals])):
        step.status = StepStatus.DROPPED


def _steps(
    uow: UnitOfWork, household_id: UUID | None, which: ColumnElement[bool]
) -> Sequence[PlanStep]:
    query = uow.select(PlanStep).where(PlanStep.status == StepStatus.OPEN, which)
    if household_id is not None:
        query = query.where(PlanStep.household_id == household_id)
    return uow.all(query.order_by(PlanStep.id))


def _again(uow: UnitOfWork, goal: PlanGoal, household_id: UUID, draft: SupportPlan | None) -> None:
    kept = {name: getattr(goal, name) for name in (*KEPT, *KEPT_TOO)}
    plan_id = draft.id if draft else None
    again = uow.add(PlanGoal(plan_id=plan_id, household_id=household_id, **kept))
    for step in _steps(uow, None, PlanStep.goal_id == goal.id):
        same = {name: getattr(step, name) for name in STEP_KEPT}
        uow.add(PlanStep(goal_id=again.id, household_id=household_id, **same))
