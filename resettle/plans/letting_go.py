"""Letting go together: what the family does by itself by now, and its own signature at the end."""

from datetime import date
from uuid import UUID

from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.plans import queries
from resettle.plans.acts import Lead, TellLeads
from resettle.plans.definition import PlanSettings
from resettle.plans.drafts import refuse_lacking
from resettle.plans.exits import exit_in_the_making
from resettle.plans.models import IndependenceLine, PlanAgreement, PlanKind, PlanStatus, SupportPlan


def tell_leads(uow: UnitOfWork, plan_id: UUID, command: TellLeads) -> SupportPlan:
    """Say who leads what by now. A line that is named again has been looked at again."""
    plan = exit_in_the_making(uow, plan_id)
    known = uow.use(PlanSettings).independence
    if any(told.code not in known for told in command.lines):
        raise Invalid({"lines": ["Choose one of the list."]})
    lines = {line.code: line for line in queries.independence(uow, plan.id)}
    for told in command.lines:
        if told.code in lines:
            lines[told.code].lead, lines[told.code].looked_on = told.lead, uow.today
        else:
            lines[told.code] = uow.add(_line(plan, told, uow.today))
    return plan


def _line(plan: SupportPlan, told: Lead, today: date) -> IndependenceLine:
    return IndependenceLine(
        plan_id=plan.id,
        household_id=plan.household_id,
        code=told.code,
        lead=told.lead,
        looked_on=today,
    )


def sign(uow: UnitOfWork, plan_id: UUID) -> PlanAgreement:
    """Sign an exit plan in the making for oneself. From then on nobody changes it.

    Raises Conflict where the plan says too little yet, or where one has signed it already.
    """
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_SAY)
    person_id = uow.actor.person_id
    if plan.kind is not PlanKind.EXIT or plan.status is not PlanStatus.DRAFT:
        raise Conflict("Only an exit plan that is in the making can be signed.")
    if person_id is None or person_id not in queries.adults(uow, plan.household_id):
        raise Conflict("Only adults of the household sign its plan.")
    if person_id in queries.signed_by(uow, plan.id):
        raise Conflict("You have signed it already.")
    refuse_lacking(uow, plan)
    return uow.add(
        PlanAgreement(
            plan_id=plan.id,
            household_id=plan.household_id,
            person_id=person_id,
            recorded_at=uow.now,
            recorded_by=uow.actor.user_id,
        )
    )
