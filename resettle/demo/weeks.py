"""The weeks of a sponsor group: visits that were, the roster of the days ahead, and its cars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from resettle.appointments import service as appointments
from resettle.appointments.acts import MakeAppointment
from resettle.appointments.models import Kind
from resettle.cards import service as cards
from resettle.cards.acts import WriteTopic
from resettle.core.actor import Actor
from resettle.core.clock import AUCKLAND
from resettle.core.work import UnitOfWork
from resettle.demo.moments import Past
from resettle.demo.staff import Staff
from resettle.households.models import Household
from resettle.messages import service as messages
from resettle.messages.acts import SendUpdate, Write
from resettle.messages.models import Mood
from resettle.placements.queries import running_of_group
from resettle.roster import attending, handing, lifts, service
from resettle.roster.acts import AddGroupTask, AddShift, AskForLift, LeaveShift, NoteCar
from resettle.roster.models import ShiftKind
from resettle.sponsors import members as sponsors
from resettle.sponsors.models import SponsorMember
from resettle.sponsors.queries import live_members_of
from resettle.tasks.models import Category
from resettle.tasks.models import HandoverLevel as Level

MOST = 2
WENT = (
    "We practised asking for a bus ticket; next week they go alone.",
    "Tea and homework. The heater works now.",
    "Walked to the library and back. Everybody has a card.",
    "Filled in the school form together, they read it out themselves.",
)
# What stands ahead: in how many days, at what hour, what it is, in which words, whether taken.
AHEAD: Sequence[tuple[int, int, ShiftKind, str, bool]] = (
    (0, 16, ShiftKind.VISIT, "Tea, and the letters of the week", True),
    (1, 18, ShiftKind.ENGLISH_PRACTICE, "Talking at the market", False),
    (3, 10, ShiftKind.OTHER, "Look at bicycles", True),
    (5, 14, ShiftKind.VISIT, "Sunday lunch", False),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Who of a group has an account, and the household whose week it is."""

    lead: Actor
    helper: Actor
    caseworker: Actor
    helper_member_id: UUID
    household_id: UUID
    hours_later: int  # than the household before it: nobody is at two places at once


def pass_by(past: Past, people: Staff, group_id: UUID, today: date) -> None:
    """Let the weeks of a group and its newest households pass by, until today."""
    ours = (people.actors[f"{name}@demo.test"] for name in ("coordinator", "member"))
    lead, helper = (replace(one, group_ids=frozenset({group_id})) for one in ours)
    caseworker = next(one for one in people.caseworkers() if "CHC" in one.locations)
    with past.on(today) as uow:
        member_id = _with_cars(uow, group_id, helper)
        homes = [*_arrived(uow, group_id)]
    for later, household_id in enumerate(homes):
        one = Group(lead, helper, caseworker, member_id, household_id, 2 * later)
        _weeks_gone(past, one, today)
        _week_ahead(past, one, today)
        _said(past, one, today)


def _arrived(uow: UnitOfWork, group_id: UUID) -> Iterator[UUID]:
    ids = [match.household_id for match in running_of_group(uow, group_id)]
    query = uow.select(Household).where(Household.id.in_(ids), Household.arrived_on.is_not(None))
    for household in uow.all(query.order_by(Household.arrived_on.desc()).limit(MOST)):
        yield household.id


def _with_cars(uow: UnitOfWork, group_id: UUID, helper: Actor) -> UUID:
    """Let everybody of the group have a car; one of them may drive children."""
    found: SponsorMember | None = None
    car = NoteCar(licence_until=uow.today + timedelta(days=900), vehicle_seats=6, child_seats=3)
    for member in live_members_of(uow, group_id):
        lifts.note_car(uow, member.id, car)
        if member.user_id == helper.user_id:
            sponsors.approve_driving(uow, member.id)
            found = member
    assert found is not None
    return found.id


def _weeks_gone(past: Past, one: Group, today: date) -> None:
    for number, went in enumerate(WENT, start=1):
        day = today - timedelta(days=7 * number)
        begins = _at(day, 11 + one.hours_later)
        with past.on(day, one.helper) as uow:
            shift = service.add(uow, one.household_id, _shift(begins, one.helper_member_id))
            minutes = 45 + 15 * number
            attending.leave(uow, shift.id, LeaveShift(went=went, minutes=minutes))


def _shift(begins: datetime, member_id: UUID | None, **more: object) -> AddShift:
    given = {"kind": ShiftKind.VISIT, "words": "The weekly visit", **more}
    ends = begins + timedelta(hours=1)
    return AddShift(starts_at=begins, ends_at=ends, member_id=member_id, **given)  # type: ignore[arg-type]  # as AHEAD has them


def _week_ahead(past: Past, one: Group, today: date) -> None:
    with past.on(today, one.lead) as uow:
        for days, hour, kind, words, taken in AHEAD:
            member_id = one.helper_member_id if taken else None
            begins = _at(today + timedelta(days=days), hour + one.hours_later)
            service.add(uow, one.household_id, _shift(begins, member_id, kind=kind, words=words))
    with past.on(today, one.caseworker) as uow:
        begins = _at(today + timedelta(days=2), 9 + one.hours_later)
        ends = begins + timedelta(hours=1)
        made = MakeAppointment(kind=Kind.SCHOOL, starts_at=begins, ends_at=ends)
        appointment = appointments.make(uow, one.household_id, made)
        lifts.ask(uow, appointment.id, AskForLift(words="To the school and back"))


def _said(past: Past, one: Group, today: date) -> None:
    """Let the group write down its tasks, and tell caseworker and family how it goes."""
    for days, level in enumerate((Level.WE_DO, Level.WE_DO, Level.TOGETHER), start=1):
        day = today - timedelta(days=28 - 7 * days)
        with past.on(day, one.helper) as uow:
            bus = AddGroupTask(
                title="To the market by bus",
                category=Category.TRANSPORT,
                due_on=day,
                handover=level,
                member_id=one.helper_member_id,
            )
            handing.finish(uow, handing.add(uow, one.household_id, bus).id)
    with past.on(today, one.lead) as uow:
        for title, days in (("Library cards for the children", 2), ("A second-hand desk", -1)):
            task = AddGroupTask(
                title=title, category=Category.SOCIAL, due_on=today + timedelta(days=days)
            )
            handing.add(uow, one.household_id, task)
        for topic, name in (("repairs", "Ruth Ellison"), ("lift", "Tom Fraser")):
            phone = "+64 21 555 0142"
            calls = WriteTopic(topic=topic, family_calls=name, family_phone=phone)
            cards.write(uow, one.household_id, calls)
        messages.write(uow, one.household_id, Write(text="Kia ora! Tom comes on Sunday at two."))
    with past.on(today, one.helper) as uow:
        line = "The new heater helps. They ask about a bigger table."
        messages.send_update(uow, one.household_id, SendUpdate(text=line, mood=Mood.GOOD))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), AUCKLAND)
