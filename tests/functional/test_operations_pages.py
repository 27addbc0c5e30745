"""The pages of auditors and administrators: the trail, its verification, the jobs."""

import re

import pytest

from resettle.core.actor import SYSTEM, Role
from tests.desks import ROLES, a_desk


class TestAudit:
    def test_it_tells_references_and_no_names(self, transactions, client_of):
        worker, (household_id,) = a_desk(transactions)
        client_of(worker).get(f"/households/{household_id}")

        page = client_of(ROLES[Role.AUDITOR]).get(f"/audit?household={household_id}").text

        assert str(household_id) in page
        assert str(worker.user_id) in page
        assert "Haidari" not in page
        assert "زهرا" not in page

    @pytest.mark.parametrize(
        ("query", "found"), [("?change=read", True), ("?change=read&outcome=deny", False)]
    )
    def test_it_is_searched_by_what_was_done(self, transactions, client_of, query, found):
        worker, _ = a_desk(transactions)
        client_of(worker).get("/caseload")

        page = client_of(ROLES[Role.AUDITOR]).get("/audit" + query).text

        assert ("Looked at" in page.partition("<table")[2]) is found
        assert ("Nothing in the trail fits." in page) is not found

    def test_it_goes_on_to_the_next_page(self, transactions, client_of):
        a_desk(transactions)
        client = client_of(ROLES[Role.AUDITOR])
        first = client.get("/audit?limit=2").text

        way = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")

        assert 'rel="prev"' in client.get(way).text

    def test_what_is_no_id_is_refused(self, client_of):
        assert client_of(ROLES[Role.AUDITOR]).get("/audit?household=Haidari").status_code == 422


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_sound_trail_is_said_to_be_sound(transactions, client_of, role):
    a_desk(transactions)

    assert "The trail is sound." in client_of(ROLES[role]).get("/audit/verification").text


def test_over_json_a_sound_trail_is_said_to_be_sound(transactions, client_of):
    worker, _ = a_desk(transactions)
    client_of(worker).get("/caseload")

    told = client_of(ROLES[Role.AUDITOR]).get("/api/audit/verification").json

    assert (told["sound"], told["first_bad_seq"]) == (True, None)
    assert told["rows"] > 0


class TestJobs:
    def test_over_json_the_same_is_told_of_them(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.later("notices:send", text="never shown")

        answer = client_of(ROLES[Role.ADMINISTRATOR]).get("/api/jobs")

        assert "notices:send" in [job["name"] for job in answer.json["items"]]
        assert "never shown" not in answer.text

    def test_what_waits_is_listed_without_what_it_carries(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.later("notices:send", text="never shown")

        page = client_of(ROLES[Role.ADMINISTRATOR]).get("/jobs").text

        assert "notices:send" in page
        assert "never shown" not in page

    @pytest.mark.parametrize(("query", "found"), [("?dead=false", True), ("?dead=true", False)])
    def test_the_dead_are_told_from_the_waiting(self, transactions, client_of, query, found):
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.later("notices:send")

        page = client_of(ROLES[Role.ADMINISTRATOR]).get("/jobs" + query).text

        assert ("notices:send" in page) is found
