"""How far a reader's knowledge of settlement plans reaches.

Caseworkers know of all of it. Sponsors know of what was agreed and is in force, and of the exit
plan from its beginning, since it is theirs to let go; without the goals that are kept from them
and without anybody's ratings. At home each adult knows of what is common,
and of their own and their children's; not of what another adult aims for.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from resettle.core.actor import SPONSORS, Role
from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.plans.models import (
    PlanGoal,
    PlanKind,
    PlanReview,
    PlanStatus,
    PlanStep,
    Rating,
    SupportPlan,
)
from resettle.policy import reach, relations


def plan_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    near = reach.of_household(SupportPlan.household_id)(uow)
    if uow.actor.role in SPONSORS:
        in_force = SupportPlan.status == PlanStatus.ACTIVE
        leaving = and_(SupportPlan.kind == PlanKind.EXIT, SupportPlan.status == PlanStatus.DRAFT)
        return and_(near, or_(in_force, leaving))
    return near


def of_plan(column: Any) -> Scope:
    """Rows that are part of a plan which the reader may know of."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        return relations.one_of(uow, column, select(SupportPlan.id).where(plan_rows(uow)))

    return scope


def goal_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    near = reach.of_household(PlanGoal.household_id)(uow)
    if uow.actor.role in SPONSORS:
        return and_(of_plan(PlanGoal.plan_id)(uow), PlanGoal.restricted.is_(False))
    return and_(near, _own(uow, PlanGoal.person_id))


def step_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    known = select(PlanGoal.id).where(goal_rows(uow))
    return relations.one_of(uow, PlanStep.goal_id, known)


def review_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return _not_for_sponsors(uow, PlanReview.household_id)


def rating_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    near = _not_for_sponsors(uow, Rating.household_id)
    return and_(near, _own(uow, Rating.person_id))


def _not_for_sponsors(uow: UnitOfWork, column: Any) -> ColumnElement[bool]:
    return false() if uow.actor.role in SPONSORS else reach.of_household(column)(uow)


def _own(uow: UnitOfWork, person_id: Any) -> ColumnElement[bool]:
    """Keep what is common, and at home what is of whom the reader speaks for."""
    if uow.actor.role is not Role.HOUSEHOLD_PERSON:
        return true()
    return or_(person_id.is_(None), person_id.in_(relations.spoken_for(uow)))
