"""Makers for cases on their way: families, their cases, and who moves them."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from resettle.cases import judging, service
from resettle.cases.acts import MoveCase, OpenCase, RecordApplicant, RecordCheck, RecordDecision
from resettle.cases.models import ResettlementCase, Source
from resettle.cases.papers import CheckKind, DecisionKind
from resettle.core.actor import Actor, Duty
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, Stream
from tests.world import a_caseworker, a_household, a_member

OPENED = date(2026, 1, 12)
IN_THE_PILOT = date(2023, 11, 3)
QUOTA = {"stream": Stream.QUOTA, "programme_code": "rqp", "programme_version": 3}
ADULT, CHILD = date(1990, 5, 17), date(2018, 9, 3)
FAMILY = (("PA", ADULT), ("HUS", date(1988, 2, 1)), ("SON", CHILD))


def a_family(
    uow: UnitOfWork, *people: tuple[str, date], joined_on: date = OPENED, **facts: Any
) -> Household:
    """Make a household of people by relationship and birth day; a couple with a child, usually."""
    household = a_household(uow, **facts)
    for relationship, born_on in people or FAMILY:
        a_member(uow, household, relationship, born_on=born_on, joined_on=joined_on)
    return household


def a_quota_case(uow: UnitOfWork, household: Household, **given: Any) -> ResettlementCase:
    """Make a case that UNHCR has submitted to the quota."""
    usual = {"programme_code": "rqp", "source": Source.UNHCR, "submitted_on": OPENED}
    case = service.open_case(uow, household.id, OpenCase(**{"opened_on": OPENED, **usual, **given}))
    uow.session.flush()
    return case


def a_sponsored_case(uow: UnitOfWork, household: Household, **given: Any) -> ResettlementCase:
    """Make a case that a sponsor group has nominated while the pilot took entries."""
    usual = {"programme_code": "cors", "source": Source.SPONSOR, "route": "NOMINATED"}
    case = service.open_case(
        uow, household.id, OpenCase(**{"opened_on": IN_THE_PILOT, **usual, **given})
    )
    uow.session.flush()
    return case


def a_team_leader(uow: UnitOfWork, *households: Household) -> Actor:
    return leading(a_caseworker(uow, *households))


def leading(worker: Actor) -> Actor:
    """Let a caseworker also lead a team."""
    return replace(worker, duties=frozenset({Duty.TEAM_LEADER}))


def at(case: ResettlementCase, stage: str, since: date = OPENED) -> ResettlementCase:
    """Put a case where a test begins, without the way there."""
    case.stage, case.stage_since = stage, since
    return case


def eligible(uow: UnitOfWork, case_id: UUID, **facts: Any) -> None:
    """Record an applicant who meets every rule, but for what the test says."""
    usual: dict[str, Any] = {
        "english_assessed_on": IN_THE_PILOT,
        "basic_english": True,
        "work_years": 5,
        "tertiary_years": 0,
        "mandate_confirmed": True,
        "other_category": False,
        "asylum_country": "IDN",
        "region_accepted": True,
    }
    judging.record_applicant(uow, case_id, RecordApplicant(**usual | facts))


def approved(uow: UnitOfWork, case: ResettlementCase, day: date = OPENED) -> None:
    """Record four clear checks and the decision to approve."""
    for kind in CheckKind:
        judging.record_check(uow, case.id, kind, RecordCheck(checked_on=day, result="clear"))
    judging.decide(uow, case.id, RecordDecision(kind=DecisionKind.APPROVED, decided_on=day))


def go(uow: UnitOfWork, case: ResettlementCase, to: str, on: date, **more: Any) -> None:
    service.move(uow, case.id, MoveCase(to=to, on=on, **more))
    uow.session.flush()
