"""Questions about plans: which versions there are, what one holds, how goals have been rated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import selectinload

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.households.rules import is_adult
from resettle.milestones.models import Milestone
from resettle.milestones.rules import OPEN
from resettle.plans import rules
from resettle.plans.models import (
    Handover,
    IndependenceLine,
    PlanAgreement,
    PlanGoal,
    PlanKind,
    PlanReview,
    PlanStatus,
    Rating,
    Referral,
    SupportPlan,
)
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme

PLAN_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "edition": (SupportPlan.kind.expression, SupportPlan.edition.expression)
}
GOAL_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "named": (PlanGoal.created_at.expression,)
}
RATING_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "rated": (Rating.rated_on.expression, Rating.recorded_at.expression)
}
REVIEW_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "held": (PlanReview.held_on.expression,)
}
REFERRAL_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "referred": (Referral.referred_on.expression,)
}
PLAN, REVIEW, EXIT = "plan", "review", "exit plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFilters:
    kind: PlanKind | None = None
    status: PlanStatus | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version of a plan with all that the reader may know of it, and how far it is."""

    id: UUID
    version: int
    household_id: UUID
    kind: PlanKind
    edition: int
    status: PlanStatus
    language: str
    agreed_on: date | None
    interpreter_used: bool | None
    ended_on: date | None
    agreements: Sequence[PlanAgreement]
    handovers: Sequence[Handover]
    independence: Sequence[IndependenceLine]
    goals: Sequence[PlanGoal]
    actual: rules.Actual

    @property
    def open_needs(self) -> int:
        return sum(not line.taken_by for line in self.handovers)


def of_household(uow: UnitOfWork, household_id: UUID, wanted: PlanFilters) -> Select[Any]:
    """List the versions of a household's plans, the oldest first."""
    household = uow.get(Household, household_id, to=Permission.PLAN_READ)
    query = uow.select(SupportPlan).where(SupportPlan.household_id == household.id)
    if wanted.kind is not None:
        query = query.where(SupportPlan.kind == wanted.kind)
    if wanted.status is not None:
        query = query.where(SupportPlan.status == wanted.status)
    return query


def sheet(uow: UnitOfWork, plan_id: UUID) -> Sheet:
    """Fetch a version with its goals and their steps, in a constant number of queries."""
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_READ)
    return sheet_of(uow, plan)


def sheet_of(uow: UnitOfWork, plan: SupportPlan) -> Sheet:
    found = goals(uow, plan.id)
    statuses = [goal.status.value for goal in found]
    strides = [rules.Stride(s.status.value, s.due_on) for goal in found for s in goal.steps]
    return Sheet(
        id=plan.id,
        version=plan.version,
        household_id=plan.household_id,
        kind=plan.kind,
        edition=plan.edition,
        status=plan.status,
        language=plan.language,
        agreed_on=plan.agreed_on,
        interpreter_used=plan.interpreter_used,
        ended_on=plan.ended_on,
        agreements=_children(uow, PlanAgreement, plan.id),
        handovers=_children(uow, Handover, plan.id),
        independence=independence(uow, plan.id),
        goals=found,
        actual=rules.actual(plan.household_id, strides, statuses, uow.today),
    )


def _children(uow: UnitOfWork, model: Any, plan_id: UUID) -> Sequence[Any]:
    return uow.all(uow.select(model).where(model.plan_id == plan_id).order_by(model.id))


def goals(uow: UnitOfWork, plan_id: UUID) -> Sequence[PlanGoal]:
    """List the goals of a version that the reader may know of, in the order they were named."""
    query = uow.select(PlanGoal).where(PlanGoal.plan_id == plan_id)
    query = query.order_by(PlanGoal.created_at, PlanGoal.id)
    fresh = query.execution_options(populate_existing=True)
    return uow.all(fresh, selectinload(PlanGoal.steps))


def goals_said(uow: UnitOfWork, household_id: UUID) -> Sequence[PlanGoal]:
    """List the goals that the family has written down and no version has taken in yet."""
    query = uow.select(PlanGoal).where(
        PlanGoal.household_id == household_id, PlanGoal.plan_id.is_(None)
    )
    return uow.all(query.order_by(PlanGoal.created_at, PlanGoal.id))


