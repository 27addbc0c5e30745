"""Which facts a case lacks, as clauses to count by: a table beside that of cases/guards.py.

Facts of a family's own matters (consents, eligibility, a concern) are not in it: whoever keeps the
file is told them, and figures are not.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, exists, func, or_, select

from resettle.cases.models import Assignment, AssignmentKind, Hold, Mode, ResettlementCase
from resettle.cases.papers import CaseCheck, CheckKind, ChecklistItem, DecisionKind, ItemStatus
from resettle.core.sealed import PREFIX
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.placements.models import Dwelling, Placement, Sponsorship
from resettle.plans.models import PlanKind, SupportPlan
from resettle.programmes.facts import Fact

Clause = ColumnElement[bool]
LODGEMENT = "lodgement"
HELD, LOOK_AGAIN = "held", "look_again"
OF_HOLDS = (HELD, LOOK_AGAIN)
OVER = (
    ResettlementCase,
    Household,
    Hold,
    Assignment,
    CaseCheck,
    ChecklistItem,
    Dwelling,
    Placement,
    Sponsorship,
    SupportPlan,
)


def clauses(uow: UnitOfWork) -> Mapping[str, Clause]:
    """Give the clause of each fact that is told, and of holds, by a name to label it with."""
    told = {fact.name: clause for fact, clause in {**OF_CASE, **OF_HOME}.items()}
    of_today = {fact.name: make(uow) for fact, make in OF_TODAY.items()}
    return {HELD: HOLD, LOOK_AGAIN: HOLD & _look_again(uow), **told, **of_today}


def _some(model: type, *where: Clause) -> Clause:
    return exists(select(1).select_from(model).where(*where)).correlate_except(model)


def _unless(clause: Clause) -> Clause:
    """Turn a clause round; where nothing is known, it does not hold."""
    return ~func.coalesce(clause, False)


def _open_hold(*where: Clause) -> Clause:
    return _some(Hold, Hold.case_id == ResettlementCase.id, Hold.released_on.is_(None), *where)


def _look_again(uow: UnitOfWork) -> Clause:
    return _open_hold(Hold.review_on <= uow.today)


def _matched(*where: Clause) -> Clause:
    match = Sponsorship
    return _some(match, match.household_id == Household.id, match.ended_on.is_(None), *where)


def _agreed(kind: PlanKind) -> Clause:
    plan = SupportPlan
    at_home = plan.household_id == Household.id
    return _some(plan, at_home, plan.kind == kind, plan.agreed_on.is_not(None))


def _no_caseworker(uow: UnitOfWork) -> Clause:
    stay = Assignment
    primary = stay.kind == AssignmentKind.PRIMARY
    return ~_some(stay, stay.household_id == Household.id, primary, stay.live_on(uow.today))


def _support_goes_on(uow: UnitOfWork) -> Clause:
    early = ResettlementCase.early_exit_agreed_on.is_not(None)
    return _unless(or_(early, Household.support_end_on <= uow.today))


def _unwritten(*names: str) -> Clause:
    """Say that one of some sealed fields is empty; what stands in them is not read."""
    return or_(*[getattr(ResettlementCase, f"{PREFIX}{name}").is_(None) for name in names])


_CASE = ResettlementCase
_ON_PAPERS = _CASE.processing_mode == Mode.DOSSIER
HOLD = _open_hold()
OF_CASE: Mapping[Fact, Clause] = {
    Fact.SUBCATEGORY: _CASE.cap_group.is_(None),
    Fact.PROGRAMME_YEAR: _CASE.programme_year.is_(None),
    Fact.NOMINATION: _CASE.nominated_on.is_(None),
    Fact.INTEREST: _CASE.eoi_received_on.is_(None),
    Fact.INTERVIEW_PLANNED: _unless(_ON_PAPERS) & _CASE.interview_planned_on.is_(None),
    Fact.INTERVIEW_HELD: _unless(_ON_PAPERS)
    & or_(_CASE.interviewed_on.is_(None), _unwritten("interviewer", "interview_interpreter")),
    Fact.LODGEMENT: _some(
        ChecklistItem,
        ChecklistItem.case_id == _CASE.id,
        ChecklistItem.list_code == LODGEMENT,
        ChecklistItem.status == ItemStatus.OPEN,
    ),
    Fact.CHECKS: select(func.count(CaseCheck.id))
    .where(CaseCheck.case_id == _CASE.id)
    .correlate_except(CaseCheck)
    .scalar_subquery()
    < len(CheckKind),
    Fact.APPROVED: _unless(_CASE.decision == DecisionKind.APPROVED),
    Fact.TRAVEL: _unwritten("travel_on"),
    Fact.RECEPTION_LEFT: _CASE.reception_left_on.is_(None),
}
OF_HOME: Mapping[Fact, Clause] = {
    Fact.LOCATION: Household.location.is_(None),
    Fact.ARRIVAL: Household.arrived_on.is_(None),
    Fact.HOUSE_READY: ~_some(Dwelling, Dwelling.household_id == Household.id),
    Fact.PLACEMENT: ~_some(
        Placement,
        Placement.household_id == Household.id,
        Placement.end_on.is_(None),
        Placement.dwelling_id.is_not(None),
    ),
    Fact.PROPOSED: ~_matched(),
    Fact.ACCEPTED: ~_matched(Sponsorship.accepted_on.is_not(None)),
    Fact.PLAN_AGREED: _CASE.plan_agreed_on.is_(None) & ~_agreed(PlanKind.SETTLEMENT),
    Fact.EXIT_PLAN: or_(_CASE.exit_reviewed_on.is_(None), _unwritten("exit_handover"))
    & ~_agreed(PlanKind.EXIT),
}
OF_TODAY: Mapping[Fact, Callable[[UnitOfWork], Clause]] = {
    Fact.CASEWORKER: _no_caseworker,
    Fact.SUPPORT_OVER: _support_goes_on,
}
# Every code that may stand for something a household waits for.
CODES = [*OF_HOLDS, *(fact.name for fact in (*OF_CASE, *OF_HOME, *OF_TODAY))]
