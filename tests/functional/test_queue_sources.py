"""What the queue asks of a case and its sponsor group, and when each line goes."""

from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

import pytest

from resettle.cases.models import Hold
from resettle.cases.papers import ChecklistItem, ItemStatus
from resettle.core.actor import SYSTEM
from resettle.documents import quarantine
from resettle.documents.models import Document
from resettle.documents.rules import State
from resettle.duplicates.models import DuplicateCandidate, Verdict
from resettle.placements.models import CheckStatus, HouseCheck, Sponsorship, SponsorshipStatus
from resettle.sponsors.models import ReportDue
from tests.desks import a_quota_household
from tests.functional.test_queue_over_http import a_contact, post, queue, second
from tests.groups import a_deed, a_dwelling, a_group, a_match
from tests.journeys import a_quota_case, at
from tests.world import a_caseworker, a_household, a_member, a_user

TODAY = date(2026, 3, 2)


@pytest.fixture
def standing(transactions, client_of):
    return Standing(transactions, client_of)


class Standing:
    """A household with its case and its sponsor group, and the queue of its caseworker."""

    def __init__(self, transactions, client_of):
        self.transactions = transactions
        with transactions.begin(SYSTEM, "arrange") as uow:
            self.home = a_quota_household(uow, arrived_on=date(2025, 12, 1))
            self.case = at(a_quota_case(uow, self.home), "SUPPORT_ACTIVE")
            a_contact(uow, self.home, TODAY)
            group = a_group(uow)
            self.match = a_match(uow, group, self.home, status=SponsorshipStatus.CONFIRMED)
            self.deed = a_deed(uow, group)
            self.client = client_of(a_caseworker(uow, self.home))

    def has(self, *rows):
        with self.transactions.begin(SYSTEM, "arrange") as uow:
            return [uow.add(row) for row in rows]

    def a_report(self, code, due_on, **facts):
        return ReportDue(
            group_id=self.match.group_id,
            household_id=self.home.id,
            deed_id=self.deed.id,
            code=code,
            due_on=due_on,
            **facts,
        )

    def lines(self, source):
        found = queue(self.client, source=source)
        return [(each["title"], each["due_on"], each["why"]) for each in found]


class TestHouseChecks:
    def test_what_a_group_ticked_waits_until_it_is_confirmed(self, standing):
        with standing.transactions.begin(SYSTEM, "arrange") as uow:
            dwelling = a_dwelling(uow, standing.home)
            about = {"dwelling_id": dwelling.id, "household_id": standing.home.id}
            for code in ("cooker", "fridge"):
                check = HouseCheck(
                    **about, item_code=code, status=CheckStatus.OK, checked_at=uow.now
                )
                check.group_id = standing.match.group_id
                uow.add(check)
            own = HouseCheck(**about, item_code="beds", status=CheckStatus.OK, checked_at=uow.now)
            uow.add(own)

        [(title, due_on, why)] = standing.lines("house_check")

        assert title == "Confirm what the sponsor group found in the house"
        assert due_on == "2026-03-05"
        assert "2 items wait since 2 March. They count once you have confirmed them." in why
        way = f"/households/{standing.home.id}/house-ready/confirmation"
        assert way in standing.client.get("/today").text
        with standing.transactions.begin(SYSTEM, "arrange") as uow:
            for each in uow.all(uow.select(HouseCheck)):
                each.confirmed_at = uow.now
        assert standing.lines("house_check") == []


class TestDocuments:
    def test_what_runs_out_is_asked_for_until_a_newer_one_is_filed(self, standing):
        path = f"/api/households/{standing.home.id}/documents"
        ids = []
        for runs_out in ("2026-03-20", "2027-03-20"):
            told = {"kind": "PASSPORT", "expires_on": runs_out, "file": a_file(runs_out)}
            answer = standing.client.post(path, data=told, headers=a_key())
            ids.append(answer.json["id"])
        before = standing.lines("document")

        newer = {"expires_on": "2036-03-20", "file": a_file("the newer one")}
        replaced = standing.client.post(
            f"/api/documents/{ids[0]}/versions", data=newer, headers=a_key()
        )

        assert [due_on for _, due_on, _ in before] == ["2026-03-20"]
        assert "runs out" in before[0][2]
        assert replaced.status_code == 201
        assert standing.lines("document") == []

    def test_one_that_is_too_large_to_be_checked_is_asked_for_anew(self, standing, transactions):
        told = {"kind": "PASSPORT", "file": a_file("large")}
        path = f"/api/households/{standing.home.id}/documents"
        sent = standing.client.post(path, data=told, headers=a_key()).json["id"]
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.find(Document, UUID(sent)).state = State.TOO_LARGE

        ((title, due_on, why),) = standing.lines("document")
        page = standing.client.get(f"/documents/{sent}").text

        assert title == "Send a smaller file: passport"
        assert due_on == "2026-03-02"
        assert "larger than the virus scanner takes, so nobody can open it" in why
        assert quarantine.TOO_LARGE in page
        assert f"/documents/{sent}/content" not in page


