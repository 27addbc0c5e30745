"""Scenario 20: in month 8 the group cannot go on; the family's visas are what they were."""

from datetime import date

from resettle.core.actor import SYSTEM
from resettle.evaluation.definition import Evaluation
from resettle.evaluation.outcomes import MET, breakdowns
from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

ARRIVAL, BREAKDOWN = date(2023, 9, 4), date(2024, 5, 6)
FAMILY = (("Samir", "PA", "M", date(1988, 4, 2)), ("Rana", "WIF", "F", date(1991, 8, 19)))
PLAN = "Plan safety and continuity: who supports the household now"
SEARCH = "Search for a new sponsor group"


def tasks(journey):
    """Give the day of each task that a breakdown leaves."""
    found = journey.worker.items(f"{journey.home}/tasks?limit=200")
    return [(t["title"], t["due_on"]) for t in found if t["title"] in {PLAN, SEARCH}]


def a_supported_journey(office, group):
    journey = a_nominated_journey(office, group, *FAMILY)
    journey.go(*NOMINATED_WAY, *APPROVED_WAY)
    journey.is_confirmed()
    office.on(ARRIVAL)
    journey.arrives()
    for adult in journey.adults():
        journey.shares(adult, "name")
    return journey


class TestBreakdown:
    def test_it(self, office):
        office.on(date(2023, 3, 6))
        group = a_ready_group(office)
        journey = a_supported_journey(office, group)
        office.on(BREAKDOWN)
        match = journey.sponsorship()
        before = group.coordinator.asks("GET", journey.home).status_code
        task = self.the_group_has_a_visit_and_a_task_before_it(journey, group)

        self.that_no_visa_changes_is_said_on_the_screen(journey, match)
        office.leader.post(f"/api/sponsorships/{match['id']}/suspension", reason="They fell out")
        held = tasks(journey)
        journey.worker.post(
            f"/api/sponsorships/{match['id']}/end",
            ending_kind="BREAKDOWN",
            reasons=["RELATIONSHIP"],
            ended_on=BREAKDOWN,
        )

        assert before == 200
        assert held == [(PLAN, "2024-05-07")]
        self.the_plan_is_due_in_a_day_and_a_new_group_is_searched_for(journey)
        self.the_old_group_sees_nothing_any_more(journey, group)
        self.its_visit_is_called_off_and_its_task_comes_back(journey, task)
        self.it_counts_once(office, journey)
        self.another_group_can_be_proposed(journey)

    def the_group_has_a_visit_and_a_task_before_it(self, journey, group):
        group.coordinator.post(
            f"{journey.home}/roster",
            kind="visit",
            starts_at="2024-05-08T10:00:00+12:00",
            ends_at="2024-05-08T11:00:00+12:00",
        )
        task = journey.worker.post(
            f"{journey.home}/tasks", title="To the market by bus", category="transport",
            due_on=date(2024, 5, 10),
        )  # fmt: skip
        journey.worker.post(f"/api/tasks/{task['id']}/group")
        return task["id"]

    def its_visit_is_called_off_and_its_task_comes_back(self, journey, task):
        (shift,) = journey.worker.items(f"{journey.home}/roster")
        queue = journey.worker.items("/api/queue?source=task")

        assert shift["status"] == "cancelled"
        assert journey.worker.get(f"/api/tasks/{task}")["group_id"] is None
        assert "To the market by bus" in {line["title"] for line in queue}

    def that_no_visa_changes_is_said_on_the_screen(self, journey, match):
        page = journey.worker.asks("GET", f"/sponsorships/{match['id']}/end").text

        assert "This changes nothing about anybody’s visa" in page

    def the_plan_is_due_in_a_day_and_a_new_group_is_searched_for(self, journey):
        assert sorted(tasks(journey)) == [(PLAN, "2024-05-07"), (SEARCH, "2024-05-20")]

    def the_old_group_sees_nothing_any_more(self, journey, group):
        for path in ("", "/members", "/milestones"):
            assert group.coordinator.asks("GET", journey.home + path).status_code == 404

    def it_counts_once(self, office, journey):
        """Count it within: a figure of so few is shown to nobody."""
        with office.app.extensions["transactions"].begin(SYSTEM, "look", read_only=True) as uow:
            definition = uow.use(Evaluation).indicators["IND-BREAK-24"]
            counted = [each.outcome for each in breakdowns(uow, definition, office.today)]
        ended = [each["ended_on"] for each in journey.worker.items(f"{journey.home}/sponsorships")]

        assert counted == [MET]
        assert ended == ["2024-05-06"]

    def another_group_can_be_proposed(self, journey):
        new = a_ready_group(journey.office, "Ōtautahi Welcome")
        answer = journey.worker.tries(
            f"{journey.home}/sponsorships", group_id=new.id, route="NOMINATED"
        )

        assert answer.status_code == 201
