"""What was planned for somebody who dies or leaves: closed or carried along, told, and put back."""

from datetime import timedelta

import pytest

from resettle.appointments.models import Appointment, Outcome
from resettle.cases import service as cases
from resettle.cases.acts import HoldCase
from resettle.cases.models import StageEntry
from resettle.cases.papers import ChecklistItem, ItemStatus
from resettle.cases.queries import of_household
from resettle.changes import acts, service
from resettle.core.actor import SYSTEM
from resettle.core.sealed import hand_over
from resettle.documents.models import Document
from resettle.documents.rules import Confidentiality
from resettle.documents.rules import Kind as Paper
from resettle.households import service as households
from resettle.households.acts import RecordDeparture
from resettle.households.models import HouseholdMember, LeaveReason
from resettle.placements.models import Placement, PlacementKind
from resettle.plans.models import (
    GoalStatus,
    PlanGoal,
    PlanKind,
    PlanStatus,
    PlanStep,
    Referral,
    StepStatus,
    SupportPlan,
)
from resettle.tasks.models import TaskStatus
from tests import groups
from tests.integration.test_changes_between_files import Two, made_by, parts
from tests.integration.test_changes_service import ARRIVED, TODAY, a_split, everything, lines
from tests.journeys import a_quota_case, at
from tests.world import a_household, a_member

DENTIST = "the appointment on 5 March 2026 at 14:00 (Zahra)"
GOAL = "the goal “Zahra drives to work” (Zahra)"


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def two(uow):
    return Planned(uow)


class Planned(Two):
    def refers(self, person):
        return self.uow.add(
            Referral(
                household_id=self.home.id,
                person_id=person.id,
                referred_on=TODAY,
                target="A course",
            )
        )

    def a_paper(self, person):
        return self.uow.add(
            Document(
                household_id=self.home.id,
                person_id=person.id,
                kind=Paper.PASSPORT,
                confidentiality=Confidentiality.NORMAL,
                media_type="application/pdf",
                size=1,
                fingerprint="f",
            )
        )

    def lives_alone(self, **facts):
        """Give a household of one, whom only the system knows, with a case that is on hold."""
        self.uow.actor = SYSTEM
        alone = a_household(self.uow, programme_code="rqp", programme_version=3, **facts)
        last = a_member(self.uow, alone, joined_on=ARRIVED)
        case = at(a_quota_case(self.uow, alone), "SUBMITTED")
        review_on = TODAY + timedelta(days=30)
        cases.hold(
            self.uow, case.id, HoldCase(reason="OTHER", note="Ill", review_on=review_on, on=TODAY)
        )
        self.uow.settle()
        return alone, last, case


def papers(uow, person):
    query = uow.select(ChecklistItem).where(ChecklistItem.person_id == person.id)
    return uow.all(query)


def last_entry(uow, case):
    query = uow.select(StageEntry).where(StageEntry.case_id == case.id)
    return uow.first(query.order_by(StageEntry.seq.desc()))


def of(uow, model, household):
    return uow.all(uow.select(model).where(model.household_id == household.id))


def a_death(two):
    return acts.Death(on=TODAY, person_id=two.mother.id)


class TestDeath:
    def test_what_was_planned_for_them_is_closed_and_told(self, uow, two):
        change = two.records(a_death(two))

        told = lines(change)
        assert f"Called off: {DENTIST}. Tell those it was with." in told
        assert f"Rests here: {GOAL}." in told
        assert "Rests here: the step “Learn the road code” (Zahra)." in told
        assert two.dentist.outcome is Outcome.CANCELLED
        assert two.dentist.outcome_note == "Is no longer a member of the household."
        assert two.goal.status is GoalStatus.GIVEN_UP
        assert [step.status for step in of(uow, PlanStep, two.home)] == [StepStatus.DROPPED]

    def test_what_is_for_all_of_them_stays(self, uow, two):
        home = two.a_goal("A warmer house")
        two.records(a_death(two))

        assert two.viewing.outcome is Outcome.PLANNED
        assert home.status is GoalStatus.OPEN
        assert two.bill.status is TaskStatus.OPEN

    def test_what_was_before_that_day_can_still_be_said(self, uow, two):
        past = two.an_appointment(two.mother, days=-4)

        two.records(a_death(two))

        assert past.outcome is Outcome.PLANNED

    def test_nobody_is_reminded_of_what_is_closed(self, uow, two):
        change = two.records(acts.Death(on=TODAY, person_id=two.son.id))

        assert two.reminder.read_at == uow.now
        told = "Reminders of what is closed are set aside; of what goes along, kept."
        assert told in lines(change)

    def test_a_reminder_that_was_read_stays_as_it_was(self, uow, two):
        two.reminder.read_at = uow.now - timedelta(days=1)
        uow.session.flush()

        two.records(acts.Death(on=TODAY, person_id=two.son.id))

        assert two.reminder.read_at == uow.now - timedelta(days=1)

    def test_their_papers_hold_the_application_up_no_longer(self, uow, two):
        before = everything(uow)
        asked = papers(uow, two.mother)
        assert {item.status for item in asked} == {ItemStatus.OPEN}

        change = two.records(a_death(two))

        assert {(item.status, item.note) for item in asked} == {
            (ItemStatus.WAIVED, "Is no longer a member of the household.")
        }
        told = [line for line in lines(change) if line.startswith("No longer asked for: ")]
        assert len(told) == len(asked)
        service.undo(uow, change.id)
        assert everything(uow) == before

    def test_who_leaves_without_a_change_leaves_nothing_open_either(self, uow, two):
        query = uow.select(HouseholdMember).where(HouseholdMember.person_id == two.mother.id)
        left = RecordDeparture(left_on=TODAY, reason=LeaveReason.MOVED_OUT)

        households.record_departure(uow, uow.first(query).id, left)
        uow.settle()

        assert two.dentist.outcome is Outcome.CANCELLED
        assert two.goal.status is GoalStatus.GIVEN_UP