def a_file(text):
    return (BytesIO(text.encode()), "paper.txt")


def a_key():
    return {"Idempotency-Key": uuid4().hex}


class TestReports:
    def test_those_are_asked_for_that_are_owed_and_those_read_that_came(self, standing):
        standing.has(
            standing.a_report("REP-014", date(2026, 2, 27)),
            standing.a_report("REP-090", TODAY, submitted_on=date(2026, 2, 25)),
            standing.a_report("REP-180", date(2026, 3, 3)),
            standing.a_report("REP-365", date(2026, 2, 27), cancelled_on=TODAY),
            standing.a_report("REP-001", TODAY, submitted_on=date(2026, 1, 30)),
        )

        told = {title: (due_on, why) for title, due_on, why in standing.lines("report")}

        assert told.keys() == {
            "Ask for: Arrival report",
            "Read the sponsors’ report: Report of month 3",
        }
        due_on, why = told["Ask for: Arrival report"]
        assert due_on == "2026-02-27"
        assert "The sponsor group owes it." in why
        due_on, why = told["Read the sponsors’ report: Report of month 3"]
        assert due_on == "2026-03-04"
        assert "It came on 25 February." in why

    def test_one_that_was_read_is_ticked_off_and_taken_back(self, standing):
        (report,) = standing.has(standing.a_report("REP-090", TODAY, submitted_on=TODAY))
        path = f"/api/queue/report/{report.id}"

        assert post(standing.client, f"{path}/completion").status_code == 204
        assert standing.lines("report") == []
        assert post(standing.client, f"{path}/reopening").status_code == 204
        assert len(standing.lines("report")) == 1
        assert post(standing.client, f"{path}/reopening").status_code == 409

    def test_one_that_is_owed_is_not_ticked_off_here(self, standing):
        (report,) = standing.has(standing.a_report("REP-014", TODAY))

        done = post(standing.client, f"/api/queue/report/{report.id}/completion")

        assert done.status_code == 409
        assert "This is done where it is recorded" in done.json["detail"]
        assert len(standing.lines("report")) == 1


class TestContinuity:
    def test_who_supports_the_household_now_is_asked_of_its_owner(self, standing):
        with standing.transactions.begin(SYSTEM, "arrange") as uow:
            owner = a_user(uow, name="Ana Tuilagi")
            uow.add(second(standing.home, owner))
            match = uow.find(Sponsorship, standing.match.id)
            match.continuity_since, match.continuity_owner = date(2026, 2, 28), owner.id

        (line,) = queue(standing.client, source="continuity", whose="all")

        assert line["title"] == "Decide who supports the household now"
        assert (line["due_on"], line["group"]) == ("2026-02-28", "now")
        assert line["whose"] == "Ana Tuilagi"
        assert "no plan is on record" in line["why"]


class TestCases:
    def test_a_hold_is_looked_at_again_until_it_is_released(self, standing):
        facts = {
            "case_id": standing.case.id,
            "household_id": standing.home.id,
            "reason_code": "MEDICAL",
            "held_on": date(2026, 2, 2),
            "left_stage": "SUPPORT_ACTIVE",
        }
        standing.has(
            Hold(**facts, review_on=date(2026, 3, 5)),
            Hold(**facts, review_on=date(2026, 3, 6), released_on=TODAY),
        )

        (line,) = standing.lines("hold")

        assert line[:2] == ("Look again at the hold", "2026-03-05")
        assert "MEDICAL" not in line[2]

    def test_what_follows_an_application_is_named_as_on_its_list(self, standing):
        facts = {"case_id": standing.case.id, "household_id": standing.home.id}
        with standing.transactions.begin(SYSTEM, "arrange") as uow:
            for code, status in (
                ("medical_certificate", ItemStatus.TO_FOLLOW),
                ("photos", ItemStatus.OPEN),
            ):
                uow.add(
                    ChecklistItem(**facts, list_code="lodgement", item_code=code, status=status)
                )

        (line,) = standing.lines("checklist")

        assert line[0] == "To follow: Medical certificate"
        assert line[1] is None
        assert "The application went out without it." in line[2]


class TestDuplicates:
    def test_two_records_that_may_be_one_are_compared_until_somebody_decides(self, standing):
        with standing.transactions.begin(SYSTEM, "arrange") as uow:
            here = a_member(uow, standing.home, "WIF", given_name="Mina")
            pairs = [
                uow.add(
                    DuplicateCandidate(
                        person_id=here.id,
                        other_id=a_member(uow, a_household(uow)).id,
                        score=score,
                        reasons=["The names are alike."],
                    )
                )
                for score in (80, 70)
            ]
            pairs[1].verdict = Verdict.DIFFERENT

        (line,) = standing.lines("duplicate")

        assert line[:2] == ("Compare two records that may be one person", "2026-03-16")
        assert "They are alike by 80 of 100." in line[2]
        assert "Mina" not in " ".join(map(str, line))
