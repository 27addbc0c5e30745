"""The household's file, and the forms that stand beside it."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest

from resettle.cases import judging
from resettle.cases.acts import RecordDecision
from resettle.cases.papers import DecisionKind
from resettle.consents.models import Item
from resettle.consents.rules import Decision
from resettle.core.actor import SYSTEM, Role
from resettle.desk.ways import way_to
from resettle.households.models import Household, HouseholdMember, LeaveReason
from resettle.households.queries import current_members
from resettle.milestones.models import Milestone, Status
from resettle.programmes.facts import Fact
from tests.desks import ROLES, a_desk, a_quota_household, a_step
from tests.journeys import a_quota_case, a_sponsored_case, a_team_leader, at
from tests.world import a_caseworker, a_consent, a_household, a_member, a_sponsor_of

TABS = ["", "/people", "/milestones", "/timeline", "/placements", "/consents", "/looks"]
FORMS = [
    "/contact", "/arrival", "/homes/new", "/houses/new", "/days", "/changes/birth",
    "/newcomers/new", "/caseworkers/new", "/change", "/cases/new",
]  # fmt: skip
CONTACT = {"channel": "visit", "on": "2026-03-02", "at": "09:00", "text": "They like the school."}
CHILD = {
    "family_name": "Haidari", "given_name": "Amir", "sex": "M", "born_on": "2026-02-01",
    "relationship": "SON",
}  # fmt: skip


def bears(client, file, **more):
    """Record a birth, as a change that was seen and confirmed."""
    shown = client.get(file + "/changes/birth").text
    version = re.search(r'name="version" value="(\d+)"', shown)[1]
    data = {**CHILD, **more, "version": version, "confirmed": "true"}
    assert client.post(file + "/changes/birth", data=data).status_code == 303


@pytest.fixture
def desk(transactions, client_of):
    """Give a client of a caseworker, and the address of the one household."""
    worker, (household_id,) = a_desk(transactions)
    return client_of(worker), f"/households/{household_id}"


class TestFile:
    def test_it_opens_with_what_is_due_and_by_whom(self, desk):
        client, file = desk

        page = client.get(file).text

        assert page.index("Due next") < page.index("Where things stand") < page.index("People</h2>")
        assert page.index("Welcome team, roster") < page.index("House-ready checklist complete")
        assert "10 days late" in page
        assert "Settlement provider" in page
        assert "0 of 1 due so far; 2 in all" in page

    def test_every_way_on_says_what_is_missing(self, desk):
        client, file = desk

        page = client.get(file).text

        assert "Moved into the house" in page
        assert "The household has no current placement in a dwelling." in page

    def test_names_stand_in_their_own_script_first(self, desk):
        client, file = desk

        page = client.get(file + "/people").text

        assert page.index("زهرا حیدری") < page.index("Zahra Haidari")
        assert "35 years" in page
        assert "Dari" in page
        assert "Principal applicant" in page

    @pytest.mark.parametrize("tab", TABS)
    def test_the_browser_keeps_the_reference_and_no_name(self, desk, tab):
        client, file = desk

        page = client.get(file + tab).text
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]

        assert re.match(r"R-\d{4}-\d{4,}: \w", title)
        assert "Haidari" not in title
        assert len(re.findall(r"<h1\b", page)) == 1

    @pytest.mark.parametrize("path", [*TABS, *FORMS])
    def test_a_file_of_others_is_as_if_it_were_not_there(self, transactions, client_of, path):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow)
            stranger = a_caseworker(uow)
        client = client_of(stranger)

        theirs = client.get(f"/households/{household.id}{path}")
        none = client.get(f"/households/{uuid4()}{path}")

        assert (theirs.status_code, none.status_code) == (404, 404)

    @pytest.mark.parametrize("path", [*TABS, *FORMS])
    @pytest.mark.parametrize(
        "role", [Role.SPONSOR_MEMBER, Role.ADMINISTRATOR, Role.AUDITOR, Role.HOUSEHOLD_PERSON]
    )
    def test_it_is_for_caseworkers(self, desk, client_of, role, path):
        _, file = desk

        assert client_of(ROLES[role]).get(file + path).status_code == 403

    def test_it_tells_of_each_adult_what_they_share(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow)
            partner = a_member(uow, household, "HUS", given_name="Reza")
            a_member(uow, household, "SON", given_name="Amir", born_on=date(2019, 1, 1))
            a_consent(uow, household, partner, Item.PHONE, seq=1)
            worker = a_caseworker(uow, household)

        page = client_of(worker).get(f"/households/{household.id}").text

        assert "Amir" not in page.partition("Consents</h2>")[2].partition("<h2")[0]
        assert re.search(r"Reza Haidari</bdi>:\s+Sponsor group \(phone\)", page)
        assert re.search(r'Zahra Haidari</bdi>:\s+<span class="quiet">shares nothing', page)

    def test_the_months_are_drawn_once_the_household_is_here(self, desk):
        client, file = desk
        assert "24 months" not in client.get(file).text

        client.post(file + "/arrival", data={"arrived_on": "2026-03-01"})

        assert '<svg class="line"' in client.get(file).text

    def test_a_household_without_a_case_has_a_file_too(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow)
            worker = a_caseworker(uow, household)
        client = client_of(worker)

        page = client.get(f"/households/{household.id}").text

        assert "No case has been opened" in page
        assert "No milestone is waiting." in page


class TestMilestones:
    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("", {"Welcome team", "House-ready"}),
            ("?show=late", {"Welcome team"}),
            ("?show=all", {"Welcome team", "House-ready", "Enrolled with a GP"}),
        ],
    )
    def test_open_ones_unless_asked_otherwise(self, transactions, desk, query, shown):
        client, file = desk
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = uow.first(uow.select(Household))
            met = {"status": Status.MET, "met_on": date(2026, 2, 1)}
            a_step(uow, household, code="HEA-01", domain="HEA", **met)

        page = client.get(f"{file}/milestones{query}").text

        known = {"Welcome team", "House-ready", "Enrolled with a GP"}
        assert {title for title in known if title in page} == shown

    def test_what_is_late_or_due_soon_stands_open_and_the_rest_is_folded(self, transactions, desk):
        client, file = desk
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = uow.first(uow.select(Household))
            a_step(uow, household, code="HOU-05", due_on=uow.today + timedelta(days=8))
            met = {"status": Status.MET, "met_on": date(2026, 2, 1)}
            a_step(uow, household, code="HEA-01", domain="HEA", **met)

        page = client.get(f"{file}/milestones?show=all").text

        folds = re.findall(r'<details class="mb-4">.*?</details>', page, re.DOTALL)
        folded = [re.findall(r'rowheader"[^>]*><div>([^<]+)', fold) for fold in folds]
        assert len(re.findall("Show 1 that is due later, or done with", page)) == len(folds) == 2
        assert [len(titles) for titles in folded] == [1, 1]
        assert {"Enrolled with a GP"} < {title for titles in folded for title in titles}
        assert page.index("Welcome team") < page.index('<details class="mb-4">')

    def test_met_late_takes_a_reason_and_keeps_what_was_typed(self, desk):
        client, file = desk
        way = re.search(r'href="(/milestones/[^"]+/met)"', client.get(file).text)[1]

        refused = client.post(way, data={"met_on": "2026-03-01", "evidence": "Letter of 1 March"})
        taken = client.post(way, data={"met_on": "2026-03-01", "reason": "The flight was late"})

        assert refused.status_code == 422
        assert "Letter of 1 March" in refused.text
        assert "Say why, without blame." in refused.text
        assert (taken.status_code, taken.location) == (303, file + "/milestones")
        page = client.get(file + "/milestones?show=all").text
        assert "Met late" in page
        assert "The flight was late" in page

    def test_met_can_be_opened_again(self, desk):
        client, file = desk
        way = re.findall(r'href="(/milestones/[^"]+/met)"', client.get(file).text)[1]
        client.post(way, data={"met_on": "2026-03-01"})
        again = way.replace("/met", "/reopening")
        assert client.get(again).status_code == 200

        client.post(again, data={"reason": "It was another house"})

        assert way in client.get(file).text

    @pytest.mark.parametrize(
        ("typed", "status"),
        [
            ({"way": "begun"}, "in_progress"),
            ({"way": "blocked", "reason": "No interpreter"}, "blocked"),
            ({"way": "not_applicable", "reason": "They have one"}, "not_applicable"),
            ({"way": "day", "due_on": "2026-04-01"}, "not_started"),
        ],
    )
    def test_what_else_may_become_of_it(self, transactions, desk, typed, status):
        client, file = desk
        way = re.search(r'href="(/milestones/[^"]+/change)"', client.get(file).text)[1]
        assert "does without it" not in client.get(way).text

        answer = client.post(way, data=typed)

        assert answer.status_code == 303
        with transactions.begin(SYSTEM, "look") as uow:
            step = uow.find(Milestone, UUID(way.split("/")[2]))
            assert step.status.value == status
            assert step.due_overridden is (typed["way"] == "day")

    @pytest.mark.parametrize(
        "typed", [{"way": "blocked"}, {"way": "day"}, {"way": "not_applicable"}]
    )
    def test_a_change_without_what_it_needs_is_refused(self, desk, typed):
        client, file = desk
        way = re.search(r'href="(/milestones/[^"]+/change)"', client.get(file).text)[1]

        assert client.post(way, data=typed).status_code == 422

    def test_a_team_leader_may_do_without_one(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow)
            step = a_step(uow, household)
            leader = a_team_leader(uow, household)
        client = client_of(leader)
        way = f"/milestones/{step.id}/change"
        assert "does without it" in client.get(way).text

        client.post(way, data={"way": "waived", "reason": "They live with relatives"})

        page = client.get(f"/households/{household.id}/milestones?show=all").text
        assert "Waived" in page

    def test_correcting_a_day_shows_first_what_moves(self, desk):
        client, file = desk
        client.post(file + "/arrival", data={"arrived_on": "2026-02-01"})
        assert "Sun 1 Feb 2026" in client.get(file + "/days").text

        preview = client.get(file + "/days?anchor=arrived&to=2026-02-08").text
        client.post(file + "/days/correction", data={"anchor": "arrived", "to": "2026-02-08"})

        assert "Moves (" in preview
        assert "Sun 8 Feb 2026" in client.get(file).text

    def test_correcting_to_the_same_day_moves_nothing(self, desk):
        client, file = desk
        client.post(file + "/arrival", data={"arrived_on": "2026-02-01"})

        assert "Moves (" not in client.get(file + "/days?anchor=arrived&to=2026-02-01").text


class TestTimeline:
    def test_all_that_happened_stands_in_it(self, transactions, desk):
        client, file = desk
        client.post(file + "/contact", data=CONTACT)
        client.post(file + "/arrival", data={"arrived_on": "2026-03-01"})
        bears(client, file)
        client.post(file + "/homes/new", data={"kind": "reception", "start_on": "2026-03-01"})
        way = re.search(r'href="(/milestones/[^"]+/met)"', client.get(file).text)[1]
        client.post(way, data={"met_on": "2026-03-01", "reason": "The flight was late"})

        page = client.get(file + "/timeline").text

        told = (
            "Visit contact",
            "They like the school.",
            "Stage: Submitted to New Zealand",
            "Met (late): Welcome team",
            "The flight was late",
            "Born: Amir Haidari",
            "Lives in Palmerston North (reception)",
            "Mere Tamihana",
        )
        assert [text for text in told if text not in page] == []

    @pytest.mark.parametrize(
        ("kind", "shown"), [("contact", True), ("stage", False), ("consent", False)]
    )
    def test_it_can_be_asked_for_one_kind(self, desk, kind, shown):
        client, file = desk
        client.post(file + "/contact", data=CONTACT)

        page = client.get(f"{file}/timeline?kind={kind}").text

        assert ("They like the school." in page) is shown

    def test_it_goes_back_by_whole_days(self, desk):
        client, file = desk
        for number in range(60):
            day = f"2026-02-{1 + number // 3:02d}"
            client.post(file + "/contact", data={**CONTACT, "on": day, "text": f"note {number}."})

        newest = client.get(file + "/timeline?kind=contact").text
        way = re.search(r'rel="next" href="([^"]+)"', newest)[1].replace("&amp;", "&")
        oldest = client.get(way).text

        notes = re.findall(r"note (\d+)\.", newest) + re.findall(r"note (\d+)\.", oldest)
        assert sorted(map(int, notes)) == [*range(60)]
        assert 'rel="prev"' in oldest

    def test_json_tells_the_same(self, desk):
        client, file = desk
        client.post(file + "/contact", data=CONTACT)

        told = client.get(f"/api{file}/timeline").json

        assert told["earlier"] is None
        assert told["entries"][0]["on"] == "2026-03-02"
        assert {"contact", "stage", "people"} <= {entry["kind"] for entry in told["entries"]}

    def test_consents_and_matches_stand_in_it(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_household(uow)
            person = a_member(uow, household, joined_on=date(2025, 12, 1))
            a_sponsor_of(uow, household)
            stay = uow.first(uow.select(HouseholdMember))
            stay.left_on, stay.leave_reason = date(2026, 2, 1), LeaveReason.MOVED_OUT
            a_consent(uow, household, person, Item.NAME, seq=1)
            taken = Decision.WITHDRAW
            a_consent(uow, household, person, Item.PHONE, seq=2, decision=taken)
            worker = a_caseworker(uow, household)
        client, file = client_of(worker), f"/households/{household.id}"

        page = client.get(file + "/timeline").text
        earlier = client.get(file + "/timeline?before=2026-01-01").text

        told = (
            "Consent given: share with sponsor, name",
            "Consent withdrawn: share with sponsor, phone",
            "A sponsor group is proposed",
            "Left: Zahra Haidari (moved out)",
        )
        assert [text for text in told if text not in page] == []
        assert "Joined: Zahra Haidari" in earlier
        assert "Joined" not in client.get(file + "/timeline?before=2025-11-01").text
        assert "Left: Zahra" not in earlier

    def test_decisions_and_holds_stand_in_it(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow)
            case = a_quota_case(uow, household)
            decided = RecordDecision(kind=DecisionKind.APPROVED, decided_on=date(2026, 2, 1))
            judging.decide(uow, case.id, decided)
            worker = a_caseworker(uow, household)
        client = client_of(worker)
        hold = {"on": "2026-03-01", "reason": "TRAVEL", "review_on": "2026-04-01"}
        client.post(f"/cases/{case.id}/moves/ON_HOLD", data=hold)

        page = client.get(f"/households/{household.id}/timeline?kind=decision").text

        assert "Decision: approved" in page
        assert "On hold, looked at again on 1 April 2026" in page

    def test_an_unknown_kind_is_refused(self, desk):
        client, file = desk

        assert client.get(file + "/timeline?kind=gossip").status_code == 422


class TestForms:
    def test_a_contact_takes_how_when_and_what(self, desk):
        client, file = desk
        assert client.get(file + "/contact").status_code == 200

        answer = client.post(file + "/contact", data=CONTACT)

        assert (answer.status_code, answer.location) == (303, file)
        assert "The contact is recorded." in client.get(file).text

    @pytest.mark.parametrize(
        ("wrong", "fault"),
        [
            ({"text": " "}, "Fill this in."),
            ({"on": "2026-03-03"}, "This moment has not come yet."),
            ({"at": "half past"}, "Write the time as 14:30."),
            ({"next_action": "Call the school"}, "Say by when the next action is due."),
        ],
    )
    def test_what_is_wrong_with_a_contact_is_said_and_nothing_is_lost(self, desk, wrong, fault):
        client, file = desk

        answer = client.post(file + "/contact", data={**CONTACT, **wrong})

        assert answer.status_code == 422
        assert fault in answer.text
        assert "text" in wrong or "They like the school." in answer.text

    def test_a_contact_that_is_sent_twice_is_written_once(self, desk):
        client, file = desk
        sent = {**CONTACT, "form_key": "0123456789abcdef"}

        client.post(file + "/contact", data=sent)
        client.post(file + "/contact", data=sent)

        page = client.get(file + "/timeline?kind=contact").text
        assert page.count("They like the school.") == 1

    def test_a_household_is_opened_and_its_people_join(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            worker = a_caseworker(uow)
        client = client_of(worker)
        facts = {**CHILD, "born_on": "1990-01-01", "programme_code": "rqp",
                 "primary_language": "ara", "needs_interpreter": "true"}  # fmt: skip
        del facts["relationship"]

        opened = client.post("/households/new", data=facts)
        joined = client.post(
            opened.location.replace("/people", "/newcomers/new"),
            data={**CHILD, "joined_on": "2026-03-01", "given_name": "Laila", "confirmed": "true"},
        )

        assert (opened.status_code, joined.status_code) == (303, 303)
        page = client.get(opened.location).text
        assert "Amir Haidari" in page
        assert "Laila Haidari" in page

    def test_a_birth_gives_the_child_its_guardian(self, transactions, desk):
        client, file = desk
        with transactions.begin(SYSTEM, "look") as uow:
            household = uow.first(uow.select(Household))
            mother = current_members(uow, household.id)[0].person_id
        assert str(mother) in client.get(file + "/changes/birth").text

        bears(client, file, guardian_id=str(mother))

        with transactions.begin(SYSTEM, "look") as uow:
            child = current_members(uow, household.id)[1]
            assert child.guardian_id == mother

    def test_a_house_is_made_ready_and_moved_into(self, transactions, desk):
        client, file = desk
        client.post(file + "/arrival", data={"arrived_on": "2026-02-01"})
        with transactions.begin(SYSTEM, "look") as uow:
            household_id = uow.first(uow.select(Household)).id
        house = {"household_id": str(household_id), "address": "4 Kākā Street", "bedrooms": "3",
                 "location": "PMR", "tenure": "public_housing"}  # fmt: skip

        checklist = client.post(file + "/houses/new", data=house).location
        items = set(re.findall(r'name="([^"]+)" type="radio"', client.get(checklist).text))
        unready = client.get(file + "/homes/new").text
        nothing = client.post(checklist, data={})
        client.post(checklist, data=dict.fromkeys(items, "ok"))
        dwelling = checklist.split("/")[4]
        home = {"kind": "settled", "dwelling_id": dwelling, "start_on": "2026-03-01"}
        moved = client.post(file + "/homes/new", data=home)

        assert (nothing.status_code, moved.status_code) == (422, 303)
        assert "Not seen to be in order" in unready
        assert "4 Kākā Street" in unready
        assert "Settled" in client.get(file + "/placements").text

    def test_a_consent_is_recorded_and_withdrawn(self, desk):
        client, file = desk
        page = client.get(file + "/consents").text
        way = re.search(r'href="(/persons/[^"]+/consents/new)"', page)[1]
        assert client.get(way).status_code == 200

        client.post(way, data={
            "purpose": "share_with_sponsor", "item": "name", "recipient_type": "sponsor_group",
            "method": "signed", "language": "prs", "text_version": "2026-1",
        })  # fmt: skip
        given = client.get(file + "/consents").text
        back = client.post(re.search(r'action="(/consents/[^"]+)"', given)[1])

        assert "<strong>Sponsor group</strong>: name" in given
        assert (back.status_code, back.location) == (303, file + "/consents")
        assert "<strong>Sponsor group" not in client.get(back.location).text

    def test_a_move_says_what_is_missing_and_only_leaders_go_past_it(
        self, transactions, desk, client_of
    ):
        client, file = desk
        way = re.search(r'href="(/cases/[^"]+/moves/[^"]+)"', client.get(file).text)[1]

        page = client.get(way).text
        refused = client.post(way, data={"on": "2026-03-02"})

        assert "Still missing" in page
        assert '<button class="btn btn-primary">Move' not in page
        assert refused.status_code == 422
        assert "The household has no current placement in a dwelling." in refused.text

    def test_a_case_is_put_on_hold_and_goes_on(self, desk):
        client, file = desk
        page = client.get(file).text
        way = re.search(r'href="(/cases/[^"]+/moves/ON_HOLD)"', page)[1]
        assert "Pregnancy" in client.get(way).text

        held = client.post(
            way, data={"on": "2026-03-02", "reason": "TRAVEL", "review_on": "2026-04-01"}
        )

        assert (held.status_code, held.location) == (303, file)
        page = client.get(file).text
        assert "The case has moved: On hold." in page
        assert re.search(r"/moves/RECEPTION", page)

    def test_a_move_that_does_not_exist_is_not_found(self, desk):
        client, file = desk
        way = re.search(r'href="(/cases/[^"]+/moves/)', client.get(file).text)[1]

        assert client.get(way + "COMPLETED").status_code == 404

    def test_a_household_is_handed_over(self, transactions, desk):
        client, file = desk
        with transactions.begin(SYSTEM, "arrange") as uow:
            colleague = a_caseworker(uow)
        sent = {"user_id": str(colleague.user_id), "from_on": "2026-03-01", "reason": "Moved away"}
        assert "Mere Tamihana" in client.get(file + "/caseworkers/new").text

        second = client.post(file + "/caseworkers/new", data={**sent, "kind": "second"})
        gone = client.post(file + "/caseworkers/new", data={**sent, "kind": "primary"})

        assert (second.status_code, second.location) == (303, file)
        assert (gone.status_code, gone.location) == (303, "/")
        assert client.get(file).status_code == 404


def test_a_leader_goes_past_what_may_be_overridden(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_quota_household(uow)
        at(a_quota_case(uow, household), "SUPPORT_INTENSIVE")
        leader = a_team_leader(uow, household)
    client = client_of(leader)
    file = f"/households/{household.id}"
    ways = re.findall(r'href="(/cases/[^"]+/moves/[^"]+)"', client.get(file).text)
    open_to_leaders = [way for way in ways if "Move all the same" in client.get(way).text]

    moved = client.post(
        open_to_leaders[0],
        data={"on": "2026-03-02", "override_reason": "The papers come with the family."},
    )

    assert moved.status_code == 303
    page = client.get(file + "/timeline").text
    assert "(overridden)" in page
    assert "The papers come with the family." in page


class TestPapers:
    """From a missing fact to the page on which it is recorded."""

    @pytest.fixture
    def case(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_quota_household(uow, location=None)
            case = at(a_quota_case(uow, household), "SUBMITTED")
            worker = a_caseworker(uow, household)
        return client_of(worker), f"/households/{household.id}", f"/cases/{case.id}"

    def test_what_is_missing_leads_to_where_it_is_recorded(self, case):
        client, file, _ = case

        page = client.get(file).text
        ways = re.findall(r'<li>[^<]+<a href="([^"]+)">Record it', page)

        assert ways
        assert [way for way in ways if client.get(way).status_code != 200] == []

    def test_every_fact_that_is_recorded_on_a_page_has_one(self, case, app):
        _, _, way = case
        case_id = UUID(way.split("/")[2])
        known = SimpleNamespace(id=case_id, household_id=uuid4())

        with app.test_request_context():
            ways = [way_to(known, fact) for fact in Fact]

        assert any(ways)
        assert None in ways

    def test_what_is_known_is_written_down_and_the_rest_stays(self, case):
        client, file, way = case

        first = client.post(way + "/facts", data={"programme_year": "2025/26"})
        second = client.post(way + "/facts", data={"subcategory": "WAR", "version": "3"})
        page = client.get(way + "/facts").text

        assert (first.status_code, first.location) == (303, file)
        assert second.status_code == 422
        assert 'value="2025/26"' in page

    def test_a_check_and_a_decision_stand_in_the_judgement(self, case):
        client, _, way = case
        sent = {"checked_on": "2026-03-01", "result": "concern", "note": "Ask the doctor again"}

        client.post(way + "/checks/health", data=sent)
        client.post(way + "/checks/risk", data={**sent, "result": "clear"})
        client.post(way + "/decision", data={"kind": "approved", "decided_on": "2026-03-01"})

        page = client.get(way + "/judgement").text
        told = ("A concern", "Clear", "No result yet", "Ask the doctor again", "Approved")
        assert [text for text in told if text not in page] == []
        assert client.get(way + "/checks/weather").status_code == 404
        assert client.get(way + "/checks/health").status_code == 200
        assert client.get(way + "/decision").status_code == 200

    def test_a_line_of_the_checklist_is_answered(self, case):
        client, _, way = case
        lines = re.findall(rf'href="({way}/checklist/[^"]+)"', client.get(way + "/checklist").text)
        assert client.get(lines[0]).status_code == 200

        answer = client.post(lines[0], data={"status": "met"})

        assert (answer.status_code, answer.location) == (303, way + "/checklist")
        assert client.get(way + "/checklist").text.count(">Met<") == 1

    def test_a_line_of_another_case_is_not_found(self, case, transactions):
        client, file, way = case
        line = re.search(rf'href="{way}/checklist/([^"]+)"', client.get(way + "/checklist").text)[1]
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = uow.find(Household, UUID(file.split("/")[2]))
            other = a_quota_case(uow, household)

        assert client.get(f"/cases/{other.id}/checklist/{line}").status_code == 404

    def test_a_case_is_opened_and_its_applicant_judged(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_household(uow)
            a_member(uow, household)
            worker = a_caseworker(uow, household)
            old = a_sponsored_case(uow, household)
        client = client_of(worker)
        way = f"/households/{household.id}/cases/new"
        assert client.get(way).status_code == 200

        opened = client.post(way, data={"programme_code": "rqp", "source": "unhcr"})
        client.post(f"/cases/{old.id}/applicant", data={"mandate_confirmed": "true"})

        assert opened.status_code == 303
        assert "Rules of the programme" in client.get(f"/cases/{old.id}/judgement").text
        page = client.get(f"/cases/{old.id}/applicant").text
        assert re.search(r'name="mandate_confirmed".*?value="true" selected', page, re.DOTALL)

    def test_where_a_household_is_to_live_is_changed(self, case):
        client, file, _ = case
        assert "Not allocated yet" in client.get(file).text
        assert client.get(file + "/change").status_code == 200

        client.post(file + "/change", data={"location": "HAM", "needs_interpreter": "false"})

        page = client.get(file).text
        assert "Hamilton" in page
        assert "Needs an interpreter" not in page
