"""Reminders over HTTP: one's own, set aside, and how one wants them."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.notifications import jobs
from resettle.notifications.models import Reminder
from tests.desks import a_quota_household, a_step
from tests.world import a_caseworker

AT_A_TIME = 20
FURTHER = re.compile(r'rel="next" href="([^"]*)"')


@pytest.fixture
def worker(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_quota_household(uow)
        a_step(uow, household, due_on=date(2026, 2, 20))
        a_step(uow, household, code="PRE-06", domain="ARR", due_on=date(2026, 3, 1))
        made = a_caseworker(uow, household)
        reference = household.reference
    with transactions.begin(SYSTEM, "job:remind") as uow:
        jobs.remind(uow, {"user_id": str(made.user_id)})
    return made, reference


def post(client, path, body=None):
    return client.post(path, json=body, headers={"Idempotency-Key": uuid4().hex})


def told(client, **wanted):
    return client.get("/api/reminders", query_string=wanted).json["items"]


def test_reminders_name_kind_reference_and_day(client_of, worker):
    made, reference = worker
    rows = told(client_of(made))

    assert {(row["reference"], row["source"]) for row in rows} == {(reference, "milestone")}
    assert {row["due_on"] for row in rows} == {"2026-02-20", "2026-03-01"}


def test_they_are_set_aside_one_by_one_or_all(client_of, worker):
    client = client_of(worker[0])
    first = told(client)[0]

    assert post(client, f"/api/reminders/{first['id']}/reading").status_code == 204
    assert len(told(client, unread="true")) == 1
    assert post(client, "/api/reminders/reading").status_code == 204
    assert told(client, unread="true") == []
    assert len(told(client)) == 2


def test_those_of_others_are_not_there(client_of, transactions, worker):
    first = told(client_of(worker[0]))[0]
    with transactions.begin(SYSTEM, "arrange") as uow:
        other = a_caseworker(uow)

    assert told(client_of(other)) == []
    assert post(client_of(other), f"/api/reminders/{first['id']}/reading").status_code == 404


def test_a_choice_is_kept_and_shown(client_of, worker):
    client = client_of(worker[0])
    chosen = {
        "mailing": "at_once",
        "digest_at": "06:45",
        "quiet_from": "20:00",
        "quiet_until": "06:00",
    }

    answer = post(client, "/api/reminders/choice", chosen)
    assert answer.status_code == 200
    assert answer.json.items() >= chosen.items()
    page = client.get("/reminders/choices").text
    assert 'value="06:45"' in page
    assert "sends no mail yet" in page


def test_a_time_that_is_none_is_told_beside_its_field(client_of, worker):
    page = client_of(worker[0]).post(
        "/reminders/choices",
        data={
            "mailing": "daily",
            "digest_at": "half past seven",
            "quiet_from": "18:00",
            "quiet_until": "07:00",
        },
    )

    assert page.status_code == 422
    assert "Write the time as 07:30." in page.text
    assert 'value="half past seven"' in page.text


def test_the_page_lists_them_and_sets_them_aside(client_of, worker):
    made, reference = worker
    client = client_of(made)
    page = client.get("/reminders").text

    assert page.count(reference) >= 2
    done = client.post("/reminders/reading", data={}, follow_redirects=True).text
    assert "2 set aside. What they are about still waits." in done
    assert "Nothing new." in client.get("/reminders?unread=true").text


def test_one_is_set_aside_on_the_page_and_a_choice_leads_back(client_of, worker):
    client = client_of(worker[0])
    first = told(client)[0]
    client.post(f"/reminders/{first['id']}/reading", data={})
    sent = {"mailing": "off", "digest_at": "07:30", "quiet_from": "18:00", "quiet_until": "07:00"}

    assert len(told(client, unread="true")) == 1
    done = client.post("/reminders/choices", data=sent, follow_redirects=True)
    assert "Your choice is kept." in done.text


def test_the_page_shows_a_few_at_a_time_and_leads_to_the_rest(client_of, transactions, worker):
    made, _ = worker
    with transactions.begin(SYSTEM, "arrange") as uow:
        (first, *_) = uow.all(uow.select(Reminder))
        for number in range(AT_A_TIME):
            other = {"due_on": first.due_on + timedelta(days=number + 40), "made_at": uow.now}
            about = {"household_id": first.household_id, "subject_id": first.subject_id}
            uow.add(Reminder(user_id=made.user_id, source=first.source, **about, **other))
    client = client_of(made)

    pages = [client.get("/reminders?unread=true").text]
    pages.append(client.get(unescape(FURTHER.search(pages[0])[1])).text)

    assert [page.count('role="rowheader"') for page in pages] == [AT_A_TIME, 2]
    assert FURTHER.search(pages[1]) is None
