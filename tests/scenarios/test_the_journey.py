"""The journey: a file that nobody here wrote, carried to its house; each role has its own view."""

from datetime import date

from tests.functional.case_files import sample
from tests.scenarios.journeys import (
    APPROVED_WAY,
    NOMINATED_WAY,
    QUOTA_WAY,
    Journey,
    joins_team,
)
from tests.scenarios.sponsoring import a_ready_group

IMPORTED, ARRIVED, PLACED = date(2023, 3, 6), date(2023, 9, 4), date(2023, 10, 9)
TO_NEW_ZEALAND = ("APPROVED", "LOCATION_ALLOCATED", "PRE_DEPARTURE", "ARRIVED_NZ", "RECEPTION")
FIRST_DAYS = ("ARR-01", "ARR-02", "ARR-03")
# Of the people in the two files: names, numbers, places, whatever names them.
OF_THE_QUOTA = ("Abcd", "Detrty", "199-00265997", "Ammasa")
OF_THE_TWIN = ("AAA", "BUNNY", "Bulgarian", "417-00001552", "1234567890")


def imported(office, name, **form):
    answer = office.caseworker.sends("/api/imports", sample(name), submitted_on=IMPORTED, **form)
    assert answer.status_code == 201, answer.json
    (case,) = answer.json["cases"]
    joins_team(office, case["household_id"])
    return case


def settled(office):
    """Carry the household of V3-TEST.xml to its house, and a sponsored twin beside it."""
    office.on(IMPORTED)
    group = a_ready_group(office)
    case = imported(office, "V3-TEST.xml")
    quota = Journey(office, case["household_id"], case["case_id"], town="CHC")
    case = imported(office, "V4-TEST.xml", programme="cors")
    twin = Journey(office, case["household_id"], case["case_id"], group)
    quota.go(*QUOTA_WAY, *TO_NEW_ZEALAND[:-2])
    twin.go(*NOMINATED_WAY, *APPROVED_WAY)
    twin.is_confirmed()
    office.on(ARRIVED)
    quota.go(*TO_NEW_ZEALAND[-2:])
    twin.go("ARRIVED", "WELCOME")
    office.on(PLACED)
    quota.go("PLACED")
    return quota, twin


class TestTheJourney:
    def test_it(self, office):
        quota, twin = settled(office)

        self.the_household_of_the_file_lives_in_its_house(quota)
        self.its_first_milestones_are_met(quota)
        self.the_caseworker_sees_both_households_and_no_figures(quota, twin)
        self.the_sponsor_sees_the_twin_as_far_as_agreed(quota, twin)
        self.the_manager_sees_numbers_and_nobody(office, quota, twin)

    def the_household_of_the_file_lives_in_its_house(self, quota):
        household = quota.worker.get(quota.home)
        (placement,) = quota.worker.items(f"{quota.home}/placements")

        assert quota.stages == ["SUBMITTED", *QUOTA_WAY, *TO_NEW_ZEALAND, "PLACED"]
        assert (household["stream"], household["source"]) == ("quota", "unhcr")
        assert (household["arrived_on"], household["placed_on"]) == ("2023-09-04", "2023-10-09")
        assert household["support_end_on"] == "2025-10-08"
        assert (placement["kind"], placement["location"]) == ("settled", "CHC")

    def its_first_milestones_are_met(self, quota):
        before = quota.worker.get(f"{quota.home}/progress")
        for code in FIRST_DAYS:
            quota.meets(code, PLACED)
        after = quota.worker.get(f"{quota.home}/progress")

        assert {quota.milestone(code)["state"] for code in FIRST_DAYS} == {"met"}
        assert after["met"] == before["met"] + len(FIRST_DAYS)
        assert after["words"] == f"{after['met']} of {after['due']} due so far"
        assert after["due"] < after["total"]

    def the_caseworker_sees_both_households_and_no_figures(self, quota, twin):
        worker = quota.worker
        names = {row["id"]: row["name"] for row in worker.items("/api/households")}

        assert names == {quota.household: "Abcd", twin.household: "AAA BBB"}
        (member,) = quota.members()
        origin = worker.get(f"/api/persons/{member['person_id']}/origin")
        assert origin["unhcr_individual_id"] == "199-00265997"
        assert "Abcd" in worker.asks("GET", f"/households/{quota.household}").text
        for path in ("/api/figures/pipeline", "/pipeline", "/api/users", "/api/audit"):
            assert worker.asks("GET", path).status_code == 403

    def the_sponsor_sees_the_twin_as_far_as_agreed(self, quota, twin):
        sponsor = twin.group.coordinator
        members = twin.members(sponsor)
        plan = twin.milestones(sponsor)
        one = f"/api/persons/{members[0]['person_id']}"
        told = [sponsor.asks("GET", path).text for path in (twin.home, one, f"{one}/contact")]
        page = sponsor.asks("GET", "/our-household").text

        assert [row["id"] for row in sponsor.items("/api/households")] == [twin.household]
        # The adults have agreed to their names, and to nothing else.
        assert {m["person"]["name"].split()[-1] for m in members} > {"BUNNY"}
        assert not [m for m in members if "born_on" in m["person"]]
        assert not [each for each in ("1980-08-01", "417-0", "1234567890") if each in str(told)]
        assert {m["code"] for m in plan} > {"ARR-01", "EDU-05"}
        assert not [m for m in plan if m["restricted"]]
        assert "BUNNY" in page
        assert not [each for each in OF_THE_QUOTA if each in page]
        self.is_kept_from(sponsor, twin, 403, "/origin", "/health", "/protection", "/consents")
        for path in (quota.home, f"{quota.home}/members", f"{quota.home}/milestones"):
            assert sponsor.asks("GET", path).status_code == 404
        file = f"/households/{twin.household}"
        for path in (file, twin.at, f"{twin.home}/notes", "/api/figures/pipeline", "/api/imports"):
            assert sponsor.asks("GET", path).status_code == 403

    def the_manager_sees_numbers_and_nobody(self, office, quota, twin):
        manager = office.manager
        pipeline = manager.asks("GET", "/api/figures/pipeline")
        page = manager.asks("GET", "/pipeline")
        stages = {
            (programme["code"], stage["code"]): (stage["households"], stage["persons"])
            for programme in pipeline.json["items"]
            for stage in programme["stages"]
            if stage["households"]
        }

        assert stages == {("rqp", "PLACED"): (1, 1), ("cors", "WELCOME"): (1, 5)}
        assert page.status_code == 200
        for text in (pipeline.text, page.text):
            assert not [each for each in (*OF_THE_QUOTA, *OF_THE_TWIN) if each in text]
        self.is_kept_from(manager, twin, 403, "", "/contact", "/origin", "/health")
        page = f"/households/{quota.household}"
        for path in (page, quota.home, twin.home, quota.at, "/api/households", "/api/cases"):
            assert manager.asks("GET", path).status_code == 403

    def is_kept_from(self, who, journey, status, *kinds):
        person = journey.members()[0]["person_id"]
        answers = {kind: who.asks("GET", f"/api/persons/{person}{kind}") for kind in kinds}
        assert {kind: answer.status_code for kind, answer in answers.items()} == dict.fromkeys(
            kinds, status
        )
