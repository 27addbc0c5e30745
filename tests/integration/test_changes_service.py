"""Changes of households: what follows from each, what is told of it, and that it can be undone."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from resettle.appointments.models import Appointment, Kind
from resettle.changes import acts, service
from resettle.consents.following import standing_of
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.core.journal import columns, models
from resettle.day.rules import Source
from resettle.households.models import Sex
from resettle.households.queries import current_members
from resettle.households.rules import Coded
from resettle.milestones.models import Milestone
from resettle.notifications.models import Reminder
from resettle.placements.events import HouseholdPlaced
from resettle.plans.models import Owner, PlanGoal, PlanStatus, PlanStep, SupportPlan
from resettle.tasks.models import Category, HandoverLevel, Task
from tests.world import a_caseworker, a_consent, a_household, a_member, a_user

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ARRIVED = date(2025, 12, 1)
UNKEPT = ("audit_entry", "household_change", "data_key", "job", "consent_entry")


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def family(uow):
    return Family(uow)


class Family:
    """Parents with two children, placed in Christchurch, with a task and consents of the mother."""

    def __init__(self, uow):
        self.uow = uow
        self.home = a_household(
            uow,
            programme_code="rqp",
            programme_version=3,
            location="CHC",
            arrived_on=ARRIVED,
            placed_on=date(2026, 1, 5),
        )
        stays = {"joined_on": ARRIVED}
        self.father = a_member(uow, self.home, given_name="Karim", sex=Sex.M, **stays)
        self.mother = a_member(uow, self.home, "WIF", given_name="Zahra", **stays)
        born = {"born_on": date(2015, 4, 1), **stays}
        self.son = a_member(uow, self.home, "SON", given_name="Omid", sex=Sex.M, **born)
        self.daughter = a_member(
            uow, self.home, "DAU", given_name="Laleh", guardian_id=self.father.id, **born
        )
        uow.emit(HouseholdPlaced(self.home.id, date(2026, 1, 5)))
        uow.settle()
        self.actor = a_caseworker(uow, self.home)
        self.task = self.a_task("School uniform", self.son)
        self.bill = self.a_task("Power bill")
        self.dentist = self.an_appointment(self.mother)
        self.viewing = self.an_appointment()
        self.goal = self.a_goal("Zahra drives to work", self.mother)
        self.reminder = self.a_reminder(self.task)
        for seq, item in enumerate([Item.NAME, Item.PHONE], 1):
            a_consent(uow, self.home, self.mother, item, seq=seq)
        uow.actor = uow.origin_actor = self.actor

    def a_task(self, title, person=None):
        return self.uow.add(
            Task(
                household_id=self.home.id,
                person_id=None if person is None else person.id,
                title=title,
                detail="A detail",
                category=Category.OTHER,
                due_on=TODAY,
            )
        )

    def an_appointment(self, person=None, days=3):
        starts_at = NOW + timedelta(days=days)
        return self.uow.add(
            Appointment(
                household_id=self.home.id,
                person_id=None if person is None else person.id,
                kind=Kind.DENTAL.value,
                place="12 High Street",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=1),
            )
        )

    def a_goal(self, wording, person=None):
        """Give a goal of the plan in force, with one step."""
        plan = self.uow.first(self.uow.select(SupportPlan)) or self.uow.add(
            SupportPlan(household_id=self.home.id, language="prs", status=PlanStatus.ACTIVE)
        )
        facts = {"household_id": self.home.id, "person_id": person and person.id}
        goal = self.uow.add(
            PlanGoal(
                plan_id=plan.id, thread_id=uuid4(), domain="employment", wording=wording, **facts
            )
        )
        self.uow.add(
            PlanStep(
                goal_id=goal.id,
                text="Learn the road code",
                owner=Owner.FAMILY,
                lead=HandoverLevel.TOGETHER,
                due_on=TODAY,
                **facts,
            )
        )
        return goal

    def a_reminder(self, row):
        return self.uow.add(
            Reminder(
                user_id=a_user(self.uow).id,
                household_id=self.home.id,
                source=Source.TASK,
                subject_id=row.id,
                due_on=TODAY,
                made_at=NOW,
            )
        )

    def records(self, act):
        return service.record(self.uow, self.home.id, act)

    def steps_of(self, person, *, where=None):
        query = self.uow.select(Milestone).where(Milestone.person_id == person.id)
        found = self.uow.all(query)
        return [m for m in found if where is None or m.household_id == where.id]

    def leads(self, household):
        return [m.person_id for m in current_members(self.uow, household.id)][:1]


def everything(uow):
    """Give all that the tables hold, as it is kept, but for what only grows."""
    actor, uow.actor = uow.actor, SYSTEM
    uow.session.flush()
    found = {}
    for table, model in models().items():
        if table not in UNKEPT:
            rows = uow.session.scalars(uow.select(model).execution_options(populate_existing=True))
            found[table] = {
                str(row.id): {name: getattr(row, name) for name in columns(model)} for row in rows
            }
    uow.actor = actor
    return found


def lines(change):
    return [line["text"] for line in json.loads(change.lines)]


def a_split(family, **more):
    going = [acts.Going(family.mother.id, "PA"), acts.Going(family.daughter.id, "DAU")]
    return acts.Split(**{"on": TODAY, "people": going, **more})


ACTS = {
    "birth": lambda f: acts.Birth(
        family_name="Haidari", sex=Sex.F, born_on=TODAY, relationship=Coded("DAU")
    ),
    "death": lambda f: acts.Death(on=TODAY, person_id=f.father.id, successor_id=f.mother.id),
    "death of a child": lambda f: acts.Death(on=TODAY, person_id=f.son.id),
    "marriage": lambda f: acts.Marriage(
        on=TODAY, person_id=f.father.id, partner_id=f.mother.id, marital_status="MA"
    ),
    "separation": lambda f: acts.Separation(
        on=TODAY,
        person_id=f.father.id,
        partner_id=f.mother.id,
        people=[acts.Going(f.mother.id, "PA"), acts.Going(f.son.id, "SON")],
    ),
    "split": a_split,
    "split by the head": lambda f: acts.Split(
        on=TODAY, people=[acts.Going(f.father.id, "PA")], successor_id=f.mother.id
    ),
    "move": lambda f: acts.Move(on=TODAY, location="WLG"),
    "move overseas": lambda f: acts.Move(on=TODAY, overseas=True),
}
each_act = pytest.mark.parametrize("make", ACTS.values(), ids=ACTS)


class TestPreview:
    @each_act
    def test_it_tells_what_the_act_does_and_leaves_nothing_behind(self, uow, family, make):
        before, trail = everything(uow), len(uow.session.info["audit"].rows)

        told = service.preview(uow, family.home.id, make(family))

        assert everything(uow) == before
        assert len(uow.session.info["audit"].rows) == trail
        first = told.files[0]
        assert first["reference"] == family.home.reference
        assert [line["text"] for line in first["lines"]] == lines(family.records(make(family)))
        assert all(file["lines"] for file in told.files)


class TestUndo:
    @each_act
    def test_it_restores_exactly_what_was_before(self, uow, family, make):
        before, agreed = everything(uow), standing_of(uow, family.mother.id)
        change = family.records(make(family))
        assert everything(uow) != before

        service.undo(uow, change.id)

        assert everything(uow) == before
        again = standing_of(uow, family.mother.id)
        assert [(e.purpose, e.item, e.household_id, e.method, e.expires_on) for e in again] == [
            (e.purpose, e.item, e.household_id, e.method, e.expires_on) for e in agreed
        ]
        assert change.undone_by == family.actor.user_id
