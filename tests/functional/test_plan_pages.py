"""Plans on their pages: worked out, agreed, reviewed, let go; and what each reader is shown."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.households.models import HouseholdMember
from resettle.milestones.planning import bring_in_line
from resettle.plans.models import (
    GoalStatus,
    Handover,
    Owner,
    PlanGoal,
    PlanStatus,
    PlanStep,
    Rating,
    Referral,
    StepStatus,
    SupportPlan,
)
from tests.functional.keys import with_keys
from tests.journeys import QUOTA, a_family
from tests.world import a_caseworker, a_consent, a_person_signed_in, a_sponsor_of

TODAY = date(2026, 3, 2)
DARI = "می‌خواهم انگلیسی یاد بگیرم"


@pytest.fixture
def scene(transactions):
    """Give a placed quota family, its caseworker, one of its adults, and a sponsor of it."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_family(uow, **QUOTA, joined_on=date(2025, 7, 1))
        household.arrived_on, household.placed_on = date(2025, 12, 1), date(2026, 1, 5)
        household.support_end_on = date(2028, 1, 5)
        bring_in_line(uow, household)
        query = uow.select(HouseholdMember).where(HouseholdMember.household_id == household.id)
        adult = uow.first(query.where(HouseholdMember.relationship_code == "PA")).person
        sponsor = a_sponsor_of(uow, household)
        a_consent(uow, household, adult, Item.NAME, seq=1)
        worker = a_caseworker(uow, household)
        family = a_person_signed_in(uow, adult)
    return household, worker, family, sponsor, adult


@pytest.fixture
def worker(client_of, scene):
    return client_of(scene[1])


def send(client, path, **form):
    return client.post(path, data={"form_key": uuid4().hex, **form})


@pytest.fixture
def agreed(worker, scene, connection):
    """Work a plan out on the pages until it is agreed."""
    household, *_, adult = scene
    send(worker, f"/households/{household.id}/plan/beginning", kind="settlement")
    plan_id = connection.execute(select(SupportPlan.id)).scalar_one()
    answers = [
        send(
            worker,
            f"/plans/{plan_id}/goals/new",
            domain="EDU",
            own_words=DARI,
            own_language="prs",
            wording="Speak English",
            baseline="2",
            target="4",
        ),
        send(
            worker,
            f"/plans/{plan_id}/goals/new",
            domain="HEA",
            wording="Sleep at night",
            baseline="1",
            target="4",
        ),
    ]
    goal_id = connection.execute(select(PlanGoal.id).where(PlanGoal.own_words == DARI)).scalar_one()
    answers.append(
        send(
            worker,
            f"/goals/{goal_id}/steps/new",
            text="Join the class",
            owner="family",
            lead="together",
            due_on="2026-02-20",
        )
    )
    answers.append(
        send(
            worker,
            f"/plans/{plan_id}/agreement",
            agreed_on=TODAY.isoformat(),
            person_ids=str(adult.id),
            reason="The family was ill",
        )
    )
    assert [answer.status_code for answer in answers] == [303] * 4
    return plan_id, goal_id


class TestOwnSteps:
    def done(self, client, step_id, **form):
        return send(client, f"/steps/{step_id}/progress", **{"done": "true", **form})

    def test_the_family_says_that_its_step_is_done_and_takes_it_back(
        self, client_of, scene, agreed, connection
    ):
        family = client_of(scene[2])
        step_id = connection.execute(select(PlanStep.id)).scalar_one()
        assert f'action="/steps/{step_id}/progress"' in family.get("/my-household/plan").text

        assert family.get(self.done(family, step_id).location).status_code == 200
        worker = client_of(scene[1]).get(f"/households/{scene[0].id}/plan").text
        assert "1 of 1 steps due so far are done; 1 in all." in worker
        self.done(family, step_id, done="false")

        assert connection.execute(select(PlanStep.done_on)).scalar_one() is None

    def test_a_sponsor_does_so_for_steps_of_the_group_and_for_no_others(
        self, client_of, scene, agreed, connection
    ):
        sponsor, family = client_of(scene[3]), client_of(scene[2])
        step_id = connection.execute(select(PlanStep.id)).scalar_one()
        assert self.done(sponsor, step_id).status_code == 403

        connection.execute(update(PlanStep).values(owner=Owner.SPONSOR))
        sheet = sponsor.get(f"/plans/{agreed[0]}/sheet").text
        assert f'action="/steps/{step_id}/progress"' in sheet
        assert self.done(sponsor, step_id).location == f"/plans/{agreed[0]}/sheet"
        assert self.done(family, step_id).status_code == 403

        assert connection.execute(select(PlanStep.done_on)).scalar_one() == TODAY

    def test_over_json_with_a_day_that_has_come(self, client_of, scene, agreed, connection):
        step_id = connection.execute(select(PlanStep.id)).scalar_one()
        family, path = with_keys(client_of(scene[2])), f"/api/steps/{step_id}/progress"

        told = family.post(path, json={"done": True, "done_on": "2026-03-01"})
        assert (told.status_code, told.json["done_on"]) == (200, "2026-03-01")
        tomorrow = family.post(path, json={"done": True, "done_on": "2026-03-03"})
        assert tomorrow.json["errors"].keys() == {"done_on"}

    @pytest.mark.parametrize(
        "change",
        [
            update(PlanStep).values(status=StepStatus.DROPPED),
            update(SupportPlan).values(status=PlanStatus.CLOSED),
        ],
        ids=["dropped", "closed"],
    )
    def test_what_is_not_worked_on_stays_as_it_is(
        self, client_of, scene, agreed, connection, change
    ):
        step_id = connection.execute(select(PlanStep.id)).scalar_one()
        connection.execute(change)

        answer = with_keys(client_of(scene[2])).post(
            f"/api/steps/{step_id}/progress", json={"done": True}
        )

        assert answer.status_code == 409


