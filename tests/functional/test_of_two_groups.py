"""Who is a member of two groups sees of a household what lies with the group that supports it.

Two groups have had the same household: one supports it now, the other did before. What was planned,
said, written and reported with that other one is not read by way of the first.
"""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import icalendar
import pytest

from resettle.casework.models import Channel, ContactNote, SharedNote
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.queries import current_members
from resettle.logs.models import LogEntry
from resettle.logs.rules import Side
from resettle.messages.models import ThreadMessage
from resettle.notifications import jobs
from resettle.notifications.models import GroupReminder
from resettle.notifications.rules import Kind
from resettle.placements.models import SponsorshipStatus
from resettle.roster.models import Shift
from resettle.sponsors.models import ReportDue
from resettle.tasks.models import Task
from tests import groups
from tests.access import report_files, week_files
from tests.access.canaries import Canaries
from tests.weeks import TODAY, a_company

HREF = re.compile(r'(?:href|src)="(/[^"]*)"')
BEFORE, NOW = "before", "now"
# What is planted with each group, and is found on pages or over JSON while that group supports.
WITH_A_GROUP = {
    *("roster_shift", "task", "thread_message", "sponsor_update", "card_topic", "log_entry"),
    *("shared_note", "house_defect", "house_photo", "group_report", "report_comment"),
    "family_section",
}
NAMED = ("shift_id", "our_task_id", "message_id", "our_defect_id", "house_photo_id", "report_id")
ENDED = {"ended_on": TODAY - timedelta(days=3)}
# What became of the group that was there before, and whether anybody still shares with it.
ENDINGS = {
    "it broke off": ("BREAKDOWN", True),
    "it was completed": ("COMPLETED", False),
    "another took over": ("TRANSFERRED", True),
}


@pytest.fixture(params=[*ENDINGS])
def both(request, transactions, client_of):
    return Both(transactions, client_of, *ENDINGS[request.param])


class Both:
    """A member who leads two groups, a household that both have had, and the marks of each."""

    def __init__(self, transactions, client_of, kind, shares):
        self.transactions, self.canaries = transactions, Canaries()
        with transactions.begin(SYSTEM, "arrange") as uow:
            made = a_company(uow)
            former = groups.a_group(uow, status="ACTIVE")
            self.member = groups.a_member(uow, former, user_id=made.lead.user_id)
            match = groups.a_match(uow, former, made.household, status=SponsorshipStatus.ENDED)
            match.ending_kind, match.confirmed_on = kind, TODAY - timedelta(days=90)
            match.ended_on = ENDED["ended_on"]
            stays = current_members(uow, made.household.id)
            for stay in stays if shares else ():
                groups.shares(uow, made.household.id, stay.person_id, former.id, Item.NAME)
            groups.a_dwelling(uow, made.household)
            self.home = made.household
            self.people = [stay.person_id for stay in stays]
            self.ids = {
                BEFORE: self._planted(uow, BEFORE, former, self.member),
                NOW: self._planted(uow, NOW, made.group, made.lead_member),
            }
        self.made, self.former = made, former
        ids = frozenset({made.group.id, former.id})
        self.actor = Actor(Role.SPONSOR_COORDINATOR, made.lead.user_id, "Ruth", group_ids=ids)
        self.client = client_of(self.actor)
        self.stranger = client_of(None)
        self.app = self.client.application

    def _planted(self, uow, name, group, member):
        """Let a group have planned, said, written and reported something of each kind."""
        about = {"group_id": group.id, "household_id": self.home.id}
        ids = week_files.of_match(uow, self.canaries, name, self.home, group.id)
        for model, key in ((Shift, "shift_id"), (Task, "our_task_id")):
            uow.find(model, ids[key]).member_id = member.id
        entry = LogEntry(**about, side=Side.FAMILY, happened_on=TODAY)
        note = ContactNote(
            household_id=self.home.id, occurred_at=uow.now, channel=Channel.PHONE, text="We spoke"
        )
        shared = SharedNote(**about, note_id=uow.add(note).id, shared_at=uow.now)
        for row in (entry, shared):
            uow.add(self.canaries.fill(row, name))
        deed = groups.a_deed(uow, group)
        due = uow.add(ReportDue(**about, deed_id=deed.id, code="REP-014", due_on=TODAY))
        first, spouse, _ = ({"person_id": each} for each in self.people)
        people = {"first": first, "spouse": spouse}
        reported = report_files.reported(uow, self.canaries, name, due, people)
        return {**ids, **reported, "log_entry_id": entry.id, "report_id": due.id}

    def found(self, *texts):
        """Tell whose marks stand in some texts, by group: in which tables."""
        whole = "\n".join(texts)
        marks = [mark for text, mark in self.canaries.marks.items() if text in whole]
        return {name: {m.table for m in marks if m.household == name} for name in (BEFORE, NOW)}

    def api(self, path):
        return self.client.get(f"/api/households/{self.home.id}/{path}")


