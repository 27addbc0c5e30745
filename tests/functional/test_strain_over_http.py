"""How a group's support goes, as its adviser and caseworkers see it; notes; messages to groups."""

import re
from datetime import timedelta

import pytest

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.funds.models import FundEntry, Pledge
from resettle.funds.rules import Category, Kind, State
from resettle.households.models import DenyListed
from resettle.messages.models import Mood, SponsorUpdate
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.roster.models import ShiftStatus
from resettle.sponsors.models import ReportDue, SponsorGroup, SponsorMember
from resettle.sponsors.queries import SORTS
from resettle.strain.models import GroupMessage, SupervisionNote
from resettle.strain.rules import Sign
from resettle.tasks.models import Category as TaskCategory
from resettle.tasks.models import Task
from tests import groups
from tests.weeks import TODAY, a_shift, at, company
from tests.world import a_household, a_user

KEY = {"Idempotency-Key": "a-note-of-a-manager"}
WEEK = timedelta(days=7)


@pytest.fixture
def made(transactions):
    return company(transactions)


@pytest.fixture
def manager(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        user = a_user(uow, Role.PROGRAMME_MANAGER, name="Mere Tait")
    return Actor(Role.PROGRAMME_MANAGER, user.id, "Mere Tait")


def strained(transactions, made):
    """Let a group grow tired: visits fall off, one of two members stays away, work is late."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        for member, weeks in ((made.lead_member, 5), (made.helper_member, 6)):
            _shift(uow, made, weeks, ShiftStatus.DONE, member_id=member.id)
        _shift(uow, made, 3, ShiftStatus.DONE, member_id=made.helper_member.id)
        for weeks in (1, 2):
            _shift(uow, made, weeks, ShiftStatus.MISSED, member_id=made.lead_member.id)
        about = {"household_id": made.household.id, "group_id": made.group.id}
        late = Task(**about, category=TaskCategory.HOUSE, due_on=TODAY - 2 * WEEK)
        late.title = "The heater"
        uow.add(late)
        deed = groups.a_deed(uow, made.group)
        uow.add(ReportDue(**about, deed_id=deed.id, code="REP-014", due_on=TODAY - WEEK))
        for model, more in (
            (Pledge, {"cents": 100_00, "months": 1, "pledged_on": TODAY, "first_on": TODAY}),
            (FundEntry, {"kind": Kind.SPEND, "category": Category.FOOD, "cents": 95_50}),
        ):
            row = model(group_id=made.group.id, **more)
            if model is FundEntry:
                row.happened_on, row.state = TODAY, State.APPROVED
            uow.add(row)


def _shift(uow, made, weeks, status, **facts):
    begins = at(10, TODAY - weeks * WEEK)
    return a_shift(uow, made, starts_at=begins, status=status, **facts)


def strain(made, start="/api"):
    return f"{start}/sponsor-groups/{made.group.id}/strain"


def lines(client, made):
    return {row["sign"]: row for row in client.get(strain(made)).json["items"]}


class TestEvidence:
    def test_each_number_stands_beside_what_it_is_compared_to(
        self, transactions, client_of, made, manager
    ):
        strained(transactions, made)

        found = lines(client_of(manager), made)

        told = {sign: (row["number"], row["against"]) for sign, row in found.items()}
        assert told == {
            "days_without_contact": (21, 14),
            "shifts_missed": (2, 0),
            "tasks_late": (1, 7),
            "reports_overdue": (1, 7),
            "members_active": (1, 2),
            "spent_of_pledged": (95_50, 100_00),
        }
        assert found["days_without_contact"]["since"] == "2026-02-09"
        assert found["shifts_missed"]["since"] == "2026-02-03"
        assert found["tasks_late"]["since"] == "2026-02-16"
        assert found["reports_overdue"]["since"] == "2026-02-23"
        assert all(row["worth_a_look"] for row in found.values())

    def test_of_a_group_that_does_well_nothing_is_marked(
        self, transactions, client_of, made, manager
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            for weeks in (1, 5):
                _shift(uow, made, weeks, ShiftStatus.DONE, member_id=made.lead_member.id)
            about = {"household_id": made.household.id, "group_id": made.group.id}
            update = SponsorUpdate(**about, mood=Mood.GOOD, sent_at=at(9))
            update.text = "All is well"
            uow.add(update)

        found = lines(client_of(manager), made)

        assert found["days_without_contact"]["number"] == 0
        assert not [sign for sign, row in found.items() if row["worth_a_look"]]

    def test_what_is_planned_is_no_contact_yet(self, transactions, client_of, made, manager):
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.first(uow.select(Sponsorship))
            match.confirmed_on = TODAY - WEEK
            a_shift(uow, made, starts_at=at(10, TODAY + WEEK), status=ShiftStatus.CONFIRMED)

        found = lines(client_of(manager), made)["days_without_contact"]

        assert (found["number"], found["since"]) == (7, "2026-02-23")

    def test_caseworkers_see_it_of_their_households_and_no_money(
        self, transactions, client_of, made, manager
    ):
        strained(transactions, made)
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_household(uow)
            groups.a_match(uow, made.group, other, status=SponsorshipStatus.CONFIRMED)
        mine, theirs = made.household.reference, other.reference

        worker = client_of(made.worker).get(strain(made, "")).text
        whole = client_of(manager).get(strain(made, "")).text

        assert mine in worker
        assert theirs not in worker
        assert "pledged" not in worker
        assert mine in whole
        assert theirs in whole
        assert "$95.50 spent" in whole

    def test_a_household_that_a_manager_is_kept_from_is_left_out(
        self, transactions, client_of, made, manager
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(DenyListed(household_id=made.household.id, user_id=manager.user_id))

        page = client_of(manager).get(strain(made, "")).text

        assert made.household.reference not in page
        assert "supports no household of yours" in page

    def test_the_page_says_that_it_is_no_score(self, transactions, client_of, made, manager):
        strained(transactions, made)

        page = client_of(manager).get(strain(made, "")).text

        assert "21 days since the last contact" in page
        assert "2 shifts missed" in page
        assert "It is no score" in page
        assert "default of this service" in page

    def test_nothing_is_added_up_to_a_score_and_no_group_is_ranked(
        self, transactions, client_of, made, manager
    ):
        strained(transactions, made)
        told = client_of(manager).get(strain(made)).json
        page = re.sub(r"<[^>]+>", " ", client_of(manager).get(strain(made, "")).text).lower()
        columns = {c.key for t in (SponsorGroup, SponsorMember) for c in t.__table__.columns}

        assert {*told} == {"items"}
        assert {key for row in told["items"] for key in row} == {
            *("sign", "number", "against", "since", "worth_a_look"),
            *("household_id", "reference", "question", "spread"),
        }
        # Numbers of lines are of different things: no line is their sum, and no sign is of more.
        assert len({row["sign"] for row in told["items"]}) == len(told["items"]) == 6
        assert {sign.value for sign in Sign} - {row["sign"] for row in told["items"]} == {"pulse"}
        assert page.count("score") == page.count("it is no score") == 1
        for word in ("rank", "score", "strain", "risk"):
            assert not [name for name in columns if word in name]
        assert {*SORTS} == {"name", "location", "status", "since"}

    def test_neither_the_group_nor_the_family_sees_it(self, client_of, made):
        for actor in (made.lead, made.helper, made.person):
            assert client_of(actor).get(strain(made)).status_code == 403
        page = client_of(made.lead).get(f"/sponsor-groups/{made.group.id}").text
        assert "How the support goes" not in page


class TestNotes:
    def test_managers_read_what_they_noted_and_nobody_else(
        self, transactions, client_of, made, manager
    ):
        client = client_of(manager)
        assert "Nothing is noted yet" in client.get(strain(made, "")).text
        path = f"/sponsor-groups/{made.group.id}/supervision-notes"
        assert "Programme managers alone" in client.get(f"{path}/new").text

        page = client.post(f"{path}/new", data={"text": "Two are tired"}, follow_redirects=True)
        client.post(f"/api{path}", json={"text": "Rang again"}, headers=KEY)

        assert "Two are tired" in page.text
        assert "Mere Tait" in page.text
        texts = [row["text"] for row in client.get(f"/api{path}").json["items"]]
        assert sorted(texts) == ["Rang again", "Two are tired"]
        assert "tired" not in client_of(made.worker).get(strain(made, "")).text
        for actor in (made.lead, made.helper, made.worker, made.person):
            assert client_of(actor).get(f"/api{path}").status_code == 403

    def test_they_lie_sealed_in_the_database(self, transactions, client_of, made, manager):
        path = f"/api/sponsor-groups/{made.group.id}/supervision-notes"
        client_of(manager).post(path, json={"text": "Two are tired"}, headers=KEY)

        with transactions.begin(SYSTEM, "look", read_only=True) as uow:
            (note,) = uow.all(uow.select(SupervisionNote))
            assert b"tired" not in note.sealed_text

    def test_an_empty_note_is_refused(self, client_of, made, manager):
        path = f"/sponsor-groups/{made.group.id}/supervision-notes/new"

        assert client_of(manager).post(path, data={"text": " "}).status_code == 422


class TestMessages:
    def test_written_once_it_waits_for_each_member_until_they_have_read_it(
        self, client_of, made, manager
    ):
        client = client_of(manager)
        assert "Write to groups" in client.get("/sponsor-groups").text
        assert "No message was sent yet" in client.get("/group-messages/new").text
        sent = {"text": "Training on 4 May", "location": "CHC"}
        page = client.post("/group-messages/new", data=sent, follow_redirects=True)
        assert "Training on 4 May" in page.text
        lead, helper = client_of(made.lead), client_of(made.helper)
        assert "Training on 4 May" in lead.get("/our-week").text
        (message,) = lead.get("/api/group-messages").json["items"]

        path = f"/group-messages/{message['id']}/reading"
        lead.post(path)
        again = lead.post(f"/api{path}", headers=KEY)

        assert again.status_code == 200
        assert "Training on 4 May" not in lead.get("/our-week").text
        assert "Training on 4 May" in helper.get("/our-week").text

    @pytest.mark.parametrize(("location", "shown"), [(None, True), ("CHC", True), ("AKL", False)])
    def test_it_reaches_the_groups_of_its_place(self, client_of, made, manager, location, shown):
        body = {"text": "Kia ora koutou"} | ({"location": location} if location else {})
        client_of(manager).post("/api/group-messages", json=body, headers=KEY)

        assert ("Kia ora koutou" in client_of(made.helper).get("/our-week").text) is shown

    def test_one_that_is_long_past_waits_no_more(self, transactions, client_of, made):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(GroupMessage(text="Last year", sent_at=uow.now - timedelta(days=61)))

        assert "Last year" not in client_of(made.helper).get("/our-week").text

    def test_who_is_not_confirmed_is_told_nothing(self, transactions, client_of, made):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(GroupMessage(text="To all", sent_at=uow.now))
            user = a_user(uow, Role.SPONSOR_MEMBER)
        stranger = Actor(Role.SPONSOR_MEMBER, user.id)

        assert "To all" not in client_of(stranger).get("/our-week").text
        assert client_of(stranger).get("/api/group-messages").status_code == 403

    def test_a_place_that_there_is_not_is_refused(self, client_of, manager):
        sent = {"text": "Kia ora", "location": "NOWHERE"}

        answer = client_of(manager).post("/group-messages/new", data=sent)

        assert answer.status_code == 422
        assert "There is no such place" in answer.text