class TestTheFile:
    def test_an_empty_plan_offers_to_begin(self, worker, scene):
        page = worker.get(f"/households/{scene[0].id}/plan").text

        assert "No plan has been made with this household yet." in page
        assert "Begin the plan" in page

    def test_words_are_marked_by_language_and_direction(self, worker, scene, agreed):
        page = worker.get(f"/households/{scene[0].id}/plan").text

        assert f'<blockquote class="said" lang="fa-AF" dir="rtl">{DARI}</blockquote>' in page
        assert "0 of 1 steps due so far are done; 1 in all." in page
        assert "0 of 2 goals are reached." in page
        assert "10 days late" in page

    def test_every_form_is_shown(self, worker, scene, agreed, connection):
        household, plan_id, goal_id = scene[0], *agreed
        send(worker, f"/households/{household.id}/plan/beginning", kind="exit")
        leaving = connection.execute(
            select(SupportPlan.id).where(SupportPlan.status == PlanStatus.DRAFT)
        ).scalar_one()
        draft_goal = (
            connection.execute(select(PlanGoal.id).where(PlanGoal.plan_id == leaving))
            .scalars()
            .first()
        )
        send(worker, f"/plans/{leaving}/handovers/new", support="Rides to the doctor")
        line_id = connection.execute(select(Handover.id)).scalar_one()
        send(
            worker,
            f"/households/{household.id}/referrals/new",
            target="GP",
            referred_on=TODAY.isoformat(),
        )
        referral_id = connection.execute(select(Referral.id)).scalar_one()
        for path, words in {
            f"/households/{household.id}/plan": "Open need: nobody yet",
            f"/plans/{leaving}/goals/new": "In the family’s own words",
            f"/goals/{goal_id}/change": "What became of it",
            f"/goals/{draft_goal}/change": "In the words of the staff",
            f"/goals/{draft_goal}/steps/new": "Who leads",
            f"/plans/{plan_id}/agreement": "Who agreed",
            f"/plans/{plan_id}/review": "Which review of the programme",
            f"/households/{household.id}/family-rating": "How the family sees it",
            f"/plans/{leaving}/handovers/new": "Who takes it over",
            f"/handovers/{line_id}/change": "Rides to the doctor",
            f"/households/{household.id}/referrals/new": "Family tracing",
            f"/referrals/{referral_id}/outcome": "What came of it",
            f"/plans/{plan_id}/sheet": "Signature of the family",
            f"/plans/{leaving}/sheet": "1 of 1 are open needs.",
        }.items():
            answer = worker.get(path)
            assert (answer.status_code, words in answer.text) == (200, True), path

    def test_what_became_of_it_is_said(self, worker, agreed, connection):
        _, goal_id = agreed
        step_id = connection.execute(select(PlanStep.id)).scalar_one()
        send(worker, f"/steps/{step_id}/done")
        send(worker, f"/goals/{goal_id}/change", status="reached")
        done = connection.execute(select(PlanStep.done_on)).scalar_one()
        reached = connection.execute(
            select(PlanGoal.status).where(PlanGoal.id == goal_id)
        ).scalar_one()
        send(worker, f"/steps/{step_id}/done")

        assert (done, reached) == (TODAY, GoalStatus.REACHED)
        assert connection.execute(select(PlanStep.done_on)).scalar_one() is None

    def test_the_family_signs_for_what_is_handed_over(self, worker, scene, connection):
        household, *_, adult = scene
        send(worker, f"/households/{household.id}/plan/beginning", kind="exit")
        plan_id = connection.execute(select(SupportPlan.id)).scalar_one()
        signed = {"agreed_on": TODAY.isoformat(), "person_ids": str(adult.id)}
        early = send(worker, f"/plans/{plan_id}/agreement", **signed)
        send(worker, f"/plans/{plan_id}/handovers/new", support="Rides")
        line_id = connection.execute(select(Handover.id)).scalar_one()
        send(worker, f"/handovers/{line_id}/change", taken_by="The family itself")
        send(worker, f"/plans/{plan_id}/agreement", **signed)
        send(
            worker,
            f"/households/{household.id}/referrals/new",
            target="P2E",
            referred_on=TODAY.isoformat(),
        )
        referral_id = connection.execute(select(Referral.id)).scalar_one()
        outcome = {"status": "taken_up", "outcome_on": TODAY.isoformat(), "outcome": "Began"}
        send(worker, f"/referrals/{referral_id}/outcome", **outcome)

        page = worker.get(f"/households/{household.id}/plan").text
        assert early.status_code == 422
        assert "Say who takes over which support." in early.text
        assert "Signed on Mon 2 Mar 2026." in page
        assert "The family itself" in page
        assert ("Pathways to Employment" in page, "Began" in page) == (True, True)