def crawled(both):
    """Follow all links that lead on from the first pages of a group."""
    groups_of = [f"/sponsor-groups/{id_}" for id_ in sorted(both.actor.group_ids)]
    waiting = ["/our-week", "/our-household", "/reports", "/reminders", *groups_of]
    seen = {}
    while waiting:
        path = waiting.pop(0)
        if path in seen or path.startswith(("/static", "/help", "/sign-")):
            continue
        page = both.client.get(path)
        seen[path] = page.status_code, page.get_data(as_text=True)
        waiting += [href.partition("#")[0] for href in HREF.findall(unescape(seen[path][1]))]
    return seen


HOURS = f"roster/hours?first={TODAY - timedelta(days=90)}&last={TODAY}"
LISTS = (
    *("roster", "group-tasks", "group-tasks/trend", "thread", "sponsor-updates", "contact-card"),
    *("log", "shared-notes", "house-ready", "house-ready/defects", HOURS),
)


def test_no_page_that_links_lead_to_tells_of_the_time_before(both):
    seen = crawled(both)

    found = both.found(*(text for _, text in seen.values()))
    assert found[BEFORE] == set()
    assert found[NOW] >= WITH_A_GROUP - {"house_photo", "family_section", "shared_note"}
    assert [path for path, (status, _) in seen.items() if status not in {200, 302, 303}] == []


def test_no_list_of_the_household_tells_of_it(both):
    answers = [both.api(path) for path in LISTS]

    assert {answer.status_code for answer in answers} == {200}
    found = both.found(*(answer.text for answer in answers))
    assert found[BEFORE] == set()
    assert len(found[NOW]) >= 8
    ids = {str(id_) for id_ in both.ids[BEFORE].values()}
    assert not [id_ for id_ in ids for answer in answers if id_ in answer.text]


def ways(both):
    """Name each way to a row of the time before, and the same of now."""
    adapter = both.app.url_map.bind("localhost")
    for rule in both.app.url_map.iter_rules():
        names = rule.arguments & {*NAMED, "report_due_id", "group_report_id", "entry_id"}
        if names and rule.arguments == names:
            (name,) = names
            key = {"entry_id": "log_entry_id"}.get(name, name)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                old, new = (
                    adapter.build(rule.endpoint, {name: both.ids[when][key]}, method=method)
                    for when in (BEFORE, NOW)
                )
                yield method, old, new


def test_each_row_of_it_answers_as_one_that_never_was(both):
    """Whatever answers for what is of now is not there for what was before."""
    told, tried = [], 0
    for method, old, new in ways(both):
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
        sent = {} if method == "GET" else {"headers": headers}
        if method != "GET" and old.startswith("/api"):
            sent["json"] = {}
        answer = both.client.open(old, method=method, **sent)
        usual = both.client.get(new).status_code if method == "GET" else None
        tried += 1
        if answer.status_code not in {404, 403, 415, 422} or both.found(answer.text)[BEFORE]:
            told.append((method, old, answer.status_code))
        if usual == 200 and answer.status_code != 404:
            told.append((method, old, answer.status_code, usual))

    assert told == []
    assert tried > 40


