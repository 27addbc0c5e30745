"""What a sponsor group and a family see on their own pages, and what they do not."""

import re
from datetime import date, timedelta

import pytest

from resettle.consents.models import Item
from resettle.consents.rules import Decision
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.clock import AUCKLAND
from resettle.households.models import Household
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind
from resettle.placements.models import Sponsorship, SponsorshipStatus
from tests.desks import a_step
from tests.world import (
    a_caseworker,
    a_consent,
    a_household,
    a_member,
    a_person_signed_in,
    a_sponsor_of,
)

CORS = {"programme_code": "cors", "programme_version": 2}
SECRETS = ("Htoo", "Eh Doh", "အဲထူး", "+64 21 123 456", "14 Rātā Street", "eh@example.org", "1984")
# In an id of chance or a token such digits may stand, and say nothing.
BY_CHANCE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[^\"]{30,}\"")


def secrets_in(page: str) -> list[str]:
    told = BY_CHANCE.sub("", page)
    return [secret for secret in SECRETS if secret in told]


def a_supported_family(uow) -> tuple[Household, dict[str, object]]:
    """Make a sponsored household of a couple and a child; nobody shares anything yet."""
    household = a_household(uow, display_name="Htoo", location="Whangārei", primary_language="ksw")
    adult = a_member(
        uow, household, family_name="Htoo", given_name="Eh Doh", name_in_script="အဲထူး",
        born_on=date(1984, 5, 17),
    )  # fmt: skip
    adult.phone, adult.address = "+64 21 123 456", "14 Rātā Street"
    adult.email = "eh@example.org"
    partner = a_member(uow, household, "WIF", family_name="Htoo", given_name="Paw")
    child = a_member(
        uow, household, "DAU", family_name="Htoo", given_name="Mu", born_on=date(2019, 1, 1),
        guardian_id=adult.id,
    )  # fmt: skip
    return household, {"adult": adult, "partner": partner, "child": child}


