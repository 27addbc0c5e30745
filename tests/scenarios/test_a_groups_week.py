"""A week of a sponsor group, over HTTP alone: planned, passed on, done, told, read."""

from datetime import date, time

from resettle.core.actor import Role
from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

MONDAY, TUESDAY, WEDNESDAY = date(2023, 9, 11), date(2023, 9, 12), date(2023, 9, 13)
FAMILY = (("Samir", "PA", "M", date(1988, 4, 2)), ("Rana", "WIF", "F", date(1991, 8, 19)))


def a_supported_family(office):
    office.on(date(2023, 3, 6))
    group = a_ready_group(office)
    journey = a_nominated_journey(office, group, *FAMILY)
    journey.go(*NOMINATED_WAY, *APPROVED_WAY)
    journey.is_confirmed()
    office.on(date(2023, 9, 4))
    journey.arrives()
    for adult in journey.adults():
        journey.shares(adult, "name")
    return group, journey


def members(group):
    return {m["name"]: m["id"] for m in group.coordinator.items(f"{group.path}/members")}


class TestAGroupsWeek:
    def test_it(self, office):
        group, journey = a_supported_family(office)
        tom = office.somebody(Role.SPONSOR_MEMBER, name="Tom Fraser")
        group.joined_by(tom, "Tom Fraser", "befriender")
        office.on(MONDAY)

        visit = self.on_monday_a_visit_is_planned_and_passed_on(group, journey, tom)
        self.what_caseworkers_keep_to_themselves_is_not_in_it(journey, tom)
        office.on(TUESDAY)
        task = self.on_tuesday_a_task_is_handed_over_and_done_together(journey, tom)
        office.on(WEDNESDAY, at=time(10, 0))
        self.on_wednesday_the_visit_takes_place(office, journey, group, visit)
        self.the_caseworker_hears_of_it_in_ten_seconds(journey, group)
        self.the_hours_and_the_trend_are_there_for_the_report(journey, task)

    def on_monday_a_visit_is_planned_and_passed_on(self, group, journey, tom):
        shift = group.coordinator.post(
            f"{journey.home}/roster",
            kind="visit",
            starts_at="2023-09-13T10:00:00+12:00",
            ends_at="2023-09-13T11:30:00+12:00",
            member_id=members(group)["Tom Fraser"],
        )
        path = f"/api/roster-shifts/{shift['id']}"
        assert shift["status"] == "asked"
        assert "I will be there" in tom.asks("GET", "/our-week").text
        tom.post(f"{path}/confirmation")
        tom.post(f"{path}/offer")

        taken = group.coordinator.post(f"{path}/taking")

        assert taken["member_id"] == members(group)["Aroha Ngata"]
        return path

    def what_caseworkers_keep_to_themselves_is_not_in_it(self, journey, tom):
        journey.worker.post(
            f"{journey.home}/tasks", title="Ask about the nights", category="health",
            due_on=WEDNESDAY,
        )  # fmt: skip
        journey.worker.post(
            f"{journey.home}/appointments",
            kind="mental_health",
            with_whom="Dr Rata",
            starts_at="2023-09-13T14:00:00+12:00",
            ends_at="2023-09-13T15:00:00+12:00",
        )

        week = tom.asks("GET", "/our-week").text
        assert not [word for word in ("the nights", "mental", "Rata") if word in week]

    def on_tuesday_a_task_is_handed_over_and_done_together(self, journey, tom):
        task = journey.worker.post(
            f"{journey.home}/tasks", title="To the market by bus", category="transport",
            due_on=TUESDAY, handover="together", detail="He was followed once",
        )  # fmt: skip
        journey.worker.post(f"/api/tasks/{task['id']}/group")
        week = tom.asks("GET", "/our-week").text
        assert "To the market by bus" in week
        assert "followed" not in week

        done = tom.post(f"/api/group-tasks/{task['id']}/done")

        assert done["status"] == "done"
        return task

    def on_wednesday_the_visit_takes_place(self, office, journey, group, visit):
        group.coordinator.post(f"{visit}/arrival")
        office.on(WEDNESDAY, at=time(11, 15))

        left = group.coordinator.post(f"{visit}/departure", went="We drank tea and read letters")

        assert (left["status"], left["minutes"]) == ("done", 75)

    def the_caseworker_hears_of_it_in_ten_seconds(self, journey, group):
        group.coordinator.post(f"{journey.home}/sponsor-updates", mood="good", text="All is well")

        queue = journey.worker.items("/api/queue?source=update")
        (update,) = journey.worker.items(f"{journey.home}/sponsor-updates")
        assert [line["title"] for line in queue] == ["Update from the sponsor group"]
        journey.worker.post(f"/api/sponsor-updates/{update['id']}/reading")
        assert journey.worker.items("/api/queue?source=update") == []

    def the_hours_and_the_trend_are_there_for_the_report(self, journey, task):
        span = "first=2023-09-01&last=2023-09-30"
        hours = journey.worker.get(f"{journey.home}/roster/hours?{span}")
        (trend,) = journey.worker.items(f"{journey.home}/group-tasks/trend")

        assert (hours["minutes"], hours["shifts"]) == (75, 1)
        assert (trend["category"], trend["levels"]) == ("transport", ["together"])
