"""Updates, the thread, the group's tasks and a member's feed, over HTTP."""

import re
from datetime import timedelta

import pytest

from resettle.cases.models import AssignmentKind
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Household
from resettle.roster.models import ShiftStatus
from tests.weeks import TODAY, a_shift, at, company
from tests.world import a_caseworker


@pytest.fixture
def made(transactions):
    return company(transactions)


HIDDEN = frozenset({"csrf_token", "form_key", "version"})


def home(made, more):
    return f"/households/{made.household.id}/{more}"


class TestUpdates:
    def test_from_the_phone_of_a_volunteer_to_the_queue_of_the_caseworker(self, client_of, made):
        sponsor, worker = client_of(made.helper), client_of(made.worker)
        form = home(made, "sponsor-updates/new")
        assert form in sponsor.get("/our-week").text
        assert "Not the family" in sponsor.get(form).text

        sent = sponsor.post(
            form, data={"mood": "hard", "text": "They are worried"}, follow_redirects=True
        )

        assert "Your caseworker has it" in sent.text
        today = worker.get("/today").text
        assert "Update from the sponsor group" in today
        assert "It is hard going." in today
        assert "They are worried" not in today
        page = worker.get(home(made, "sponsor-updates")).text
        assert "They are worried" in page
        act = re.search(r'action="(/sponsor-updates/[^"]*/reading)"', page)[1]
        read = worker.post(act, data={"version": "1"}, follow_redirects=True)
        assert "Marked as read" in read.text
        assert "Update from the sponsor group" not in worker.get("/today").text

    def test_it_takes_one_link_one_line_and_one_press(self, client_of, made):
        sponsor = client_of(made.helper)
        way = re.search(r'<a href="(/[^"]+)">Ten seconds', sponsor.get("/our-week").text)[1]
        form = sponsor.get(way).text
        asked = re.findall(r'<input[^>]*name="(\w+)"', form[form.index("<main") :])
        preset = re.findall(r'value="(\w+)"[^>]* checked', form)

        sent = sponsor.post(way, data={"mood": preset[0], "text": "All is well"})

        assert [*dict.fromkeys(n for n in asked if n not in HIDDEN)] == ["mood", "text"]
        assert preset == ["good"]
        assert (sent.status_code, sent.location) == (303, "/")
        row = client_of(made.worker).get(f"/api{home(made, 'sponsor-updates')}").json["items"][0]
        assert (row["mood"], row["text"]) == ("good", "All is well")

    def test_an_empty_one_is_not_sent(self, client_of, made):
        sponsor = client_of(made.helper)

        assert "There is no update yet" in sponsor.get(home(made, "sponsor-updates")).text
        assert sponsor.post(home(made, "sponsor-updates/new"), data={}).status_code == 422


class TestThreadInTheQueue:
    """What a family and its group write waits in the caseworker's queue until it was read."""

    def lines(self, client):
        found = client.get("/api/queue?source=thread").json["items"]
        return [(line["title"], line["why"]) for line in found]

    def test_it_waits_with_the_reason_until_it_is_read(self, client_of, made):
        sponsor, person, worker = (client_of(x) for x in (made.helper, made.person, made.worker))
        path = home(made, "thread")
        sponsor.post(path, data={"text": "Kia ora, we come at ten"})
        first = self.lines(worker)
        person.post(path, data={"text": "Thank you"})

        both = self.lines(worker)
        today = worker.get("/today").text

        assert first == [
            (
                "Read what the sponsor group wrote in the shared thread",
                "Due today. One message waits: not read by you, and not answered by a caseworker.",
            )
        ]
        assert both == [
            (
                "Read what the family and the sponsor group wrote in the shared thread",
                "Due today. 2 messages wait: not read by you, and not answered by a caseworker.",
            )
        ]
        assert f'href="{path}"' in today
        assert "Kia ora" not in today
        worker.post(path + "/reading")
        assert self.lines(worker) == []

    def test_what_a_colleague_answered_waits_for_nobody(self, transactions, client_of, made):
        person, worker, path = (
            client_of(made.person),
            client_of(made.worker),
            home(made, "thread"),
        )
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = uow.find(Household, made.household.id)
            colleague = client_of(a_caseworker(uow, household, kind=AssignmentKind.SECOND))
        person.post(path, data={"text": "When do you come?"})
        assert [title for title, _ in self.lines(colleague)] == [
            "Read what the family wrote in the shared thread"
        ]

        worker.post(path, data={"text": "At ten."})

        assert self.lines(colleague) == self.lines(worker) == []

    def test_what_was_taken_back_is_waited_for_no_more(self, client_of, made):
        person, worker, path = (
            client_of(made.person),
            client_of(made.worker),
            home(made, "thread"),
        )
        page = person.post(path, data={"text": "Sorry"}, follow_redirects=True).text
        act = re.search(r'action="(/thread-messages/[^"]*/retraction)"', page)[1]
        assert len(self.lines(worker)) == 1

        person.post(act, data={"version": "1"})

        assert self.lines(worker) == []