class TestRatings:
    def test_the_picture_has_both_sides_and_its_table(self, worker, scene, agreed, connection):
        household, plan_id = scene[0], agreed[0]
        thread = connection.execute(
            select(PlanGoal.thread_id).where(PlanGoal.own_words == DARI)
        ).scalar_one()
        rated = {"on": TODAY.isoformat(), f"score-{thread}": "3", "score-HOU": "5"}
        send(worker, f"/plans/{plan_id}/review", **rated)
        said = {f"score-{thread}": "4", f"comment-{thread}": "صنف خوب است"}
        send(worker, f"/households/{household.id}/family-rating", on=TODAY.isoformat(), **said)

        page = worker.get(f"/households/{household.id}/plan").text

        assert page.count('<figure class="chart">') == 2
        assert "3 – Needs some help" in page
        assert "4 – Manages with reminders" in page
        assert "صنف خوب است" in page
        assert {r.score for r in connection.execute(select(Rating.score))} == {3, 4, 5}

    @pytest.mark.parametrize(
        "typed",
        [{"score-EDU": "x"}, {"score-EDU": "99"}, {"other": "1"}, {"score-EDU": "9"}, {}],
    )
    def test_what_is_no_rating_is_refused_and_kept(self, worker, scene, typed):
        path = f"/households/{scene[0].id}/family-rating"

        answer = send(worker, path, on=TODAY.isoformat(), **typed)

        assert answer.status_code == 422


class TestOthers:
    def test_the_family_writes_its_goal_and_reads_its_plan(
        self, client_of, worker, scene, agreed, connection
    ):
        household, _, family, *_ = scene
        client = client_of(family)

        written = send(client, "/my-household/goals/new", own_words="کار می‌خواهم", of_all="true")
        rated = send(
            client,
            f"/households/{household.id}/family-rating",
            on=TODAY.isoformat(),
            **{"score-EDU": "2"},
        )
        page = client.get("/my-household/plan").text

        assert (written.status_code, rated.location) == (303, "/my-household/plan")
        for words in (DARI, "Speak English", "Sleep at night", "کار می‌خواهم", "Needs a lot"):
            assert words in page
        assert "The family has written down" in worker.get(f"/households/{household.id}/plan").text
        for path in ("/my-household/goals/new", f"/households/{household.id}/family-rating"):
            assert client.get(path).status_code == 200

    def test_who_belongs_to_no_household_has_no_plan(self, client_of, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_family(uow)
            query = uow.select(HouseholdMember).where(HouseholdMember.household_id == household.id)
            member = uow.first(query)
            actor = a_person_signed_in(uow, member.person)
            member.left_on = TODAY - timedelta(days=3)
        client = client_of(actor)

        assert "belongs to no household" in client.get("/my-household/plan").text
        assert client.get("/my-household/goals/new").status_code == 404

    def test_a_sponsor_reads_what_is_shared_alone(self, client_of, scene, agreed):
        household, _, _, sponsor, _ = scene
        client = client_of(sponsor)

        page = client.get(f"/plans/{agreed[0]}/sheet").text
        assert f"/plans/{agreed[0]}/sheet" in client.get("/our-household").text
        listed = client.get(f"/api/households/{household.id}/goals").json["items"]

        assert "Speak English" in page
        assert "Sleep at night" not in page
        assert "0 of 1 goals are reached." in page
        assert [goal["wording"] for goal in listed] == ["Speak English"]
        assert client.get(f"/api/households/{household.id}/ratings").status_code == 403

    def test_a_sponsor_knows_of_no_version_in_the_making(
        self, client_of, worker, scene, agreed, connection
    ):
        household, _, _, sponsor, _ = scene
        send(worker, f"/households/{household.id}/plan/beginning", kind="settlement")
        draft = connection.execute(
            select(SupportPlan.id).where(SupportPlan.status == PlanStatus.DRAFT)
        ).scalar_one()
        client = client_of(sponsor)

        plans = client.get(f"/api/households/{household.id}/plans").json["items"]

        assert [plan["status"] for plan in plans] == ["active"]
        assert client.get(f"/api/plans/{draft}").status_code == 404

    def test_titles_carry_no_name(self, worker, scene, agreed):
        page = worker.get(f"/plans/{agreed[0]}/sheet").text

        assert re.search(r"<title>([^<]+)</title>", page)[1].startswith(scene[0].reference)
