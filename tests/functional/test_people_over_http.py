"""One person over JSON: each kind of data at its own address, for its own readers."""

from io import BytesIO

import pytest
from PIL import Image

from resettle.consents.models import Item
from resettle.core.actor import SYSTEM
from resettle.duplicates.service import note_duplicates
from tests.functional.keys import with_keys
from tests.world import (
    a_caseworker,
    a_consent,
    a_household,
    a_member,
    a_person_signed_in,
    a_sponsor_of,
)

CONSENT = {
    "purpose": "share_with_sponsor",
    "item": "name",
    "recipient_type": "sponsor_group",
    "method": "verbal_interpreted",
    "language": "prs",
    "interpreter": "Interpreter 4711",
    "text_version": "2026-1",
}
NUMBER = "+64 21 123 4567"


@pytest.fixture
def client_of(client_of):
    return lambda actor: with_keys(client_of(actor))


@pytest.fixture
def arrange(transactions):
    def run(make):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return make(uow)

    return run


@pytest.fixture
def couple(arrange):
    """Give a couple that shows its profile, with their caseworker, their sponsor and themselves."""

    def make(uow):
        household = a_household(uow)
        wife = a_member(uow, household, phone=NUMBER)
        husband = a_member(uow, household, "HUS", given_name="Karim")
        for person in (wife, husband):
            a_consent(uow, household, person, Item.PROFILE, seq=1)
        return {
            "household": household,
            "wife": wife,
            "husband": husband,
            "caseworker": a_caseworker(uow, household),
            "sponsor": a_sponsor_of(uow, household),
            "herself": a_person_signed_in(uow, wife),
            "himself": a_person_signed_in(uow, husband),
        }

    return arrange(make)


def path(person, rest=""):
    return f"/api/persons/{person.id}{rest}"


def changed(client, where, how, body):
    """Change what was just read."""
    etag = client.get(where).headers["ETag"]
    return getattr(client, how)(where, json=body, headers={"If-Match": etag})


class TestPerson:
    def test_a_correction_is_made_at_the_version_that_was_seen(self, couple, client_of):
        client = client_of(couple["caseworker"])
        where = path(couple["wife"])

        done = changed(client, where, "patch", {"preferred_name": "Zari", "english_level": 2})

        assert done.status_code == 200
        assert (done.json["preferred_name"], done.json["english_level"]) == ("Zari", 2)
        assert client.patch(where, json={}).status_code == 428

    @pytest.mark.parametrize("key", ["id", "version", "created_by", "unhcr_id_index", "address"])
    def test_what_is_not_a_fact_of_the_person_is_refused(self, couple, client_of, key):
        client = client_of(couple["caseworker"])

        refused = changed(client, path(couple["wife"]), "patch", {key: "1"})

        assert refused.status_code == 422
        assert key in refused.json["errors"]

    def test_a_person_does_not_change_their_own_record(self, couple, client_of):
        client = client_of(couple["herself"])

        refused = changed(client, path(couple["wife"]), "patch", {"preferred_name": "Zari"})

        assert refused.status_code == 403


class TestContact:
    def test_a_person_changes_their_own(self, couple, client_of):
        client = client_of(couple["herself"])
        where = path(couple["wife"], "/contact")

        done = changed(client, where, "put", {"phone": "021 765 4321", "email": "Z@Example.org"})

        assert done.json["phone"] == "+64 21 765 4321"
        assert done.json["email"] == "z@example.org"
        assert done.json["contact_confirmed_on"] == "2026-03-02"

    def test_nobody_changes_anothers(self, couple, client_of):
        client = client_of(couple["himself"])
        where = path(couple["wife"], "/contact")

        refused = client.put(where, json={}, headers={"If-Match": '"1"'})

        assert refused.status_code in {403, 404}
        assert NUMBER not in client.get(where).text

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("phone", "(021)"),
            ("phone", "call me"),
            ("email", "a@b"),
            ("email", "a@b@c.nz"),
            ("email", "a@b.nz\r\nBcc: x@y.nz"),
            ("email", "a" * 400 + "@b.nz"),
            ("address", "x" * 401),
        ],
    )
    def test_what_cannot_be_reached_is_refused(self, couple, client_of, field, value):
        client = client_of(couple["caseworker"])

        refused = changed(client, path(couple["wife"], "/contact"), "put", {field: value})

        assert refused.status_code == 422
        assert field in refused.json["errors"]

    def test_a_sponsor_sees_the_number_that_was_agreed_to(self, couple, arrange, client_of):
        client = client_of(couple["sponsor"])
        where = path(couple["wife"], "/contact")
        assert "phone" not in client.get(where).json

        arrange(lambda uow: a_consent(uow, couple["household"], couple["wife"], Item.PHONE, seq=2))

        shown = client.get(where).json
        assert shown["phone"] == NUMBER
        assert "email" not in shown
        assert "address" not in shown


