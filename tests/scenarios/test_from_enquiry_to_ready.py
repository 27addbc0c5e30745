"""A group that nobody has vetted yet writes its application, is asked, declined, and comes back."""

from datetime import date

import pytest

from resettle.core.actor import Role
from tests.scenarios.sponsoring import Group, papers, scored, written

ENQUIRY, SECOND = date(2023, 2, 6), date(2023, 6, 5)
VETTED = {"outcome": "clear"}


@pytest.fixture
def group(office):
    """Let a group ask: its founder is confirmed by two managers, and not vetted."""
    office.on(ENQUIRY)
    made = office.manager.post(
        "/api/sponsor-groups",
        legal_name="Ōtaki Welcome Society",
        entity_type="INCORPORATED_SOCIETY",
        location="Kāpiti Coast",
        programme="cors",
    )
    group = Group(office, made["id"], office.somebody(Role.SPONSOR_COORDINATOR))
    member = office.manager.post(
        f"{group.path}/members",
        name="Ngaire Tāmati",
        roles=["coordinator", "housing_lead"],
        joined_on=office.today,
        user_id=group.coordinator.id,
    )
    group.founder = f"/api/sponsor-groups/members/{member['id']}"
    return group


class TestFromEnquiryToReady:
    def test_it(self, office, group):
        self.until_two_have_confirmed_the_founder_they_reach_nothing(office, group)
        at = self.they_write_while_nobody_has_vetted_them(office, group)
        self.nothing_is_sent_while_something_is_missing(office, group, at)
        self.questions_hold_the_assessment_until_they_are_answered(office, group, at)
        self.who_advised_does_not_decide(office, at)
        again = self.declined_they_read_why_and_come_back_with_what_they_wrote(office, group, at)
        self.approved_for_so_many_until_a_day(office, group, again)
        self.ready_once_everything_of_the_list_is_done(office, group)

    def until_two_have_confirmed_the_founder_they_reach_nothing(self, office, group):
        before = group.coordinator.asks("GET", group.path).status_code
        office.other_manager.post(f"{group.founder}/confirmation")
        half_way = group.coordinator.asks("GET", group.path).status_code
        office.manager.post(f"{group.founder}/confirmation")

        assert (before, half_way) == (403, 403)
        assert group.coordinator.get(group.path)["status"] == "ENQUIRY"

    def they_write_while_nobody_has_vetted_them(self, office, group):
        group.go("PREPARING")
        begun = group.coordinator.post(f"{group.path}/applications")
        at = f"{group.path}/applications/{begun['id']}"
        lacks = {lack["step"] for lack in group.coordinator.items(f"{at}/lacks")}

        assert lacks == {"members", "papers", "plan", "budget", "talk"}
        assert group.coordinator.asks("GET", "/api/households").status_code == 403
        return at

    def nothing_is_sent_while_something_is_missing(self, office, group, at):
        written(group.coordinator, group.path, at.rpartition("/")[2])
        papers(group.coordinator, group.path)
        early = group.coordinator.tries(f"{at}/submission", declared=True)
        assert early.status_code == 409
        told = " ".join(early.get_json()["missing"].values())
        assert "vetting" in told
        assert "adviser" in told

        self.is_vetted(office, group)
        talk = {"discussed_on": office.today, "discussion": "Put a second driver in."}
        office.other_manager.post(f"{at}/discussion", **talk)
        group.coordinator.post(f"{at}/submission", declared=True)
        [part, *_] = group.coordinator.items(f"{at}/plan")
        late = group.coordinator.asks(
            "PATCH",
            f"{group.path}/applications/plan/{part['id']}",
            json={"text": "Something else"},
            headers={"If-Match": f'"{part["version"]}"'},
        )
        assert (group.status, late.status_code) == ("SUBMITTED", 409)

    def is_vetted(self, office, group):
        days = dict.fromkeys(("agreed_on", "requested_on", "decided_on"), office.today)
        office.manager.post(f"{group.founder}/vetting", **VETTED, **days)
        for module in ("child_protection", "post_approval"):
            office.manager.post(
                f"{group.founder}/trainings", module=module, completed_on=office.today
            )

    def questions_hold_the_assessment_until_they_are_answered(self, office, group, at):
        asked = office.manager.post(f"{at}/questions", question="Who speaks Dari?")
        assert group.status == "MORE_INFO"
        scored(office.manager, at)
        waiting = office.manager.tries(f"{at}/refusal", reasons="None", feedback="None")
        answered = group.coordinator.post(
            f"{group.path}/applications/questions/{asked['id']}/answer", answer="Our neighbours."
        )

        assert waiting.status_code == 409
        assert (group.status, answered["answer"]) == ("UNDER_ASSESSMENT", "Our neighbours.")
        assert group.coordinator.asks("GET", f"{at}/scores").status_code == 403

    def who_advised_does_not_decide(self, office, at):
        refusal = {"reasons": "Too few drivers", "feedback": "Find a second driver."}

        assert office.other_manager.tries(f"{at}/refusal", **refusal).status_code == 403

    def declined_they_read_why_and_come_back_with_what_they_wrote(self, office, group, at):
        office.manager.post(
            f"{at}/refusal", reasons="Too few drivers", feedback="Find a second driver."
        )
        read = group.coordinator.get(at)
        office.on(SECOND)
        begun = group.coordinator.post(f"{group.path}/applications")
        again = f"{group.path}/applications/{begun['id']}"
        plan = group.coordinator.items(f"{again}/plan")

        assert (read["decision"], read["feedback"]) == ("declined", "Find a second driver.")
        assert (begun["round"], group.status) == (2, "ENQUIRY")
        assert {part["text"] for part in plan} == {"Three of us see to it."}
        group.go("PREPARING")
        talk = {"discussed_on": office.today, "discussion": "Now it is good."}
        office.other_manager.post(f"{again}/discussion", **talk)
        group.coordinator.post(f"{again}/submission", declared=True)
        return again

    def approved_for_so_many_until_a_day(self, office, group, at):
        numbers = {"max_persons": 6, "max_households": 1, "routes": ["NOMINATED"]}
        approval = {**numbers, "expires_on": "2026-06-30", "reasons": "Ready"}
        early = office.manager.tries(f"{at}/approval", **approval)
        scored(office.manager, at)
        office.manager.post(f"{at}/approval", **approval)
        shown = group.coordinator.get(group.path)

        assert early.status_code == 409
        assert (shown["status"], shown["max_persons"]) == ("APPROVED", 6)
        assert shown["approved_until"] == "2026-06-30"

    def ready_once_everything_of_the_list_is_done(self, office, group):
        for stage in ("DEED_SIGNED", "TRAINING", "READY"):
            group.go(stage)

        assert group.status == "READY"
