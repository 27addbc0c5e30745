"""One household's way from its file being opened to where it stands today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from resettle.cases import queries, service
from resettle.cases.acts import MoveCase
from resettle.cases.models import ResettlementCase
from resettle.core.actor import SYSTEM, Actor
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past
from resettle.demo.supplies import SUPPLIES, Around
from resettle.placements import endings, sponsorships
from resettle.placements import queries as homes
from resettle.placements.acts import EndSponsorship
from resettle.placements.models import SponsorshipStatus
from resettle.programmes.workflow import Move

QUOTA_WAY = (
    "UNHCR_IDENTIFIED",
    "SUBMITTED",
    "RECEIVED",
    "INTERVIEW_SCHEDULED",
    "INTERVIEWED",
    "LODGED",
    "ASSESSING",
    "APPROVED",
    "LOCATION_ALLOCATED",
    "PRE_DEPARTURE",
    "ARRIVED_NZ",
    "RECEPTION",
    "PLACED",
    "SUPPORT_INTENSIVE",
    "SUPPORT_ACTIVE",
    "SUPPORT_LIGHT",
    "EXIT_REVIEW",
    "EXITED",
)
CORS_WAY = (
    "NOMINATED",
    "EOI",
    "ENGLISH_ASSESSED",
    "ELIGIBILITY_SCREENED",
    "MATCH_PROPOSED",
    "MATCH_ACCEPTED",
    "APPLICATION_LODGED",
    "ASSESSING",
    "APPROVED",
    "PRE_DEPARTURE",
    "ARRIVED",
    "WELCOME",
    "SETTLING",
    "BUILDING",
    "CONSOLIDATING",
    "EXIT_REVIEW",
    "COMPLETED",
)
# Days from arrival, from there on.
SINCE_ARRIVAL = {
    "ARRIVED_NZ": 0,
    "RECEPTION": 0,
    "PLACED": 35,
    "SUPPORT_INTENSIVE": 35,
    "SUPPORT_ACTIVE": 77,
    "SUPPORT_LIGHT": 217,
    "ARRIVED": 0,
    "WELCOME": 0,
    "SETTLING": 14,
    "BUILDING": 90,
    "CONSOLIDATING": 365,
    "EXIT_REVIEW": 701,
    "EXITED": 770,
    "COMPLETED": 735,
}
STEP_DAYS = 40
BY_OTHERS = frozenset({"MATCH_PROPOSED", "MATCH_ACCEPTED"})
LANDS = frozenset({"ARRIVED_NZ", "ARRIVED"})
MATCHED, DONE = "MATCH_ACCEPTED", frozenset({"COMPLETED", "EXITED"})


@dataclass(frozen=True, slots=True)
class Way:
    """Which stages, and on which day each is entered; the first is where the case is opened."""

    stages: Sequence[tuple[str, date]]

    @property
    def opened_on(self) -> date:
        return self.stages[0][1]


def way_to(whole: Sequence[str], target: str, reached: date, gap: int) -> Way:
    """Lay out the days so that `target` is reached on a day, stages before arrival `gap` apart."""
    stages = whole[: whole.index(target) + 1]
    landing = next((n for n, stage in enumerate(stages) if stage in LANDS), None)
    if landing is None:
        days = [reached - timedelta(days=gap * (len(stages) - 1 - n)) for n in range(len(stages))]
    else:
        arrived = reached - timedelta(days=SINCE_ARRIVAL[target])
        before = [arrived - timedelta(days=gap * (landing - n)) for n in range(landing)]
        after = [arrived + timedelta(days=SINCE_ARRIVAL[stage]) for stage in stages[landing:]]
        days = before + after
    return Way(list(zip(stages, days, strict=True)))


def travel(past: Past, caseworker: Actor, case_id: UUID, way: Way, around: Around) -> None:
    """Take a case along its way, doing on each day what the next move asks for."""
    for stage, day in way.stages[1:]:
        # The group and the adults answer for themselves, and a second person confirms.
        with past.on(day, SYSTEM if stage in BY_OTHERS else caseworker) as uow:
            _prepare(uow, case_id, stage, around)
            _go(uow, case_id, stage)


def _prepare(uow: UnitOfWork, case_id: UUID, stage: str, around: Around) -> None:
    """Supply what is missing, until nothing is."""
    case = _case(uow, case_id)
    wanted = _move(uow, case, stage)
    for _ in range(len(wanted.needs) + 1):
        missing = wanted.missing(queries.facts(uow, case, wanted.needs))
        if not missing:
            return
        SUPPLIES[missing[0]](uow, case, around)
        uow.session.flush()
        uow.settle()


def _case(uow: UnitOfWork, case_id: UUID) -> ResettlementCase:
    case = uow.find(ResettlementCase, case_id)
    assert case is not None
    return case


def _move(uow: UnitOfWork, case: ResettlementCase, stage: str) -> Move:
    wanted = queries.programme_of(uow, case).household.move(case.stage, stage, case.left_stage)
    assert wanted is not None, (case.stage, stage)
    return wanted


def _go(uow: UnitOfWork, case_id: UUID, stage: str) -> None:
    reason = "PLAN_COMPLETED" if stage in DONE else None
    case = service.move(uow, case_id, MoveCase(to=stage, on=uow.today, reason=reason))
    match = homes.open_sponsorship(uow, case.household_id)
    if match is None:
        return
    if stage == MATCHED:
        sponsorships.confirm(uow, match.id)
    if stage in DONE and match.status is SponsorshipStatus.CONFIRMED:
        endings.end(uow, match.id, EndSponsorship("COMPLETED", uow.today))


def days_between(start: date, end: date) -> Iterator[date]:
    """Give the days on which somebody looks in, from the first to the last."""
    day = start
    while day <= end:
        yield day
        day += timedelta(days=STEP_DAYS)