class TestThread:
    def test_written_read_taken_back(self, client_of, made):
        sponsor, person, path = client_of(made.helper), client_of(made.person), home(made, "thread")
        assert "Nobody has written yet" in person.get(path).text
        assert "All of them, always." in sponsor.get(path).text
        sent = sponsor.post(path, data={"text": "Kia ora, we come at ten"}, follow_redirects=True)
        assert "It is sent" in sent.text
        assert path in person.get("/my-household").text

        seen = person.get(path).text
        assert "Kia ora, we come at ten" in seen
        assert "New" in seen
        read = person.post(f"{path}/reading", follow_redirects=True)
        assert "Marked as read" in read.text
        assert "I have read them" not in person.get(path).text
        back = re.search(r'action="(/thread-messages/[^"]*/retraction)"', sponsor.get(path).text)[1]
        gone = sponsor.post(back, follow_redirects=True)

        assert "It is taken back" in gone.text
        assert "Kia ora, we come at ten" not in person.get(path).text
        assert "This message was taken back" in person.get(path).text

    def test_unread_ones_are_counted_in_the_week(self, client_of, made):
        client_of(made.person).post(home(made, "thread"), data={"text": "Salaam"})

        assert "1 not read" in client_of(made.helper).get("/our-week").text

    def test_a_worry_goes_to_the_caseworkers_alone(self, client_of, made):
        path = home(made, "thread")
        client_of(made.helper).post(path, data={"text": "You must come on Sunday"})
        person = client_of(made.person)
        form = re.search(r'href="(/thread-messages/[^"]*/report)"', person.get(path).text)[1]
        assert "You must come on Sunday" in person.get(form).text

        told = person.post(form, data={"text": "We do not want to"}, follow_redirects=True)

        assert "The caseworkers look after it" in told.text
        assert "Incident" in client_of(made.worker).get("/today").text
        assert "We do not want to" not in client_of(made.helper).get(path).text


class TestGroupTasks:
    def test_handed_over_done_and_taken_back(self, client_of, made):
        worker, sponsor = client_of(made.worker), client_of(made.helper)
        body = {"title": "Buy a heater", "category": "house", "due_on": "2026-03-04"}
        body["detail"] = "Told in confidence"
        worker.post(home(made, "tasks/new"), data=body)
        task = re.search(r"/tasks/([0-9a-f-]{36})", worker.get(home(made, "tasks")).text)[1]
        assert "Buy a heater" not in sponsor.get("/our-week").text
        assert "reads the title" in worker.get(f"/tasks/{task}").text

        handed = worker.post(f"/tasks/{task}/group", follow_redirects=True)
        week = sponsor.get("/our-week").text
        done = sponsor.post(f"/group-tasks/{task}/done", follow_redirects=True)
        again = sponsor.post(f"/group-tasks/{task}/reopening", follow_redirects=True)
        recalled = worker.post(f"/tasks/{task}/group/withdrawal", follow_redirects=True)

        assert "The group has it now" in handed.text
        assert "Buy a heater" in week
        assert "Told in confidence" not in week
        assert "Done. Thank you." in done.text
        assert "open again" in again.text
        assert "The group has it no more" in recalled.text
        assert sponsor.get(f"/group-tasks/{task}/change").status_code == 404

    def test_the_group_adds_its_own_and_says_who_does_it(self, client_of, made):
        lead, path = client_of(made.lead), home(made, "group-tasks")
        assert "Nothing is open" in lead.get(path).text
        assert "Tom Fraser" in lead.get(f"{path}/new").text
        body = {"title": "Library cards", "category": "social", "due_on": "2026-03-04"}

        added = lead.post(f"{path}/new", data=body, follow_redirects=True).text
        task = re.search(r"/group-tasks/([0-9a-f-]{36})/change", added)[1]
        form = lead.get(f"/group-tasks/{task}/change").text
        more = {"handover": "together", "member_id": str(made.helper_member.id)}
        changed = lead.post(f"/group-tasks/{task}/change", data=more, follow_redirects=True).text
        lead.post(f"/group-tasks/{task}/done")

        assert "Library cards" in added
        assert "Library cards" in form
        assert "Tom Fraser" in changed
        assert "Next time:" in lead.get(path).text
        path = f"/api/households/{made.household.id}/group-tasks"
        assert client_of(made.worker).get(f"{path}/trend").json["items"][0]["next"] == "together"


class TestFeed:
    def address(self, client):
        page = client.post("/account/calendar-feed", data={}).text
        return re.search(r"http://[^/]*(/calendar-feeds/[\w-]{43}\.ics)", page)[1]

    def test_it_says_when_and_of_which_file_and_ends_with_the_membership(
        self, transactions, client_of, made
    ):
        with transactions.begin(SYSTEM, "arrange") as uow:
            mine = {"member_id": made.helper_member.id, "status": ShiftStatus.CONFIRMED}
            a_shift(uow, made, **mine, words="Tea with Rana")
            a_shift(uow, made, words="Nobody's", starts_at=at(15))
        client = client_of(made.helper)
        body = {"title": "Library", "category": "social", "due_on": "2026-03-04"}
        body["member_id"] = str(made.helper_member.id)
        client.post(home(made, "group-tasks/new"), data=body)
        address = self.address(client)

        feed = client_of(None).get(address).text

        assert re.findall(r"SUMMARY:([^\r\n]*)", feed) == [
            f"Roster\\, {made.household.reference}",
            f"Task due\\, {made.household.reference}",
        ]
        assert not [word for word in ("Tea", "Rana", "Library", "Fraser") if word in feed]
        with transactions.begin(SYSTEM, "arrange") as uow:
            member = uow.find(type(made.helper_member), made.helper_member.id)
            member.left_on = TODAY - timedelta(days=1)
        assert client_of(None).get(address).status_code == 404

    def test_who_is_not_confirmed_has_none(self, client_of, made):
        waiting = Actor(Role.SPONSOR_MEMBER, user_id=made.helper.user_id)

        assert client_of(waiting).get("/account/calendar-feed").status_code == 403
