"""Months 21 to 24 of a sponsorship: they begin by themselves, and end with everybody's word."""

from datetime import date, timedelta
from uuid import UUID

from resettle.core.actor import Role
from resettle.reports.rules import DOMAINS
from tests.scenarios.journeys import an_arrived_journey
from tests.scenarios.sponsoring import a_ready_group

BEGUN, ARRIVAL = date(2023, 3, 6), date(2023, 9, 4)
ENDS = ARRIVAL + timedelta(days=730)
MONTH_21, BEFORE = date(2025, 6, 3), date(2025, 6, 2)
FAMILY = (
    ("Samir", "PA", "M", date(1988, 4, 2)),
    ("Rana", "WIF", "F", date(1991, 8, 19)),
    ("Nour", "DAU", "F", date(2018, 2, 1)),
)
TASKS = (
    "Say for each support who takes it over, with the family",
    "Go through what the family does by itself, line by line",
    "Introduce the family to whoever takes over",
    "Look through the final report, and send it",
)


class TestTheTransition:
    def test_it(self, office):
        office.on(BEGUN)
        group = a_ready_group(office)
        journey = an_arrived_journey(office, group, FAMILY, ARRIVAL)
        self.office, self.group, self.journey = office, group, journey

        self.nothing_is_asked_before_month_21()
        plan = self.in_month_21_it_begins_by_itself()
        self.what_the_family_does_by_itself_is_gone_through(plan)
        self.each_support_is_handed_over_or_is_an_open_need(plan)
        self.each_adult_signs_for_themselves(plan)
        self.the_final_report_is_filled_and_sent()
        self.support_is_completed_and_the_group_has_no_rights_any_more(plan)

    def exit_plans(self):
        return self.journey.worker.items(f"{self.journey.home}/plans?kind=exit")

    def nothing_is_asked_before_month_21(self):
        assert self.journey.worker.get(self.journey.home)["support_end_on"] == str(ENDS)

        self.office.on(BEFORE)
        self.office.works_off_jobs()

        assert self.exit_plans() == []
        assert "Letting go" not in self.group.coordinator.asks("GET", "/our-week").text

    def in_month_21_it_begins_by_itself(self):
        self.office.on(MONTH_21)
        for adult in self.journey.adults():  # a consent to share holds for a year
            self.journey.shares(adult, "name")
        self.office.works_off_jobs()
        self.office.works_off_jobs()

        (plan,) = self.exit_plans()
        week = self.group.coordinator.asks("GET", "/our-week").text
        assert plan["status"] == "draft"
        assert "Letting go" in week
        for title in TASKS:
            assert week.count(title) == 1
        tasks = self.group.coordinator.items(f"{self.journey.home}/group-tasks")
        days = {task["title"]: task["due_on"] for task in tasks}
        assert [days[title] for title in TASKS] == [
            str(ENDS - timedelta(days=before)) for before in (75, 60, 30, 7)
        ]
        return f"/plans/{plan['id']}"

    def what_the_family_does_by_itself_is_gone_through(self, plan):
        lead = self.group.coordinator
        lines = [
            {"code": "MONEY", "lead": "family_leads"},
            {"code": "DOCTOR", "lead": "together"},
        ]
        lead.post(f"/api{plan}/independence", lines=lines)

        page = lead.asks("GET", f"{plan}/letting-go").text
        assert "The family leads 1 of 11; 9 not looked at yet." in page
        told = self.journey.worker.get(f"/api{plan}")["independence"]
        assert sorted((row["code"], row["lead"]) for row in told) == [
            ("DOCTOR", "together"),
            ("MONEY", "family_leads"),
        ]

    def each_support_is_handed_over_or_is_an_open_need(self, plan):
        lead = self.group.coordinator
        self.samir = self.signs_in("Samir")
        early = self.samir.tries(f"/api{plan}/signature")
        rides = lead.post(f"/api{plan}/handovers", support="Rides to the doctor")
        lead.post(f"/api{plan}/handovers", support="Letters", taken_by="The library’s help desk")
        open_ = lead.asks("GET", f"{plan}/letting-go").text
        settled_by = {"taken_by": "The family itself"}
        lead.asks(
            "PATCH", f"/api/handovers/{rides['id']}", json=settled_by, headers={"If-Match": '"1"'}
        )
        settled = lead.asks("GET", f"{plan}/letting-go").text

        assert early.status_code == 409
        assert "Say who takes over which support." in early.json["detail"]
        assert "1 of 2 are open needs." in open_
        assert "The library’s help desk" in settled
        assert "0 of 2 are open needs." in settled

    def signs_in(self, name):
        person = UUID(self.journey.person(name))
        return self.office.somebody(Role.HOUSEHOLD_PERSON, person_id=person)

    def each_adult_signs_for_themselves(self, plan):
        rana = self.signs_in("Rana")
        strangers = (self.group.coordinator, self.journey.worker)
        refused = [who.tries(f"/api{plan}/signature").status_code for who in strangers]
        self.samir.post(f"/api{plan}/signature")
        one = self.journey.worker.asks("GET", f"{self.journey.home[4:]}/plan").text
        rana.post(f"/api{plan}/signature")
        agreed = self.journey.worker.post(f"/api{plan}/agreement", agreed_on=MONTH_21)

        assert refused == [403, 403]
        assert "1 adult has signed." in one
        assert agreed["status"] == "active"
        signed = {row["person_id"] for row in self.journey.worker.get(f"/api{plan}")["agreements"]}
        assert signed == {*self.journey.adults()}

    def the_final_report_is_filled_and_sent(self):
        self.office.on(ENDS - timedelta(days=3))
        lead = self.group.coordinator
        last = next(row for row in lead.items("/api/reports") if row["code"] == "REP-730")
        at = f"/reports/{last['id']}"
        facts = lead.get(f"/api{at}/facts")["facts"]
        done = {f"status_{domain.lower()}": "done" for domain in DOMAINS}
        edition = lead.post(f"/api{at}/editions", **done, referrals="The library’s help desk")
        self.journey.worker.post(f"/api/group-reports/{edition['id']}/acceptance")

        assert last["due_on"] == str(ENDS)
        assert facts["persons"] == 3
        standings = {row["code"]: row["standing"] for row in lead.items("/api/reports")}
        assert standings["REP-730"] == "accepted"

    def support_is_completed_and_the_group_has_no_rights_any_more(self, plan):
        self.office.on(ENDS)
        match = self.journey.sponsorship()["id"]
        self.journey.go("SETTLING", "BUILDING", "CONSOLIDATING", "EXIT_REVIEW")
        self.journey.go("COMPLETED", reason="PLAN_COMPLETED")

        whole = self.journey.worker.get(f"/api/sponsorships/{match}")
        assert (whole["status"], whole["ending_kind"]) == ("ended", "COMPLETED")
        assert (whole["ended_on"], whole["reasons"]) == (str(ENDS), [])
        assert self.group.status == "COMPLETED"
        for path in (self.journey.home, f"{plan}/letting-go", f"/api{plan}"):
            assert self.group.coordinator.asks("GET", path).status_code in {403, 404}