class TestSplit:
    def test_what_is_planned_for_who_goes_goes_along(self, uow, two):
        asked = papers(uow, two.mother)
        sent = two.refers(two.mother)
        uow.session.flush()
        before = everything(uow)

        change = two.records(a_split(two))

        made = made_by(uow, change)
        told = [line for part in parts(uow, change) for line in lines(part)]
        assert f"Goes along: {DENTIST}." in told
        assert f"Goes along: {GOAL}. The next version of the plan takes it in." in told
        assert "Goes along: the referral of 2 March 2026 (Zahra)." in told
        assert [line for line in told if line.startswith("Goes along: ") and "(Zahra)" in line]
        assert (two.dentist.household_id, two.dentist.place) == (made.id, "12 High Street")
        assert two.viewing.household_id == two.home.id
        assert (sent.household_id, sent.target) == (made.id, "A course")
        assert {item.household_id for item in asked} == {made.id}
        assert {item.case_id for item in asked} == {of_household(uow, made.id)[-1].id}
        service.undo(uow, change.id)
        assert everything(uow) == before

    def test_a_goal_is_agreed_anew_where_they_go_and_rests_where_it_was(self, uow, two):
        made = made_by(uow, two.records(a_split(two)))

        (goal,) = of(uow, PlanGoal, made)
        assert (goal.plan_id, goal.thread_id) == (None, two.goal.thread_id)
        assert (goal.wording, goal.status) == ("Zahra drives to work", GoalStatus.OPEN)
        assert [(s.goal_id, s.text) for s in of(uow, PlanStep, made)] == [
            (goal.id, "Learn the road code")
        ]
        assert two.goal.status is GoalStatus.GIVEN_UP

    def test_what_the_family_only_said_so_far_goes_along_as_it_is(self, uow, two):
        two.goal.plan_id = None
        uow.session.flush()

        made = made_by(uow, two.records(a_split(two)))

        assert (two.goal.household_id, two.goal.status) == (made.id, GoalStatus.OPEN)

    def test_a_document_goes_along_and_a_reminder_with_its_task(self, uow, two):
        paper = two.a_paper(two.son)
        going = [acts.Going(two.mother.id, "PA"), acts.Going(two.son.id, "SON")]

        change = two.records(acts.Split(on=TODAY, people=going))

        made = made_by(uow, change)
        told = [line for part in parts(uow, change) for line in lines(part)]
        assert "Documents of Omid go along." in told
        assert {paper.household_id, two.task.household_id, two.reminder.household_id} == {made.id}
        assert two.reminder.read_at is None


class TestJoin:
    def test_goals_come_into_the_version_in_the_making_once(self, uow, two):
        plan = uow.add(
            SupportPlan(household_id=two.other.id, language="prs", status=PlanStatus.ACTIVE)
        )
        draft = uow.add(SupportPlan(household_id=two.home.id, language="prs", edition=2))
        goal = two.a_goal("Nasrin learns to read", two.aunt)
        goal.plan_id, goal.household_id = plan.id, two.other.id
        again = two.a_goal("Nasrin learns to read", two.aunt)
        again.plan_id = uow.add(
            SupportPlan(
                household_id=two.other.id,
                kind=PlanKind.EXIT,
                language="prs",
            )
        ).id
        again.household_id, again.thread_id = two.other.id, goal.thread_id
        uow.session.flush()

        two.records(two.joins())

        query = uow.select(PlanGoal).where(PlanGoal.plan_id == draft.id)
        assert [g.thread_id for g in uow.all(query)] == [goal.thread_id]
        assert plan.status is PlanStatus.CLOSED

    def test_what_was_planned_for_all_of_them_comes_along(self, uow, two):
        viewing = two.an_appointment()
        hand_over(viewing, two.other.id)
        uow.session.flush()

        two.records(two.joins())

        assert (viewing.household_id, viewing.outcome) == (two.home.id, Outcome.PLANNED)

    def test_the_case_that_was_left_is_over_for_its_own_reason(self, uow, two):
        before = everything(uow)

        change = two.records(two.joins())

        case = of_household(uow, two.other.id)[-1]
        assert (case.stage, case.stage_since) == ("EXITED", TODAY)
        assert last_entry(uow, case).reason_code == "JOINED_OTHER_HOUSEHOLD"
        assert "The case is over: Exited." in lines(parts(uow, change)[0])
        service.undo(uow, change.id)
        assert everything(uow) == before


