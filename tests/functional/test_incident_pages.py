"""The pages of incidents: reported, followed up and closed, and kept from who may not know."""

import re
from datetime import date
from uuid import uuid4

import pytest

from resettle.cases.models import AssignmentKind
from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.incidents.models import Incident
from tests.journeys import QUOTA, a_family, leading
from tests.world import a_caseworker, a_consent, a_household, a_member, a_sponsor_of

TODAY, MOMENT = "2026-03-02", "2026-03-02T09:00:00+13:00"
REPORT = {
    "kind": "family_violence",
    "severity": "4",
    "happened_on": TODAY,
    "text": "Shouting was heard at night.",
}


@pytest.fixture
def office(transactions):
    """Make a household, its caseworker and its team leader."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household = a_family(uow, **QUOTA)
        second = a_caseworker(uow, household, kind=AssignmentKind.SECOND)
        return household.id, a_caseworker(uow, household), leading(second)


def sent(client, path, **form):
    return client.post(path, data={"form_key": uuid4().hex, **form})


def reported(client, household_id, **form):
    answer = sent(client, f"/households/{household_id}/incidents/new", **REPORT | form)
    assert answer.status_code == 303
    return answer


def only_incident(transactions):
    with transactions.begin(SYSTEM, "look", read_only=True) as uow:
        (incident,) = uow.all(uow.select(Incident))
        return f"/incidents/{incident.id}"


class TestIncident:
    def test_it_is_reported_looked_after_and_closed(self, office, client_of, transactions):
        household_id, worker, leader = office
        client, chief = client_of(worker), client_of(leader)
        reported(client, household_id)
        path = only_incident(transactions)

        sent(client, f"{path}/change", severity="3", owner_id=str(leader.user_id))
        sent(client, f"{path}/notices/new", agency="Police", on=TODAY, at="09:00")
        sent(client, f"{path}/follow-ups/new", title="Call the school", due_on=TODAY)
        open_page = client.get(path).text
        closed = sent(chief, f"{path}/closing", closed_on=TODAY, outcome="Both are safe.")
        closed_page = chief.get(path).text

        for said in ("Shouting was heard", "Serious", "Police", "9:00 am", "Call the school"):
            assert said in open_page
        assert "Close it" not in open_page
        assert closed.status_code == 303
        assert "Both are safe." in closed_page
        assert "Record who was told" not in closed_page

    def test_each_task_that_follows_is_a_way_to_it_with_who_has_it(
        self, office, client_of, transactions, clock
    ):
        household_id, worker, _ = office
        client = client_of(worker)
        reported(client, household_id)
        path = only_incident(transactions)
        sent(client, f"{path}/follow-ups/new", title="Call the school", due_on=TODAY)
        sent(client, f"{path}/follow-ups/new", title="Ask the neighbour", due_on=TODAY)
        (way, other) = re.findall(r'href="(/tasks/[^"]+)"', client.get(path).text)

        assert client.get(way).status_code == 200
        client.post(f"/api{other}/done", headers={"Idempotency-Key": uuid4().hex}, json={})
        clock.forward(days=2)
        page = client.get(path).text

        assert page.count("Mere Tamihana") >= 2
        assert ">Done<" in page
        assert ">Late<" in page

    def test_the_list_tells_what_is_kept_apart(self, office, client_of):
        household_id, worker, _ = office
        client = client_of(worker)
        empty = client.get(f"/households/{household_id}/incidents").text
        reported(client, household_id)
        reported(client, household_id, kind="accident", text="A fall")

        page = client.get(f"/households/{household_id}/incidents").text

        assert "No incident is on record." in empty
        assert page.count("Kept apart: safeguarding") == 1
        assert page.count("/incidents/") == 3

    @pytest.mark.parametrize("form", ["change", "notices/new", "follow-ups/new", "closing"])
    def test_each_form_is_shown_and_says_what_is_missing(
        self, office, client_of, transactions, form
    ):
        household_id, _, leader = office
        client = client_of(leader)
        reported(client, household_id)
        path = f"{only_incident(transactions)}/{form}"

        shown, refused = client.get(path), sent(client, path, severity="9")

        assert (shown.status_code, refused.status_code) == (200, 422)
        assert "Please check what you wrote" in refused.text

    def test_two_who_change_it_at_once_do_not_overwrite_each_other(
        self, office, client_of, transactions
    ):
        household_id, worker, _ = office
        client = client_of(worker)
        reported(client, household_id)
        path = f"{only_incident(transactions)}/change"
        sent(client, path, severity="1", version="2")

        second = sent(client, path, severity="2", version="2")

        assert second.status_code == 422


class TestSponsor:
    def test_a_sponsor_reports_and_does_not_read_on(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            household = a_household(uow)
            person = a_member(uow, household, born_on=date(1990, 5, 17))
            sponsor = a_sponsor_of(uow, household)
            (group_id,) = sponsor.group_ids
            a_consent(uow, household, person, Item.NAME, seq=1, recipient_id=group_id)
        client = client_of(sponsor)
        form = f"/households/{household.id}/incidents/new"

        link, page = client.get("/our-household").text, client.get(form).text
        answer = reported(client, household.id)
        after = client.get(answer.location).text

        assert form in link
        assert "You will not see it again yourself" in page
        assert "It is with the caseworkers now" in after
        assert "Shouting" not in after
        assert client.get(f"/households/{household.id}/incidents").status_code == 403
        assert client.get(only_incident(transactions)).status_code == 403


class TestOverHttp:
    def test_a_reporter_gets_a_receipt_and_a_reader_the_whole(self, office, client_of):
        household_id, worker, _ = office
        client, home = client_of(worker), f"/api/households/{household_id}/incidents"
        body = REPORT | {"severity": 4, "notified": [{"agency": "Police", "at": MOMENT}]}

        receipt = client.post(home, json=body, headers=key()).json
        path = f"/api/incidents/{receipt['id']}"
        client.post(f"{path}/notices", json={"agency": "School", "at": MOMENT}, headers=key())
        task = {"title": "Call the school", "due_on": TODAY}
        client.post(f"{path}/follow-ups", json=task, headers=key())
        etag = client.get(path).headers["ETag"]
        changed = client.patch(path, json={"severity": 2}, headers={"If-Match": etag})
        listed = client.get(f"{home}?status=open").json["items"]

        assert receipt.keys() == {"id", "household_id", "reported_at"}
        assert [each["agency"] for each in changed.json["notified"]] == ["Police", "School"]
        assert (changed.json["severity"], changed.json["status"]) == (2, "open")
        assert [row["id"] for row in listed] == [receipt["id"]]
        assert client.get(f"{home}?status=closed").json["items"] == []


def key():
    return {"Idempotency-Key": uuid4().hex}
