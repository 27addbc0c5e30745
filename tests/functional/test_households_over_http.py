"""Households over JSON: what each reader may do, and see."""

import json
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.households.models import Person
from tests.functional.keys import key_of, with_keys
from tests.world import (
    a_caseworker,
    a_consent,
    a_household,
    a_member,
    a_person_signed_in,
    a_sponsor_of,
)

PERSON = {"family_name": "Haidari", "sex": "F", "born_on": "1990-05-17"}
OPENING = {
    "stream": "quota",
    "programme_code": "rqp",
    "primary_language": "prs",
    "members": [{"person": PERSON, "relationship": "PA"}],
}


@pytest.fixture
def client_of(client_of):
    return lambda actor: with_keys(client_of(actor))


@pytest.fixture
def arrange(transactions):
    """Give a function that runs another with a unit of work of the system."""

    def run(make):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return make(uow)

    return run


@pytest.fixture
def family(arrange):
    """Give a household of two, its caseworker and its sponsor."""

    def make(uow):
        household = a_household(uow, location="Whangārei")
        people = [
            a_member(uow, household, given_name="Zahra", phone="+64 21 123 4567"),
            a_member(uow, household, "HUS", given_name="Karim"),
        ]
        for person in people:
            a_consent(uow, household, person, Item.PROFILE, seq=1)
        return household, people, a_caseworker(uow, household), a_sponsor_of(uow, household)

    return arrange(make)