class TestEnding:
    def test_who_leaves_the_country_leaves_nothing_open(self, uow, two):
        before = everything(uow)

        change = two.records(acts.Move(on=TODAY, overseas=True))

        case = of_household(uow, two.home.id)[-1]
        assert (case.stage, last_entry(uow, case).reason_code) == ("EXITED", "MOVED_OVERSEAS")
        assert {a.outcome for a in of(uow, Appointment, two.home)} == {Outcome.CANCELLED}
        assert {g.status for g in of(uow, PlanGoal, two.home)} == {GoalStatus.GIVEN_UP}
        assert {p.status for p in of(uow, SupportPlan, two.home)} == {PlanStatus.CLOSED}
        assert {i.status for i in of(uow, ChecklistItem, two.home)} == {ItemStatus.WAIVED}
        assert two.reminder.read_at == uow.now
        assert "Closed: the settlement plan, version 1." in lines(change)
        service.undo(uow, change.id)
        assert everything(uow) == before

    def test_with_the_last_one_the_case_is_over_and_the_hold_with_it(self, uow, two):
        two.records(acts.Death(on=TODAY, person_id=two.daughter.id))
        alone, last, case = two.lives_alone(arrived_on=TODAY)

        service.record(uow, alone.id, acts.Death(on=TODAY, person_id=last.id))

        assert (case.stage, last_entry(uow, case).reason_code) == ("EXITED", "DECEASED")

    def test_before_anybody_has_come_the_case_is_withdrawn_and_its_places_are_free(self, uow, two):
        alone, last, case = two.lives_alone()

        service.record(uow, alone.id, acts.Death(on=TODAY, person_id=last.id))

        entry = last_entry(uow, case)
        assert (case.stage, entry.reason_code) == ("WITHDRAWN", "OTHER")
        assert entry.reason == "Nobody of the household is left."

    def test_a_case_that_is_over_stays_as_it_ended(self, uow, two):
        alone, last, case = two.lives_alone()
        at(case, "DECLINED")

        service.record(uow, alone.id, acts.Death(on=TODAY, person_id=last.id))

        assert case.stage == "DECLINED"

    @pytest.mark.parametrize(
        ("why", "told"),
        [
            (LeaveReason.LEFT_NEW_ZEALAND, "MOVED_OVERSEAS"),
            (LeaveReason.MOVED_OUT, "OTHER"),
            (LeaveReason.DIED, "DECEASED"),
        ],
    )
    def test_whoever_leaves_last_closes_the_file_behind_them(self, uow, two, why, told):
        alone, last, case = two.lives_alone(arrived_on=TODAY)
        home = uow.add(
            Placement(
                household_id=alone.id, location="CHC", kind=PlacementKind.SETTLED, start_on=TODAY
            )
        )
        match = groups.a_match(uow, groups.a_group(uow), alone)
        uow.settle()
        before = everything(uow)
        stay = uow.first(uow.select(HouseholdMember).where(HouseholdMember.person_id == last.id))

        gone = acts.Departure(member_id=stay.id, left=RecordDeparture(left_on=TODAY, reason=why))
        change = service.record(uow, alone.id, gone)

        assert (alone.exited_on, alone.exit_reason) == (TODAY, told)
        assert (case.stage, last_entry(uow, case).reason_code) == ("EXITED", told)
        assert (home.end_on, home.end_reason) == (TODAY, "Nobody of the household is left.")
        assert match.ended_on == TODAY
        service.undo(uow, change.id)
        assert everything(uow) == before
        assert alone.exited_on is None

    def test_who_leaves_others_behind_closes_nothing(self, uow, two):
        query = uow.select(HouseholdMember).where(HouseholdMember.person_id == two.son.id)
        left = RecordDeparture(left_on=TODAY, reason=LeaveReason.MOVED_OUT)

        two.records(acts.Departure(member_id=uow.first(query).id, left=left))

        assert two.home.exited_on is None
