"""Scenario 3: three friends look after a couple; a national charity is the body that signs."""

from datetime import date

from resettle.core.actor import Role
from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

ARRIVAL = date(2018, 7, 9)
COUPLE = (
    ("Yonas", "PA", "M", date(1989, 3, 2)),
    ("Selam", "WIF", "F", date(1991, 11, 20)),
)
CHARITY, TEAM = "Kindness Aotearoa Charitable Trust", "Three friends in Nelson"
LESSONS = {"Driving lessons for Selam": "driving", "Swimming lessons at the pool": "social"}


class TestFriendsAndACharity:
    def test_it(self, office):
        office.on(date(2018, 2, 5))
        group = a_ready_group(
            office, CHARITY, kind="CHARITABLE_TRUST", trading_name=TEAM, location="NSN"
        )
        friends = [office.somebody(Role.SPONSOR_MEMBER) for _ in range(2)]
        for friend, name in zip(friends, ("Hemi Walker", "Ana Costa"), strict=True):
            group.joined_by(friend, name, "transport_lead")
        office.on(date(2018, 3, 12))
        journey = a_nominated_journey(office, group, *COUPLE, town="NSN", family_name="Tesfay")
        journey.go(*NOMINATED_WAY, *APPROVED_WAY)
        journey.is_confirmed()
        office.on(ARRIVAL)
        journey.go("ARRIVED", "RECEPTION", "WELCOME")

        self.the_charity_holds_the_deed_and_the_friends_are_the_members(office, group, journey)
        self.each_friend_sees_the_couple_and_another_team_of_the_charity_does_not(
            office, friends, journey
        )
        self.lessons_are_tasks_with_who_leads_them(office, journey)
        self.some_of_what_they_cost_the_charity_pays(group, friends[0], journey)

    def the_charity_holds_the_deed_and_the_friends_are_the_members(self, office, group, journey):
        shown = office.manager.get(group.path)
        (deed,) = office.manager.items(f"{group.path}/deeds")
        members = office.manager.items(f"{group.path}/members")

        assert (shown["legal_name"], shown["trading_name"]) == (CHARITY, TEAM)
        assert shown["entity_type"] == "CHARITABLE_TRUST"
        match = office.caseworker.get(f"/api/sponsorships/{journey.sponsorship()['id']}")
        assert (match["deed_id"], match["group_id"]) == (deed["id"], group.id)
        assert {each["name"] for each in members} == {"Aroha Ngata", "Hemi Walker", "Ana Costa"}

    def each_friend_sees_the_couple_and_another_team_of_the_charity_does_not(
        self, office, friends, journey
    ):
        other = a_ready_group(
            office, f"{CHARITY}, Blenheim", kind="CHARITABLE_TRUST", location="BHE"
        )

        assert [friend.get(journey.home)["size"] for friend in friends] == [2, 2]
        assert other.coordinator.asks("GET", journey.home).status_code == 404

    def lessons_are_tasks_with_who_leads_them(self, office, journey):
        for title, category in LESSONS.items():
            office.caseworker.post(
                f"{journey.home}/tasks",
                title=title,
                category=category,
                due_on=date(2018, 9, 3),
                handover="together",
            )
        tasks = office.caseworker.items(f"{journey.home}/tasks")

        told = {task["title"]: task["handover"] for task in tasks}
        assert told == dict.fromkeys(LESSONS, "together")

    def some_of_what_they_cost_the_charity_pays(self, group, friend, journey):
        claim = friend.post(
            f"{group.path}/funds/claims",
            amount="180.00",
            category="driving_lessons",
            happened_on=ARRIVAL,
            household_id=journey.household,
            no_receipt="Paid in cash to the instructor",
        )
        assert (claim["state"], claim["household_id"]) == ("waiting", journey.household)
        group.coordinator.post(f"/api/fund-entries/{claim['id']}/approval")

        spent = friend.get(f"{group.path}/funds?household={journey.household}")["balances"]["spent"]
        assert spent == "180.00"
