"""What is done with plans: begun, filled with goals and steps, agreed with the family, closed."""

from typing import Any
from uuid import UUID, uuid4

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.plans import queries, rules
from resettle.plans.acts import (
    AddGoal,
    AddStep,
    AgreePlan,
    BeginPlan,
    ChangeGoal,
    ChangeStep,
    SayGoal,
)
from resettle.plans.definition import PlanSettings
from resettle.plans.drafts import draft, refuse_lacking, refuse_signed
from resettle.plans.meeting import meet_with
from resettle.plans.models import (
    PlanAgreement,
    PlanGoal,
    PlanKind,
    PlanStatus,
    PlanStep,
    StepStatus,
    SupportPlan,
)

# What may still be said of a plan that was agreed: what became of it, never what it was.
AFTERWARDS = frozenset({"status", "done_on"})
UNPLANNED = "The family has said this goal. Begin the next version of the plan, which takes it in."


def begin(uow: UnitOfWork, household_id: UUID, command: BeginPlan) -> SupportPlan:
    """Begin a first version, or the next one with all that is open in the version in force."""
    household = uow.get(Household, household_id, to=Permission.PLAN_WRITE)
    return draft(uow, household, command.kind, command.language)


def add_goal(uow: UnitOfWork, plan_id: UUID, command: AddGoal) -> PlanGoal:
    """Add a goal to a version that is not agreed yet."""
    plan = _in_the_making(uow, plan_id)
    refuse_signed(uow, plan)
    household = uow.get(Household, plan.household_id, to=Permission.PLAN_WRITE)
    home = {stay.person_id for stay in people_at_home(uow, household.id, uow.today)}
    faults = _goal_faults(uow, household, given(command))
    if command.person_id is not None and command.person_id not in home:
        faults["person_id"] = ["Name somebody who belongs to the household."]
    if faults:
        raise Invalid(faults)
    settings = uow.use(PlanSettings)
    asked = given(command)
    if command.restricted is None:
        asked["restricted"] = command.domain in settings.private_domains
    return uow.add(
        PlanGoal(plan_id=plan.id, household_id=plan.household_id, thread_id=uuid4(), **asked)
    )


def _in_the_making(uow: UnitOfWork, plan_id: UUID) -> SupportPlan:
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_WRITE)
    if plan.status is not PlanStatus.DRAFT:
        raise Conflict("This version was agreed and stays as it is. Begin a new one.")
    return plan


def _goal_faults(
    uow: UnitOfWork, household: Household, facts: dict[str, Any]
) -> dict[str, list[str]]:
    scale = uow.use(PlanSettings).scores
    scores = {name: facts.get(name) for name in ("baseline", "target")}
    known = [domain.code for domain in queries.programme_of(uow, household).domains]
    faults = rules.score_faults(scores, scale)
    if facts.get("domain", known[0]) not in known:
        faults["domain"] = [f"Choose from: {', '.join(known)}."]
    said = [facts[name] for name in ("own_words", "wording") if name in facts]
    if said and not any((words or "").strip() for words in said):
        faults["wording"] = ["Write the goal down, in the family’s words or in yours."]
    return faults


def change_goal(uow: UnitOfWork, goal_id: UUID, command: ChangeGoal) -> PlanGoal:
    """Work on a goal; of an agreed version only what became of it may still be said."""
    goal = uow.edit(PlanGoal, goal_id, to=Permission.PLAN_WRITE)
    values = given(command)
    _check_open(uow, goal.plan_id, values)
    household = uow.get(Household, goal.household_id, to=Permission.PLAN_WRITE)
    if faults := _goal_faults(uow, household, values):
        raise Invalid(faults)
    for name, value in values.items():
        setattr(goal, name, value)
    return goal


def _check_open(uow: UnitOfWork, plan_id: UUID | None, values: dict[str, Any]) -> None:
    if plan_id is None:
        raise Conflict(UNPLANNED)
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_WRITE)
    if plan.status in {PlanStatus.SUPERSEDED, PlanStatus.CLOSED}:
        raise Conflict("This version is over. Look at the one in force.")
    if plan.status is PlanStatus.ACTIVE and values.keys() - AFTERWARDS:
        raise Conflict("This version was agreed and stays as it is. Begin a new one.")


