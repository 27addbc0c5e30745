"""The facts of a case that its plans answer for: agreed with the household, and handed over."""

from collections.abc import Mapping

from resettle.cases.facts import FactSource
from resettle.cases.models import ResettlementCase
from resettle.core.work import UnitOfWork
from resettle.plans.models import PlanKind
from resettle.plans.queries import is_agreed
from resettle.programmes.facts import Fact


def plan_agreed(uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Ask for a plan that was agreed; cases from before plans were kept here hold the day."""
    return case.plan_agreed_on is not None or is_agreed(uow, case.household_id, PlanKind.SETTLEMENT)


def exit_done(uow: UnitOfWork, case: ResettlementCase) -> bool:
    told = bool(case.exit_reviewed_on and case.exit_handover)
    return told or is_agreed(uow, case.household_id, PlanKind.EXIT)


FACTS: Mapping[Fact, FactSource] = {
    Fact.PLAN_AGREED: plan_agreed,
    Fact.EXIT_PLAN: exit_done,
}
