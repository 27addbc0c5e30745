"""What lies ahead of supported households: tasks of every kind, and appointments."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from resettle.appointments import service as appointments
from resettle.appointments.acts import MakeAppointment, RecordOutcome
from resettle.appointments.models import Kind, Outcome, Transport
from resettle.core.clock import AUCKLAND
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.tasks import service as tasks
from resettle.tasks.acts import AddTask
from resettle.tasks.models import Category, HandoverLevel, RepeatUnit

Level = HandoverLevel
TASKS: Sequence[tuple[str, Category, Level | None, int | None]] = (
    ("Go by bus to the market together", Category.TRANSPORT, Level.TOGETHER, None),
    ("Ask the landlord to mend the heat pump", Category.HOUSE, Level.WE_DO, None),
    ("Renew the library cards", Category.SOCIAL, Level.FAMILY_LEADS, None),
    ("Weekly talk in English", Category.ENGLISH_PRACTICE, Level.TOGETHER, 1),
    ("Fill in the form of the childcare subsidy", Category.PAPERWORK, Level.TOGETHER, None),
    ("Read the power meter", Category.HOUSE, Level.FAMILY_LEADS, 4),
)
VISITS: Sequence[tuple[Kind, str, str, int]] = (
    (Kind.GP, "Dr Rata", "Health centre", 30),
    (Kind.WORK_AND_INCOME, "Case manager", "Work and Income", 45),
    (Kind.SCHOOL, "Dean of Year 9", "High school", 60),
    (Kind.JOB_COACH, "Pathways to Employment", "Red Cross office", 60),
    (Kind.DENTAL, "Dental therapist", "Community clinic", 30),
)
HOURS = (9, 10, 11, 13, 14, 15)
NEAR = range(-3, 18)


def ahead(uow: UnitOfWork, household_id: UUID) -> None:
    """Leave a household with some tasks of its caseworker, and an appointment or two.

    Each household draws its own, so that the stories of the others stay as they are.
    """
    household = uow.find(Household, household_id)
    assert household is not None
    random = Random(household.reference)
    for title, category, handover, weeks in random.sample(TASKS, 2):
        command = AddTask(
            title=title,
            category=category,
            due_on=uow.today + timedelta(days=random.choice(NEAR)),
            handover=handover,
            repeat_every=weeks,
            repeat_unit=None if weeks is None else RepeatUnit.WEEK,
        )
        tasks.add(uow, household_id, command)
    for visit in random.sample(VISITS, random.choice((1, 2))):
        _visit(uow, household, visit, random)


def _visit(
    uow: UnitOfWork, household: Household, visit: tuple[Kind, str, str, int], random: Random
) -> None:
    kind, with_whom, place, minutes = visit
    day = uow.today + timedelta(days=random.choice(NEAR))
    begins = datetime.combine(day, time(random.choice(HOURS)), AUCKLAND)
    made = appointments.make(
        uow,
        household.id,
        MakeAppointment(
            kind=kind,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=minutes),
            with_whom=with_whom,
            place=place,
            interpreter_needed=True,
            interpreter_booked=random.choice((True, True, False)),
            interpreter_language=household.primary_language,
            transport=random.choice((Transport.BUS, Transport.STAFF_CAR, Transport.OWN_WAY)),
        ),
    )
    if begins <= uow.now:
        came = random.choice((Outcome.ATTENDED, Outcome.ATTENDED, Outcome.LATE))
        appointments.record(uow, made.id, RecordOutcome(outcome=came))
