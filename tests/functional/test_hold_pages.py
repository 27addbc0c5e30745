"""The page on which a team leader holds many cases."""

from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from tests.journeys import QUOTA, a_family, a_quota_case, a_team_leader, at

LATER = "2026-04-01"
NEVER = "99999999-9999-4999-8999-999999999999"


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

    def test_each_has_a_result_of_its_own_that_is_kept(self, team):
        homes, ids, leader = team
        first = sent(leader, ids[:1], reason="BORDER_CLOSED", review_on=LATER)
        said = leader.get(first.location).text

        second = sent(leader, ids, reason="BORDER_CLOSED", review_on=LATER)
        page = leader.get(second.location).text
        again = leader.get("/case-holds").text

        assert "1 of 1 done." in said
        assert "11 of 12 done." in page
        assert all(home.reference in page for home in homes)
        assert page.rindex("Not done") < page.rindex(">On hold<")
        assert first.location in again
        assert second.location in again

    def test_of_many_refusals_each_is_told(self, team):
        _, ids, leader = team

        refused = sent(leader, ids, way="release")

        page = leader.get(refused.location).text
        assert page.count("This case is not on hold.") == 12

    def test_cases_of_others_leave_nothing_to_look_at(self, team):
        _, _, leader = team

        none = sent(leader, [NEVER], way="release")

        assert "0 of 1 done." in leader.get(none.location).text
        assert leader.get(f"/case-holds/{NEVER}").status_code == 404

    def test_over_json_an_act_is_found_again(self, team):
        _, ids, leader = team
        body = {"way": "hold", "case_ids": ids, "reason": "BORDER_CLOSED", "review_on": LATER}
        headers = {"Idempotency-Key": uuid4().hex}

        made = leader.post("/api/case-holds", json=body, headers=headers).json["items"]
        (batch,) = leader.get("/api/case-holds/batches").json["items"]
        rows = leader.get(f"/api/case-holds/batches/{batch['batch_id']}").json["items"]

        assert {row["batch_id"] for row in made} == {batch["batch_id"]}
        assert (batch["number"], batch["done"], batch["way"]) == (12, 12, "hold")
        assert {row["words"] for row in rows} == {"On hold"}

    def test_a_missing_reason_is_told_beside_what_was_chosen(self, team):
        _, ids, leader = team

        refused = sent(leader, ids, stage="RECEPTION", review_on=LATER)

        assert refused.status_code == 422
        assert "Choose one of: MEDICAL" in refused.text
        assert leader.get("/case-holds/doing").status_code == 200