def all_goals(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    """List every goal in every version, and those that are in none yet."""
    household = uow.get(Household, household_id, to=Permission.PLAN_READ)
    return uow.select(PlanGoal).where(PlanGoal.household_id == household.id)


def in_state(
    uow: UnitOfWork, household_id: UUID, kind: PlanKind, status: PlanStatus
) -> SupportPlan | None:
    """Find the version of a kind that is in the making, or in force; there is one at most."""
    query = uow.select(SupportPlan).where(
        SupportPlan.household_id == household_id,
        SupportPlan.kind == kind,
        SupportPlan.status == status,
    )
    return uow.first(query.order_by(SupportPlan.edition.desc()))


def editions(uow: UnitOfWork, household_id: UUID, kind: PlanKind) -> int:
    """Count the versions that a household has had of a plan."""
    return uow.count(
        SupportPlan, SupportPlan.household_id == household_id, SupportPlan.kind == kind
    )


def handovers(uow: UnitOfWork, plan_id: UUID) -> Sequence[Handover]:
    found: Sequence[Handover] = _children(uow, Handover, plan_id)
    return found


def independence(uow: UnitOfWork, plan_id: UUID) -> Sequence[IndependenceLine]:
    """List who leads what the family comes to do by itself, as far as it was looked at."""
    found: Sequence[IndependenceLine] = _children(uow, IndependenceLine, plan_id)
    return found


def signed_by(uow: UnitOfWork, plan_id: UUID) -> set[UUID]:
    """Name the adults who have agreed to a version so far."""
    found: Sequence[PlanAgreement] = _children(uow, PlanAgreement, plan_id)
    return {each.person_id for each in found}


def near_the_end(uow: UnitOfWork, until: date) -> Sequence[Household]:
    """List households whose support ends by a day, that are still here and have no exit plan."""
    begun = uow.subquery(SupportPlan, SupportPlan.household_id).where(
        SupportPlan.kind == PlanKind.EXIT
    )
    query = uow.select(Household).where(
        Household.support_end_on <= until,
        Household.exited_on.is_(None),
        Household.id.not_in(begun),
    )
    return uow.all(uow.touching(query.order_by(Household.id), SupportPlan))


def ratings(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    household = uow.get(Household, household_id, to=Permission.PLAN_PROGRESS)
    return uow.select(Rating).where(Rating.household_id == household.id)


def reviews(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    household = uow.get(Household, household_id, to=Permission.PLAN_PROGRESS)
    return uow.select(PlanReview).where(PlanReview.household_id == household.id)


def referrals(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    household = uow.get(Household, household_id, to=Permission.REFERRAL_READ)
    return uow.select(Referral).where(Referral.household_id == household.id)


def programme_of(uow: UnitOfWork, household: Household) -> Programme:
    return uow.use(Catalogue).get(household.programme_code, household.programme_version)


def adults(uow: UnitOfWork, household_id: UUID) -> list[UUID]:
    home = people_at_home(uow, household_id, uow.today)
    return [stay.person_id for stay in home if is_adult(uow.today, stay.born_on)]


def milestones_shown_by(
    uow: UnitOfWork, household_id: UUID, evidence: str
) -> list[tuple[Milestone, str]]:
    """List the household's milestones that a plan, a review or an exit plan shows, with titles."""
    query = uow.select(Milestone).where(
        Milestone.household_id == household_id, Milestone.person_id.is_(None)
    )
    catalogue = uow.use(Catalogue)
    found = []
    for row in uow.all(query.order_by(Milestone.due_on, Milestone.id)):
        item = catalogue.get(row.programme_code, row.programme_version).milestone(row.code)
        if item.evidence == evidence:
            found.append((row, item.title))
    return found


def open_among(found: Sequence[tuple[Milestone, str]]) -> list[Milestone]:
    return [row for row, _ in found if row.status.value in OPEN]


def is_agreed(uow: UnitOfWork, household_id: UUID, kind: PlanKind) -> bool:
    """Tell whether a plan of a kind was ever agreed, whoever asks."""
    query: Select[Any] = select(SupportPlan.id).where(
        SupportPlan.household_id == household_id,
        SupportPlan.kind == kind,
        SupportPlan.agreed_on.is_not(None),
    )
    return bool(uow.rows(uow.touching(query, SupportPlan)))
