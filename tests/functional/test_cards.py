"""The contact card of a household: written by who leads, read by family and group, printed."""

import tomllib

import pytest

from resettle.core.actor import SYSTEM
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.settings import CONFIG
from resettle.sponsors.models import MemberRole
from tests.weeks import TODAY, company

KEY = {"Idempotency-Key": "a-topic-of-the-card"}


@pytest.fixture
def made(transactions):
    made = company(transactions)
    with transactions.begin(SYSTEM, "arrange") as uow:
        member = uow.find(type(made.helper_member), made.helper_member.id)
        member.roles = ["transport_lead"]
    return made


def card(made, more=""):
    return f"/households/{made.household.id}/contact-card{more}"


def written(client, made, **more):
    body = {"topic": "repairs", "family_calls": "Ruth", "family_phone": "021 123 4567"}
    return client.post(card(made, "/change"), data=body | more, follow_redirects=True)


def test_its_topics_are_what_families_call_about():
    """Those of domain.md 2.5 and 9: heating, toothache, a wrong payment, a lift, work."""
    topics = tomllib.loads((CONFIG / "contact_topics.toml").read_text())["topics"]

    assert [topic["code"] for topic in topics] == [
        *("repairs", "doctor", "benefit", "school", "lift", "english", "work", "anything"),
    ]
    roles = {role for topic in topics for role in topic["roles"]}
    assert roles <= {role.value for role in MemberRole}


class TestCard:
    def test_it_is_empty_at_first_and_says_who_might_stand_there(self, client_of, made):
        page = client_of(made.lead).get(card(made)).text

        assert "Nobody is named yet" in page
        assert "A lift, or the bus" in page
        assert "Perhaps:" in page
        assert "Tom Fraser" in page

    def test_who_leads_writes_and_all_three_sides_read(self, client_of, made):
        lead = client_of(made.lead)
        assert "Heating, water or power is broken" in lead.get(card(made, "/change")).text

        answer = written(lead, made, group_calls="The landlord", group_phone="03 123 4567")

        assert "It stands on the card" in answer.text
        for actor in (made.helper, made.person, made.worker):
            page = client_of(actor).get(card(made)).text
            assert "Ruth" in page
            assert "tel:+64211234567" in page
            assert "The landlord" in page
        assert "Write a topic" not in client_of(made.helper).get(card(made)).text
        assert client_of(made.helper).get(card(made, "/change")).status_code == 403

    def test_written_again_it_is_replaced(self, client_of, made):
        worker = client_of(made.worker)
        written(worker, made)

        written(worker, made, family_calls="Tom", family_phone="")

        page = client_of(made.person).get(card(made)).text
        assert "Tom" in page
        assert "Ruth" not in page
        assert "tel:" not in page

    @pytest.mark.parametrize(
        ("more", "words"),
        [({"topic": "dragons"}, "no such topic"), ({"family_phone": "12"}, "not a phone number")],
    )
    def test_what_is_wrong_is_said(self, client_of, made, more, words):
        answer = written(client_of(made.lead), made, **more)

        assert answer.status_code == 422
        assert words in answer.text

    def test_over_json(self, client_of, made):
        client, path = client_of(made.lead), "/api" + card(made)

        client.post(path, json={"topic": "work", "family_calls": "Ruth"}, headers=KEY)

        (row,) = client.get(path).json["items"]
        assert (row["topic"], row["family_calls"]) == ("work", "Ruth")

    def test_when_the_group_has_gone_its_card_is_gone(self, transactions, client_of, made):
        written(client_of(made.lead), made)
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.first(uow.select(Sponsorship))
            match.status, match.ended_on = SponsorshipStatus.ENDED, TODAY

        page = client_of(made.person).get(card(made)).text
        refused = written(client_of(made.worker), made)

        assert "Ruth" not in page
        assert "No sponsor group supports this household" in refused.text
        assert client_of(made.helper).get(card(made)).status_code == 404
