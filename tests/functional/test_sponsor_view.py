"""What a sponsor group would see, shown before anything is agreed to: by the sponsors' own code."""

from datetime import date
from types import SimpleNamespace
from uuid import UUID

import pytest

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM, Actor, Role
from resettle.households.models import Person, PersonLanguage
from resettle.households.rules import Coded
from resettle.people.models import SpecificNeed
from resettle.people.rules import NeedKind
from resettle.placements.models import SponsorshipStatus
from tests import groups, world

LIFTS, STAIRS = "Lives on the ground floor", "Somebody to explain letters"


@pytest.fixture
def arrange(transactions):
    """Let something be so before the test begins."""

    def make(act):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return act(uow)

    return make


@pytest.fixture
def home(arrange):
    def make(uow):
        household = world.a_household(uow, display_name="Rahimi", location="CHC")
        zahra = world.a_member(
            uow, household, given_name="Zahra", born_on=date(1990, 5, 17), phone="+64 21 1"
        )
        zahra.english_level = 2
        omid = world.a_member(uow, household, "HUS", given_name="Omid", phone="+64 21 2", sex="M")
        uow.add(PersonLanguage(person_id=omid.id, language="eng"))
        for person, text in ((zahra, LIFTS), (omid, STAIRS)):
            need = SpecificNeed(person_id=person.id, kind=NeedKind.HEALTH, restricted=False)
            need.practical_support = text
            uow.add(need)
        other = uow.add(SpecificNeed(person_id=omid.id, kind=NeedKind.PROTECTION, restricted=True))
        other.practical_support = "A secret"
        return SimpleNamespace(
            id=household.id,
            zahra=zahra.id,
            omid=omid.id,
            worker=world.a_caseworker(uow, household),
            herself=world.a_person_signed_in(uow, zahra),
        )

    return arrange(make)


def page(home):
    return f"/households/{home.id}/sponsor-view"


def a_confirmed_match(uow, home, *items):
    group = groups.a_group(uow)
    household = SimpleNamespace(id=home.id)
    match = groups.a_match(uow, group, household, status=SponsorshipStatus.CONFIRMED)
    for person in (home.zahra, home.omid):
        for item in items:
            groups.shares(uow, home.id, person, group.id, item)
    return match.group_id


def tried(client, path, stage, *shares):
    form = {"stage": stage, "shares": [*shares], "form_key": UUID(int=len(shares)).hex}
    text = client.post(path, data=form).text
    return text.split("What they would see</h2>")[-1].split("Try it")[0]


class TestForTheCaseworker:
    def test_with_no_group_nothing_is_seen_now(self, client_of, home):
        shown = client_of(home.worker).get(page(home)).text

        assert "Nothing. No group is matched" in shown

    def test_the_profile_names_nobody_and_says_what_helps(self, client_of, home):
        client = client_of(home.worker)
        profiles = [f"{person}:profile" for person in (home.zahra, home.omid)]

        shown = tried(client, page(home), "offered", *profiles)

        told = ("2 × 25-44", "1 female, 1 male", "Dari, English", "simple sentences", LIFTS, STAIRS)
        assert [each for each in told if each not in shown] == []
        named = ("Zahra", "Rahimi", "Omid", "A secret", "+64 21")
        assert [each for each in named if each in shown] == []

    def test_one_who_does_not_show_the_profile_keeps_all_of_it(self, client_of, home):
        shown = tried(client_of(home.worker), page(home), "offered", f"{home.zahra}:profile")

        assert "the group would not be shown anything" in shown

    def test_once_confirmed_each_item_shows_what_it_says(self, client_of, home):
        client = client_of(home.worker)

        shown = tried(client, page(home), "confirmed", f"{home.zahra}:name", f"{home.omid}:phone")

        assert "Zahra" in shown
        assert "+64 21 2" in shown
        assert [each for each in ("Omid", "+64 21 1", "A secret") if each in shown] == []

    def test_nothing_of_it_is_kept(self, client_of, home, arrange):
        client = client_of(home.worker)
        tried(client, page(home), "confirmed", f"{home.zahra}:name")

        assert "Nothing. No group is matched" in client.get(page(home)).text
        assert client.get(f"/api/persons/{home.zahra}/consents").json["entries"] == []

    def test_what_is_not_offered_is_refused(self, client_of, home):
        form = {"stage": "confirmed", "shares": [f"{home.zahra}:health"], "form_key": "0" * 32}

        assert client_of(home.worker).post(page(home), data=form).status_code == 422

    def test_it_says_of_today_what_the_sponsor_is_told(self, client_of, home, arrange):
        group = arrange(lambda uow: a_confirmed_match(uow, home, Item.NAME))
        sponsor = Actor(Role.SPONSOR_MEMBER, UUID(int=7), group_ids=frozenset({group}))

        seen = client_of(home.worker).get(page(home)).text.split("Try it")[0]
        theirs = client_of(sponsor).get("/our-household").text

        for each in ("Zahra", "Omid", "Rahimi", LIFTS, STAIRS):
            assert each in seen
            assert each in theirs
        for each in ("+64 21", "1990"):
            assert each not in seen
            assert each not in theirs


class TestForTheFamily:
    path = "/my-household/sponsor-view"

    def test_somebody_tries_for_themselves_alone(self, client_of, home):
        client = client_of(home.herself)

        offered = client.get(self.path).text
        shown = tried(client, self.path, "confirmed", f"{home.zahra}:phone")

        assert str(home.omid) not in offered
        assert "+64 21 1" in shown
        assert [each for each in ("Omid", "+64 21 2", STAIRS, "Rahimi") if each in shown] == []

    def test_what_others_agreed_to_is_not_read_off_it(self, client_of, home, arrange):
        client = client_of(home.herself)
        before = tried(client, self.path, "confirmed", f"{home.zahra}:name")

        arrange(lambda uow: a_confirmed_match(uow, home, Item.NAME, Item.PHONE))
        shown = tried(client, self.path, "confirmed", f"{home.zahra}:name")

        assert "Zahra" in before
        assert "Zahra" in shown
        assert "Omid" not in shown

    def test_for_another_nobody_tries(self, client_of, home):
        form = {"stage": "confirmed", "shares": [f"{home.omid}:name"], "form_key": "0" * 32}

        assert client_of(home.herself).post(self.path, data=form).status_code == 422

    def test_who_belongs_to_no_household_has_nothing_to_try(self, client_of, arrange):
        lost = arrange(lambda uow: world.a_person_signed_in(uow, world.a_person(uow)))

        assert client_of(lost).get(self.path).status_code == 404


@pytest.mark.parametrize(("families", "told"), [(2, False), (3, True)])
def test_a_nationality_is_told_where_it_names_nobody(client_of, arrange, home, families, told):
    def make(uow):
        for _ in range(families - 1):
            other = world.a_household(uow)
            for relationship in ("PA", "HUS"):
                world.a_member(uow, other, relationship).nationality = Coded("AFG").text
        for person in (home.zahra, home.omid):
            uow.find(Person, person).nationality = Coded("AFG").text

    arrange(make)
    profiles = [f"{person}:profile" for person in (home.zahra, home.omid)]

    shown = tried(client_of(home.worker), page(home), "offered", *profiles)

    assert ("Afghanistan" in shown) is told