@contextmanager
def counted(connection):
    """Gather the statements that the database is asked meanwhile."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    yield statements
    event.remove(connection, "before_cursor_execute", note)


def path(household, rest=""):
    return f"/api/households/{household.id}{rest}"


class TestOpening:
    def test_it(self, arrange, client_of):
        client = client_of(arrange(a_caseworker))

        opened = client.post("/api/households", json=OPENING)
        shown = client.get(f"/api/households/{opened.json.get('id', '')}")

        assert opened.status_code == 201
        assert opened.json["reference"] == "R-2026-0001"
        assert opened.json["name"] == "Haidari"
        assert shown.json["members"][0]["person"]["name"] == "Haidari"

    @pytest.mark.parametrize(
        ("change", "status", "field"),
        [
            ({"members": []}, 422, "members"),
            ({"members": [{"person": PERSON, "relationship": "X"}]}, 422, "members.0.relationship"),
            ({"primary_language": "Dari"}, 422, "primary_language"),
            ({"programme_code": "moon"}, 422, "programme_code"),
            ({"stream": "river"}, 422, "stream"),
            ({"stream": {}}, 422, "stream"),
            ({"needs_interpreter": 1}, 422, "needs_interpreter"),
            ({"version": 7}, 422, "version"),
            ({"id": "0"}, 422, "id"),
            ({"members": [{"person": PERSON, "relationship": "PA"}] * 2}, 409, None),
        ],
    )
    def test_it_refuses(self, arrange, client_of, change, status, field):
        refused = client_of(arrange(a_caseworker)).post("/api/households", json=OPENING | change)

        assert refused.status_code == status, refused.json
        assert field is None or field in refused.json["errors"]

    @pytest.mark.parametrize(
        "name",
        [
            "Z",
            "Suharto",
            "O’Brien D'Arcy",
            "María José Luisa Fernanda del Carmen Rodríguez",
            "محمد الحسن",
            "အောင်ဆန်းစုကြည်",
            "ተስፋዬ",
            "བཀྲ་ཤིས",
            "Nguye\u0302\u0303n",
            "\u2068علي\u2069",
        ],
    )
    def test_names_are_kept_as_they_are_written(self, arrange, client_of, name):
        client = client_of(arrange(a_caseworker))
        person = PERSON | {"family_name": name, "name_in_script": name}
        body = OPENING | {"members": [{"person": person, "relationship": "PA"}]}

        opened = client.post("/api/households", json=body)
        (member,) = client.get(f"/api/households/{opened.json['id']}/members").json["items"]

        assert member["person"]["name"] == name
        assert member["person"]["name_in_script"] == name

    @pytest.mark.parametrize("name", ["\ud800", "a\0b", "a\u202eb", " ", "", 5, None])
    def test_names_that_hide_something_are_refused(self, arrange, client_of, name):
        person = PERSON | {"family_name": name}
        body = OPENING | {"members": [{"person": person, "relationship": "PA"}]}

        refused = client_of(arrange(a_caseworker)).post(
            "/api/households", data=json.dumps(body), content_type="application/json"
        )

        assert refused.status_code == 422
        assert [*refused.json["errors"]] == ["members.0.person.family_name"]

    @pytest.mark.parametrize(
        "born_on",
        ["2024-02-30", "0000-01-01", "9999-12-31", "1403-05-12", "2026-03-03", "1905-01-01", 5],
    )
    def test_impossible_birth_days_are_refused(self, arrange, client_of, born_on):
        person = PERSON | {"born_on": born_on}
        body = OPENING | {"members": [{"person": person, "relationship": "PA"}]}

        refused = client_of(arrange(a_caseworker)).post("/api/households", json=body)

        assert refused.status_code == 422


class TestReading:
    def test_the_caseworker_sees_the_whole_file(self, family, client_of):
        household, (zahra, _karim), caseworker, _sponsor = family

        shown = client_of(caseworker).get(path(household)).json

        assert (shown["size"], shown["location"]) == (2, "Whangārei")
        first = shown["members"][0]
        assert (first["role"], first["relationship_code"]) == ("principal", "PA")
        assert first["person"]["name"] == "Zahra Haidari"
        assert first["person"]["born_on"] == "1990-05-17"
        assert first["person_id"] == str(zahra.id)

    def test_a_sponsor_sees_no_name_that_nobody_agreed_to_show(self, family, client_of):
        household, _people, _caseworker, sponsor = family

        answer = client_of(sponsor).get(path(household))

        assert answer.status_code == 200
        assert "Haidari" not in answer.text
        assert "name" not in answer.json
        assert "born_on" not in answer.json["members"][0]["person"]
        assert answer.json["needs_interpreter"] is True

    def test_a_name_is_shown_of_whoever_agreed(self, arrange, family, client_of):
        household, (zahra, _karim), _caseworker, sponsor = family
        arrange(lambda uow: a_consent(uow, household, zahra, Item.NAME, seq=2))

        members = client_of(sponsor).get(path(household, "/members")).json["items"]

        names = [member["person"].get("name") for member in members]
        assert names == ["Zahra Haidari", None]

    def test_a_sponsor_of_nobody_finds_nothing(self, arrange, family, client_of):
        household, *_ = family
        stranger = arrange(lambda uow: a_sponsor_of(uow, a_household(uow)))

        assert client_of(stranger).get(path(household)).status_code == 404

    @pytest.mark.parametrize(
        "place",
        ["/api/households", "/api/households/{0.id}", "/api/households/{0.id}/members"],
    )
    def test_many_rows_cost_no_more_questions_than_few(self, arrange, client_of, connection, place):
        def make(uow, number):
            households = [a_household(uow) for _ in range(number)]
            for relationship in ["PA", *["SON"] * number]:
                a_member(uow, households[0], relationship)
            return households[0], a_caseworker(uow, *households)

        asked = []
        for number in (2, 12):
            household, caseworker = arrange(lambda uow, number=number: make(uow, number))
            client = client_of(caseworker)
            with counted(connection) as statements:
                answer = client.get(place.format(household))
            assert answer.status_code == 200
            asked.append(len(statements))

        assert asked[0] == asked[1]

    def test_a_list_comes_in_pages(self, arrange, client_of):
        def make(uow):
            return a_caseworker(uow, *[a_household(uow) for _ in range(9)])

        client = client_of(arrange(make))
        first = client.get("/api/households?limit=7&sort=-name").json
        rest = client.get(f"/api/households?limit=7&sort=-name&cursor={first['next']}").json

        assert (len(first["items"]), len(rest["items"]), rest["next"]) == (7, 2, None)

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("q=R-2025", 1),
            ("q=r-2025", 1),
            ("q=R-", 1),
            ("location=Whang%C4%81rei", 1),
            ("location=CHC", 0),
            ("stream=cors", 1),
            ("stream=quota", 0),
            ("sort=arrived", 1),
        ],
    )
    def test_searching(self, family, client_of, query, count):
        *_, caseworker, _sponsor = family

        listed = client_of(caseworker).get(f"/api/households?{query}")

        assert len(listed.json["items"]) == count, listed.json

    @pytest.mark.parametrize(
        ("text", "count"), [("haid", 1), ("Karim", 1), ("r-2025", 1), ("-2025", 0), ("%", 0)]
    )
    def test_a_name_is_searched_for_by_its_key(self, family, client_of, text, count):
        *_, caseworker, _sponsor = family
        client = client_of(caseworker)

        listed = client.get("/api/households", query_string={"q": key_of(client, text)})

        assert len(listed.json["items"]) == count, listed.json

    def test_a_name_in_the_address_is_refused_with_the_way_out(self, family, client_of):
        *_, caseworker, sponsor = family

        for reader in (caseworker, sponsor):
            refused = client_of(reader).get("/api/households?q=Haidari")

            assert refused.status_code == 422
            assert "POST /api/searches" in refused.json["errors"]["q"][0]
            assert "Haidari" not in refused.text

    def test_a_key_of_another_reader_finds_nothing(self, family, client_of):
        *_, caseworker, sponsor = family
        key = key_of(client_of(caseworker), "Haidari")

        refused = client_of(sponsor).get("/api/households", query_string={"q": key})

        assert refused.status_code == 422

    def test_a_sponsor_searches_by_reference(self, family, client_of):
        *_, sponsor = family
        client = client_of(sponsor)

        assert len(client.get("/api/households?q=R-2025").json["items"]) == 1

    @pytest.mark.parametrize("query", ["sort=protection", "sort=__class__", "name=x", "q=a&q=b"])
    def test_unknown_parameters_are_refused(self, family, client_of, query):
        *_, caseworker, _sponsor = family

        assert client_of(caseworker).get(f"/api/households?{query}").status_code == 400


class TestChanging:
    def test_a_change_names_the_version_that_was_seen(self, family, client_of):
        household, _people, caseworker, _sponsor = family
        client = client_of(caseworker)
        seen = client.get(path(household)).headers["ETag"]
        change = {"location": "TIU", "risk_level": "low"}

        blind = client.patch(path(household), json=change)
        changed = client.patch(path(household), json=change, headers={"If-Match": seen})
        stale = client.patch(path(household), json=change, headers={"If-Match": seen})

        assert (blind.status_code, changed.status_code, stale.status_code) == (428, 200, 412)
        assert (changed.json["location"], changed.json["risk_level"]) == ("TIU", "low")

    def test_a_sponsor_changes_nothing(self, family, client_of):
        household, _people, _caseworker, sponsor = family

        refused = client_of(sponsor).patch(
            path(household), json={"location": "TIU"}, headers={"If-Match": '"1"'}
        )

        assert refused.status_code == 403

    def test_somebody_joins_has_a_guardian_and_leaves(self, family, client_of):
        household, (zahra, _karim), caseworker, _sponsor = family
        client = client_of(caseworker)
        joining = {
            "person": PERSON | {"given_name": "Sami", "born_on": "2015-01-01"},
            "relationship": "NEP",
            "joined_on": "2026-02-01",
        }

        joined = client.post(path(household, "/members"), json=joining)
        member = f"/api/households/members/{joined.json['id']}"
        guarded = client.put(
            f"{member}/guardian",
            json={"guardian_id": str(zahra.id), "guardian_withheld": True},
            headers={"If-Match": joined.headers["ETag"]},
        )
        left = client.post(
            f"{member}/departure", json={"left_on": "2026-03-01", "reason": "moved_out"}
        )

        assert joined.status_code == 201
        assert (guarded.json["guardian_id"], guarded.json["kept_from_guardian"]) == (
            str(zahra.id),
            True,
        )
        assert left.json["left_on"] == "2026-03-01"
        assert client.get(path(household)).json["size"] == 2

    def test_a_second_principal_applicant_is_refused(self, family, client_of):
        household, _people, caseworker, _sponsor = family
        joining = {"person": PERSON, "relationship": "PA", "joined_on": "2026-02-01"}

        refused = client_of(caseworker).post(path(household, "/members"), json=joining)

        assert refused.status_code == 409
        assert "principal applicant" in refused.json["detail"]

    def test_nobody_belongs_to_two_households(self, arrange, family, client_of):
        household, (zahra, _karim), caseworker, _sponsor = family
        joining = {"person_id": str(zahra.id), "relationship": "SIL", "joined_on": "2026-02-01"}

        refused = client_of(caseworker).post(path(household, "/members"), json=joining)

        assert refused.status_code == 409
        assert "still belongs to a household" in refused.json["detail"]


class TestBirth:
    """Somebody is born in month 4: a member more at home, and the case as it was submitted."""

    def test_it(self, arrange, family, client_of):
        household, (zahra, _karim), caseworker, sponsor = family
        client = client_of(caseworker)
        birth = {
            "family_name": "Haidari",
            "given_name": "Aroha",
            "sex": "F",
            "born_on": "2026-02-27",
            "relationship": "DAU",
            "guardian_id": str(zahra.id),
        }

        born = client.post(path(household, "/births"), json=birth)

        assert born.status_code == 201
        assert born.json["joined_on"] == "2026-02-27"
        assert born.json["guardian_id"] == str(zahra.id)
        assert client.get(path(household)).json["size"] == 3
        people = client_of(sponsor).get(path(household, "/members")).json["items"]
        assert "name" not in people[-1]["person"]
        person = arrange(lambda uow: uow.find(Person, UUID(born.json["person_id"])))
        assert person.born_on == date(2026, 2, 27)

    def test_the_same_request_again_is_one_birth(self, family, client_of):
        household, _people, caseworker, _sponsor = family
        client = client_of(caseworker)
        birth = {
            "family_name": "Haidari",
            "sex": "F",
            "born_on": "2026-02-27",
            "relationship": "DAU",
        }
        key = {"Idempotency-Key": "the-birth-of-aroha"}

        first = client.post(path(household, "/births"), json=birth, headers=key)
        again = client.post(path(household, "/births"), json=birth, headers=key)

        assert again.json == first.json
        assert client.get(path(household)).json["size"] == 3


def test_a_person_sees_the_household_and_of_other_adults_the_name(arrange, family, client_of):
    household, (zahra, _karim), *_ = family
    reader = arrange(lambda uow: a_person_signed_in(uow, zahra))

    members = client_of(reader).get(path(household, "/members")).json["items"]

    own, other = (member["person"] for member in members)
    assert own["born_on"] == "1990-05-17"
    assert other["name"] == "Karim Haidari"
    assert "born_on" not in other
