"""The calendar page, and the private feed of it that a calendar outside fetches."""

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from resettle.accounts import service as accounts
from resettle.accounts.models import UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.accounts.service import ChangeRole, Deactivate
from resettle.appointments import service as appointments
from resettle.appointments.acts import MakeAppointment, RecordOutcome
from resettle.appointments.models import Kind, Outcome
from resettle.cases.models import Assignment
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import DenyListed
from resettle.tasks import service as tasks
from resettle.tasks.acts import AddTask
from resettle.tasks.models import Category
from tests.desks import a_desk, counted_reads

NINE = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)
# Summer time ends on 5 April 2026: 9:00 on the 4th and on the 5th lie 25 hours apart.
ACROSS = [datetime(2026, 4, 3, 20, 0, tzinfo=UTC), datetime(2026, 4, 4, 21, 0, tzinfo=UTC)]
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(transactions):
    """Give a caseworker of one household, with a task and an appointment in its file."""
    worker, (household_id,) = a_desk(transactions)
    with transactions.begin(worker, "arrange") as uow:
        an_appointment(uow, household_id, with_whom="Dr Rata", place="12 Tui Street")
        given = {"title": "Call Zahra's landlord", "category": Category.HOUSE}
        tasks.add(uow, household_id, AddTask(**given, due_on=date(2026, 3, 5)))
    return worker, household_id


def an_appointment(uow, household_id, **more):
    begins = more.pop("starts_at", NINE)
    given = {"kind": Kind.MENTAL_HEALTH, "starts_at": begins, "ends_at": begins + HOUR}
    return appointments.make(uow, household_id, MakeAppointment(**given, **more))


@pytest.fixture
def client(desk, client_of):
    return client_of(desk[0])


class TestJson:
    def test_a_week_is_told_day_by_day(self, client):
        told = client.get("/api/calendar?view=week&day=2026-03-04").json["items"]

        assert [(row["kind"], row["on"], row["at"]) for row in told] == [
            ("appointment", "2026-03-04", "09:00"),
            ("task", "2026-03-05", ""),
        ]
        assert told[0]["reference"].startswith("R-")

    def test_a_month_holds_more_and_other_views_there_are_none(self, client):
        month = client.get("/api/calendar?view=month").json["items"]

        assert "milestone" in {row["kind"] for row in month}
        assert client.get("/api/calendar?view=year").status_code == 422


