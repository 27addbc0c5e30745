"""Two records compared, told apart, made one and taken apart again, page by page."""

import re
from datetime import date

import pytest

from resettle.cases.models import AssignmentKind
from resettle.core.actor import SYSTEM
from resettle.duplicates.models import DuplicateCandidate
from resettle.households.acts import PersonFacts
from resettle.households.rules import Coded
from resettle.people.models import Photo
from resettle.people.service import change_person
from tests.functional.test_search_over_http import found
from tests.world import a_caseworker, a_household, a_member


@pytest.fixture
def scene(transactions):
    """Give two workers of two households in which one woman may be on record twice."""
    with transactions.begin(SYSTEM, "arrange") as uow:
        here, there = a_household(uow), a_household(uow)
        kept = a_member(uow, here, given_name="Zahra")
        gone = a_member(uow, there, given_name="Zohra", name_in_script="زهرا")
        change_person(uow, gone.id, PersonFacts(religion=Coded("MUS"), stateless=True))
        first = a_caseworker(uow, here, there)
        second = a_caseworker(uow, here, there, kind=AssignmentKind.SECOND)
        half = a_caseworker(uow, here, kind=AssignmentKind.SECOND)
        pair = uow.add(
            DuplicateCandidate(
                person_id=kept.id, other_id=gone.id, score=80, reasons=["The names are alike."]
            )
        )
        homes = here, there
    return first, second, half, pair, homes


def send(client, path, **form):
    """Send the form of a page with the version that it shows."""
    page = client.get(path).text if not path.endswith(("confirmation", "withdrawal")) else ""
    seen = re.search(r'name="version" value="(\d+)"', page)
    version = {"version": seen[1]} if seen else {}
    return client.post(path, data=form | version)


def merging_path(client, pair):
    answer = send(
        client,
        f"/duplicates/{pair.id}/merge",
        keep="this",
        take=["name_in_script", "religion"],
        reason="Their cards are the same.",
    )
    assert answer.status_code == 303, answer.text
    return answer.location


class TestCompare:
    def test_the_pair_is_listed_and_lies_side_by_side(self, scene, client_of):
        first, _second, _half, pair, (here, there) = scene
        client = client_of(first)

        listed = client.get("/duplicates").text
        page = client.get(f"/duplicates/{pair.id}").text

        assert f'href="/duplicates/{pair.id}"' in listed
        for name in (f"Zahra Haidari ({here.reference})", f"Zohra Haidari ({there.reference})"):
            assert name in listed
            assert name in page
        assert ">Islam<" in page
        assert "MUS" not in page
        assert ">Female<" in page
        assert page.count(">differs<") == 4
        assert "Make them one record" in page

    def test_countries_and_days_are_told_in_words(self, scene, client_of, transactions):
        first, _second, _half, pair, _homes = scene
        with transactions.begin(SYSTEM, "arrange") as uow:
            facts = PersonFacts(nationality=Coded("MMR"), registered_on=date(2024, 5, 6))
            change_person(uow, pair.other_id, facts)

        page = client_of(first).get(f"/duplicates/{pair.id}").text

        assert "Myanmar" in page
        assert "MMR" not in page
        assert "Mon 6 May 2024" in page
        assert "2024-05-06" not in page

    def test_who_may_see_one_is_told_whom_to_ask_about_the_other(self, scene, client_of):
        _first, _second, half, pair, _homes = scene
        client = client_of(half)

        assert "a record of somebody else" in client.get("/duplicates").text
        for path in (f"/duplicates/{pair.id}", f"/duplicates/{pair.id}/merge"):
            page = client.get(path).text
            assert "Contact Mere Tamihana about this record." in page
            assert "Zohra" not in page
            assert "MUS" not in page

    def test_that_they_are_two_is_remembered(self, scene, client_of):
        first, _second, _half, pair, _homes = scene
        client = client_of(first)
        path = f"/duplicates/{pair.id}/decision"

        assert "Fill this in" in send(client, path, verdict="different").text
        assert send(client, path, verdict="different", reason="Asked both.").status_code == 303

        assert "There is nothing to compare." in client.get("/duplicates").text
        assert "Asked both." in client.get(f"/duplicates/{pair.id}").text


