"""What turns out otherwise: a group says no, one takes over, support breaks down, a family moves.

Each happens to one household, where the world has one that it can happen to.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from uuid import UUID

from resettle.cases.models import ResettlementCase
from resettle.cases.queries import of_household
from resettle.changes import service as changes
from resettle.changes.acts import Move
from resettle.core.work import UnitOfWork
from resettle.demo import supplies
from resettle.demo.moments import Past, known
from resettle.demo.staff import Staff
from resettle.households.models import Household
from resettle.placements import endings, sponsorships
from resettle.placements import queries as homes
from resettle.placements.acts import (
    AnswerProposal,
    DeclineProposal,
    EndSponsorship,
    GiveReason,
    ProposeSponsorship,
)
from resettle.placements.models import AnswerMethod

# From whom a household is taken over, who takes it over, and whose support breaks down.
FIRST, SUCCESSOR, BROKEN = "PMR", "Whangārei District", "NSN"
LEAST = 2
DAYS = timedelta(days=1)
BREAKDOWN = ("RELATIONSHIP", "UNMET_EXPECTATIONS")
PLANNED = "The caseworker and a cross-cultural worker call twice a week until a group is found."


def happen(past: Past, staff: Staff, groups: Mapping[str, UUID], today: date) -> None:
    """Let these things happen; the hand-over first, while the group that takes over has room."""
    _says_no(past, groups[SUCCESSOR], today)
    _takes_over(past, groups, today)
    _moves_away(past, staff, groups[FIRST], today)
    _breaks_down(past, staff, groups[BROKEN], today)


def _says_no(past: Past, group_id: UUID, today: date) -> None:
    with past.on(today - 12 * DAYS) as uow:
        waits = uow.select(ResettlementCase).where(ResettlementCase.stage == "ELIGIBILITY_SCREENED")
        case = uow.first(waits.order_by(ResettlementCase.id))
        if case is None or homes.waiting(uow, case.household_id) is not None:
            return
        match = sponsorships.propose(uow, case.household_id, _to(group_id))
    with past.on(today - 9 * DAYS) as uow:
        no = DeclineProposal("TIMING", "Two of us are away until the autumn.")
        sponsorships.decline(uow, match.id, no)


def _to(group_id: UUID) -> ProposeSponsorship:
    return ProposeSponsorship(group_id, "NOMINATED")


def _takes_over(past: Past, groups: Mapping[str, UUID], today: date) -> None:
    """Let a household that lives in another town by now be taken over by the group there."""
    with past.on(today - 45 * DAYS) as uow:
        home = next(_arrived(uow, groups[FIRST]), None)
        if home is None:
            return
        match = sponsorships.propose(uow, home, _to(groups[SUCCESSOR]))
        sponsorships.accept(uow, match.id)
    with past.on(today - 38 * DAYS) as uow:
        _everybody_agrees(uow, match.id, home, groups[SUCCESSOR])
    with past.on(today - 35 * DAYS) as uow:
        sponsorships.confirm(uow, match.id)


def _everybody_agrees(uow: UnitOfWork, match_id: UUID, home: UUID, group_id: UUID) -> None:
    for person_id in homes.asked_at_home(uow, home, uow.today):
        answer = AnswerProposal(
            person_id,
            agrees=True,
            method=AnswerMethod.INTERPRETER_READ,
            answered_on=uow.today,
            interpreter=supplies.INTERPRETER,
        )
        sponsorships.answer(uow, match_id, answer)
    around = supplies.Around("", UUID(int=0), group_id, "", Random("taken over"))
    supplies.share(uow, of_household(uow, home)[0], around)


def _moves_away(past: Past, staff: Staff, group_id: UUID, today: date) -> None:
    """Let a family move to another town, and its group go on with money alone."""
    with past.on(today - 15 * DAYS, staff.leader) as uow:
        home = next(_arrived(uow, group_id), None)
        if home is not None:
            move = Move(on=uow.today, location="LEV", outcome="MONEY_ONLY")
            changes.record(uow, home, move)


def _breaks_down(past: Past, staff: Staff, group_id: UUID, today: date) -> None:
    """Let support break down, with somebody else to look after the household from the day on."""
    with past.on(today - 20 * DAYS, staff.leader) as uow:
        supported = [*_arrived(uow, group_id)]
        if len(supported) < LEAST:
            return
        match = homes.running(uow, supported[0])
        assert match is not None
        endings.suspend(uow, match.id, GiveReason("Group and family do not speak any more."))
    with past.on(today - 19 * DAYS) as uow:
        endings.plan_continuity(uow, match.id, GiveReason(PLANNED))
    with past.on(today - 17 * DAYS) as uow:
        note = "Two talks with a mediator did not help. Nobody is to blame."
        ending = EndSponsorship("BREAKDOWN", uow.today, BREAKDOWN, note)
        endings.end(uow, match.id, ending)
    with past.on(today - 17 * DAYS) as uow:
        endings.plan_continuity(uow, match.id, GiveReason(PLANNED))


def _arrived(uow: UnitOfWork, group_id: UUID) -> Iterator[UUID]:
    """Name the households that a group supports and that live here, the longest first."""
    found = [known(uow, Household, m.household_id) for m in homes.running_of_group(uow, group_id)]
    here = [home for home in found if home.placed_on is not None and home.exited_on is None]
    yield from (home.id for home in sorted(here, key=lambda home: home.placed_on or date.max))
