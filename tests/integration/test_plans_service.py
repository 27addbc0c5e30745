"""Plans: in versions, agreed by adults, reviewed, and let go when support ends."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from resettle.cases import queries as cases
from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict, Invalid
from resettle.core.jobs import Job
from resettle.households.models import HouseholdMember
from resettle.milestones.models import Milestone, Status
from resettle.milestones.planning import bring_in_line
from resettle.placements.acts import MoveAnchor
from resettle.placements.events import HouseholdPlaced
from resettle.placements.models import SponsorshipStatus
from resettle.placements.service import move_anchor
from resettle.plans import exits, queries, reviews, service
from resettle.plans.acts import (
    AddGoal,
    AddHandover,
    AddStep,
    AgreePlan,
    BeginPlan,
    ChangeGoal,
    ChangeHandover,
    ChangeStep,
    GiveRatings,
    HoldReview,
    Refer,
    SayGoal,
    Score,
    TellOutcome,
)
from resettle.plans.handlers import watch_end
from resettle.plans.jobs import begin_exits
from resettle.plans.models import (
    GoalStatus,
    PlanKind,
    PlanStatus,
    RatedBy,
    Rating,
    ReferralStatus,
    StepStatus,
    SupportPlan,
)
from resettle.plans.nights import EXITS
from resettle.programmes.facts import Fact
from resettle.tasks.models import Task, TaskStatus
from tests.groups import a_group, a_match
from tests.journeys import QUOTA, a_family, a_quota_case
from tests.world import a_caseworker, a_person_signed_in

TODAY = date(2026, 3, 2)
PLACED = date(2026, 2, 2)
NOBODY = UUID(int=1)
DARI = "می‌خواهم رانندگی یاد بگیرم"


@pytest.fixture
def uow(transactions):
    with transactions.begin(SYSTEM, "test") as uow:
        yield uow


@pytest.fixture
def household(uow):
    """A quota family of three, placed a month ago, with a caseworker who acts."""
    household = a_family(uow, **QUOTA, joined_on=date(2025, 7, 1))
    household.arrived_on, household.placed_on = date(2025, 12, 29), PLACED
    household.support_end_on = date(2028, 2, 2)
    bring_in_line(uow, household)
    uow.actor = a_caseworker(uow, household)
    return household


def a_plan(uow, household, kind=PlanKind.SETTLEMENT):
    return service.begin(uow, household.id, BeginPlan(kind=kind))


def a_goal(uow, plan, **facts):
    usual = {"domain": "EDU", "wording": "Learn to drive", "baseline": 2, "target": 4}
    return service.add_goal(uow, plan.id, AddGoal(**usual | facts))


def a_step(uow, goal, **facts):
    usual = {"text": "Sit the theory test", "due_on": TODAY + timedelta(days=30)}
    return service.add_step(uow, goal.id, AddStep(**usual | facts))


def agree(uow, plan, **facts):
    usual = {"agreed_on": TODAY, "person_ids": queries.adults(uow, plan.household_id)}
    return service.agree(uow, plan.id, AgreePlan(**usual | facts))


@pytest.fixture
def agreed(uow, household):
    plan = a_plan(uow, household)
    a_step(uow, a_goal(uow, plan, own_words=DARI, own_language="prs"))
    return agree(uow, plan)


def rev(uow, household, code):
    query = uow.select(Milestone).where(
        Milestone.household_id == household.id, Milestone.code == code
    )
    return uow.first(query)


class TestVersions:
    def test_an_agreed_version_is_never_overwritten(self, uow, household, agreed):
        (goal,) = queries.goals(uow, agreed.id)

        with pytest.raises(Conflict):
            a_goal(uow, agreed)
        with pytest.raises(Conflict):
            service.change_goal(uow, goal.id, ChangeGoal(wording="Something else"))
        with pytest.raises(Conflict):
            service.change_step(uow, goal.steps[0].id, ChangeStep(text="Something else"))
        with pytest.raises(Conflict):
            agree(uow, agreed)

    def test_what_became_of_it_is_said_all_the_same(self, uow, agreed):
        (goal,) = queries.goals(uow, agreed.id)

        step = service.change_step(uow, goal.steps[0].id, ChangeStep(status=StepStatus.DONE))
        service.change_goal(uow, goal.id, ChangeGoal(status=GoalStatus.REACHED))

        assert (step.status, step.done_on) == (StepStatus.DONE, TODAY)
        uow.session.flush()
        told = queries.sheet(uow, agreed.id).actual
        assert (told.steps_done, told.steps_due, told.steps_total) == (1, 1, 1)
        assert (told.goals_reached, told.goals_total) == (1, 1)
        again = service.change_step(uow, step.id, ChangeStep(status=StepStatus.OPEN))
        assert again.done_on is None

    def test_the_next_version_begins_with_what_is_open(self, uow, household, agreed):
        (goal,) = queries.goals(uow, agreed.id)
        draft = a_plan(uow, household)
        (again,) = queries.goals(uow, draft.id)

        assert (draft.edition, draft.status) == (2, PlanStatus.DRAFT)
        assert (again.thread_id, again.own_words) == (goal.thread_id, DARI)
        assert [s.text for s in again.steps] == ["Sit the theory test"]
        a_step(uow, again, text="Drive with Aroha")
        service.change_goal(uow, again.id, ChangeGoal(target=5))
        agree(uow, draft)
        assert (agreed.status, agreed.ended_on) == (PlanStatus.SUPERSEDED, TODAY)
        assert [g.target for g in queries.goals(uow, agreed.id)] == [4]
        with pytest.raises(Conflict, match="over"):
            service.change_goal(uow, goal.id, ChangeGoal(status=GoalStatus.REACHED))

    def test_what_is_done_or_reached_is_not_carried_on(self, uow, household):
        plan = a_plan(uow, household)
        reached, kept = a_goal(uow, plan), a_goal(uow, plan, wording="Find work")
        done = a_step(uow, kept)
        a_step(uow, kept, text="Write a CV")
        agree(uow, plan)
        service.change_goal(uow, reached.id, ChangeGoal(status=GoalStatus.REACHED))
        service.change_step(uow, done.id, ChangeStep(status=StepStatus.DONE))
        uow.session.flush()

        (goal,) = queries.goals(uow, a_plan(uow, household).id)

        assert goal.wording == "Find work"
        assert [step.text for step in goal.steps] == ["Write a CV"]

    def test_one_version_at_a_time_is_in_the_making(self, uow, household):
        a_plan(uow, household)

        with pytest.raises(Conflict):
            a_plan(uow, household)

    def test_a_plan_is_closed_once(self, uow, agreed):
        closed = service.close(uow, agreed.id)

        assert (closed.status, closed.ended_on) == (PlanStatus.CLOSED, TODAY)
        with pytest.raises(Conflict):
            service.close(uow, agreed.id)


class TestGoals:
    @pytest.mark.parametrize(
        ("facts", "faulty"),
        [
            ({"domain": "NONE"}, {"domain"}),
            ({"baseline": 0}, {"baseline"}),
            ({"target": 6}, {"target"}),
            ({"wording": " "}, {"wording"}),
        ],
    )
    def test_a_goal_is_checked(self, uow, household, facts, faulty):
        with pytest.raises(Invalid) as invalid:
            a_goal(uow, a_plan(uow, household), **facts)

        assert invalid.value.errors.keys() == faulty

    def test_a_goal_is_of_somebody_at_home(self, uow, household):
        with pytest.raises(Invalid):
            a_goal(uow, a_plan(uow, household), person_id=household.id)

    def test_a_change_is_checked_too(self, uow, household):
        goal = a_goal(uow, a_plan(uow, household))

        with pytest.raises(Invalid):
            service.change_goal(uow, goal.id, ChangeGoal(target=9))

    @pytest.mark.parametrize(
        ("facts", "restricted"),
        [
            ({"domain": "EDU"}, False),
            ({"domain": "HEA"}, True),
            ({"domain": "HEA", "restricted": False}, False),
            ({"domain": "EDU", "restricted": True}, True),
        ],
    )
    def test_goals_of_health_are_kept_from_sponsors_unless_said(
        self, uow, household, facts, restricted
    ):
        assert a_goal(uow, a_plan(uow, household), **facts).restricted is restricted

    def test_what_the_family_says_waits_for_the_next_version(self, uow, household):
        worker = uow.actor
        uow.actor = speaking(uow, household)
        said = service.say_goal(uow, household.id, SayGoal(own_words=DARI))

        assert (said.plan_id, said.by_family, said.restricted) == (None, True, True)
        assert said.person_id == uow.actor.person_id
        assert said.own_language == household.primary_language
        uow.actor = worker
        with pytest.raises(Conflict, match="next version"):
            service.change_goal(uow, said.id, ChangeGoal(wording="Learn to drive"))
        with pytest.raises(Conflict, match="next version"):
            a_step(uow, said)
        plan = a_plan(uow, household)
        assert said.plan_id == plan.id
        with pytest.raises(Conflict, match="Goal 1 lacks the staff wording"):
            agree(uow, plan)

    def test_in_a_version_in_the_making_it_stands_at_once(self, uow, household):
        plan = a_plan(uow, household)
        uow.actor = speaking(uow, household)

        said = service.say_goal(uow, household.id, SayGoal(own_words=DARI, of_all=True))

        assert (said.plan_id, said.person_id) == (plan.id, None)
        with pytest.raises(Invalid):
            service.say_goal(uow, household.id, SayGoal(own_words=DARI, domain="NONE"))

    def test_a_step_is_not_done_tomorrow(self, uow, agreed):
        (goal,) = queries.goals(uow, agreed.id)
        tomorrow = ChangeStep(status=StepStatus.DONE, done_on=TODAY + timedelta(days=1))

        with pytest.raises(Invalid):
            service.change_step(uow, goal.steps[0].id, tomorrow)


def speaking(uow, household):
    """Let an adult of the household sign in."""
    uow.actor = SYSTEM
    query = uow.select(HouseholdMember).where(HouseholdMember.household_id == household.id)
    member = uow.first(query.where(HouseholdMember.relationship_code == "PA"))
    return a_person_signed_in(uow, member.person)


class TestAgreement:
    def test_it_answers_for_the_fact_of_the_case_and_meets_the_milestone(self, uow, household):
        case = a_quota_case(uow, household)
        plan = a_plan(uow, household)
        a_goal(uow, plan)

        assert not cases.facts(uow, case, {Fact.PLAN_AGREED})
        agree(uow, plan)

        assert cases.facts(uow, case, {Fact.PLAN_AGREED})
        met = rev(uow, household, "REV-01")
        assert (met.status, met.met_on, met.evidence) == (Status.MET, TODAY, "Plan, version 1")
        found = queries.sheet(uow, plan.id)
        assert {a.person_id for a in found.agreements} == {*queries.adults(uow, household.id)}

    def test_nobody_agrees_to_nothing(self, uow, household):
        with pytest.raises(Conflict, match="no goal"):
            agree(uow, a_plan(uow, household))

    def test_a_child_does_not_agree(self, uow, household):
        plan = a_plan(uow, household)
        a_goal(uow, plan)

        with pytest.raises(Invalid):
            agree(uow, plan, person_ids=[household.id])

    def test_late_takes_a_reason(self, uow, household):
        rev(uow, household, "REV-01").due_on = TODAY - timedelta(days=5)
        plan = a_plan(uow, household)
        a_goal(uow, plan)

        with pytest.raises(Invalid) as invalid:
            agree(uow, plan)

        assert invalid.value.errors.keys() == {"reason"}


class TestReviews:
    def test_it_meets_its_milestone_with_the_scores(self, uow, household, agreed):
        (goal,) = queries.goals(uow, agreed.id)
        milestone = rev(uow, household, "REV-02")
        scores = [Score(thread_id=goal.thread_id, score=3), Score(domain="HOU", score=5)]

        review = reviews.hold(
            uow,
            agreed.id,
            HoldReview(held_on=TODAY, milestone_id=milestone.id, scores=scores, reason="Not late"),
        )

        assert (milestone.status, milestone.met_on, milestone.reason) == (Status.MET, TODAY, None)
        rated = uow.all(uow.select(Rating).where(Rating.review_id == review.id))
        assert {(r.domain, r.score, r.by) for r in rated} == {
            ("EDU", 3, RatedBy.STAFF),
            ("HOU", 5, RatedBy.STAFF),
        }
        with pytest.raises(Invalid):
            reviews.hold(uow, agreed.id, HoldReview(held_on=TODAY, milestone_id=goal.id))

    @pytest.mark.parametrize("days", [-1, 1])
    def test_it_is_held_between_the_agreement_and_today(self, uow, agreed, days):
        with pytest.raises(Invalid):
            reviews.hold(uow, agreed.id, HoldReview(held_on=TODAY + timedelta(days=days)))

    def test_a_draft_is_not_reviewed(self, uow, household):
        with pytest.raises(Conflict):
            reviews.hold(uow, a_plan(uow, household).id, HoldReview(held_on=TODAY))

    @pytest.mark.parametrize(
        "score",
        [Score(score=9, domain="EDU"), Score(score=3), Score(score=3, domain="NONE")],
    )
    def test_a_score_is_of_something_and_on_the_scale(self, uow, agreed, score):
        with pytest.raises(Invalid):
            reviews.hold(uow, agreed.id, HoldReview(held_on=TODAY, scores=[score]))

    def test_the_family_rates_for_itself(self, uow, household, agreed):
        (goal,) = queries.goals(uow, agreed.id)
        uow.actor = speaking(uow, household)
        score = Score(thread_id=goal.thread_id, score=4, comment="صنف خوب است")

        (rating,) = reviews.rate_as_family(uow, household.id, GiveRatings(scores=[score]))

        assert (rating.by, rating.score, rating.comment_language) == (RatedBy.FAMILY, 4, "prs")
        assert rating.recorded_by == uow.actor.user_id

    @pytest.mark.parametrize(
        "given",
        [
            GiveRatings(scores=[]),
            GiveRatings(scores=[Score(domain="EDU", score=1)], rated_on=TODAY + timedelta(days=1)),
        ],
    )
    def test_it_rates_something_that_was(self, uow, household, given):
        with pytest.raises(Invalid):
            reviews.rate_as_family(uow, household.id, given)


def tasks_of(uow, plan):
    return uow.all(uow.select(Task).where(Task.source_id == plan.id))


class TestExit:
    def test_it_begins_by_itself_two_months_before_and_once(self, uow, household, agreed):
        household.support_end_on = date(2026, 5, 3)
        assert exits.begin_if_due(uow, household) is None
        household.support_end_on = date(2026, 5, 2)
        worker = uow.actor

        uow.actor = SYSTEM
        begin_exits(uow, {})
        begin_exits(uow, {})
        uow.actor = worker

        plan = queries.in_state(uow, household.id, PlanKind.EXIT, PlanStatus.DRAFT)
        (task,) = tasks_of(uow, plan)
        (goal,) = queries.goals(uow, plan.id)
        assert uow.count(SupportPlan, SupportPlan.kind == PlanKind.EXIT) == 1
        assert (task.due_on, task.assignee_id) == (date(2026, 3, 16), worker.user_id)
        assert (goal.own_words, len(goal.steps)) == (DARI, 1)

    def test_the_group_gets_its_tasks_three_months_before_and_they_move_with_the_end(
        self, uow, household, agreed
    ):
        group = a_group(uow, status="ACTIVE")
        a_match(uow, group, household, status=SponsorshipStatus.CONFIRMED)
        household.support_end_on = date(2026, 6, 2)
        uow.actor = SYSTEM

        begin_exits(uow, {})
        begin_exits(uow, {})

        plan = queries.in_state(uow, household.id, PlanKind.EXIT, PlanStatus.DRAFT)
        tasks = sorted((t for t in tasks_of(uow, plan) if t.group_id), key=lambda t: t.due_on)
        assert {task.group_id for task in tasks} == {group.id}
        days = [(task.due_on - household.support_end_on).days for task in tasks]
        assert days == [-75, -60, -30, -7]
        assert "who takes it over" in tasks[0].title
        assert "final report" in tasks[3].title
        tasks[0].status, tasks[1].title = TaskStatus.DONE, "Another title"
        household.support_end_on = date(2026, 7, 2)
        exits.follow_end(uow, household)

        assert [str(task.due_on) for task in tasks] == [
            "2026-03-19", "2026-04-03", "2026-06-02", "2026-06-25",
        ]  # fmt: skip

    def test_who_has_left_gets_none(self, uow, household):
        household.support_end_on, household.exited_on = TODAY, TODAY

        assert exits.begin_if_due(uow, household) is None

    def test_a_household_without_an_end_gets_none(self, uow, household):
        household.support_end_on = None

        assert exits.begin_if_due(uow, household) is None
        exits.follow_end(uow, household)

    def test_its_task_moves_with_the_end(self, uow, household):
        household.support_end_on = date(2026, 3, 20)
        plan = exits.begin_if_due(uow, household)
        (task,) = tasks_of(uow, plan)
        household.support_end_on = date(2026, 3, 5)

        watch_end(uow, HouseholdPlaced(household.id, PLACED))

        assert task.due_on == date(2026, 3, 5)
        household.support_end_on = date(2026, 9, 1)
        exits.follow_end(uow, household)
        assert task.due_on == date(2026, 7, 15)

    def test_moving_the_day_of_moving_in_sets_it_off(self, uow, household):
        household.support_end_on = date(2028, 2, 2)
        household.arrived_on = date(2024, 1, 1)

        move_anchor(uow, household.id, MoveAnchor("placed", date(2024, 3, 10)))
        uow.session.flush()
        uow.settle()

        assert household.support_end_on == date(2026, 3, 10)
        assert queries.in_state(uow, household.id, PlanKind.EXIT, PlanStatus.DRAFT) is not None

    def test_the_night_looks_again_the_night_after(self, uow):
        begin_exits(uow, {})

        (job,) = uow.session.scalars(select(Job).where(Job.name == EXITS))
        assert job.key == "plans:exits:2026-03-03"

    def test_it_is_agreed_with_what_is_handed_over(self, uow, household):
        case = a_quota_case(uow, household)
        plan = a_plan(uow, household, PlanKind.EXIT)
        with pytest.raises(Conflict, match="who takes over"):
            agree(uow, plan)
        line = exits.add_handover(uow, plan.id, AddHandover(support="Rides to the doctor"))
        assert queries.sheet(uow, plan.id).open_needs == 1
        exits.change_handover(uow, line.id, ChangeHandover(taken_by="The family itself"))
        uow.session.flush()

        assert not cases.facts(uow, case, {Fact.EXIT_PLAN})
        agree(uow, plan)

        assert cases.facts(uow, case, {Fact.EXIT_PLAN})
        assert rev(uow, household, "REV-06").status is Status.MET
        with pytest.raises(Conflict):
            exits.add_handover(uow, plan.id, AddHandover(support="Letters"))

    def test_a_settlement_plan_hands_nothing_over(self, uow, household):
        with pytest.raises(Conflict):
            exits.add_handover(uow, a_plan(uow, household).id, AddHandover(support="Letters"))


class TestReferrals:
    def test_it_has_an_outcome(self, uow, household):
        sent = exits.refer(uow, household.id, Refer(target="P2E", referred_on=PLACED))

        told = exits.tell_outcome(
            uow,
            sent.id,
            TellOutcome(status=ReferralStatus.DONE, outcome_on=TODAY, outcome="A first job"),
        )

        assert (told.status, told.outcome_on) == (ReferralStatus.DONE, TODAY)
        assert told.outcome == "A first job"

    @pytest.mark.parametrize(
        ("facts", "faulty"),
        [
            ({"target": "CIRCUS"}, {"target"}),
            ({"referred_on": date(2026, 3, 3)}, {"referred_on"}),
            ({"person_id": NOBODY}, {"person_id"}),
        ],
    )
    def test_it_is_checked(self, uow, household, facts, faulty):
        usual = {"target": "GP", "referred_on": TODAY}

        with pytest.raises(Invalid) as invalid:
            exits.refer(uow, household.id, Refer(**usual | facts))

        assert invalid.value.errors.keys() == faulty

    @pytest.mark.parametrize(
        ("status", "outcome_on"),
        [
            (ReferralStatus.DONE, date(2026, 2, 1)),
            (ReferralStatus.DONE, date(2026, 3, 3)),
            (ReferralStatus.SENT, TODAY),
        ],
    )
    def test_an_outcome_is_after_it_and_is_one(self, uow, household, status, outcome_on):
        sent = exits.refer(uow, household.id, Refer(target="GP", referred_on=PLACED))

        with pytest.raises(Invalid):
            exits.tell_outcome(uow, sent.id, TellOutcome(status=status, outcome_on=outcome_on))