class TestClosedShelves:
    @pytest.mark.parametrize("shelf", ["origin", "health", "protection", "relatives", "consents"])
    def test_no_sponsor_may_ask(self, couple, client_of, shelf):
        answer = client_of(couple["sponsor"]).get(path(couple["wife"], f"/{shelf}"))

        assert answer.status_code == 403

    @pytest.mark.parametrize("shelf", ["origin", "health", "protection", "relatives", "consents"])
    def test_no_spouse_may_ask(self, couple, client_of, shelf):
        answer = client_of(couple["himself"]).get(path(couple["wife"], f"/{shelf}"))

        assert answer.status_code in {403, 404}

    @pytest.mark.parametrize("shelf", ["origin", "health", "protection", "relatives", "consents"])
    def test_one_may_ask_of_oneself(self, couple, client_of, shelf):
        answer = client_of(couple["herself"]).get(path(couple["wife"], f"/{shelf}"))

        assert answer.status_code == 200

    def test_where_somebody_comes_from(self, couple, client_of):
        client = client_of(couple["caseworker"])
        facts = {"nationality": "AFG", "stateless": False, "religion": None, "birth_place": "Herat"}
        assert changed(client, path(couple["wife"]), "patch", facts).status_code == 200

        shown = client.get(path(couple["wife"], "/origin")).json

        assert shown["nationality"] == {"value": "AFG", "source_code": "", "code_system": ""}
        assert (shown["stateless"], shown["religion"]) == (False, None)
        assert shown["birth_place"] == "Herat"

    @pytest.mark.parametrize("country", ["AF", "Afg", "AFGH", "afg", 4])
    def test_a_country_is_an_iso_code(self, couple, client_of, country):
        client = client_of(couple["caseworker"])

        refused = changed(client, path(couple["wife"]), "patch", {"nationality": country})

        assert refused.status_code == 422


class TestNeeds:
    def record(self, client, person, **facts):
        return client.post(path(person, "/needs"), json={"code": "DS-PM"} | facts)

    def test_each_kind_is_listed_on_its_shelf(self, couple, client_of):
        client = client_of(couple["caseworker"])
        for code in ("DS-PM", "WR-SF"):
            assert self.record(client, couple["wife"], code=code).status_code == 201

        shelves = {
            shelf: client.get(path(couple["wife"], f"/{shelf}")).json["items"]
            for shelf in ("health", "protection", "needs")
        }

        assert [n["health_code"]["value"] for n in shelves["health"]] == ["DS-PM"]
        assert [n["protection_code"]["value"] for n in shelves["protection"]] == ["WR-SF"]
        assert len(shelves["needs"]) == 2

    def test_a_sponsor_sees_what_helps_and_not_why(self, couple, client_of):
        client = client_of(couple["caseworker"])
        helps = {"restricted": False, "practical_support": "A house without steps"}
        self.record(client, couple["wife"], **helps)
        self.record(client, couple["wife"], code="WR-SF", practical_support="Only women drive")

        seen = client_of(couple["sponsor"]).get(path(couple["wife"], "/needs"))

        (need,) = seen.json["items"]
        assert need["practical_support"] == "A house without steps"
        assert "DS-PM" not in seen.text
        assert "severity" not in need

    def test_what_sponsors_never_see_cannot_be_opened(self, couple, client_of):
        client = client_of(couple["caseworker"])

        refused = self.record(client, couple["wife"], code="SV-VO", restricted=False)

        assert refused.status_code == 422

    def test_a_need_is_closed(self, couple, client_of):
        client = client_of(couple["caseworker"])
        need = self.record(client, couple["wife"])
        where = f"/api/persons/needs/{need.json['id']}"

        closed = client.patch(
            where, json={"active": False}, headers={"If-Match": need.headers["ETag"]}
        )

        assert closed.json["active"] is False

    def test_an_unknown_code_is_refused(self, couple, client_of):
        refused = self.record(client_of(couple["caseworker"]), couple["wife"], code="XX-YY")

        assert refused.status_code == 422


def test_relatives_and_languages_are_recorded(couple, client_of):
    client = client_of(couple["caseworker"])
    brother = {
        "name": "Sami",
        "relationship": "SBM",
        "residence_country": "IRN",
        "wants_reunification": True,
    }

    relative = client.post(path(couple["wife"], "/relatives"), json=brother)
    language = {"language": "prs", "speaks": "easily", "reads": "not_easily"}
    spoken = client.post(path(couple["wife"], "/languages"), json=language)
    again = client.post(path(couple["wife"], "/languages"), json=language)

    assert (relative.status_code, spoken.status_code, again.status_code) == (201, 201, 409)
    (listed,) = client.get(path(couple["wife"], "/relatives")).json["items"]
    assert (listed["name"], listed["wants_reunification"]) == ("Sami", True)
    assert listed["deceased"] is None
    (known,) = client.get(path(couple["wife"], "/languages")).json["items"]
    assert (known["speaks"], known["writes"]) == ("easily", "unknown")


