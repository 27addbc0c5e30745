"""The search: in any script, by number and reference, within the reader's reach and no further."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from click.testing import CliRunner

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.permissions import Permission
from resettle.households.acts import PersonFacts
from resettle.households.models import HouseholdMember, Sex
from resettle.households.service import open_household
from resettle.names.commands import search
from resettle.names.models import NameKey, NumberKey
from resettle.people.acts import ContactDetails
from resettle.people.service import change_contact, change_person
from tests.desks import ROLES, a_desk, counted_reads
from tests.functional.keys import key_of
from tests.groups import a_group
from tests.integration.test_households_races import OPENING
from tests.journeys import a_quota_case
from tests.world import a_caseworker, a_household, a_member

NAMED = {
    "حسن": {"family_name": "Al-Hassan", "given_name": "Mohammed", "name_in_script": "محمد الحسن"},
    "ဆန်း": {"family_name": "San", "given_name": "Daw Aung", "name_in_script": "အောင် ဆန်း"},
    "Коваленко": {"family_name": "Kovalenko", "given_name": "Olena", "name_in_script": None},
    "ገብረ": {"family_name": "Gebre", "given_name": "Tesfaye", "name_in_script": "ተስፋዬ ገብረ"},
}


@pytest.fixture
def scene(transactions):
    """Give a caseworker with four households, and a household of somebody else's."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        homes = {}
        for number, (name, facts) in enumerate(NAMED.items(), 1):
            home = a_household(uow, reference=f"R-2026-900{number}", display_name=name)
            person = a_member(uow, home, sex=Sex.U, **facts)
            homes[name] = home, person
        worker = a_caseworker(uow, *(home for home, _person in homes.values()))
        elsewhere = a_household(uow, reference="R-2026-9101", display_name="Berhane")
        stranger = a_member(uow, elsewhere, family_name="Berhane", given_name="Winta")
        numbers = PersonFacts(unhcr_individual_id="777-00000001", inz_client_no="70000001")
        change_person(uow, stranger.id, numbers)
        change_contact(uow, stranger.id, ContactDetails(phone="+64 21 999 0001"))
        a_caseworker(uow, elsewhere)
    return worker, homes


def searched(client, **typed):
    """Search through the form, and give the page to which it leads."""
    return client.get(client.post("/search", data=typed).location).text


def found(client, **asked):
    if "q" in asked:
        asked["q"] = key_of(client, asked["q"])
    answer = client.get("/api/search", query_string=asked)
    assert answer.status_code == 200
    return {item["reference"]: item for item in answer.json["items"]}