def say_goal(uow: UnitOfWork, household_id: UUID, command: SayGoal) -> PlanGoal:
    """Write down one's own goal. It waits in the next version for the staff to work it out."""
    household = uow.get(Household, household_id, to=Permission.PLAN_SAY)
    known = [domain.code for domain in queries.programme_of(uow, household).domains]
    domain = command.domain or known[0]
    if domain not in known:
        raise Invalid({"domain": [f"Choose from: {', '.join(known)}."]})
    plan = queries.in_state(uow, household.id, PlanKind.SETTLEMENT, PlanStatus.DRAFT)
    return uow.add(
        PlanGoal(
            plan_id=plan.id if plan else None,
            household_id=household.id,
            thread_id=uuid4(),
            person_id=None if command.of_all else uow.actor.person_id,
            by_family=True,
            # Nobody but those at home and their caseworkers, until it has been talked about.
            restricted=True,
            domain=domain,
            own_words=command.own_words,
            own_language=command.own_language or household.primary_language,
        )
    )


def add_step(uow: UnitOfWork, goal_id: UUID, command: AddStep) -> PlanStep:
    goal = uow.get(PlanGoal, goal_id, to=Permission.PLAN_WRITE)
    if goal.plan_id is None:
        raise Conflict(UNPLANNED)
    refuse_signed(uow, _in_the_making(uow, goal.plan_id))
    return uow.add(
        PlanStep(
            goal_id=goal.id,
            household_id=goal.household_id,
            person_id=goal.person_id,
            **given(command),
        )
    )


def change_step(uow: UnitOfWork, step_id: UUID, command: ChangeStep) -> PlanStep:
    """Change a step; done is a day, which is taken back when the step is taken up again."""
    step = uow.edit(PlanStep, step_id, to=Permission.PLAN_WRITE)
    goal = uow.get(PlanGoal, step.goal_id, to=Permission.PLAN_WRITE)
    values = given(command)
    _check_open(uow, goal.plan_id, values)
    done_on = values.get("done_on") or uow.today
    if done_on > uow.today:
        raise Invalid({"done_on": ["This day has not come yet."]})
    for name, value in values.items():
        setattr(step, name, value)
    step.done_on = done_on if step.status is StepStatus.DONE else None
    return step


def agree(uow: UnitOfWork, plan_id: UUID, command: AgreePlan) -> SupportPlan:
    """Record that named adults agreed. The version before it is over; its milestone is met."""
    plan = _in_the_making(uow, plan_id)
    _check_agreement(uow, plan, command)
    before = queries.in_state(uow, plan.household_id, plan.kind, PlanStatus.ACTIVE)
    if before is not None:
        before.status, before.ended_on = PlanStatus.SUPERSEDED, command.agreed_on
        # First out, then in: at no moment may two versions be in force.
        uow.session.flush()
    plan.status, plan.agreed_on = PlanStatus.ACTIVE, command.agreed_on
    plan.interpreter_used = command.interpreter_used
    for person_id in {*command.person_ids} - queries.signed_by(uow, plan.id):
        uow.add(
            PlanAgreement(
                plan_id=plan.id,
                household_id=plan.household_id,
                person_id=person_id,
                recorded_at=uow.now,
                recorded_by=uow.actor.user_id,
            )
        )
    meet_with(uow, plan, command.agreed_on, command.reason)
    return plan


def _check_agreement(uow: UnitOfWork, plan: SupportPlan, command: AgreePlan) -> None:
    grown_up = queries.adults(uow, plan.household_id)
    agreeing = {*command.person_ids} | queries.signed_by(uow, plan.id)
    faults = rules.agreement_faults(command.agreed_on, uow.today, agreeing, grown_up)
    if faults:
        raise Invalid(faults)
    refuse_lacking(uow, plan)


def close(uow: UnitOfWork, plan_id: UUID) -> SupportPlan:
    """Close the version in force, when the support that it spoke of is over."""
    plan = uow.edit(SupportPlan, plan_id, to=Permission.PLAN_WRITE)
    if plan.status is not PlanStatus.ACTIVE:
        raise Conflict("Only a plan that is in force can be closed.")
    plan.status, plan.ended_on = PlanStatus.CLOSED, uow.today
    return plan
