"""Letting go: the exit plan that begins by itself, who takes over what, and referrals."""

from datetime import date, timedelta
from uuid import UUID

from resettle.cases.queries import primary
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.households.models import Household
from resettle.households.queries import people_at_home
from resettle.placements.queries import running, supporting_group
from resettle.plans import queries, rules
from resettle.plans.acts import AddHandover, ChangeHandover, Refer, TellOutcome
from resettle.plans.definition import PlanSettings
from resettle.plans.drafts import draft, refuse_signed
from resettle.plans.models import (
    Handover,
    PlanKind,
    PlanStatus,
    Referral,
    ReferralStatus,
    SupportPlan,
)
from resettle.tasks.models import Category, HandoverLevel, Task, TaskOrigin, TaskStatus

TITLE = "Begin the exit plan with the family"


def begin_if_due(uow: UnitOfWork, household: Household) -> SupportPlan | None:
    """Begin the exit plan and leave a task for it, once, when the end of support is near."""
    ends_on = household.support_end_on
    if ends_on is None or household.exited_on is not None:
        return None
    if uow.today < rules.exit_begins(ends_on, months_before(uow, household)):
        return None
    if queries.editions(uow, household.id, PlanKind.EXIT):
        return None
    plan = draft(uow, household, PlanKind.EXIT)
    caseworker = primary(uow, household.id)
    uow.add(
        Task(
            household_id=household.id,
            title=TITLE,
            category=Category.ADMIN,
            due_on=rules.task_due(uow.today, ends_on),
            assignee_id=None if caseworker is None else caseworker.user_id,
            created_from=TaskOrigin.PLAN,
            source_id=plan.id,
        )
    )
    _leave_to_group(uow, household, plan, ends_on)
    return plan


def _leave_to_group(
    uow: UnitOfWork, household: Household, plan: SupportPlan, ends_on: date
) -> None:
    """Put what the group does while it lets go among its tasks; they stand in its week."""
    group_id = supporting_group(uow, household.id)
    if group_id is None:
        return
    for each in uow.use(PlanSettings).group_tasks:
        uow.add(
            Task(
                household_id=household.id,
                group_id=group_id,
                title=each.title,
                category=Category(each.category),
                handover=HandoverLevel(each.handover),
                due_on=_group_due(uow, ends_on, each.days_before_end),
                created_from=TaskOrigin.PLAN,
                source_id=plan.id,
            )
        )


def _group_due(uow: UnitOfWork, ends_on: date, days_before_end: int) -> date:
    return max(uow.today, ends_on - timedelta(days=days_before_end))


def months_before(uow: UnitOfWork, household: Household) -> int:
    """Say how many months before its end a household's support begins to be let go."""
    settings = uow.use(PlanSettings)
    is_sponsored = running(uow, household.id) is not None
    return settings.sponsored_exit_months if is_sponsored else settings.exit_months


def follow_end(uow: UnitOfWork, household: Household) -> None:
    """Move the open tasks of an exit plan when the end of support has moved."""
    plan = queries.in_state(uow, household.id, PlanKind.EXIT, PlanStatus.DRAFT)
    if plan is None or household.support_end_on is None:
        return
    begun = rules.exit_begins(household.support_end_on, months_before(uow, household))
    query = uow.select(Task).where(Task.source_id == plan.id, Task.status == TaskStatus.OPEN)
    days = {each.title: each.days_before_end for each in uow.use(PlanSettings).group_tasks}
    for task in uow.all(query):
        if task.group_id is None:
            task.due_on = rules.task_due(max(begun, uow.today), household.support_end_on)
        elif task.title in days:
            task.due_on = _group_due(uow, household.support_end_on, days[task.title])


def add_handover(uow: UnitOfWork, plan_id: UUID, command: AddHandover) -> Handover:
    """Name a support that ends, and who takes it over; nobody yet is an open need."""
    plan = exit_in_the_making(uow, plan_id)
    return uow.add(Handover(plan_id=plan.id, household_id=plan.household_id, **given(command)))


def change_handover(uow: UnitOfWork, handover_id: UUID, command: ChangeHandover) -> Handover:
    handover = uow.edit(Handover, handover_id, to=Permission.PLAN_LET_GO)
    exit_in_the_making(uow, handover.plan_id)
    for name, value in given(command).items():
        setattr(handover, name, value)
    return handover


def exit_in_the_making(uow: UnitOfWork, plan_id: UUID) -> SupportPlan:
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_LET_GO)
    if plan.kind is not PlanKind.EXIT or plan.status is not PlanStatus.DRAFT:
        raise Conflict("Support is handed over in an exit plan that is in the making.")
    refuse_signed(uow, plan)
    return plan


def refer(uow: UnitOfWork, household_id: UUID, command: Refer) -> Referral:
    """Put on record that the household, or one of it, was sent on to a service."""
    household = uow.get(Household, household_id, to=Permission.REFERRAL_WRITE)
    home = {stay.person_id for stay in people_at_home(uow, household.id, uow.today)}
    faults: dict[str, list[str]] = {}
    if command.target not in uow.use(PlanSettings).referral_targets:
        faults["target"] = ["Choose one of the list."]
    if command.referred_on > uow.today:
        faults["referred_on"] = ["This day has not come yet."]
    if command.person_id is not None and command.person_id not in home:
        faults["person_id"] = ["Name somebody who belongs to the household."]
    if faults:
        raise Invalid(faults)
    return uow.add(Referral(household_id=household.id, **given(command)))


def tell_outcome(uow: UnitOfWork, referral_id: UUID, command: TellOutcome) -> Referral:
    """Say what came of a referral."""
    referral = uow.edit(Referral, referral_id, to=Permission.REFERRAL_WRITE)
    if not referral.referred_on <= command.outcome_on <= uow.today:
        raise Invalid({"outcome_on": ["Name a day between the referral and today."]})
    if command.status is ReferralStatus.SENT:
        raise Invalid({"status": ["Say what came of it."]})
    for name, value in given(command).items():
        setattr(referral, name, value)
    return referral