class TestByName:
    @pytest.mark.parametrize(
        ("typed", "ending"),
        [
            ("Muhammad", "1"),
            ("محمد", "1"),
            ("mohamed hasan", "1"),
            ("Aung San", "2"),
            ("ဆန်း", "2"),
            ("kovalenko", "3"),
            ("Коваленко", "3"),
            ("Kovalenk", "3"),
            ("Olena Kovalneko", "3"),
            ("Tesfay", "4"),
            ("ተስፋዬ", "4"),
        ],
    )
    def test_any_script_and_spelling(self, scene, client_of, typed, ending):
        worker, _ = scene

        assert [*found(client_of(worker), q=typed)] == [f"R-2026-900{ending}"]

    def test_the_person_is_shown_with_the_reason(self, scene, client_of):
        worker, homes = scene

        (item,) = found(client_of(worker), q="Muhamad").values()

        (person,) = item["people"]
        assert person["id"] == str(homes["حسن"][1].id)
        assert person["name"] == "Mohammed Al-Hassan"
        assert person["reasons"] == ["name sounds like this"]

    def test_the_nearest_stands_first(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            near, exact = a_household(uow), a_household(uow)
            a_member(uow, near, family_name="Hayderi")
            a_member(uow, exact, family_name="Haidari")
            worker = a_caseworker(uow, near, exact)
            ordered = [exact.reference, near.reference]

        assert [*found(client_of(worker), q="Haidari")] == ordered

    def test_a_new_name_is_found_from_the_next_search_on_and_the_old_one_no_more(
        self, scene, transactions, client_of
    ):
        worker, homes = scene
        person = homes["Коваленко"][1]
        with transactions.begin(SYSTEM, "arrange") as uow:
            change_person(uow, person.id, PersonFacts(family_name="Bondar", aliases=["Lesya"]))

        client = client_of(worker)
        assert found(client, q="Kovalenko") == {}
        assert [*found(client, q="Bondar")] == [*found(client, q="Lesia")] == ["R-2026-9003"]

    def test_who_was_just_entered_is_found(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            home = open_household(uow, OPENING)
            worker = a_caseworker(uow, home)
            reference = home.reference

        assert [*found(client_of(worker), q="Heydari")] == [reference]


class TestByNumber:
    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("199-00265997", "UNHCR number"),
            ("19900265997", "UNHCR number"),
            ("71234567", "INZ number"),
            ("021 123 4567", "phone"),
            ("+64 21 123-4567", "phone"),
        ],
    )
    def test_it_is_found_whole_however_it_is_written(
        self, scene, transactions, client_of, typed, why
    ):
        worker, homes = scene
        person = homes["حسن"][1]
        with transactions.begin(SYSTEM, "arrange") as uow:
            numbers = PersonFacts(unhcr_individual_id="199-00265997", inz_client_no="71234567")
            change_person(uow, person.id, numbers)
            change_contact(uow, person.id, ContactDetails(phone="+64 21 123 4567"))

        client = client_of(worker)
        (item,) = found(client, q=typed).values()
        assert item["people"][0]["reasons"] == [why]
        assert found(client, q=typed[:-1]) == {}

    def test_a_phone_that_no_plan_knows_is_found_by_its_digits(
        self, scene, transactions, client_of
    ):
        worker, homes = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            change_person(uow, homes["حسن"][1].id, PersonFacts(phone="next door 99887766"))

        assert found(client_of(worker), q="nextdoor 99887766")

    @pytest.mark.parametrize("typed", ["R-2026-9003", "r-2026-9003", "9003", "2026 9003"])
    def test_a_reference(self, scene, client_of, typed):
        worker, _ = scene

        (item,) = found(client_of(worker), q=typed).values()

        assert item["reasons"] == ["reference"]
        assert item["people"] == []

    def test_a_case_number(self, scene, transactions, client_of):
        worker, homes = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            case = a_quota_case(uow, homes["حسن"][0])
            case.case_number_index = uow.blind("case_number", "199-00C00042")

        (item,) = found(client_of(worker), q="199-00c00042").values()

        assert item["reasons"] == ["case number"]


class TestReach:
    @pytest.mark.parametrize(
        "of_others",
        ["Winta", "Berhane", "R-2026-9101", "777-00000001", "70000001", "021 999 0001"],
    )
    def test_what_others_know_is_answered_like_what_nobody_knows(
        self, scene, client_of, connection, of_others
    ):
        worker, _ = scene
        client = client_of(worker)
        told = []
        for typed in (of_others, re.sub(r"[A-Za-z]", "q", of_others).replace("9", "8")):
            with counted_reads(connection) as seen:
                answer = client.get("/api/search", query_string={"q": key_of(client, typed)})
            told.append((answer.status_code, answer.data, len(seen)))

        assert told[0] == told[1]
        assert told[0][1] == b'{"items":[]}'

    def test_the_places_offered_are_those_of_the_reader(self, scene, transactions, client_of):
        worker, homes = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            mine = uow.find(type(homes["حسن"][0]), homes["حسن"][0].id)
            mine.location = "HAM"
            a_household(uow, location="DUD")

        page = client_of(worker).get("/search").text

        assert "Hamilton" in page
        assert "Dunedin" not in page

    @pytest.mark.parametrize("role", [role for role in ROLES if role is not Role.CASEWORKER])
    def test_it_is_for_caseworkers(self, client_of, role):
        assert client_of(ROLES[role]).get("/api/search").status_code == 403
        assert client_of(ROLES[role]).get("/search").status_code == 403

    def test_a_token_needs_its_scope(self, scene, client_of):
        worker, _ = scene
        narrow = replace(worker, scopes=frozenset({Permission.CASE_READ}))

        assert client_of(narrow).get("/api/search").status_code == 403

    def test_sixty_a_minute_are_enough(self, scene, app, client_of):
        worker, _ = scene
        app.extensions["settings"] = replace(app.extensions["settings"], production=True)
        client = client_of(replace(worker, user_id=worker.user_id))
        try:
            told = [client.get("/api/search").status_code for _ in range(61)]
            other = client_of(ROLES[Role.CASEWORKER]).get("/api/search")
        finally:
            app.extensions["settings"] = replace(app.extensions["settings"], production=False)

        assert told == [200] * 60 + [429]
        assert other.status_code == 200


