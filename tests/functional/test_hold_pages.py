"""The page on which a team leader holds many cases."""

from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from tests.journeys import QUOTA, a_family, a_quota_case, a_team_leader, at

LATER = "2026-04-01"


@pytest.fixture
def team(transactions, client_of):
    with transactions.begin(SYSTEM, "arrange") as uow:
        homes = [a_family(uow, **QUOTA, location="CHC") for _ in range(12)]
        cases = [at(a_quota_case(uow, home), "RECEPTION") for home in homes]
        leader = a_team_leader(uow, *homes)
    return homes, [str(case.id) for case in cases], client_of(leader)


def sent(client, ids, **form):
    data = {"form_key": uuid4().hex, "way": "hold", "case_ids": ids, **form}
    return client.post("/case-holds/doing", data=data)


class TestHolds:
    def test_what_would_change_is_seen_before(self, team):
        homes, _, leader = team
        empty = leader.get("/case-holds").text

        page = leader.get(f"/case-holds?stage=RECEPTION&review_on={LATER}").text
        none = leader.get("/case-holds?location=NSN").text

        assert "Choose a stage or a location." in empty
        assert "12 cases" in page
        assert all(home.reference in page for home in homes)
        assert "What is counted from the arrival goes on." in page
        assert "No case of yours fits this." in none

    def test_each_has_a_result_of_its_own(self, team):
        homes, ids, leader = team
        first = sent(leader, ids[:1], reason="BORDER_CLOSED", review_on=LATER)
        said = leader.get(first.location).text

        sent(leader, ids, reason="BORDER_CLOSED", review_on=LATER)
        second = leader.get("/case-holds?way=release&stage=RECEPTION").text

        assert "1 of 1 done." in said
        assert "11 of 12 done." in second
        assert f"{homes[0].reference}: " in second
        assert "On hold until" in second

    def test_of_many_refusals_the_first_are_told(self, team):
        _, ids, leader = team

        refused = sent(leader, ids, way="release")

        assert "2 more were refused." in leader.get(refused.location).text

    def test_a_missing_reason_is_told_beside_what_was_chosen(self, team):
        _, ids, leader = team

        refused = sent(leader, ids, stage="RECEPTION", review_on=LATER)

        assert refused.status_code == 422
        assert "Choose one of: MEDICAL" in refused.text
        assert leader.get("/case-holds/doing").status_code == 200
