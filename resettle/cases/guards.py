"""The facts that cases themselves answer for."""

from collections.abc import Callable, Mapping

from resettle.cases import eligibility, places, queries
from resettle.cases.facts import FactSource
from resettle.cases.models import Mode, ResettlementCase
from resettle.cases.papers import CheckKind, DecisionKind, ItemStatus
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, MemberRole
from resettle.households.queries import people_at_home
from resettle.programmes.facts import Fact

CLEAR = "clear"
LODGEMENT = "lodgement"


def recorded(read: Callable[[ResettlementCase], object]) -> FactSource:
    """Make the source of a fact that holds once something is written on the case."""
    return lambda _uow, case: bool(read(case))


def household_has(read: Callable[[Household], object]) -> FactSource:
    """Make the source of a fact that holds once something is written on the household."""

    def holds(uow: UnitOfWork, case: ResettlementCase) -> bool:
        return bool(read(uow.get(Household, case.household_id, to=Permission.CASE_READ)))

    return holds


def decided(kind: DecisionKind) -> FactSource:
    return lambda _uow, case: case.decision is kind


def one_principal(uow: UnitOfWork, case: ResettlementCase) -> bool:
    home = people_at_home(uow, case.household_id, uow.today)
    return sum(stay.role is MemberRole.PRINCIPAL for stay in home) == 1


def size_matches(uow: UnitOfWork, case: ResettlementCase) -> bool:
    return len(people_at_home(uow, case.household_id, uow.today)) == case.case_size


def interview_planned(_uow: UnitOfWork, case: ResettlementCase) -> bool:
    return case.processing_mode is Mode.DOSSIER or case.interview_planned_on is not None


def interview_held(_uow: UnitOfWork, case: ResettlementCase) -> bool:
    """Ask for nothing where the case is decided on papers."""
    if case.processing_mode is Mode.DOSSIER:
        return True
    return bool(case.interviewed_on and case.interviewer and case.interview_interpreter)


def lodgement_complete(uow: UnitOfWork, case: ResettlementCase) -> bool:
    listed = [item for item in queries.items(uow, case.id) if item.list_code == LODGEMENT]
    return all(item.status is not ItemStatus.OPEN for item in listed)


def checks_clear(uow: UnitOfWork, case: ResettlementCase) -> bool:
    clear = {check.kind for check in queries.checks(uow, case.id) if check.result == CLEAR}
    return clear == set(CheckKind)


def caseworker_named(uow: UnitOfWork, case: ResettlementCase) -> bool:
    return queries.primary(uow, case.household_id) is not None


def support_over(uow: UnitOfWork, case: ResettlementCase) -> bool:
    household = uow.get(Household, case.household_id, to=Permission.CASE_READ)
    ends_on = household.support_end_on
    over = ends_on is not None and ends_on <= uow.today
    return over or case.early_exit_agreed_on is not None


def intake_open(uow: UnitOfWork, case: ResettlementCase) -> bool:
    return queries.programme_of(uow, case).takes_entries_on(case.opened_on)


def mandate_confirmed(uow: UnitOfWork, case: ResettlementCase) -> bool:
    known = eligibility.known_of_applicant(uow, case.id)
    return eligibility.answered(known.mandate_confirmed) is True


def english_assessed(uow: UnitOfWork, case: ResettlementCase) -> bool:
    return eligibility.known_of_applicant(uow, case.id).english_assessed_on is not None


def eligible(uow: UnitOfWork, case: ResettlementCase) -> bool:
    return eligibility.of_case(uow, case).met is True


FACTS: Mapping[Fact, FactSource] = {
    Fact.ONE_PRINCIPAL: one_principal,
    Fact.SIZE_MATCHES: size_matches,
    Fact.TWO_CATEGORIES: recorded(lambda case: case.category_1 and case.category_2),
    Fact.SUBCATEGORY: recorded(lambda case: case.cap_group),
    Fact.PROGRAMME_YEAR: recorded(lambda case: case.programme_year),
    Fact.INTERVIEW_PLANNED: interview_planned,
    Fact.INTERVIEW_HELD: interview_held,
    Fact.LODGEMENT: lodgement_complete,
    Fact.CHECKS: checks_clear,
    Fact.APPROVED: decided(DecisionKind.APPROVED),
    Fact.APPROVED_IN_PRINCIPLE: decided(DecisionKind.APPROVED_IN_PRINCIPLE),
    Fact.DECLINED: decided(DecisionKind.DECLINED),
    Fact.LOCATION: household_has(lambda household: household.location),
    Fact.TRAVEL: recorded(lambda case: case.travel_on),
    Fact.ARRIVAL: household_has(lambda household: household.arrived_on),
    Fact.RECEPTION_LEFT: recorded(lambda case: case.reception_left_on),
    Fact.CASEWORKER: caseworker_named,
    Fact.SUPPORT_OVER: support_over,
    Fact.INTAKE: intake_open,
    Fact.NOMINATION: recorded(lambda case: case.nominated_on),
    Fact.MANDATE: mandate_confirmed,
    Fact.INTEREST: recorded(lambda case: case.eoi_received_on),
    Fact.ENGLISH: english_assessed,
    Fact.ELIGIBLE: eligible,
    Fact.CAP: places.has_room,
    Fact.RELOCATION: recorded(lambda case: case.relocation_outcome),
}
