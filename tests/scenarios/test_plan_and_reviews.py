"""A plan in the family's own words: agreed, reviewed by staff and family, and let go in time."""

from datetime import date, timedelta

from tests.scenarios.journeys import a_quota_journey

ARRIVED, PLACED = date(2025, 1, 20), date(2025, 2, 24)
FAMILY = (
    ("Zahra", "PA", "F", date(1990, 5, 17)),
    ("Omid", "SON", "M", date(2012, 2, 1)),
)
DARI = "می‌خواهم انگلیسی یاد بگیرم"
DELAYED = "The interpreter was ill, and no other was free"


def settled(office):
    office.on(date(2024, 10, 1))
    journey = a_quota_journey(office, *FAMILY)
    office.on(ARRIVED)
    journey.arrives()
    office.on(PLACED)
    journey.moves_in()
    return journey


def a_plan(journey):
    """Work out a plan with one goal and one step, and have it agreed."""
    worker = journey.worker
    plan = worker.post(f"{journey.home}/plans", kind="settlement", language="prs")
    goal = worker.post(
        f"/api/plans/{plan['id']}/goals",
        domain="EDU",
        own_words=DARI,
        own_language="prs",
        wording="Speak English at work",
        baseline=2,
        target=4,
    )
    due_on = journey.office.today + timedelta(days=30)
    path = f"/api/goals/{goal['id']}/steps"
    worker.post(path, text="Join the class", due_on=due_on, owner="family", lead="together")
    agreement = {"agreed_on": journey.office.today, "person_ids": journey.adults()}
    worker.post(f"/api/plans/{plan['id']}/agreement", **agreement)
    return plan["id"], goal["thread_id"]


class TestThePlanIsAgreedAndReviewed:
    def test_it(self, office):
        journey = settled(office)
        office.on(PLACED + timedelta(days=20))
        plan, thread = a_plan(journey)
        assert journey.milestone("REV-01")["state"] == "met"

        office.on(PLACED + timedelta(days=42))
        first = self.reviewed(journey, plan, thread, "REV-02", 3)
        office.on(PLACED + timedelta(days=190))
        late = self.tries(journey, plan, "REV-03")
        second = self.reviewed(journey, plan, thread, "REV-03", 4, reason=DELAYED)
        scores = [{"thread_id": thread, "score": 3, "comment": "صنف خوب است"}]
        journey.worker.post(f"{journey.home}/ratings", scores=scores)

        assert (first["state"], second["state"]) == ("met", "met_late")
        assert second["reason"] == DELAYED
        assert late.status_code == 422
        assert late.json["errors"].keys() == {"reason"}
        self.the_picture_is_in_the_file(journey, thread)

    def tries(self, journey, plan, code):
        milestone = journey.milestone(code)["id"]
        today = journey.office.today
        path = f"/api/plans/{plan}/reviews"
        return journey.worker.tries(path, held_on=today, milestone_id=milestone)

    def reviewed(self, journey, plan, thread, code, score, **said):
        milestone = journey.milestone(code)["id"]
        journey.worker.post(
            f"/api/plans/{plan}/reviews",
            held_on=journey.office.today,
            milestone_id=milestone,
            scores=[{"thread_id": thread, "score": score}],
            **said,
        )
        return journey.milestone(code)

    def the_picture_is_in_the_file(self, journey, thread):
        rated = journey.worker.items(f"{journey.home}/ratings")
        by_side = [(r["by"], r["score"]) for r in rated if r["thread_id"] == thread]

        assert by_side[0] == ("staff", 3)
        assert {*by_side[1:]} == {("staff", 4), ("family", 3)}


class TestTheExitPlanBeginsByItself:
    def test_it(self, office):
        journey = settled(office)
        office.on(PLACED + timedelta(days=20))
        a_plan(journey)
        ends_on = date.fromisoformat(journey.worker.get(journey.home)["support_end_on"])

        office.on(ends_on - timedelta(days=70))
        office.works_off_jobs()
        early = journey.worker.items(f"{journey.home}/plans?kind=exit")
        office.on(ends_on - timedelta(days=58))
        office.works_off_jobs()
        office.works_off_jobs()

        (plan,) = journey.worker.items(f"{journey.home}/plans?kind=exit")
        (task,) = [
            t for t in journey.worker.items(f"{journey.home}/tasks") if t["created_from"] == "plan"
        ]
        (goal,) = journey.worker.get(f"/api/plans/{plan['id']}")["goals"]
        assert early == []
        assert plan["status"] == "draft"
        assert task["assignee_id"] == journey.worker.id
        assert (goal["own_words"], goal["target"]) == (DARI, 4)
