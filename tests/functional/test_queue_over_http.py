"""The caseworker's queue, over HTTP: what waits, why, and what is done about it."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from resettle.appointments.models import Appointment
from resettle.cases.models import Assignment, AssignmentKind
from resettle.casework.models import Channel, ContactNote
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.incidents.models import Incident
from resettle.milestones.models import Status
from resettle.tasks.models import Category, Task
from tests.desks import a_quota_household, a_step, counted_reads
from tests.journeys import a_quota_case, at
from tests.world import a_caseworker, a_consent, a_member, a_user

TODAY = date(2026, 3, 2)


def a_task(uow, household, **facts):
    usual = {
        "household_id": household.id,
        "title": "Ring the landlord",
        "category": Category.HOUSE,
        "due_on": TODAY,
    }
    return uow.add(Task(**usual | facts))


def a_contact(uow, household, on):
    return uow.add(
        ContactNote(
            household_id=household.id,
            occurred_at=datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=1),
            channel=Channel.PHONE,
            text="We spoke",
        )
    )


def under_way(uow, stage="SUPPORT_ACTIVE", **facts):
    household = a_quota_household(uow, **{"arrived_on": date(2025, 12, 1)} | facts)
    at(a_quota_case(uow, household), stage)
    return household


@pytest.fixture
def world(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = under_way(uow)
        a_contact(uow, household, date(2026, 2, 10))
        late = a_task(uow, household, title="Ask the school", due_on=date(2026, 2, 26))
        a_task(uow, household)
        a_task(uow, household, title="Find a dentist", due_on=date(2026, 3, 6))
        a_task(uow, household, title="Renew the lease", due_on=date(2026, 5, 6))
        worker = a_caseworker(uow, household)
    return household, worker, late


def queue(client, **wanted):
    answer = client.get("/api/queue", query_string=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json["items"]


def titles(lines, group=None):
    return [line["title"] for line in lines if group in {None, line["group"]}]


def post(client, path, body=None):
    return client.post(path, json=body, headers={"Idempotency-Key": uuid4().hex})


class TestQueue:
    def test_it_is_in_order_and_says_why(self, client_of, world):
        household, worker, _ = world

        lines = queue(client_of(worker))

        assert titles(lines) == [
            "Be in touch",
            "Ask the school",
            "Ring the landlord",
            "Find a dentist",
            "Renew the lease",
        ]
        assert [line["group"] for line in lines] == ["now", "now", "today", "week", "waiting"]
        assert lines[0]["why"] == (
            "6 days late. Nobody was in touch for 20 days. "
            "At this stage somebody is in touch every 14 days."
        )
        assert lines[1]["why"] == "4 days late."
        assert {line["reference"] for line in lines} == {household.reference}

    def test_on_the_page_a_line_says_once_how_late_it_is(self, client_of, world):
        _, worker, _ = world

        page = client_of(worker).get("/today").text

        assert (page.count("4 days late"), page.count("<span>Late</span>")) == (1, 2)

    def test_only_the_readers_households_are_in_it(self, client_of, transactions, world):
        with transactions.begin(SYSTEM, "arrange") as uow:
            other = a_caseworker(uow, under_way(uow))

        assert titles(queue(client_of(other))) == ["Be in touch"]
        assert client_of(None).get("/api/queue").status_code == 401

    def test_it_is_filtered_by_kind_group_place_and_whose(self, client_of, transactions, world):
        household, worker, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            colleague = a_user(uow)
            uow.add(second(household, colleague))
            a_task(uow, household, title="Of a colleague", assignee_id=colleague.id)
        client = client_of(worker)

        assert titles(queue(client, source="contact")) == ["Be in touch"]
        assert titles(queue(client, group="today")) == ["Ring the landlord"]
        assert "Of a colleague" in titles(queue(client, whose="all"))
        assert "Of a colleague" not in titles(queue(client))
        assert queue(client, place="AKL") == []
        assert len(queue(client, place="PMR")) == 5
        assert client.get("/api/queue?group=never").status_code == 422

    def test_it_takes_as_many_queries_however_long_it_is(
        self, client_of, transactions, world, connection
    ):
        _, worker, _ = world
        with counted_reads(connection) as few:
            queue(client_of(worker))
        with transactions.begin(SYSTEM, "arrange") as uow:
            for _ in range(8):
                household = under_way(uow)
                uow.add(primary(household, worker))
                a_task(uow, household)
                a_step(uow, household, due_on=TODAY)
        with counted_reads(connection) as many:
            lines = queue(client_of(worker))

        assert len(lines) == 5 + 8 * 3
        assert len(many) == len(few)


class TestSources:
    def test_what_others_set_a_day_for_is_in_it(self, client_of, transactions, world):
        household, worker, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            person = a_member(uow, household, "WIF")
            for days, booked in ((-1, True), (0.2, False)):
                begins = uow.now + timedelta(days=days)
                uow.add(
                    Appointment(
                        household_id=household.id,
                        starts_at=begins,
                        ends_at=begins + timedelta(hours=1),
                        interpreter_needed=True,
                        interpreter_booked=booked,
                    )
                )
            a_consent(uow, household, person, Item.PHONE, seq=1, expires_on=date(2026, 3, 10))
            a_consent(uow, household, person, Item.PHOTO, seq=2, expires_on=date(2026, 9, 10))
            a_step(uow, household, status=Status.BLOCKED, due_on=date(2026, 3, 5))
            a_step(uow, household, code="PRE-06", due_on=date(2026, 3, 3))
        client = client_of(worker)

        told = {line["title"]: line for line in queue(client)}

        assert told["Record what became of the appointment"]["group"] == "now"
        assert "No interpreter is booked yet." in told["Appointment"]["why"]
        consent = told["Ask again for consent: share with sponsor, phone"]
        assert (consent["group"], consent["due_on"]) == ("waiting", "2026-03-10")
        assert len([title for title in told if title.startswith("Ask again")]) == 1
        steps = [line for line in told.values() if line["source"] == "milestone"]
        assert {line["group"] for line in steps} == {"week", "waiting"}
        assert client.get("/today").status_code == 200


class TestActs:
    def test_a_task_is_done_and_taken_back(self, client_of, world):
        _, worker, late = world
        client = client_of(worker)

        assert post(client, f"/api/queue/task/{late.id}/completion").status_code == 204
        assert "Ask the school" not in titles(queue(client))

        assert post(client, f"/api/queue/task/{late.id}/reopening").status_code == 204
        assert "Ask the school" in titles(queue(client))

    def test_what_is_put_off_comes_back_by_itself(self, client_of, world, clock):
        _, worker, late = world
        client = client_of(worker)
        later = {"until_on": "2026-03-05", "reason_code": "agency", "reason": "They are closed"}

        made = post(client, f"/api/queue/task/{late.id}/snooze", later)

        assert made.status_code == 201
        line = next(x for x in queue(client) if x["title"] == "Ask the school")
        assert (line["group"], line["snooze_note"]) == ("waiting", "They are closed")
        clock.forward(days=3)
        line = next(x for x in queue(client) if x["title"] == "Ask the school")
        assert (line["group"], line["snoozed_until"]) == ("now", None)

    def test_it_is_put_off_again_and_brought_back(self, client_of, world):
        _, worker, late = world
        client = client_of(worker)
        for day in ("2026-03-05", "2026-03-06"):
            later = {"until_on": day, "reason_code": "family"}
            made = post(client, f"/api/queue/task/{late.id}/snooze", later)
        mark = made.json["id"]

        assert post(client, f"/api/queue/marks/{mark}/end").status_code == 200
        assert "Ask the school" in titles(queue(client), "now")
        assert post(client, f"/api/queue/marks/{mark}/end").status_code == 409

    @pytest.mark.parametrize("day", ["2026-03-02", "2026-06-01"])
    def test_it_is_not_put_off_to_the_past_or_for_good(self, client_of, world, day):
        _, worker, late = world
        later = {"until_on": day, "reason_code": "family"}

        made = post(client_of(worker), f"/api/queue/task/{late.id}/snooze", later)

        assert made.status_code == 422
        assert "until_on" in made.json["errors"]

    def test_it_is_not_put_off_without_a_reason(self, client_of, world):
        _, worker, late = world

        made = post(
            client_of(worker), f"/api/queue/task/{late.id}/snooze", {"until_on": "2026-03-05"}
        )

        assert made.status_code == 422
        assert [*made.json["errors"]] == ["reason_code"]

    def test_safety_stands_first_and_is_never_put_off(self, client_of, transactions, world):
        household, worker, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            incident = uow.add(
                Incident(
                    household_id=household.id,
                    kind="family_violence",
                    safeguarding=True,
                    severity=3,
                    happened_on=TODAY,
                    reported_at=uow.now,
                )
            )
        client = client_of(worker)
        later = {"until_on": "2026-03-05", "reason_code": "family"}

        assert titles(queue(client))[0] == "Safeguarding concern"
        made = post(client, f"/api/queue/incident/{incident.id}/snooze", later)
        assert made.status_code == 422
        assert titles(queue(client))[0] == "Safeguarding concern"

    def test_it_is_handed_to_who_works_with_the_household(self, client_of, transactions, world):
        household, worker, late = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            colleague, stranger = a_user(uow, name="Ana Tuilagi"), a_user(uow)
            uow.add(second(household, colleague))
        client, contact = client_of(worker), f"/api/queue/contact/{household.id}/delegation"

        refused = post(client, contact, {"to_id": str(stranger.id)})
        given = post(client, contact, {"to_id": str(colleague.id)})
        task = post(client, f"/api/queue/task/{late.id}/delegation", {"to_id": str(colleague.id)})

        assert refused.status_code == 422
        assert (given.status_code, given.json["whose"]) == (200, "Ana Tuilagi")
        assert task.json["whose"] == "Ana Tuilagi"
        assert titles(queue(client)) == ["Ring the landlord", "Find a dentist", "Renew the lease"]
        theirs = client_of(Actor(Role.CASEWORKER, user_id=colleague.id))
        assert titles(queue(theirs)) == ["Be in touch", "Ask the school"]

    def test_a_task_handed_on_comes_back_unless_it_went_elsewhere(
        self, client_of, transactions, world
    ):
        household, worker, late = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            colleague = a_user(uow, name="Ana Tuilagi")
            uow.add(second(household, colleague))
        client, path = client_of(worker), f"/api/queue/task/{late.id}/delegation"
        give = {"to_id": str(colleague.id), "reason": "She knows the school"}
        first = post(client, path, give).json["given_id"]

        told = post(client, f"/api/queue/marks/{first}/end")
        assert (told.status_code, told.json["reason"]) == (200, "She knows the school")
        assert "Ask the school" in titles(queue(client))

        second_ = post(client, path, give).json["given_id"]
        post(client, f"/api/queue/task/{late.id}/completion")
        assert post(client, f"/api/queue/marks/{second_}/end").status_code == 409

    def test_what_is_recorded_elsewhere_is_not_ticked_off(self, client_of, world):
        household, worker, _ = world
        client = client_of(worker)

        for path in ("completion", "reopening"):
            told = post(client, f"/api/queue/contact/{household.id}/{path}")
            assert told.status_code == 409

    @pytest.mark.parametrize("source", ["task", "contact", "nonsense"])
    def test_what_is_not_in_the_queue_is_not_found(self, client_of, world, source):
        _, worker, _ = world

        told = post(client_of(worker), f"/api/queue/{source}/{uuid4()}/completion")

        assert told.status_code == 404


class TestPage:
    def test_it_is_the_first_page_and_leads_to_the_households(self, client_of, world):
        _, worker, _ = world
        client = client_of(worker)

        assert client.get("/").location == "/today"
        page = client.get("/today").text
        assert 'href="/caseload"' in page
        assert "Now (2)" in page
        assert "4 things to do this week." in page

    def test_a_task_is_done_by_one_button_and_undone(self, client_of, world):
        _, worker, late = world
        client = client_of(worker)

        done = client.post(f"/today/task/{late.id}/completion", data={"version": "1"})
        page = client.get(done.location).text

        assert done.status_code == 303
        assert "Ask the school" not in page
        undo = re.search(r'action="(/today/task/[^"]*/reopening)"', page)[1]
        page = client.get(client.post(undo).location).text
        assert "Ask the school" in page

    def test_it_is_put_off_with_a_form(self, client_of, world):
        _, worker, late = world
        client = client_of(worker)
        path = f"/today/task/{late.id}/snooze"

        assert "Ask the school" in client.get(path).text
        refused = client.post(path, data={"days": "0", "reason_code": "other"})
        put_off = client.post(path, data={"days": "7", "reason_code": "other", "reason": "Ill"})
        page = client.get(put_off.location).text

        assert refused.status_code == 422
        assert "Put off until Monday 9 March." in page
        undo = re.search(r'action="(/today/marks/[^"]*/ending)"', page)[1]
        assert "It is back in the queue." in client.get(client.post(undo).location).text

    def test_it_is_handed_on_with_a_form(self, client_of, transactions, world):
        household, worker, late = world
        client, path = client_of(worker), f"/today/task/{late.id}/delegation"

        assert "Nobody else works with this household." in client.get(path).text
        with transactions.begin(SYSTEM, "arrange") as uow:
            colleague = a_user(uow, name="Ana Tuilagi")
            uow.add(second(household, colleague))
        assert "Ana Tuilagi" in client.get(path).text
        given = client.post(path, data={"to_id": str(colleague.id)})

        page = client.get(given.location).text
        assert "it is Ana Tuilagi’s now" in page
        assert "Ana Tuilagi is the second caseworker." in client.get("/today?whose=all").text
        undo = re.search(r'action="(/today/marks/[^"]*/ending)"', page)[1]
        assert "Ask the school" in client.get(client.post(undo).location).text
        assert "Ask the school" in titles(queue(client))

    def test_a_line_that_waits_for_nobody_is_given_back_too(self, client_of, transactions, world):
        household, worker, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            colleague = a_user(uow, name="Ana Tuilagi")
            uow.add(second(household, colleague))
        client, path = client_of(worker), f"/today/contact/{household.id}/delegation"

        page = client.get(client.post(path, data={"to_id": str(colleague.id)}).location).text
        assert "Be in touch" not in titles(queue(client))
        undo = re.search(r'action="(/today/marks/[^"]*/ending)"', page)[1]
        client.post(undo)

        assert "Be in touch" in titles(queue(client))

    def test_the_days_on_offer_are_working_days_and_each_stands_once(self, client_of, world, clock):
        _, worker, late = world
        clock.forward(days=4)  # a Friday
        client, path = client_of(worker), f"/today/task/{late.id}/snooze"

        page = client.get(path).text
        put_off = client.post(path, data={"days": "1", "reason_code": "other"})

        assert "On the next working day, Monday 9 March" in page
        assert "In a few days" not in page
        assert "In a week, Friday 13 March" in page
        assert "Put off until Monday 9 March." in client.get(put_off.location).text

    def test_what_comes_third_of_a_household_is_folded_under_its_second_line(
        self, client_of, transactions, world
    ):
        household, worker, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            for number in range(6):
                a_task(uow, household, title=f"Task {number}")

        page = client_of(worker).get("/today").text

        assert "Today (7)" in page
        first, rest = page.split(f"5 more of {household.reference}")
        assert (first.count("data-line"), rest.count("data-line")) == (2 + 2, 5 + 1 + 1)

    def test_a_long_group_is_folded_after_its_first_lines_on_a_phone_and_later_on_a_desk(
        self, client_of, transactions, world
    ):
        _, worker, _ = world
        others(transactions, worker, 11)

        page = client_of(worker).get("/today?source=task").text

        assert "Today (12)" in page
        on_a_phone, folded = page.split("Show 7 more")
        on_a_desk, last = folded.split("Show 2 more")
        lines = [part.count("data-line") for part in (on_a_phone, on_a_desk, last)]
        assert lines == [1 + 5, 5, 2 + 1 + 1]

    def test_what_concerns_safety_stands_open_however_much_there_is(
        self, client_of, transactions, world
    ):
        _, worker, _ = world
        homes = others(transactions, worker, 12)
        with transactions.begin(SYSTEM, "arrange") as uow:
            for home in [*homes, homes[0], homes[0]]:
                uow.add(
                    Incident(
                        household_id=home.id,
                        kind="family_violence",
                        safeguarding=True,
                        severity=3,
                        happened_on=TODAY,
                        reported_at=uow.now,
                    )
                )

        page = client_of(worker).get("/today").text

        assert "Now (28)" in page
        open_, _folded = page.split("Show 13 more")
        assert open_.count("Safety:") == 14

    def test_no_line_is_left_out_by_folding(self, client_of, transactions, world):
        household, worker, _ = world
        others(transactions, worker, 11)
        with transactions.begin(SYSTEM, "arrange") as uow:
            for number in range(4):
                a_task(uow, household, title=f"Task {number}")
        client = client_of(worker)

        page = client.get("/today").text

        ways = [f"/today/{line['source']}/{line['subject_id']}/d" for line in queue(client)]
        assert len(ways) > 12 * 2
        assert [page.count(way) for way in ways] == [1] * len(ways)

    def test_of_two_peoples_same_step_each_says_whose_it_is(self, client_of, transactions, world):
        household, worker, _ = world
        with transactions.begin(SYSTEM, "arrange") as uow:
            for given in ("Ali", "Zahra"):
                person = a_member(uow, household, "SP", given_name=given, family_name="Karimi")
                a_step(uow, household, person_id=person.id, deadline=True, due_on=TODAY)
        client = client_of(worker)

        steps = queue(client, source="milestone")

        assert sorted(step["person"] for step in steps) == ["Ali Karimi", "Zahra Karimi"]
        assert {line["person"] for line in queue(client, source="task")} == {""}
        page = client.get("/today").text
        assert page.count("For <bdi>Ali Karimi</bdi>. Due today.") == 1
        later = f"/today/milestone/{steps[0]['subject_id']}/snooze"
        assert f"For <bdi>{steps[0]['person']}</bdi>." in client.get(later).text

    def test_there_may_be_nothing_left(self, client_of, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            worker = a_caseworker(uow)

        assert "Nothing left this week." in client_of(worker).get("/today").text
        page = client_of(worker).get("/today?source=task&place=PMR").text
        assert "Nothing like that this week." in page


def others(transactions, worker, number):
    """Give a caseworker so many more households, each with a task of today."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        found = [under_way(uow) for _ in range(number)]
        for household in found:
            uow.add(primary(household, worker))
            a_task(uow, household)
    return found


def second(household, user):
    return Assignment(
        household_id=household.id,
        user_id=user.id,
        kind=AssignmentKind.SECOND,
        from_on=date(2026, 1, 1),
    )


def primary(household, worker):
    return Assignment(
        household_id=household.id,
        user_id=worker.user_id,
        kind=AssignmentKind.PRIMARY,
        from_on=date(2026, 1, 1),
    )
