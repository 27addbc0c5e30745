"""The plan in a household's file: what was agreed and what was done, and the work on the next."""

from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.plans import (
    acts,
    exits,
    own_steps,
    queries,
    reviews,
    schemas,
    scoring,
    service,
    shapes,
    views,
)
from resettle.plans.models import (
    GoalStatus,
    PlanGoal,
    PlanKind,
    PlanStatus,
    PlanStep,
    Referral,
    ReferralStatus,
    StepStatus,
    SupportPlan,
)
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("plans", __name__, template_folder="templates")
HOUSEHOLD = "/households/<uuid:household_id>"
PLAN = "/plans/<uuid:plan_id>"
Shown = dict[str, Any]
OUTCOMES = [
    (ReferralStatus.TAKEN_UP.value, "Taken up"),
    (ReferralStatus.DECLINED.value, "Declined"),
    (ReferralStatus.DONE.value, "Done"),
]
BECAME = [
    (GoalStatus.OPEN.value, "Still open"),
    (GoalStatus.REACHED.value, "Reached"),
    (GoalStatus.GIVEN_UP.value, "Given up"),
]


@pages.page(HOUSEHOLD + "/plan", permission=Permission.PLAN_WRITE, template="plans/plan.html")
def show(uow: UnitOfWork, household_id: UUID) -> Shown:
    """Show what is due and done, then the goals, then how they went over time."""
    shown = views.frame(uow, household_id, Permission.PLAN_WRITE)
    plans = views.both(uow, household_id)
    current = plans["settlement_active"] or plans["settlement_draft"] or {"goals": []}
    return {
        **shown,
        **plans,
        "said": views.said(uow, household_id),
        "reviews": views.reviews_due(uow, household_id),
        "pictures": views.pictures(uow, household_id, current["goals"]),
        "referrals": views.referrals(uow, household_id),
        "editions": views.editions(uow, household_id),
    }


@pages.act(
    HOUSEHOLD + "/plan/beginning",
    permission=Permission.PLAN_WRITE,
    schema=schemas.BeginPlanSchema(),
)
def begin(uow: UnitOfWork, form: Form, household_id: UUID) -> Led:
    """Begin a plan or its next version."""
    service.begin(uow, household_id, form.command)
    return _back(household_id, "A new version is begun, with what is still open.")


@pages.page(PLAN + "/sheet", permission=Permission.PLAN_READ, template="plans/sheet.html")
def sheet(uow: UnitOfWork, plan_id: UUID) -> Shown:
    """Show one version as a sheet of paper, to whoever may read it."""
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_READ)
    return {
        **views.frame(uow, plan.household_id, Permission.PLAN_READ),
        "plan": views.told(uow, plan),
        "may_write": uow.allows(Permission.PLAN_WRITE),
        "own": own_steps.side(uow.actor.role),
    }


@pages.form(
    PLAN + "/goals/new",
    permission=Permission.PLAN_WRITE,
    schema=schemas.AddGoalSchema(),
    template="plans/goal.html",
)
def add_goal(uow: UnitOfWork, form: Form, plan_id: UUID) -> Shown | Led:
    """Add a goal, in the family's words and in one's own."""
    if form.command:
        goal = service.add_goal(uow, plan_id, form.command)
        return _back(goal.household_id, "The goal is added.")
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_WRITE)
    return {**_framed(uow, plan.household_id), "goal": None}


@pages.form(
    "/goals/<uuid:goal_id>/change",
    permission=Permission.PLAN_WRITE,
    schema=schemas.ChangeGoalSchema(),
    template="plans/goal.html",
)
def change_goal(uow: UnitOfWork, form: Form, goal_id: UUID) -> Shown | Led:
    """Work on a goal, or say what became of it once it was agreed."""
    if form.command:
        goal = service.change_goal(uow, goal_id, form.command)
        return _back(goal.household_id, "The goal is saved.")
    goal = uow.get(PlanGoal, goal_id, to=Permission.PLAN_WRITE)
    plan = None if goal.plan_id is None else uow.find(SupportPlan, goal.plan_id)
    return {
        **_framed(uow, goal.household_id),
        "goal": shapes.GoalRow().one(uow, goal),
        "became": BECAME,
        "is_agreed": plan is not None and plan.status is not PlanStatus.DRAFT,
    }


@pages.form(
    "/goals/<uuid:goal_id>/steps/new",
    permission=Permission.PLAN_WRITE,
    schema=schemas.AddStepSchema(),
    template="plans/step.html",
)
def add_step(uow: UnitOfWork, form: Form, goal_id: UUID) -> Shown | Led:
    """Add a step: what, whose it is, who leads, by when."""
    if form.command:
        step = service.add_step(uow, goal_id, form.command)
        return _back(step.household_id, "The step is added.")
    goal = uow.get(PlanGoal, goal_id, to=Permission.PLAN_WRITE)
    return {**_framed(uow, goal.household_id), "goal": shapes.GoalRow().one(uow, goal)}


