"""Scenario 1: a church in one town sponsors a couple with a baby (the pilot of 2018)."""

from datetime import date, timedelta

from tests.scenarios.journeys import APPROVED_WAY, NOMINATED_WAY, a_nominated_journey
from tests.scenarios.sponsoring import a_ready_group

ARRIVAL, LATER = date(2018, 7, 9), date(2019, 2, 11)
FAMILY = (
    ("Samir", "PA", "M", date(1988, 4, 2)),
    ("Rana", "WIF", "F", date(1991, 8, 19)),
    ("Yusuf", "SON", "M", date(2017, 10, 9)),
)
TABLE = "/api/figures/tables/households-by-location?programme=cors"


def arrived(office):
    """Bring the family to its house in Timaru, by way of every stage."""
    office.on(date(2018, 2, 5))
    group = a_ready_group(office)
    office.on(date(2018, 3, 12))
    journey = a_nominated_journey(office, group, *FAMILY)
    journey.go(*NOMINATED_WAY, *APPROVED_WAY)
    journey.is_confirmed()
    office.on(ARRIVAL)
    journey.go("ARRIVED", "RECEPTION")
    office.on(ARRIVAL + timedelta(days=14))
    journey.go("WELCOME")
    return journey


class TestOneFamilyOneTown:
    def test_it(self, office):
        journey = arrived(office)

        self.the_church_with_its_deed_has_brought_the_family_to_town(office, journey)
        office.on(LATER)
        self.by_february_the_father_works_and_both_study_english(journey)
        self.the_public_table_does_not_tell_the_town(office)

    def the_church_with_its_deed_has_brought_the_family_to_town(self, office, journey):
        household = office.caseworker.get(journey.home)
        deeds = office.manager.items(f"{journey.group.path}/deeds")

        on_the_way = ["NOMINATED", *NOMINATED_WAY, *APPROVED_WAY]
        assert journey.stages == [*on_the_way, "ARRIVED", "RECEPTION", "WELCOME"]
        assert (household["location"], household["arrived_on"]) == ("TIU", "2018-07-09")
        assert (household["programme_version"], household["size"]) == (1, 3)
        assert journey.group.status == "ACTIVE"
        assert [deed["signed_on"] for deed in deeds] == ["2018-02-05"]
        assert journey.sponsorship()["status"] == "confirmed"

    def by_february_the_father_works_and_both_study_english(self, journey):
        father, mother = journey.person("Samir"), journey.person("Rana")
        job = journey.meets("EMP-05", LATER, father, evidence="Started at the dairy, 30 hours")
        classes = [journey.meets("EDU-05", date(2018, 8, 13), adult) for adult in (father, mother)]

        assert (date.fromisoformat(job["met_on"]) - ARRIVAL).days // 30 == 7
        # A first job has no deadline: month 7 is not late.
        assert (job["state"], job["overdue"]) == ("met", False)
        assert [each["state"] for each in classes] == ["met", "met"]
        jobs = [m for m in journey.milestones() if m["code"] == "EMP-05"]
        assert {m["person_id"]: m["state"] for m in jobs} == {father: "met", mother: "not_started"}

    def the_public_table_does_not_tell_the_town(self, office):
        told = [
            office.manager.tries("/api/releases", code=code, audience=audience)
            for code, audience in (
                ("people-by-location-and-stream", "ministry"),
                ("people-by-island-and-stream", "public"),
            )
        ]
        internal = office.manager.get(TABLE)

        for each in told:
            assert each.status_code == 201
            assert "TIU" not in each.text
            assert "Timaru" not in each.text
            assert (each.json["status"], each.json["figures"]) == ("refused", {})
        # The team itself knows where it works.
        assert [(c["label"], c["persons"]) for c in internal["cells"]] == [("TIU", 3)]