class TestPhoto:
    def keep(self, client, person, content=None):
        if content is None:
            kept = BytesIO()
            Image.new("RGB", (60, 60), "teal").save(kept, "PNG")
            content = kept.getvalue()
        return client.post(
            path(person, "/photo"),
            data={"file": (BytesIO(content), "../../zahra.png")},
            content_type="multipart/form-data",
        )

    def test_it_is_shown_to_whom_the_person_agreed(self, couple, arrange, client_of):
        client, sponsor = client_of(couple["caseworker"]), client_of(couple["sponsor"])
        where = path(couple["wife"], "/photo")
        assert client.get(where).status_code == 404
        assert self.keep(client, couple["wife"]).status_code == 201

        shown = client.get(where)
        assert shown.content_type == "image/jpeg"
        assert Image.open(BytesIO(shown.data)).size == (60, 60)
        assert sponsor.get(where).status_code == 404

        arrange(lambda uow: a_consent(uow, couple["household"], couple["wife"], Item.PHOTO, seq=2))
        assert sponsor.get(where).status_code == 200

    def test_a_file_that_is_no_photo_is_refused(self, couple, client_of):
        refused = self.keep(client_of(couple["caseworker"]), couple["wife"], b"<svg/>")

        assert refused.status_code == 422
        assert "file" in refused.json["errors"]


class TestConsentWithdrawn:
    """One spouse withdraws: what was shown of that person is gone at once, the other's stays."""

    def test_it(self, couple, client_of):
        worker, sponsor = client_of(couple["caseworker"]), client_of(couple["sponsor"])
        members = f"/api/households/{couple['household'].id}/members"
        given = [
            worker.post(path(couple[who], "/consents"), json=CONSENT) for who in ("wife", "husband")
        ]
        assert [answer.status_code for answer in given] == [201, 201]
        assert names(sponsor.get(members)) == ["Zahra Haidari", "Karim Haidari"]

        withdrawal = f"/api/consents/{given[0].json['id']}/withdrawal"
        gone = client_of(couple["herself"]).post(withdrawal, json={})

        assert (gone.status_code, gone.json["decision"]) == (200, "withdraw")
        answer = sponsor.get(members)
        assert names(answer) == [None, "Karim Haidari"]
        assert "Zahra" not in answer.text

        again = worker.post(withdrawal)
        assert (again.status_code, again.json["id"]) == (200, gone.json["id"])
        ledger = worker.get(path(couple["wife"], "/consents")).json
        assert [entry["item"] for entry in ledger["in_force"]] == ["profile"]
        assert [entry["seq"] for entry in ledger["entries"]] == [3, 2, 1]

    def test_the_other_spouse_cannot_withdraw_or_give(self, couple, client_of):
        worker, spouse = client_of(couple["caseworker"]), client_of(couple["himself"])
        given = worker.post(path(couple["wife"], "/consents"), json=CONSENT)

        withdrawal = f"/api/consents/{given.json['id']}/withdrawal"
        withdrawn = spouse.post(withdrawal, json={})
        own = CONSENT | {"method": "own_account"}
        forged = spouse.post(path(couple["wife"], "/consents"), json=own)
        claimed = worker.post(
            path(couple["wife"], "/consents"),
            json=CONSENT | {"given_by": str(couple["husband"].id)},
        )

        assert withdrawn.status_code in {403, 404}
        assert forged.status_code in {403, 404}
        assert claimed.status_code == 403

    @pytest.mark.parametrize(
        "change",
        [
            {"valid_from": "2026-04-01T00:00:00Z"},
            {"valid_from": "2025-12-01T00:00:00Z"},
            {"valid_from": "2026-03-01"},
            {"expires_on": "2027-03-03"},
            {"expires_on": "2026-03-01"},
            {"interpreter": None},
            {"item": "everything"},
            {"purpose": ""},
        ],
    )
    def test_what_a_consent_cannot_be(self, couple, client_of, change):
        worker = client_of(couple["caseworker"])

        refused = worker.post(path(couple["wife"], "/consents"), json=CONSENT | change)

        assert refused.status_code == 422


def names(answer):
    return [member["person"].get("name") for member in answer.json["items"]]


class TestDuplicates:
    def test_a_person_decides_and_nothing_of_the_other_record_is_told(
        self, couple, arrange, client_of
    ):
        def make(uow):
            stranger = a_member(uow, a_household(uow), preferred_name="Gulalai")
            note_duplicates(uow, couple["wife"].id)
            return stranger

        stranger = arrange(make)
        client = client_of(couple["caseworker"])
        client.post(path(couple["wife"], "/duplicates"))

        (candidate,) = client.get("/api/duplicates").json["items"]
        where = f"/api/duplicates/{candidate['id']}"
        compared = client.get(where)
        verdict = {"verdict": "different", "reason": "Two people: asked both."}
        decided = client.post(f"{where}/decision", json=verdict)

        assert "The birth day is the same." in candidate["reasons"]
        assert compared.json["contact"] == "Contact your team leader about this record."
        assert compared.json["other"] is None
        assert "Gulalai" not in compared.text
        assert str(stranger.id) not in compared.text
        assert decided.json["verdict"] == "different"
        assert client.get("/api/duplicates").json["items"] == []
        listed = client.get("/api/duplicates?verdict=different").json["items"]
        assert [row["reason"] for row in listed] == ["Two people: asked both."]

    def test_no_sponsor_may_ask(self, couple, client_of):
        assert client_of(couple["sponsor"]).get("/api/duplicates").status_code == 403