@pages.button("/steps/<uuid:step_id>/done", permission=Permission.PLAN_WRITE)
def step_done(uow: UnitOfWork, step_id: UUID) -> Led:
    """Mark a step as done, or take that back."""
    step = uow.get(PlanStep, step_id, to=Permission.PLAN_WRITE)
    to = StepStatus.OPEN if step.status is StepStatus.DONE else StepStatus.DONE
    step = service.change_step(uow, step_id, acts.ChangeStep(status=to))
    return _back(step.household_id, "Done." if to is StepStatus.DONE else "Open again.")


@pages.form(
    PLAN + "/agreement",
    permission=Permission.PLAN_WRITE,
    schema=schemas.AgreePlanSchema(),
    template="plans/agreement.html",
)
def agree(uow: UnitOfWork, form: Form, plan_id: UUID) -> Shown | Led:
    """Record which adults agreed, and on which day."""
    if form.command:
        plan = service.agree(uow, plan_id, form.command)
        return _back(plan.household_id, "The plan is agreed. This version stays as it is.")
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_WRITE)
    shown = _framed(uow, plan.household_id)
    grown_up = queries.adults(uow, plan.household_id)
    return {
        **shown,
        "plan": views.told(uow, plan),
        "adults": [(id_, shown["names"].get(id_, str(id_))) for id_ in grown_up],
    }


@pages.form(
    PLAN + "/review",
    permission=Permission.PLAN_WRITE,
    schema=scoring.RatedSchema(),
    template="plans/rating.html",
)
def review(uow: UnitOfWork, form: Form, plan_id: UUID) -> Shown | Led:
    """Record a review: how the staff rates each goal and each part of life now."""
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_WRITE)
    if form.command:
        typed = form.command
        command = acts.HoldReview(
            held_on=typed.on,
            milestone_id=typed.milestone_id,
            summary=typed.summary,
            reason=typed.reason,
            scores=typed.scores,
        )
        reviews.hold(uow, plan_id, command)
        return _back(plan.household_id, "The review is recorded.")
    shown = _framed(uow, plan.household_id)
    goals = shapes.GoalRow().many_of(uow, queries.goals(uow, plan_id))
    due = [each for each in views.reviews_due(uow, plan.household_id) if each["open"]]
    lines = scoring.lines(shown["domains"], goals)
    return {**shown, "lines": lines, "due": due, "by": "staff"}


@pages.form(
    HOUSEHOLD + "/family-rating",
    permission=Permission.PLAN_RATE,
    schema=scoring.RatedSchema(),
    template="plans/rating.html",
)
def family_rating(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Write down how the family sees it: by itself, or as told to the caseworker."""
    own = uow.actor.person_id is not None
    if form.command:
        given = acts.GiveRatings(scores=form.command.scores, rated_on=form.command.on)
        reviews.rate_as_family(uow, household_id, given)
        said = "What you think is written down." if own else "The family’s view is recorded."
        return Go("my_plan.show", message=said) if own else _back(household_id, said)
    shown = views.frame(uow, household_id, Permission.PLAN_RATE)
    plan = views.in_state(uow, household_id, PlanKind.SETTLEMENT, PlanStatus.ACTIVE)
    lines = scoring.lines(shown["domains"], plan["goals"] if plan else [])
    return {**shown, "lines": lines, "due": [], "by": "family", "own": own}


@pages.form(
    HOUSEHOLD + "/referrals/new",
    permission=Permission.REFERRAL_WRITE,
    schema=schemas.ReferSchema(),
    template="plans/referral.html",
)
def refer(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Record that the household, or somebody of it, was sent on to a service."""
    if form.command:
        exits.refer(uow, household_id, form.command)
        return _back(household_id, "The referral is recorded.")
    return {**views.frame(uow, household_id, Permission.REFERRAL_WRITE), "referral": None}


@pages.form(
    "/referrals/<uuid:referral_id>/outcome",
    permission=Permission.REFERRAL_WRITE,
    schema=schemas.TellOutcomeSchema(),
    template="plans/referral.html",
)
def tell_outcome(uow: UnitOfWork, form: Form, referral_id: UUID) -> Shown | Led:
    """Say what came of a referral."""
    if form.command:
        referral = exits.tell_outcome(uow, referral_id, form.command)
        return _back(referral.household_id, "The outcome is recorded.")
    referral = uow.get(Referral, referral_id, to=Permission.REFERRAL_WRITE)
    shown = views.frame(uow, referral.household_id, Permission.REFERRAL_WRITE)
    row = shapes.ReferralShape().one(uow, referral)
    return {**shown, "referral": row, "outcomes": OUTCOMES}


def _framed(uow: UnitOfWork, household_id: UUID) -> Shown:
    return views.frame(uow, household_id, Permission.PLAN_WRITE)


def _back(household_id: UUID, message: str) -> Led:
    return Go("plans.show", message=message, household_id=household_id)
