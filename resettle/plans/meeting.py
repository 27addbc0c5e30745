"""Which of the programme's milestones a plan, a review or an exit plan meets."""

from datetime import date
from uuid import UUID

from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.milestones import service
from resettle.milestones.acts import RecordMet
from resettle.milestones.models import EvidenceType, Milestone
from resettle.plans import queries
from resettle.plans.models import PlanKind, SupportPlan

SHOWN_BY = {PlanKind.SETTLEMENT: queries.PLAN, PlanKind.EXIT: queries.EXIT}


def meet_with(uow: UnitOfWork, plan: SupportPlan, on: date, reason: str | None) -> None:
    """Meet the open milestone that this kind of plan shows. Late takes a reason."""
    listed = queries.milestones_shown_by(uow, plan.household_id, SHOWN_BY[plan.kind])
    for milestone in queries.open_among(listed)[:1]:
        _meet(uow, milestone, on, f"Plan, version {plan.edition}", reason)


def meet_review(
    uow: UnitOfWork, plan: SupportPlan, milestone_id: UUID, on: date, reason: str | None
) -> None:
    """Meet the date of the programme at which a review was held. Late takes a reason."""
    listed = queries.milestones_shown_by(uow, plan.household_id, queries.REVIEW)
    due = {milestone.id: milestone for milestone in queries.open_among(listed)}
    if milestone_id not in due:
        raise Invalid({"milestone_id": ["Choose a review of this household that is still open."]})
    _meet(uow, due[milestone_id], on, f"Review of the plan, version {plan.edition}", reason)


def _meet(
    uow: UnitOfWork, milestone: Milestone, on: date, evidence: str, reason: str | None
) -> None:
    late = milestone.deadline and on > milestone.due_on
    command = RecordMet(
        met_on=on,
        reason=reason if late else None,
        evidence_type=EvidenceType.STATEMENT,
        evidence=evidence,
    )
    service.meet(uow, milestone.id, command)
