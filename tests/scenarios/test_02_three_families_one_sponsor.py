"""Scenario 2: one church, one deed, three households, two years of support for each."""

from datetime import date

from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

ARRIVALS = (date(2018, 7, 9), date(2018, 9, 3), date(2018, 11, 26))
SETTLED_WAY = ("SETTLING", "BUILDING", "CONSOLIDATING", "EXIT_REVIEW")
FAMILIES = {
    "Haddad": (("Samir", "PA", "M", date(1988, 4, 2)), ("Maya", "DAU", "F", date(2010, 5, 5))),
    "Rahimi": (("Zahra", "PA", "F", date(1985, 1, 9)),),
    "Tesfay": (("Abel", "PA", "M", date(1990, 6, 1)), ("Hana", "WIF", "F", date(1992, 2, 2))),
}


def nominated(office, group):
    journeys = [
        a_nominated_journey(office, group, *family, town="CHC", family_name=name)
        for name, family in FAMILIES.items()
    ]
    for journey in journeys:
        journey.go(*NOMINATED_WAY, *APPROVED_WAY)
        journey.is_confirmed()
    return journeys


def completes(office, journey):
    office.on(date.fromisoformat(office.caseworker.get(journey.home)["support_end_on"]))
    journey.go(*SETTLED_WAY)
    journey.go("COMPLETED", reason="PLAN_COMPLETED")


class TestThreeFamiliesOneSponsor:
    def test_it(self, office):
        office.on(date(2018, 2, 5))
        group = a_ready_group(office, location="CHC", persons=10, households=3)
        office.on(date(2018, 3, 12))
        journeys = nominated(office, group)
        for journey, day in zip(journeys, ARRIVALS, strict=True):
            office.on(day)
            journey.go("ARRIVED", "RECEPTION", "WELCOME")

        self.one_deed_is_behind_three_sponsorships(office, group, journeys)
        self.each_household_has_a_plan_of_its_own(journeys)
        self.the_group_is_active_until_the_last_completes(office, group, journeys)

    def one_deed_is_behind_three_sponsorships(self, office, group, journeys):
        (deed,) = office.manager.items(f"{group.path}/deeds")
        sponsorships = [
            office.caseworker.get(f"/api/sponsorships/{journey.sponsorship()['id']}")
            for journey in journeys
        ]

        assert {each["deed_id"] for each in sponsorships} == {deed["id"]}
        assert {each["group_id"] for each in sponsorships} == {group.id}
        shown = office.manager.get(group.path)
        assert (shown["households_now"], shown["persons_now"]) == (3, 5)

    def each_household_has_a_plan_of_its_own(self, journeys):
        plans = [journey.milestones() for journey in journeys]
        ends = [next(m["due_on"] for m in plan if m["code"] == "REV-07") for plan in plans]

        assert ends == ["2020-07-08", "2020-09-02", "2020-11-25"]
        ids = [{milestone["id"] for milestone in plan} for plan in plans]
        assert len(set.union(*ids)) == sum(map(len, ids))
        journeys[0].meets("REV-01", ARRIVALS[0])
        states = [journey.milestone("REV-01")["state"] for journey in journeys]
        assert states == ["met", "not_started", "not_started"]

    def the_group_is_active_until_the_last_completes(self, office, group, journeys):
        statuses = []
        for journey in journeys:
            completes(office, journey)
            statuses.append(group.status)

        assert statuses == ["ACTIVE", "ACTIVE", "COMPLETED"]
        assert {journey.stage for journey in journeys} == {"COMPLETED"}
        exits = [office.caseworker.get(journey.home)["exit_reason"] for journey in journeys]
        assert exits == ["PLAN_COMPLETED"] * 3
        ends = [journey.sponsorship()["ended_on"] for journey in journeys]
        assert ends == ["2020-07-08", "2020-09-02", "2020-11-25"]