class TestPage:
    def test_a_week_shows_what_is_when(self, client):
        page = client.get("/calendar").text

        assert page.index("Wed 4 Mar 2026") < page.index("09:00–10:00")
        assert page.index("09:00–10:00") < page.index("Mental health")
        assert page.index("Thu 5 Mar 2026") < page.index("Call Zahra&#39;s landlord")
        assert page.count("Nothing</p>") == 5
        assert re.search(r'aria-current="date">Mon 2 Mar 2026', page)

    def test_a_month_shows_its_weeks_with_milestones_due(self, client):
        page = client.get("/calendar?view=month&day=2026-03-20").text

        assert "<caption>March 2026</caption>" in page
        assert page.count('<tr role="row">') == 1 + 6
        assert "House-ready checklist complete" in page
        assert "Milestone due" in page

    def test_the_ways_lead_before_and_after(self, client):
        page = client.get("/calendar?day=2026-03-04").text

        before = re.search(r'rel="prev" href="([^"]*)"', page)[1].replace("&amp;", "&")
        assert "Mon 23 Feb 2026" in client.get(before).text

    @pytest.mark.parametrize("day", ["1900-01-01", "2100-12-31"])
    @pytest.mark.parametrize("view", ["week", "month"])
    def test_it_ends_somewhere(self, client, day, view):
        assert client.get(f"/calendar?view={view}&day={day}").status_code == 200

    def test_the_tab_of_the_browser_says_nothing(self, client):
        title = re.search(r"<title>(.*?)</title>", client.get("/calendar").text, re.DOTALL)[1]

        assert title.startswith("Calendar")

    def test_the_tasks_of_others_are_asked_for(self, client, desk, transactions):
        with transactions.begin(desk[0], "arrange") as uow:
            given = {"title": "Nobody's task", "category": Category.HOUSE}
            task = tasks.add(uow, desk[1], AddTask(**given, due_on=date(2026, 3, 6)))
            task.assignee_id = None

        assert "Nobody&#39;s task" not in client.get("/calendar").text
        assert "Nobody&#39;s task" in client.get("/calendar?whose=all").text

    def test_what_came_of_an_appointment_is_told_and_what_was_called_off_is_gone(
        self, client, desk, transactions
    ):
        worker, household_id = desk
        with transactions.begin(worker, "arrange") as uow:
            past = an_appointment(uow, household_id, starts_at=NINE - timedelta(days=2))
            appointments.record(uow, past.id, RecordOutcome(outcome=Outcome.LATE))
            gone = an_appointment(uow, household_id, starts_at=NINE + 3 * HOUR)
            appointments.record(uow, gone.id, RecordOutcome(outcome=Outcome.CANCELLED))

        page = client.get("/calendar").text
        assert "They came late" in page
        assert "12:00–13:00" not in page

    def test_its_queries_do_not_grow_with_it(self, client, desk, transactions, connection):
        with counted_reads(connection) as few:
            client.get("/calendar")
        with transactions.begin(desk[0], "arrange") as uow:
            for number in range(6):
                an_appointment(uow, desk[1], starts_at=NINE + number * HOUR)
        with counted_reads(connection) as many:
            client.get("/calendar")

        assert len(many) == len(few)

    def test_too_much_for_a_page_is_said(self, client, monkeypatch):
        monkeypatch.setattr("resettle.calendars.entries.MOST", 0)

        assert "There is more than fits on this page." in client.get("/calendar").text


def made(client):
    """Make a feed; give the path of its address."""
    page = client.post("/account/calendar-feed", data={}).text
    return re.search(r"http://[^/]*(/calendar-feeds/[\w-]{43}\.ics)", page)[1]


def events(answer):
    assert answer.status_code == 200
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


@pytest.fixture
def stranger(app):
    """Somebody whom nobody knows: what fetches a feed has no session."""
    return app.test_client()


