"""What a team has before it: flights that do not go, a leave, things put off, look-alikes."""

from datetime import date, timedelta
from uuid import UUID

from resettle.cases import covering
from resettle.cases.covering import PlanAbsence
from resettle.cases.models import ResettlementCase
from resettle.core.actor import Actor
from resettle.core.work import UnitOfWork
from resettle.day import leaving
from resettle.day import queries as day
from resettle.day import service as queue
from resettle.day.acts import Snooze
from resettle.day.leaving import HandOver
from resettle.day.models import SnoozeReason
from resettle.day.queries import QueueFilters
from resettle.day.rules import Source
from resettle.demo.moments import Past, known
from resettle.demo.staff import Staff
from resettle.drafts import leaving as drafts
from resettle.drafts.models import Draft
from resettle.duplicates.service import note_duplicates
from resettle.holds import service as holds
from resettle.holds.acts import DoMany, Way
from resettle.households import service as households
from resettle.households.acts import NewMember, OpenHousehold, PersonFacts
from resettle.households.models import Household, Person
from resettle.households.queries import principal_of
from resettle.households.rules import Coded
from resettle.notifications import telling
from resettle.sponsors.models import ReportDue

DAYS = timedelta(days=1)
HELD_STAGE = "PRE_DEPARTURE"
BRIEF = """How they are, and what matters to them:
- Well, and glad of the garden. Ring in the evening; by day nobody hears the phone.

What has been promised:
- A call about the bond before Friday.
"""
NO_FLIGHTS = "The airport of departure is closed. The families stay where they are, and are well."


def get_on(past: Past, staff: Staff, today: date) -> None:
    """Bring a team to an ordinary day, and then remind everybody of what waits for them."""
    first, second, third = staff.caseworkers()
    _hold(past, staff, today)
    _plan_leave(past, second, third, today)
    _enter_twice(past, first, today)
    _put_off(past, first, today)
    _hand_on(past, third, first, today)
    _hear_from_groups(past, today)
    for worker in (first, second, third, staff.leader):
        with past.on(today) as uow:
            assert worker.user_id is not None
            telling.remind(uow, worker.user_id)


def _hear_from_groups(past: Past, today: date) -> None:
    """Have in hand what the sponsor groups owed, but for what fell due this week."""
    with past.on(today) as uow:
        owed = uow.select(ReportDue).where(ReportDue.due_on < today - 7 * DAYS)
        for report in uow.all(owed):
            report.submitted_on = report.due_on


def _hold(past: Past, staff: Staff, today: date) -> None:
    """Hold together all but one of those who wait for a flight."""
    with past.on(today - DAYS, staff.leader) as uow:
        waiting = uow.select(ResettlementCase).where(
            ResettlementCase.stage == HELD_STAGE, ResettlementCase.programme_code == "rqp"
        )
        ids = [case.id for case in uow.all(waiting.order_by(ResettlementCase.id))][:-1]
        command = DoMany(
            way=Way.HOLD,
            case_ids=ids,
            reason="TRAVEL",
            note=NO_FLIGHTS,
            review_on=today + 20 * DAYS,
            moves_travel=True,
        )
        holds.do_many(uow, command)


def _plan_leave(past: Past, worker: Actor, cover: Actor, today: date) -> None:
    """Let one caseworker go on leave next week, while a colleague stands in."""
    with past.on(today, worker) as uow:
        leave = PlanAbsence(
            from_on=today + 4 * DAYS, back_on=today + 18 * DAYS, cover_id=cover.user_id
        )
        covering.plan(uow, leave)


def _hand_on(past: Past, worker: Actor, successor: Actor, today: date) -> None:
    """Let a caseworker hand a household over, with the note that is half written about it."""
    assert successor.user_id is not None
    with past.on(today, worker) as uow:
        about = uow.select(Draft).where(Draft.household_id.is_not(None))
        for draft in uow.all(about.order_by(Draft.path).limit(1)):
            assert draft.household_id is not None
            drafts.decide(uow, draft.id, goes_on=True)
            command = HandOver(user_id=successor.user_id, brief=BRIEF)
            leaving.hand_over(uow, draft.household_id, command)


def _enter_twice(past: Past, worker: Actor, today: date) -> None:
    """Enter somebody again by hand, as another office spells the name, and see them noticed."""
    with past.on(today - DAYS, worker) as uow:
        once = uow.first(uow.select(Household).order_by(Household.reference.desc()))
        principal = None if once is None else principal_of(uow, once.id)
        if once is None or principal is None:
            return
        person = known(uow, Person, principal.person_id)
        again = PersonFacts(
            family_name=person.family_name.replace("Al-", "al ").replace("ee", "i"),
            given_name=person.given_name.replace("oo", "ou"),
            name_in_script=person.name_in_script,
            sex=person.sex,
            born_on=person.born_on,
            source=once.source,
        )
        command = OpenHousehold(
            stream=once.stream,
            programme_code=once.programme_code,
            primary_language=once.primary_language,
            location=once.location,
            members=[NewMember(person=again, relationship=Coded("PA"))],
        )
        made_id = households.open_household(uow, command).id
    with past.on(today - DAYS, worker) as uow:
        _note(uow, made_id)


def _note(uow: UnitOfWork, household_id: UUID) -> None:
    member = principal_of(uow, household_id)
    assert member is not None
    note_duplicates(uow, member.person_id)


def _put_off(past: Past, worker: Actor, today: date) -> None:
    """Put one task off, since an agency has promised to answer."""
    with past.on(today, worker) as uow:
        waiting = day.queue(uow, QueueFilters(source=Source.TASK)).lines
        for line in waiting[:1]:
            later = Snooze(until_on=today + 5 * DAYS, reason_code=SnoozeReason.AGENCY)
            queue.snooze(uow, line.source, line.subject_id, later)