class TestPhotosAndHomes:
    def test_the_photos_stand_side_by_side_and_one_is_chosen(self, scene, client_of, transactions):
        first, second, _half, pair, _homes = scene
        client, path = client_of(first), f"/duplicates/{pair.id}/merge"
        assert "/photo" not in client.get(path).text
        with transactions.begin(SYSTEM, "arrange") as uow:
            for person_id in (pair.person_id, pair.other_id):
                photo = Photo(person_id=person_id, media_type="image/jpeg", width=1, height=1)
                photo.content = b"a picture"
                uow.add(photo)

        for page in (client.get(path).text, client.get(f"/duplicates/{pair.id}").text):
            assert f'src="/api/persons/{pair.person_id}/photo"' in page
            assert f'src="/api/persons/{pair.other_id}/photo"' in page
        there = send(client, path, keep="this", take="photo", reason="The newer one.").location
        assert "Photo" in client.get(there).text
        assert send(client_of(second), f"{there}/confirmation").status_code == 303

    def test_it_is_told_which_home_stands_empty_until_it_is_undone(self, scene, client_of):
        first, second, _half, pair, (_here, there) = scene
        asking, confirming = client_of(first), client_of(second)
        path = merging_path(asking, pair)
        empty = f"Nobody lives in {there.reference} any more."

        assert empty not in asking.get(path).text
        send(confirming, f"{path}/confirmation")
        page = asking.get(path).text
        assert empty in page
        assert f'href="/households/{there.id}"' in page
        send(asking, f"{path}/parting", reason="They are cousins.")
        send(confirming, f"{path}/confirmation")

        assert empty not in asking.get(path).text


class TestMerge:
    def test_one_asks_and_another_confirms_and_both_is_undone(self, scene, client_of):
        first, second, _half, pair, (here, there) = scene
        asking, confirming = client_of(first), client_of(second)

        path = merging_path(asking, pair)
        assert "A colleague who looks after this person too must confirm it" in (
            asking.get(path).text
        )
        assert f'href="{path}"' in confirming.get("/duplicates").text
        assert "Somebody else must confirm" in send(asking, f"{path}/confirmation").text
        assert send(confirming, f"{path}/confirmation").location == path

        assert "The records are one." in asking.get(path).text
        (item,) = found(asking, q="Zohra").values()
        assert item["people"][0]["name"] == "Zahra Haidari"
        assert item["people"][0]["name_in_script"] == "زهرا"

        assert send(asking, f"{path}/parting", reason="They are cousins.").location == path
        assert "Take them apart" in confirming.get(path).text
        assert send(confirming, f"{path}/confirmation").status_code == 303
        assert "The records are two again." in asking.get(path).text
        assert [*found(asking, q="Zohra")] == [there.reference, here.reference]

    def test_what_was_asked_may_be_taken_back(self, scene, client_of):
        first, _second, _half, pair, _homes = scene
        client = client_of(first)
        path = merging_path(client, pair)

        assert send(client, f"{path}/withdrawal").status_code == 303

        assert "It was taken back." in client.get(path).text

    def test_no_second_proposal_while_one_waits(self, scene, client_of):
        first, _second, _half, pair, _homes = scene
        client = client_of(first)
        merging_path(client, pair)

        answer = send(client, f"/duplicates/{pair.id}/merge", keep="this", reason="Again.")

        assert answer.status_code == 422
        assert "Somebody asks already" in answer.text

    def test_over_json(self, scene, client_of):
        first, second, _half, pair, _homes = scene

        def post(actor, path, **body):
            key = {"Idempotency-Key": f"{path}-{actor.user_id}"}
            return client_of(actor).post(path, json=body, headers=key)

        body = {"keep": "other", "take": ["given_name"], "reason": "Cards."}
        made = post(first, f"/api/duplicates/{pair.id}/merge", **body)
        assert (made.status_code, made.json["status"]) == (201, "proposed")
        path = f"/api/merges/{made.json['id']}"
        assert client_of(second).get("/api/merges").json["items"][0]["id"] == made.json["id"]
        assert post(second, f"{path}/confirmation").json["status"] == "merged"
        assert post(first, f"{path}/parting", reason="Two.").json["status"] == "parting"
        assert post(first, f"{path}/withdrawal").json["status"] == "merged"
        assert client_of(first).get(path).json["reason"] == "Two."
