"""Work, benefits and English of a household's people: recorded, changed, put right, found again."""

import re
from types import SimpleNamespace
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.desk.timeline import Kind
from resettle.households.models import HouseholdMember, LeaveReason
from resettle.statuses.models import PersonStatus
from tests.desks import a_step
from tests.functional import filled
from tests.functional.test_links_over_http import gone_on, made
from tests.weeks import a_company
from tests.world import a_household

TODAY, JANUARY = "2026-03-02", "2026-01-12"
NOTED, PRIVATE = "Told at the visit", "Misheard at the door"


@pytest.fixture
def home(transactions, client_of):
    """Give the caseworker of a couple with a child of six."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        company = a_company(uow)
    return Home(company, client_of)


class Home:
    def __init__(self, company, client_of):
        self.company, self.client_of = company, client_of
        self.client = client_of(company.worker)
        self.person_id = company.person.person_id
        self.path = f"/households/{company.household.id}/statuses"
        self.api = f"/api/persons/{self.person_id}/statuses"

    def records(self, code="studying", kind="work", from_on=JANUARY, **more):
        body = {"kind": kind, "code": code, "from_on": from_on, **more}
        headers = {"Idempotency-Key": str(uuid4())}
        return self.client.post(self.api, json=body, headers=headers)

    def acts(self, status, act, **body):
        headers = {"Idempotency-Key": str(uuid4())}
        return self.client.post(f"/api/statuses/{status['id']}/{act}", json=body, headers=headers)

    def sends(self, path, **typed):
        return filled.send(self.client, path, self.client.get(path).text, **typed)

    def page(self):
        return self.client.get(self.path).text


class TestPage:
    def test_it_offers_each_person_what_is_recorded_at_their_age(self, home):
        page = home.page()

        assert page.count("Not recorded") == 8
        assert "Leaving school" not in page, "both are long of age"
        assert "Nothing of this is recorded of somebody so young." in page

    def test_a_milestone_that_brings_it_offers_it(self, home, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for code, person_id in (("EMP-06", home.person_id), ("HOU-01", None)):
                a_step(uow, home.company.household, code=code, person_id=person_id)

        page = home.client.get(home.path.replace("/statuses", "/milestones")).text

        kinds = re.findall(rf'href="/persons/{home.person_id}/statuses/([a-z_]+)/new"', page)
        assert kinds == ["work", "benefit"]
        assert len(re.findall("/statuses/[a-z_]+/new", page)) == len(kinds)

    def test_a_change_is_three_fields_with_answers_and_a_click(self, home):
        new = f"/persons/{home.person_id}/statuses/work/new"

        answer = home.sends(new, code="casual")

        assert answer.status_code == 303
        page = home.page()
        assert "Work is recorded." in page
        assert "Casual work" in page
        assert page.count("2 Mar 2026") >= 2
        assert "Recorded until now:" in home.client.get(new).text

    def test_what_was_before_stands_below_with_its_days_and_who_noted_it(self, home):
        home.records(note=NOTED)
        home.records("casual", from_on="2026-02-09")

        page = home.page()

        assert "until Sun 8 Feb 2026" in page
        assert "noted by" in page
        assert NOTED in page

    def test_still_so_is_one_button_that_is_gone_once_it_was_asked(self, home):
        status = home.records(known_on=JANUARY).json
        assert home.page().count("Still so") == 1

        path = f"/statuses/{status['id']}/confirmation"
        answer = home.client.post(path, data={"form_key": uuid4().hex, "version": 1})

        assert answer.status_code == 303
        page = home.page()
        assert "It is noted that this is still so." in page
        assert ">Still so</button>" not in page

    def test_it_is_corrected_and_taken_back_on_forms(self, home):
        status = home.records().json

        home.sends(f"/statuses/{status['id']}/correction", code="caring", because=PRIVATE)
        page = home.page()
        assert "<s>Studying</s>" in page
        assert PRIVATE in page
        assert "Caring for somebody" in page

        standing = next(r for r in home.client.get(home.api).json["items"] if r["corrects_id"])
        home.sends(f"/statuses/{standing['id']}/taking-back", because="Of her sister")
        assert home.page().count("Not recorded") == 8

    def test_what_is_wrong_stands_beside_its_field(self, home):
        path = f"/persons/{home.person_id}/statuses/work/new"

        answer = home.sends(path, code="casual", from_on="2026-03-03")

        assert answer.status_code == 422
        assert "This day has not come yet." in answer.text

    @pytest.mark.parametrize("kind", ["hobby", "work'--"])
    def test_there_is_no_form_for_a_kind_that_is_none(self, home, kind):
        assert home.client.get(f"/persons/{home.person_id}/statuses/{kind}/new").status_code == 404

    def test_of_somebody_who_belongs_to_no_household_there_is_no_form(self, home, transactions):
        status = home.records().json
        with transactions.begin(SYSTEM, "arrange") as uow:
            stay = HouseholdMember.person_id == home.person_id
            member = uow.first(uow.select(HouseholdMember).where(stay))
            member.left_on, member.leave_reason = uow.today, LeaveReason.MOVED_OUT

        assert home.client.get(f"/statuses/{status['id']}/correction").status_code == 404


class TestApi:
    def test_it_tells_all_that_was_recorded_the_latest_first(self, home):
        home.records()
        home.records("none", "benefit", from_on="2026-02-09")

        rows = home.client.get(home.api).json["items"]

        assert [(row["kind"], row["code"]) for row in rows] == [
            ("benefit", "none"),
            ("work", "studying"),
        ]
        assert {row["created_by"] for row in rows} == {str(home.company.worker.user_id)}

    def test_what_was_corrected_is_not_corrected_again(self, home):
        status = home.records().json
        told = {"code": "caring", "from_on": JANUARY}

        assert home.acts(status, "correction", **told).status_code == 201
        assert home.acts(status, "correction", **told).status_code == 409

    def test_on_a_form_nobody_corrects_what_they_have_not_seen(self, home):
        path = f"/statuses/{home.records(known_on=JANUARY).json['id']}"
        seen = home.client.get(f"{path}/correction").text
        home.client.post(f"{path}/confirmation", data={"form_key": uuid4().hex, "version": 1})

        answer = filled.send(home.client, f"{path}/correction", seen, code="caring")

        assert answer.status_code == 422
        assert "since you opened it here" in answer.text
        assert len(home.client.get(home.api).json["items"]) == 1

    def test_it_is_said_to_be_still_so(self, home):
        status = home.records(known_on=JANUARY).json

        assert home.acts(status, "confirmation", known_on=TODAY).json["known_on"] == TODAY

    def test_it_is_taken_back_with_a_reason(self, home):
        status = home.records().json

        assert home.acts(status, "taking-back").status_code == 422
        assert home.acts(status, "taking-back", because=PRIVATE).json["corrected_at"]

    def test_who_looked_at_it_is_on_record_with_what_they_live_on(self, home):
        home.records()
        home.client.get(home.api)

        looks = home.client_of(home.company.worker).get(
            f"/households/{home.company.household.id}/looks"
        )

        assert looks.status_code == 200


class TestElsewhere:
    def test_the_timeline_says_since_when_and_what(self, home):
        home.records(note=NOTED)
        wrong = home.records("casual", from_on="2026-02-09").json
        home.acts(wrong, "taking-back", because=PRIVATE)

        file = f"/api/households/{home.company.household.id}/timeline?kind={Kind.STATUS}"
        entries = home.client.get(file).json["entries"]

        assert [(e["on"], e["detail"]) for e in entries] == [(JANUARY, f"Studying. {NOTED}")]
        assert entries[0]["title"].startswith("Work: ")

    def test_the_person_gets_it_with_their_record_but_for_caseworkers_notes(self, home):
        home.records("jobseeker", "benefit", note=NOTED)
        phone = home.client_of(None)
        me = SimpleNamespace(id=home.person_id)
        gone_on(phone, made(home.client, me))

        told = phone.get("/my-household/record/data").json["record"]["statuses"]

        assert [(row["code"], row["from_on"]) for row in told] == [("jobseeker", JANUARY)]
        assert "note" not in told[0]

    def test_who_moves_to_another_household_takes_it_along(self, home, transactions):
        home.records()
        with transactions.begin(SYSTEM, "arrange") as uow:
            stay = HouseholdMember.person_id == home.person_id
            before = uow.first(uow.select(HouseholdMember).where(stay))
            before.left_on, before.leave_reason = uow.today, LeaveReason.SEPARATED
            uow.session.flush()
            there = a_household(uow)
            now = HouseholdMember(
                household_id=there.id,
                person_id=home.person_id,
                relationship_code="PA",
                role=before.role,
                joined_on=uow.today,
            )
            uow.add(now)
            left = uow.count(PersonStatus, PersonStatus.person_id == home.person_id)

        assert left == 1
        assert "Studying" not in home.page()
