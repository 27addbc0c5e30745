"""Whoever is about to be entered and may be on record already is shown before it is saved."""

from datetime import date

import pytest

from resettle.core.actor import SYSTEM
from resettle.households.models import Sex
from tests.functional.test_search_over_http import found
from tests.world import a_caseworker, a_household, a_member

PERSON = {
    "family_name": "Hasan",
    "given_name": "Muhammad",
    "name_in_script": "محمد حسن",
    "sex": "M",
    "born_on": "1990-05-17",
}
HOUSEHOLD = {**PERSON, "programme_code": "cors", "primary_language": "prs"}
NEWCOMER = {**PERSON, "relationship": "SBM", "joined_on": "2026-02-01", "confirmed": "true"}


@pytest.fixture
def scene(transactions):
    with transactions.begin(SYSTEM, "arrange") as uow:
        known, theirs, own = (a_household(uow) for _ in range(3))
        facts = {"family_name": "Hassan", "sex": Sex.M, "born_on": date(1990, 5, 17)}
        a_member(uow, known, given_name="Mohammed", **facts)
        a_member(uow, theirs, given_name="Mohamed", preferred_name="Zamin", **facts)
        a_member(uow, own)
        worker = a_caseworker(uow, known, own)
        a_caseworker(uow, theirs)
    return worker, known, theirs, own


def paths(own):
    return [("/households/new", HOUSEHOLD), (f"/households/{own.id}/newcomers/new", NEWCOMER)]


class TestLookalikes:
    def test_they_are_shown_before_anything_is_saved(self, scene, client_of):
        worker, known, _theirs, own = scene
        client = client_of(worker)

        for path, form in paths(own):
            page = client.post(path, data=form)

            assert page.status_code == 200
            assert "This person may be on record already" in page.text
            assert f'href="/households/{known.id}/people"' in page.text
            assert "The birth day is the same." in page.text
            assert 'value="Muhammad"' in page.text
        assert {*found(client, q="Hasan")} == {known.reference}

    def test_of_what_others_have_only_whom_to_ask_is_told(self, scene, client_of):
        worker, _known, theirs, _own = scene

        page = client_of(worker).post("/households/new", data=HOUSEHOLD).text

        assert "Contact Mere Tamihana about this record." in page
        assert str(theirs.id) not in page
        assert theirs.reference not in page
        assert "Zamin" not in page

    def test_somebody_else_is_entered_all_the_same_and_the_pair_is_listed(self, scene, client_of):
        worker, _known, _theirs, own = scene
        client = client_of(worker)

        for path, form in paths(own):
            sent = client.post(path, data={**form, "is_somebody_else": "true"})
            assert sent.status_code == 303

        assert "Muhammad Hasan" in client.get("/duplicates").text

    def test_who_is_like_nobody_is_entered_at_once(self, scene, client_of):
        worker, _known, _theirs, own = scene
        client = client_of(worker)

        for (path, form), name in zip(paths(own), ("Kovalenko", "Perez"), strict=True):
            other = {**form, "family_name": name, "given_name": "Ivan"}
            sent = client.post(path, data={**other, "name_in_script": ""})
            assert sent.status_code == 303
            assert client.get(path).status_code == 200

    def test_a_form_with_faults_tells_the_faults_first(self, scene, client_of):
        worker, *_ = scene

        page = client_of(worker).post("/households/new", data={**HOUSEHOLD, "born_on": "soon"})

        assert page.status_code == 422
        assert "This person may be on record already" not in page.text
