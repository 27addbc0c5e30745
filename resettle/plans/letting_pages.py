"""Letting go on a page of its own, for the group, the caseworker and the family."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import INCLUDE, Schema, ValidationError, post_load

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.plans import exits, letting_go, schemas, shapes, views
from resettle.plans.acts import Lead, TellLeads
from resettle.plans.models import Handover, SupportPlan
from resettle.sponsors.models import ReportDue
from resettle.sponsors.reports import open_to
from resettle.sponsors.shapes import ReportRow
from resettle.tasks.models import HandoverLevel
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("letting_go", __name__, template_folder="templates")

FINAL = ReportRow(only=("id", "due_on"))
PLAN = "/plans/<uuid:plan_id>"
LEAD = "lead-"


class LeadsSchema(Schema):
    """One field a line, `lead-` and its code; a line left open stays as it was."""

    class Meta:
        unknown = INCLUDE

    @post_load
    def _make(self, data: Mapping[str, Any], **_options: Any) -> TellLeads:
        return TellLeads(lines=[_lead(name, value) for name, value in data.items() if value])


def _lead(name: str, value: str) -> Lead:
    code = name.removeprefix(LEAD)
    if code == name:
        raise ValidationError({name: ["This field is not known."]})
    try:
        return Lead(code=code, lead=HandoverLevel(value))
    except ValueError as unknown:
        raise ValidationError({name: ["Choose one of the list."]}) from unknown


@pages.form(
    PLAN + "/letting-go",
    permission=Permission.PLAN_LET_GO,
    schema=LeadsSchema(),
    template="plans/letting_go.html",
)
def show(uow: UnitOfWork, form: Form, plan_id: UUID) -> dict[str, Any] | Led:
    """Show what the family does by itself by now, who takes over what, and who has signed."""
    if form.command:
        plan = letting_go.tell_leads(uow, plan_id, form.command)
        return Go(".show", message="It is written down.", plan_id=plan.id)
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_LET_GO)
    shown = _framed(uow, plan)
    return {
        **shown,
        "led_now": {line["code"]: line["lead"] for line in shown["plan"]["independence"]},
        "may_write": uow.allows(Permission.PLAN_WRITE),
        "final_report": _final_report(uow, plan),
    }


def _final_report(uow: UnitOfWork, plan: SupportPlan) -> dict[str, Any] | None:
    """Find the last report that the group owes on the household, for who may open it."""
    household = uow.get(Household, plan.household_id, to=Permission.PLAN_LET_GO)
    if not uow.allows(Permission.REPORT_OPEN, household):
        return None
    query = uow.select(ReportDue).where(
        ReportDue.household_id == household.id, ReportDue.cancelled_on.is_(None)
    )
    owed = uow.all(query.order_by(ReportDue.due_on.desc(), ReportDue.id))
    due = next((d for d in owed if open_to(uow, household.id, d.group_id)), None)
    return None if due is None else FINAL.one(uow, due)


@pages.form(
    PLAN + "/handovers/new",
    permission=Permission.PLAN_LET_GO,
    schema=schemas.AddHandoverSchema(),
    template="plans/handover.html",
)
def add_handover(uow: UnitOfWork, form: Form, plan_id: UUID) -> dict[str, Any] | Led:
    """Say which support ends, and who takes it over."""
    if form.command:
        exits.add_handover(uow, plan_id, form.command)
        return Go(".show", message="It is on the list.", plan_id=plan_id)
    plan = uow.get(SupportPlan, plan_id, to=Permission.PLAN_LET_GO)
    return {**_framed(uow, plan), "line": None}


@pages.form(
    "/handovers/<uuid:handover_id>/change",
    permission=Permission.PLAN_LET_GO,
    schema=schemas.ChangeHandoverSchema(),
    template="plans/handover.html",
)
def change_handover(uow: UnitOfWork, form: Form, handover_id: UUID) -> dict[str, Any] | Led:
    """Change who takes a support over."""
    if form.command:
        line = exits.change_handover(uow, handover_id, form.command)
        return Go(".show", message="The list is changed.", plan_id=line.plan_id)
    line = uow.get(Handover, handover_id, to=Permission.PLAN_LET_GO)
    plan = uow.get(SupportPlan, line.plan_id, to=Permission.PLAN_LET_GO)
    return {**_framed(uow, plan), "line": shapes.HandoverShape().one(uow, line)}


@pages.button(PLAN + "/signature", permission=Permission.PLAN_SAY)
def sign(uow: UnitOfWork, plan_id: UUID) -> Led:
    """Sign for oneself that support ends in this way."""
    letting_go.sign(uow, plan_id)
    return Go("my_plan.show", message="You have signed. Your caseworker sees it.")


def _framed(uow: UnitOfWork, plan: SupportPlan) -> dict[str, Any]:
    frame = views.frame(uow, plan.household_id, Permission.PLAN_LET_GO)
    return {**frame, "plan": views.told(uow, plan)}
