"""Figures that leave the team, over HTTP: protected, frozen, let go by two, seen by few."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from resettle.core.actor import SYSTEM, Actor, Duty, Role
from resettle.households.models import Person, Stream
from resettle.releases.models import Release, Snapshot
from tests.crowds import a_crowd, a_home
from tests.functional.keys import with_keys

MANAGER = Actor(Role.PROGRAMME_MANAGER, uuid4(), "Hemi")
SECOND = Actor(Role.PROGRAMME_MANAGER, uuid4(), "Priya")
OFFICER = Actor(Role.CASEWORKER, uuid4(), "Sina", duties=frozenset({Duty.PRIVACY_OFFICER}))
READERS = {
    role: Actor(role, uuid4())
    for role in (Role.CASEWORKER, Role.AUDITOR, Role.EVALUATOR, Role.HOUSEHOLD_PERSON)
}
AGES = "people-by-age-and-sex"
TOWNS = "people-by-location-and-stream"
SPONSORED = {"stream": Stream.CORS, "programme_code": "cors", "programme_version": 2}


@pytest.fixture(autouse=True)
def _crowd(transactions):
    """Thirty families of the quota, and one of the sponsored in another town."""
    with transactions.begin(SYSTEM, "tests:arrange") as uow:
        a_crowd(uow, 30)
        a_crowd(uow, 1, size=3, location="TIU", **SPONSORED)


@pytest.fixture
def manager(client_of):
    return with_keys(client_of(MANAGER))


def ask(client, code=AGES, audience="ministry", **more):
    return client.post("/api/releases", json={"code": code, "audience": audience, **more})


def confirm(client, release):
    return client.post(f"/api/releases/{release['id']}/confirmation")


class TestAsk:
    def test_a_town_with_one_family_is_hidden_and_so_is_what_tells_of_it(self, manager):
        told = ask(manager, TOWNS).json

        assert (told["status"], told["as_at"]) == ("made", "2026-03-02")
        assert told["figures"]["rows"] == ["Palmerston North", "Timaru"]
        assert told["figures"]["columns"] == ["Quota", "Sponsored"]
        assert told["figures"]["cells"] == [[120, 0], [0, "S"]]
        assert told["figures"]["row_totals"] == [120, "S"]
        assert told["figures"]["total"] is None
        assert len(told["data_hash"]) == 64

    def test_asked_again_it_is_the_same_whatever_has_changed(self, manager, transactions):
        first = ask(manager).json
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_crowd(uow, 9)

        again = ask(manager).json

        assert again["id"] == first["id"]
        assert manager.get(f"/api/releases/{first['id']}").json["figures"] == first["figures"]

    def test_somebody_who_joins_changes_no_number_of_the_next_day(
        self, manager, transactions, clock
    ):
        first = ask(manager).json["figures"]
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_home(uow, 1)
        clock.forward(days=1)

        second = ask(manager).json

        assert second["as_at"] == "2026-03-03"
        assert second["figures"]["cells"] == first["cells"]
        assert second["figures"]["total"] == first["total"] == 123

    def test_many_who_join_are_told(self, manager, transactions, clock):
        ask(manager)
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            a_crowd(uow, 6)
        clock.forward(days=1)

        assert ask(manager).json["figures"]["total"] == 147

    def test_the_public_is_told_rounded_numbers_as_at_the_end_of_a_quarter(self, manager):
        told = ask(manager, audience="public").json

        assert told["as_at"] == "2025-12-31"
        assert told["figures"]["total"] % 3 == 0
        assert "rounded" in told["figures"]["footer"]

    def test_few_people_are_no_table(self, manager):
        told = ask(manager, as_at="2025-06-30").json

        assert told["status"] == "refused"
        assert told["figures"] == {}
        assert told["refusal"].startswith("No table is told of fewer than 30 persons")

    @pytest.mark.parametrize(
        ("sent", "status", "field"),
        [
            ({"code": "people-by-shoe-size"}, 422, "code"),
            ({"code": TOWNS, "audience": "public"}, 422, "audience"),
            ({"audience": "press"}, 422, "audience"),
            ({"kind": "rumour"}, 422, "kind"),
            ({"as_at": "2026-03-03"}, 422, "as_at"),
            ({"as_at": "2025-12-30", "audience": "public"}, 422, "as_at"),
        ],
    )
    def test_what_may_not_be_told_is_not_made(self, manager, sent, status, field):
        answer = ask(manager, **sent)

        assert answer.status_code == status
        assert field in answer.json["errors"]


class TestConfirm:
    def test_a_second_person_lets_figures_go(self, manager, client_of):
        release = ask(manager).json
        evaluator = client_of(READERS[Role.EVALUATOR])
        path = f"/api/releases/{release['id']}"
        before = evaluator.get(path).status_code

        assert confirm(manager, release).status_code == 409
        assert confirm(with_keys(client_of(OFFICER)), release).json["status"] == "released"
        assert (before, evaluator.get(path).status_code) == (404, 200)
        assert confirm(with_keys(client_of(SECOND)), release).status_code == 409

    @pytest.mark.parametrize("role", READERS, ids=str)
    def test_families_are_told_what_the_public_is_told(self, manager, client_of, role):
        second = with_keys(client_of(SECOND))
        for audience in ("public", "ministry"):
            confirm(second, ask(manager, audience=audience).json)
        ask(manager, "people-by-age-and-stream")

        found = client_of(READERS[role]).get("/api/releases?sort=as_at").json["items"]

        everything = ["public", "ministry"]
        assert [each["audience"] for each in found] == (
            everything[:1] if role is Role.HOUSEHOLD_PERSON else everything
        )


class TestRead:
    def test_the_catalogue_says_which_tables_there_are(self, client_of):
        found = client_of(READERS[Role.EVALUATOR]).get("/api/release-tables").json["items"]

        named = {table["code"]: table["audiences"] for table in found}
        assert named[TOWNS] == ["ministry"]
        assert "public" in named[AGES]

    def test_figures_are_found_by_what_they_are(self, manager):
        ask(manager), ask(manager, TOWNS), ask(manager, audience="public")

        def found(query):
            return [
                (each["code"], each["audience"])
                for each in manager.get(f"/api/releases?{query}").json["items"]
            ]

        assert found(f"code={TOWNS}") == [(TOWNS, "ministry")]
        assert found("audience=public&kind=table") == [(AGES, "public")]


class TestPages:
    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.EVALUATOR])
    def test_who_judges_the_programme_finds_indicators_and_curves_from_here(self, client_of, role):
        client = client_of(READERS[role])

        page = client.get("/figures").text

        for path in ("/figures/indicators", "/figures/time-to-milestone"):
            assert f'href="{path}"' in page
            assert client.get(path).status_code == 200

    def test_a_table_is_asked_for_and_shown(self, manager):
        form = {"code": TOWNS, "audience": "ministry", "form_key": uuid4().hex}
        answer = manager.post("/figures/new", data=form)
        page = manager.get(answer.location)

        assert (answer.status_code, page.status_code) == (303, 200)
        assert "Palmerston North" in page.text
        assert "Waits for a second person" in page.text
        assert "Release these figures" not in page.text
        assert "People supported, by location and stream" in manager.get("/figures").text

    def test_a_second_person_releases_it_there(self, manager, client_of):
        release = ask(manager).json
        second = client_of(SECOND)
        page = second.get(f"/figures/{release['id']}").text
        answer = second.post(
            f"/figures/{release['id']}/confirmation", data={"form_key": uuid4().hex}
        )

        assert "Release these figures" in page
        assert answer.location == f"/figures/{release['id']}"
        assert "The figures are released." in second.get(answer.location).text

    def test_what_may_not_be_told_says_why(self, manager):
        release = ask(manager, as_at="2025-06-30").json
        page = manager.get(f"/figures/{release['id']}").text

        assert "These figures may not be told." in page
        assert "fewer than 30 persons" in page

    def test_nothing_released_is_said(self, client_of):
        page = client_of(READERS[Role.AUDITOR]).get("/figures").text

        assert "Nothing was released yet." in page
        assert "Ask for a table" not in page


def test_what_is_kept_of_a_day_is_sealed_and_names_nobody(manager, connection):
    ask(manager, TOWNS)
    kept = connection.execute(select(Snapshot.content)).scalar_one()
    ledger = connection.execute(select(Release.ledger)).scalar_one()
    persons = connection.execute(select(Person.id)).scalars().all()

    for sealed in (kept, ledger):
        assert b"Quota" not in sealed
        assert not any(id_.bytes in sealed or id_.hex.encode() in sealed for id_ in persons)
