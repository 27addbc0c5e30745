"""The plans of the planted world: a settlement and an exit plan, and what is beside them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.plans.models import (
    Handover,
    IndependenceLine,
    Owner,
    PlanAgreement,
    PlanGoal,
    PlanKind,
    PlanReview,
    PlanStatus,
    PlanStep,
    RatedBy,
    Rating,
    Referral,
    SupportPlan,
)
from resettle.tasks.models import HandoverLevel
from tests.access.canaries import Canaries

Ids = dict[str, UUID]
DAY = date(2026, 2, 2)


class Planting:
    """The plans of one household, every text of them a canary but what is kept from sponsors."""

    def __init__(
        self, uow: UnitOfWork, canaries: Canaries, name: str, household: Household
    ) -> None:
        self.uow = uow
        self.canaries = canaries
        self.name = name
        self.about = {"household_id": household.id}

    def fill(self, row: Any, person: str = "", *keep: str) -> Any:
        return self.uow.add(self.canaries.fill(row, self.name, person, keep=keep))

    def plan(self, kind: PlanKind) -> SupportPlan:
        plan: SupportPlan = self.fill(
            SupportPlan(**self.about, kind=kind, status=PlanStatus.ACTIVE)
        )
        return plan

    def goal(
        self, plan: SupportPlan, person: str = "", person_id: UUID | None = None, **facts: Any
    ) -> PlanGoal:
        row = PlanGoal(
            **self.about,
            plan_id=plan.id,
            thread_id=uuid4(),
            person_id=person_id,
            domain="EDU",
            baseline=2,
            target=4,
            **facts,
        )
        kept = ("own_words", "own_language", "wording") if facts else ()
        goal: PlanGoal = self.fill(row, person, *kept)
        step = PlanStep(
            **self.about,
            goal_id=goal.id,
            person_id=person_id,
            text="Ring the school",
            owner=Owner.FAMILY,
            lead=HandoverLevel.TOGETHER,
            due_on=DAY + timedelta(days=60),
        )
        self.fill(step, person, *(("text",) if facts else ()))
        rating = Rating(
            **self.about,
            person_id=person_id,
            thread_id=goal.thread_id,
            domain="EDU",
            by=RatedBy.FAMILY,
            score=3,
            rated_on=DAY,
            recorded_at=self.uow.now,
        )
        self.fill(rating, person)
        return goal


def of_household(
    uow: UnitOfWork,
    canaries: Canaries,
    name: str,
    household: Household,
    people: Mapping[str, Ids],
) -> Ids:
    planting = Planting(uow, canaries, name, household)
    plan, leaving = planting.plan(PlanKind.SETTLEMENT), planting.plan(PlanKind.EXIT)
    agreement = PlanAgreement(
        **planting.about,
        plan_id=plan.id,
        person_id=people["first"]["person_id"],
        recorded_at=uow.now,
    )
    planting.fill(agreement)
    for who, ids in people.items():
        planting.goal(plan, who, ids["person_id"])
    planting.goal(plan, restricted=True, wording="Sleep at night")
    goal = planting.goal(plan)
    review = PlanReview(**planting.about, plan_id=plan.id, held_on=DAY, recorded_at=uow.now)
    planting.fill(review)
    line = planting.fill(Handover(**planting.about, plan_id=leaving.id))
    planting.fill(
        IndependenceLine(
            **planting.about,
            plan_id=leaving.id,
            code="MONEY",
            lead=HandoverLevel.TOGETHER,
            looked_on=DAY,
        ),
        "",
        "code",
    )
    referral = planting.fill(Referral(**planting.about, referred_on=DAY))
    step = uow.first(uow.select(PlanStep).where(PlanStep.goal_id == goal.id))
    assert step is not None
    return {
        "plan_id": plan.id,
        "exit_plan_id": leaving.id,
        "goal_id": goal.id,
        "step_id": step.id,
        "handover_id": line.id,
        "referral_id": referral.id,
    }