class TestFilters:
    def test_by_place(self, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            here, there = a_household(uow, location="HAM"), a_household(uow, location="DUD")
            for home in (here, there):
                a_member(uow, home)
            worker = a_caseworker(uow, here, there)
            reference = here.reference

        client = client_of(worker)
        assert [*found(client, q="haidari", location="HAM")] == [reference]
        assert len(found(client, q="haidari")) == 2

    def test_who_has_left_is_found_when_asked(self, scene, transactions, client_of):
        worker, homes = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            stay = uow.first(
                uow.select(HouseholdMember).where(
                    HouseholdMember.person_id == homes["Коваленко"][1].id
                )
            )
            stay.left_on = date(2026, 2, 1)

        client = client_of(worker)
        (item,) = found(client, q="kovalenko", left="true").values()
        assert item["people"][0]["has_left"] is True
        assert found(client, q="kovalenko") == {}
        assert "no longer in this household" in searched(client, q="kovalenko", left="true")

    def test_a_household_that_has_left_is_found_when_asked(self, scene, transactions, client_of):
        worker, homes = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            home = uow.find(type(homes["حسن"][0]), homes["حسن"][0].id)
            home.exited_on = date(2026, 2, 1)

        client = client_of(worker)
        assert found(client, q="9001") == {}
        assert "has left the programme" in searched(client, q="9001", left="true")

    def test_many_households_take_no_more_reading_than_few(
        self, transactions, client_of, connection
    ):
        counts = []
        for number in (2, 20):
            worker, _ = a_desk(transactions, number)
            client = client_of(worker)
            with counted_reads(connection) as seen:
                assert len(found(client, q="haidari")) == number
            counts.append(len(seen))

        assert counts[0] == counts[1]


class TestAddress:
    """Names stand in no address: of what is looked for there is a key, for its asker alone."""

    def test_it_holds_the_filters_and_a_key(self, scene, client_of):
        worker, _ = scene
        client = client_of(worker)

        there = client.post("/search", data={"q": "Muhammad", "location": "HAM", "left": "true"})

        assert there.status_code == 303
        assert "location=HAM&left=true" in there.location
        assert "Muhammad" not in there.location
        assert 'value="Muhammad"' in client.get(there.location).text

    def test_it_does_not_tell_how_long_the_name_is(self, scene, client_of):
        worker, _ = scene
        client = client_of(worker)

        assert len(key_of(client, "Li")) == len(key_of(client, "Kovalenko-Moroz"))
        assert key_of(client, "Li") != key_of(client, "Li")

    def test_it_finds_nothing_for_anybody_else_nor_for_ever(self, scene, client_of, clock):
        worker, _homes = scene
        client = client_of(worker)
        key = key_of(client, "Muhammad")
        colleague = client_of(replace(worker, user_id=uuid4()))
        assert len(client.get(f"/api/search?q={key}").json["items"]) == 1

        assert colleague.get(f"/api/search?q={key}").status_code == 422
        clock.forward(hours=13)
        over = client.get(f"/search?q={key}")
        assert over.status_code == 422
        assert "This search is over" in over.text

    @pytest.mark.parametrize("typed", ["Muhammad", "%25", "a" * 200, "%00", "é"])
    def test_a_name_in_it_is_refused(self, scene, client_of, typed):
        worker, _ = scene

        for path in ("/search", "/api/search", "/caseload"):
            assert client_of(worker).get(f"{path}?q={typed}").status_code in {400, 422}

    def test_an_empty_search_asks_for_more(self, scene, client_of):
        worker, _ = scene

        assert client_of(worker).post("/search", data={"q": " "}).location == "/search"
        assert client_of(worker).post("/search", data={"q": "a" * 101}).status_code == 422


class TestPage:
    def test_the_box_on_every_page_leads_here(self, scene, client_of):
        worker, _ = scene

        page = client_of(worker).get("/caseload").text

        assert '<form class="top-search" action="/search" method="post"' in page

    def test_what_was_asked_stays_in_the_box_and_the_hits_lead_on(self, scene, client_of):
        worker, homes = scene

        page = searched(client_of(worker), q="Muhammad")

        assert 'value="Muhammad"' in page
        assert f'href="/households/{homes["حسن"][0].id}"' in page
        assert "محمد الحسن" in page
        assert "name sounds like this" in page
        assert "<title>Search · resettle</title>" in page

    def test_nothing_asked_and_nothing_found_say_what_to_do(self, scene, client_of):
        worker, _ = scene
        client = client_of(worker)

        assert "Write a name, a reference" in client.get("/search").text
        assert "Nothing of yours fits." in searched(client, q="nobody")

    def test_a_look_is_on_record(self, scene, client_of):
        worker, homes = scene
        client = client_of(worker)
        searched(client, q="kovalenko")

        looks = client.get(f"/households/{homes['Коваленко'][0].id}/looks").text

        assert "names and birth dates" in looks


def test_the_index_is_rebuilt_for_everybody(committed_app, committed_client_of):
    transactions = committed_app.extensions["transactions"]
    with transactions.begin(SYSTEM, "arrange") as uow:
        home = a_household(uow)
        person = a_member(uow, home)
        change_contact(uow, person.id, ContactDetails(phone="+64 21 123 4567"))
        worker = a_caseworker(uow, home)
    with transactions.begin(SYSTEM, "arrange") as uow:
        for key in [*uow.all(uow.select(NameKey)), *uow.all(uow.select(NumberKey))]:
            uow.session.delete(key)
    client = committed_client_of(worker)
    assert found(client, q="Haidari") == {}

    service = SimpleNamespace(transactions=transactions)
    said = [CliRunner().invoke(search, ["rebuild"], obj=service).output for _twice in range(2)]

    assert said == ["The index of 1 people is written anew.\n"] * 2
    assert [*found(client, q="Haidari")] == [*found(client, q="021 123 4567")] == [home.reference]


class TestGroups:
    @pytest.fixture
    def groups(self, transactions):
        with transactions.begin(SYSTEM, "arrange") as uow:
            a_group(uow).legal_name = "Al-Noor Masjid Trust"
            parish = a_group(uow)
            parish.legal_name, parish.trading_name = "St Brigid Parish", "کلیسای بریجید"

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("Nour", ["Al-Noor Masjid Trust"]),
            ("النور", ["Al-Noor Masjid Trust"]),
            ("Brigit parich", ["St Brigid Parish"]),
            ("بریجید", ["St Brigid Parish"]),
            ("Zebra", []),
        ],
    )
    def test_a_group_is_found_in_any_script_and_spelling(self, groups, client_of, typed, names):
        manager = client_of(ROLES[Role.PROGRAMME_MANAGER])
        key = manager.post("/api/sponsor-groups/searches", json={"q": typed}).json["q"]

        told = manager.get("/api/sponsor-groups", query_string={"q": key}).json["items"]
        page = manager.get(manager.post("/sponsor-groups/searches", data={"q": typed}).location)

        assert [group["legal_name"] for group in told] == names
        assert all(name in page.text for name in names)
        assert ("No group bears this name." in page.text) is not bool(names)

    def test_a_caseworker_finds_it_beside_their_households(self, groups, scene, client_of):
        worker, _ = scene

        page = searched(client_of(worker), q="noor masjit")

        assert "Al-Noor Masjid Trust" in page
        assert "St Brigid" not in page
        assert "Nothing of yours fits." not in page

    def test_a_sponsor_finds_no_group_but_their_own(self, groups, transactions, client_of):
        with transactions.begin(SYSTEM, "arrange") as uow:
            own = a_group(uow)
            own.legal_name = "Masjid Helpers"
            actor = Actor(Role.SPONSOR_COORDINATOR, uuid4(), group_ids=frozenset({own.id}))
        sponsor = client_of(actor)

        page = sponsor.get(sponsor.post("/sponsor-groups/searches", data={"q": "Masjid"}).location)

        assert "Masjid Helpers" in page.text
        assert "Al-Noor" not in page.text

    def test_a_name_that_is_too_long_is_refused(self, client_of):
        manager = client_of(ROLES[Role.PROGRAMME_MANAGER])

        assert manager.post("/sponsor-groups/searches", data={"q": "x" * 101}).status_code == 422