@pytest.fixture
def arranged(transactions):
    """Give a supported family, and a member of its sponsor group."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        household, people = a_supported_family(uow)
        sponsor = a_sponsor_of(uow, household)
        a_caseworker(uow, household)
    return household, people, sponsor


def share(transactions, household, person, *items, decision=Decision.GIVE, start=1):
    with transactions.begin(SYSTEM, "arrange") as uow:
        for seq, item in enumerate(items, start=start):
            a_consent(uow, household, person, item, seq=seq, decision=decision)


class TestOurHousehold:
    def test_without_consent_there_is_no_household_at_all(self, arranged, client_of):
        household, _, sponsor = arranged

        page = client_of(sponsor).get("/our-household").text

        assert household.reference not in page
        assert secrets_in(page) == []
        assert "not matched with a household at the moment" in page

    @pytest.mark.parametrize(
        ("items", "seen"),
        [
            ([Item.PROFILE], set()),
            ([Item.NAME], {"Eh Doh", "အဲထူး", "Htoo"}),
            ([Item.PROFILE, Item.PHONE], {"+64 21 123 456"}),
            ([Item.PROFILE, Item.ADDRESS], {"14 Rātā Street"}),
        ],
        ids=["profile", "name", "phone", "address"],
    )
    def test_each_thing_is_there_only_by_its_own_consent(
        self, arranged, transactions, client_of, items, seen
    ):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], *items)

        page = client_of(sponsor).get("/our-household").text

        assert household.reference in page
        assert {*secrets_in(page)} == seen
        assert "Paw" not in page
        assert "Person 2" in page

    def test_the_family_name_takes_every_adult(self, arranged, transactions, client_of):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.NAME)
        heading = rf"{household.reference} <bdi>Htoo"
        assert not re.search(heading, client_of(sponsor).get("/our-household").text)

        share(transactions, household, people["partner"], Item.NAME)

        assert re.search(heading, client_of(sponsor).get("/our-household").text)

    def test_what_is_taken_back_is_gone_at_the_next_look(self, arranged, transactions, client_of):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.PROFILE, Item.NAME)
        assert "Eh Doh" in client_of(sponsor).get("/our-household").text

        share(
            transactions, household, people["adult"], Item.NAME, decision=Decision.WITHDRAW, start=3
        )

        assert "Eh Doh" not in client_of(sponsor).get("/our-household").text

    def test_it_says_what_the_group_owes_next(self, arranged, transactions, client_of):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.PROFILE)
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_step(uow, household, code="PRE-03", **CORS)
            a_step(uow, household, code="HEA-05", domain="HEA", restricted=True, **CORS)

        member = client_of(sponsor).get("/our-household").text
        coordinator = Actor(
            Role.SPONSOR_COORDINATOR, user_id=sponsor.user_id, group_ids=sponsor.group_ids
        )
        page = client_of(coordinator).get("/our-household").text

        assert "Rental found and tenancy agreed" in member
        assert "Your coordinator records it" in member
        way = re.search(r'href="(/milestones/[^"]+/met)"', page)[1]
        met = client_of(coordinator).post(way, data={"met_on": "2026-03-01"})
        assert (met.status_code, met.location) == (303, "/our-household")
        assert client_of(sponsor).get(way).status_code == 403

    def test_a_need_is_told_as_what_to_heed(self, arranged, transactions, client_of):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.PROFILE)
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.add(
                SpecificNeed(
                    person_id=people["child"].id, kind=NeedKind.HEALTH,
                    health_code='{"value": "DS-PS"}', restricted=False,
                    practical_support="A house without steps",
                )
            )  # fmt: skip

        page = client_of(sponsor).get("/our-household").text

        assert "A house without steps" in page
        assert "DS-PS" not in page

    def test_a_proposed_household_is_a_profile_without_names(
        self, arranged, transactions, client_of
    ):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.PROFILE, Item.NAME, Item.PHONE)
        share(transactions, household, people["partner"], Item.PROFILE)
        with transactions.begin(SYSTEM, "arrange") as uow:
            match = uow.first(uow.select(Sponsorship))
            match.status = SponsorshipStatus.PROPOSED

        page = client_of(sponsor).get("/our-household").text

        assert "Proposed to your group" in page
        assert "1 × 5-12, 2 × 25-44" in page
        assert "S’gaw Karen" in page
        assert secrets_in(page) == []

    @pytest.mark.parametrize("status", [SponsorshipStatus.SUSPENDED, SponsorshipStatus.ENDED])
    def test_after_the_end_there_is_nothing(self, arranged, transactions, client_of, status):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.PROFILE, Item.NAME)
        with transactions.begin(SYSTEM, "arrange") as uow:
            uow.first(uow.select(Sponsorship)).status = status

        page = client_of(sponsor).get("/our-household").text

        assert household.reference not in page

    def test_it_never_says_that_something_of_this_household_is_hidden(
        self, arranged, transactions, client_of
    ):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.PROFILE)
        little = client_of(sponsor).get("/our-household").text
        share(transactions, household, people["adult"], Item.NAME, Item.PHONE, start=2)
        much = client_of(sponsor).get("/our-household").text

        told = [page.partition("What you do not see")[2] for page in (little, much)]

        assert told[0] == told[1] != ""


class TestMyHousehold:
    def test_it_says_what_happens_next_and_who_helps(self, arranged, transactions, client_of):
        household, people, _ = arranged
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_step(uow, household, code="PRE-03", **CORS)
            late = date(2026, 2, 1)
            a_step(uow, household, code="EMP-07", domain="EMP", due_on=late, **CORS)
            reader = a_person_signed_in(uow, people["adult"])

        page = client_of(reader).get("/my-household").text

        assert "Rental found and tenancy agreed" in page
        assert "this is taking longer than planned" in page
        assert "Mere Tamihana" in page
        assert "Kōwhai Neighbours" in page
        assert "data-leave" in page

    def test_each_sees_and_takes_back_their_own_consents(self, arranged, transactions, client_of):
        household, people, _ = arranged
        share(transactions, household, people["adult"], Item.NAME)
        share(transactions, household, people["partner"], Item.PHONE)
        with transactions.begin(SYSTEM, "arrange") as uow:
            reader = a_person_signed_in(uow, people["adult"])
        client = client_of(reader)
        page = client.get("/my-household").text
        ways = re.findall(r'action="(/consents/[^"]+/withdrawal)"', page)

        answer = client.post(ways[0])

        assert len(ways) == 1
        assert (answer.status_code, answer.location) == (303, "/my-household")
        assert "You share nothing with anybody" in client.get("/my-household").text

    def test_somebody_records_a_consent_of_their_own(self, arranged, transactions, client_of):
        _, people, _ = arranged
        with transactions.begin(SYSTEM, "arrange") as uow:
            reader = a_person_signed_in(uow, people["adult"])
        client = client_of(reader)
        way = re.search(r'href="(/persons/[^"]+)"', client.get("/my-household").text)[1]
        asked = client.get(way).text
        assert "I agree" in asked
        assert "three-letter code" not in asked

        answer = client.post(way, data={
            "purpose": "share_with_school", "item": "all", "recipient_type": "agency",
            "method": "own_account", "language": "ksw", "text_version": "2026-1",
        })  # fmt: skip

        assert (answer.status_code, answer.location) == (303, "/my-household")
        assert "<strong>School</strong>: everything it needs" in client.get("/my-household").text

    def test_it_says_who_looked(self, arranged, transactions, client_of):
        household, people, sponsor = arranged
        share(transactions, household, people["adult"], Item.NAME)
        with transactions.begin(SYSTEM, "arrange") as uow:
            reader = a_person_signed_in(uow, people["adult"])
        client_of(sponsor).get("/our-household")
        client = client_of(reader)
        way = re.search(r'href="([^"]+/looks)"', client.get("/my-household").text)[1]

        page = client.get(way).text

        assert "Sponsor group member" in page
        assert "names and birth dates" in page
        assert "data-leave" in page

    def test_an_account_without_household_is_told_so(self, client_of):
        client = client_of(Actor(Role.HOUSEHOLD_PERSON, user_id=None))

        page = client.get("/my-household").text

        assert "belongs to no household at the moment" in page
        assert client.get("/my-household/looks").status_code == 404

    def test_a_child_is_a_matter_of_its_guardian(self, arranged, transactions, client_of):
        household, people, _ = arranged
        share(transactions, household, people["child"], Item.PHOTO)
        with transactions.begin(SYSTEM, "arrange") as uow:
            mother = a_person_signed_in(uow, people["adult"])
            partner = a_person_signed_in(uow, people["partner"])

        assert "<bdi>(Mu Htoo)</bdi>" in client_of(mother).get("/my-household").text
        assert "Sponsor group</strong>: photo" not in client_of(partner).get("/my-household").text


def test_days_are_told_in_new_zealand(clock, arranged, transactions, client_of):
    household, people, _ = arranged
    clock.forward(hours=2)
    share(transactions, household, people["adult"], Item.NAME)
    with transactions.begin(SYSTEM, "arrange") as uow:
        reader = a_person_signed_in(uow, people["adult"])
    said = f"{clock.now.astimezone(AUCKLAND) + timedelta():%-d %b %Y}"

    assert said in client_of(reader).get("/my-household").text