class TestFeed:
    def test_it_is_a_calendar_as_rfc_5545_has_it(self, client, stranger):
        answer = stranger.get(made(client))

        feed = icalendar.Calendar.from_ical(answer.data)
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        assert (feed["version"], feed["prodid"]) == ("2.0", "-//resettle//calendar//EN")
        lines = answer.data.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert b"\n" not in b"".join(lines)
        assert len({str(event["uid"]) for event in events(answer)}) == len(events(answer)) == 4
        for event in events(answer):
            assert {"DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "UID"} <= event.keys()

    def test_its_titles_are_neutral(self, client, stranger):
        answer = stranger.get(made(client))

        titles = sorted(str(event["summary"]) for event in events(answer))
        assert [re.sub(r"R-\d{4}-\d+$", "R", title) for title in titles] == [
            "Appointment, R", "Milestone due, R", "Milestone due, R", "Task due, R",
        ]  # fmt: skip
        assert {event["class"] for event in events(answer)} == {"PRIVATE"}
        for told in ("Rata", "Tui", "Zahra", "landlord", "ental", "Haidari", "House-ready"):
            assert told not in answer.text

    def test_it_is_right_across_the_change_of_clocks(self, client, desk, stranger, transactions):
        with transactions.begin(desk[0], "arrange") as uow:
            for begins in ACROSS:
                an_appointment(uow, desk[1], starts_at=begins)

        found = [event.start for event in events(stranger.get(made(client)))]

        assert [start for start in found if start in ACROSS] == ACROSS

    def test_what_is_due_takes_up_a_day_and_nobody_s_time(self, client, stranger):
        (task,) = [
            event
            for event in events(stranger.get(made(client)))
            if event["summary"].startswith("Task")
        ]

        assert (task.start, task.end) == (date(2026, 3, 5), date(2026, 3, 6))
        assert task["transp"] == "TRANSPARENT"

    def test_its_secret_is_told_once_and_kept_as_a_hash(self, client, transactions):
        address = made(client)

        token = address.removeprefix("/calendar-feeds/").removesuffix(".ics")
        assert token not in client.get("/account/calendar-feed").text
        assert "Your feed was made on Mon 2 Mar 2026" in client.get("/account/calendar-feed").text
        with transactions.begin(SYSTEM, "look") as uow:
            kept = uow.session.connection().exec_driver_sql("SELECT token_hash FROM calendar_feed")
            assert token not in str(kept.all())

    def test_a_household_that_was_taken_away_is_gone_at_the_next_fetch(
        self, client, desk, stranger, transactions
    ):
        address = made(client)
        with transactions.begin(SYSTEM, "arrange") as uow:
            assignment = uow.first(uow.select(Assignment).where(Assignment.household_id == desk[1]))
            assignment.until_on = date(2026, 3, 2)

        assert events(stranger.get(address)) == []

    def test_so_is_one_that_its_owner_is_kept_from(self, client, desk, stranger, transactions):
        address = made(client)
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(DenyListed(household_id=desk[1], user_id=desk[0].user_id))

        assert events(stranger.get(address)) == []


def never_was(stranger, address):
    """Ask whether an address answers as one that never was."""
    answer, unknown = stranger.get(address), stranger.get(f"/calendar-feeds/{'x' * 43}.ics")
    hidden = re.compile(r"[0-9a-f]{32}|[\w.-]{60,}")  # the request's own number and token
    same = hidden.sub("", answer.text) == hidden.sub("", unknown.text)
    return (answer.status_code, unknown.status_code) == (404, 404) and same


class TestEnded:
    def test_revoked(self, client, stranger):
        address = made(client)

        answer = client.post("/account/calendar-feed/revocation", data={})

        assert answer.status_code == 303
        assert never_was(stranger, address)
        assert client.post("/account/calendar-feed/revocation", data={}).status_code == 409

    def test_renewed_the_new_one_answers_and_the_old_no_more(self, client, stranger):
        old, new = made(client), made(client)

        assert never_was(stranger, old)
        assert stranger.get(new).status_code == 200

    @pytest.mark.parametrize(
        "act",
        [
            lambda uow, id_: accounts.deactivate(
                uow, id_, Deactivate("left", households_left=True)
            ),
            lambda uow, id_: accounts.change_role(
                uow, id_, ChangeRole(Role.PROGRAMME_MANAGER, "A new position", households_left=True)
            ),
        ],
        ids=["deactivated", "another role"],
    )
    def test_its_owner_left_or_does_other_work(self, client, desk, stranger, transactions, act):
        address = made(client)
        with transactions.begin(SYSTEM, "arrange") as uow:
            act(uow, desk[0].user_id)

        assert never_was(stranger, address)

    def test_it_stays_ended_when_they_come_back(self, client, desk, stranger, transactions):
        address = made(client)
        with transactions.begin(SYSTEM, "arrange") as uow:
            accounts.deactivate(uow, desk[0].user_id, Deactivate("left", households_left=True))
            uow.find(UserAccount, desk[0].user_id).status = AccountStatus.ACTIVE

        assert never_was(stranger, address)
        assert "Make the feed" in client.get("/account/calendar-feed").text

    def test_a_role_that_has_no_calendar_has_no_feed(self, desk, stranger, client_of):
        for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.SPONSOR_MEMBER, Role.HOUSEHOLD_PERSON):
            reader = client_of(Actor(role, user_id=desk[0].user_id))
            assert reader.post("/account/calendar-feed", data={}).status_code == 403
            assert reader.get("/calendar").status_code == 403