def test_nothing_is_written_by_way_of_the_first_group_into_the_time_before(both):
    ids = both.ids[BEFORE]
    version = {"If-Match": '"1"'}
    acts = [
        ("POST", f"/api/roster-shifts/{ids['shift_id']}/release", {}),
        ("POST", f"/api/roster-shifts/{ids['shift_id']}/cancellation", {"reason": "Not needed"}),
        ("POST", f"/api/group-tasks/{ids['our_task_id']}/done", {}),
        ("POST", f"/api/thread-messages/{ids['message_id']}/retraction", {}),
    ]
    for method, path, body in acts:
        headers = {"Idempotency-Key": uuid4().hex, **version}
        answer = both.client.open(path, method=method, json=body, headers=headers)
        assert answer.status_code == 404, (path, answer.text)


def test_what_is_written_now_goes_to_the_group_of_now(both):
    path = f"/api/households/{both.home.id}/thread"
    headers = {"Idempotency-Key": uuid4().hex}

    assert both.client.post(path, json={"text": "Kia ora"}, headers=headers).status_code == 201

    with both.transactions.begin(SYSTEM, "look", read_only=True) as uow:
        planted = [both.ids[when]["message_id"] for when in (BEFORE, NOW)]
        found = uow.all(uow.select(ThreadMessage).where(ThreadMessage.id.not_in(planted)))
    assert [message.group_id for message in found] == [both.made.group.id]


def test_the_report_of_the_time_before_is_not_filled_by_what_is_known_now(both):
    path = f"/api/reports/{both.ids[BEFORE]['report_id']}"

    assert [both.client.get(f"{path}/{each}").status_code for each in ("facts", "editions")] == [
        404,
        404,
    ]
    owed = [row["id"] for row in both.client.get("/api/reports").json["items"]]
    assert owed == [str(both.ids[NOW]["report_id"])]


def test_the_calendar_feed_has_the_shifts_of_now_alone(both):
    page = both.client.post("/account/calendar-feed", data={}).text
    address = re.search(r"http://[^/]*(/calendar-feeds/[\w-]{43}\.ics)", page)[1]

    feed = icalendar.Calendar.from_ical(both.stranger.get(address).data)

    uids = {str(event["UID"]).partition("@")[0] for event in feed.walk("VEVENT")}
    known = {key: both.ids[NOW][key] for key in ("shift_id", "our_task_id")}
    assert {UUID(uid) for uid in uids} == {*known.values()}


def test_reminders_tell_of_it_no_more_and_no_mail_does(both):
    with both.transactions.begin(SYSTEM, "arrange") as uow:
        for row in uow.all(uow.select(ThreadMessage)):
            row.side = Side.FAMILY
        told_then = uow.add(
            GroupReminder(
                user_id=both.actor.user_id,
                kind=Kind.THREAD,
                group_id=both.former.id,
                household_id=both.home.id,
                subject_id=both.ids[BEFORE]["message_id"],
                due_on=TODAY,
                stage=0,
                made_at=uow.now,
            )
        ).id
        jobs.remind(uow, {"user_id": str(both.actor.user_id)})

    told = both.client.get("/api/reminders/groups").json["items"]

    assert str(told_then) not in {row["id"] for row in told}
    with both.transactions.begin(SYSTEM, "look", read_only=True) as uow:
        rows = uow.all(uow.select(GroupReminder).where(GroupReminder.kind == Kind.THREAD))
        subjects = {row.subject_id for row in rows if row.id != told_then}
    assert subjects == {both.ids[NOW]["message_id"]}
