"""Case files over JSON: checked, imported whole, told and not doubled; read back as households."""

import base64
import time
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from resettle.core.actor import SYSTEM, Actor, Role
from resettle.core.db import Base
from resettle.core.sealed import SealedBytes
from resettle.interchange.models import ImportedPerson
from resettle.people.models import Photo
from tests.functional.case_files import (
    HOSTILE,
    caseworker,
    group,
    rows,
    sample,
    send,
)
from tests.unit import errf_files as made
from tests.unit.errf_records import a_photo, an_id


@pytest.fixture
def worker(transactions):
    return caseworker(transactions)


@pytest.fixture
def client(client_of, worker):
    return client_of(worker)


def imported(client, data, **form):
    answer = send(client, "/api/imports", data, **form)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def members(client, household_id):
    return client.get(f"/api/households/{household_id}").get_json()["members"]


def origin(client, member):
    return client.get(f"/api/persons/{member['person_id']}/origin").get_json()


def with_gps():
    exif = Image.Exif()
    exif[0x010E] = "taken at 36.85 south"
    file = BytesIO()
    Image.new("RGB", (60, 80), "grey").save(file, "JPEG", exif=exif)
    return base64.b64encode(file.getvalue()).decode()


class TestCheck:
    @pytest.mark.parametrize("name", ["V3-TEST.xml", "V4-TEST.xml"])
    def test_a_sound_file(self, client, connection, name):
        before = rows(connection)

        answer = send(client, "/api/imports/checks", sample(name))

        assert answer.status_code == 200
        assert set(answer.get_json()) == {"errors", "warnings", "cases"}
        assert answer.get_json()["errors"] == []
        assert rows(connection) == before

    def test_two_applicants_a_wrong_size_and_no_address_are_three_errors(self, client):
        breaking = made.both(
            made.change(
                "dataIndividualProcessGroup[2]/RelationshipToPrincipalRepresentative", "PA"
            ),
            made.change("dataProcessGroup/ProcessingGroupSize", "4"),
            made.without("dataAddress"),
        )
        data = made.written(made.v4(3), breaking)

        answer = send(client, "/api/imports/checks", data)

        assert [error["rule"] for error in answer.get_json()["errors"]] == [
            "group-size",
            "one-principal-applicant",
            "pa-coa-address",
        ]
        assert (
            send(client, "/api/imports/checks", made.written(made.v4(3))).get_json()["errors"] == []
        )

    def test_a_check_asks_for_one_file(self, client):
        two = {"file": [(BytesIO(b"a"), "a.xml"), (BytesIO(b"b"), "b.xml")]}

        assert client.post("/api/imports/checks", data=two).status_code == 422
        assert client.post("/api/imports/checks", data={"other": "x"}).status_code == 415
        assert send(client, "/api/imports/checks", b"", note="x").status_code == 422

    @pytest.mark.parametrize(
        ("role", "status"),
        [(role, 403) for role in Role if role not in {Role.CASEWORKER, Role.SYSTEM}],
    )
    def test_is_for_caseworkers(self, client_of, role, status):
        other = client_of(Actor(role, uuid4()))

        for path in ("/api/imports/checks", "/api/imports"):
            assert send(other, path, sample("V3-TEST.xml")).status_code == status
        assert other.get("/api/imports").status_code == status


class TestImport:
    def test_a_case_of_form_4(self, client):
        batch = imported(client, sample("V4-TEST.xml"))

        assert batch["form_version"] == "4.1"
        assert batch["code_system"] == "unhcr-errf-4.1"
        assert (batch["case_count"], batch["person_count"], batch["notice_count"]) == (1, 5, 5)
        (case,) = batch["cases"]
        assert case["stage"] == "SUBMITTED"
        assert (case["case_size"], case["people"]) == (5, 5)
        household = client.get(f"/api/households/{case['household_id']}").get_json()
        assert household["stream"] == "quota"
        assert household["source"] == "unhcr"
        assert household["name"] == "AAA BBB"
        assert household["needs_interpreter"] is True
        assert [m["relationship_code"] for m in household["members"] if m["role"] == "principal"]
        assert {m["relationship_code"] for m in household["members"]} == {
            "PA",
            "BIL",
            "SIL",
            "PTF",
            "PTM",
        }

    def test_everything_of_a_person(self, client):
        (case,) = imported(client, sample("V4-TEST.xml"))["cases"]
        (leading,) = [m for m in members(client, case["household_id"]) if m["role"] == "principal"]
        person = f"/api/persons/{leading['person_id']}"

        shown = client.get(person).get_json()
        contact = client.get(f"{person}/contact").get_json()
        relatives = client.get(f"{person}/relatives").get_json()["items"]

        assert (shown["given_name"], shown["other_names"]) == ("XXX", "DDDD")
        assert shown["aliases"] == ["YYYY"]
        assert shown["education_level"] == "UG"
        assert (shown["occupation_code"], shown["source"]) == ("1341", "unhcr")
        assert shown["notice_due_on"] == "2026-04-01"
        assert contact["phone"] == "1234567890"
        assert contact["address"].endswith("Afghanistan")
        assert origin(client, leading)["unhcr_individual_id"] == "417-00001552"
        assert {one["relationship"]["value"] for one in relatives} == {"PRM", "PRF", "SBF"}
        assert {one["language"] for one in leading["person"]["languages"]} == {"als", "ame"}
        assert client.get(f"{person}/photo").mimetype == "image/jpeg"

    def test_a_case_of_form_3(self, client):
        (case,) = imported(client, sample("V3-TEST.xml"))["cases"]
        (member,) = members(client, case["household_id"])

        nationality = origin(client, member)["nationality"]
        assert nationality["source_code"] == "BGD"
        assert nationality["code_system"] == "unhcr-errf-3.1"
        relatives = client.get(f"/api/persons/{member['person_id']}/relatives").get_json()
        assert len(relatives["items"]) == 10
        household = client.get(f"/api/households/{case['household_id']}").get_json()
        assert household["primary_language"] == "rhg"

    @pytest.mark.parametrize(("code", "iso"), [("ARE", "EGY"), ("AUS", "AUT"), ("UAE", "ARE")])
    def test_countries_are_unhcrs(self, client, code, iso):
        data = made.written(made.v4(1), made.change("dataIndividual/NationalityCode", code))
        (case,) = imported(client, data)["cases"]
        (member,) = members(client, case["household_id"])

        assert origin(client, member)["nationality"] == {
            "value": iso,
            "source_code": code,
            "code_system": "unhcr-errf-4.1",
        }

    def test_who_is_stateless_has_no_nationality_but_its_source(self, client):
        data = made.written(made.v4(1), made.change("dataIndividual/NationalityCode", "ZZZ"))
        (case,) = imported(client, data)["cases"]
        told = origin(client, members(client, case["household_id"])[0])

        assert told["stateless"] is True
        assert told["nationality"]["value"] == ""
        assert told["nationality"]["source_code"] == "ZZZ"

    def test_for_the_sponsorship(self, client):
        batch = imported(client, made.written(made.v4(2)), programme="cors")

        (case,) = batch["cases"]
        assert (batch["programme_code"], batch["programme_version"]) == ("cors", 2)
        assert case["stage"] == "UNHCR_IDENTIFIED"
        household = client.get(f"/api/households/{case['household_id']}").get_json()
        assert household["stream"] == "cors"

    def test_the_case_as_submitted(self, client):
        data = made.written(made.v4(2))
        (case,) = imported(client, data, submitted_on="2026-02-20")["cases"]

        shown = client.get(f"/api/cases/{case['case_id']}").get_json()

        assert shown["submitted_on"] == "2026-02-20"
        assert shown["route"] == "UNHCR_REFERRED"
        assert shown["category_1"]
        assert shown["case_number"]

    def test_a_photo_is_drawn_anew(self, client, transactions):
        data = made.written(made.v4(1), made.change("dataPhotograph/Photo", with_gps()))
        (case,) = imported(client, data)["cases"]
        (member,) = members(client, case["household_id"])

        photo = client.get(f"/api/persons/{member['person_id']}/photo").data

        assert Image.open(BytesIO(photo)).getexif() == {}
        assert b"36.85" not in photo
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            kept = uow.first(uow.select(Photo).where(Photo.person_id == UUID(member["person_id"])))
            assert b"JFIF" not in kept.sealed_content

    def test_what_has_no_place_of_its_own_is_kept(self, client, transactions):
        imported(client, sample("V4-TEST.xml"))

        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            told = [row.other_facts for row in uow.all(uow.select(ImportedPerson))]
        assert any("WWW, N" in text and "Hotel managers" in text for text in told)
        assert len(told) == 5

    def test_sealed_columns_hold_no_plain_text(self, client, connection):
        imported(client, sample("V4-TEST.xml"))
        secrets = (b"417-00001552", b"1234567890", b"V4-ACRS1-TEST", b"Melbourne", b"WWW, N")

        for table in Base.metadata.sorted_tables:
            sealed = [c for c in table.columns if isinstance(c.type, SealedBytes)]
            for row in (
                connection.execute(table.select().with_only_columns(*sealed)) if sealed else ()
            ):
                assert not [value for value in row if value and any(s in value for s in secrets)]

    def test_what_is_not_the_importers_is_not_seen(self, client, client_of, transactions):
        batch = imported(client, sample("V3-TEST.xml"))
        other = client_of(caseworker(transactions))

        assert other.get(f"/api/imports/{batch['id']}").status_code == 404
        assert other.get("/api/imports").get_json()["items"] == []
        assert [row["id"] for row in client.get("/api/imports").get_json()["items"]] == [
            batch["id"]
        ]
        assert client.get(f"/api/imports/{batch['id']}").get_json() == batch


class TestRefusals:
    def test_a_file_with_errors_answers_with_its_report(self, client, connection):
        before = rows(connection)

        answer = send(client, "/api/imports", sample("V3-TEST-AddressType1.xml"))

        told = answer.get_json()
        assert answer.status_code == 422
        assert told["type"] == "/problems/file-errors"
        assert [error["rule"] for error in told["errors"]] == ["code-unknown", "pa-coa-address"]
        assert set(told) >= {"warnings", "cases", "detail"}
        assert rows(connection) == before

    def test_a_person_without_a_birth_date_is_asked_for_first(self, client):
        data = made.written(made.v4(2), made.change("dataIndividual[2]/DateofBirth", ""))

        checked = send(client, "/api/imports/checks", data).get_json()
        answer = send(client, "/api/imports", data)

        assert checked["errors"] == []
        assert answer.status_code == 422
        assert [each["rule"] for each in answer.get_json()["errors"]] == ["birth-date-missing"]

    @pytest.mark.parametrize("path", ["/api/imports", "/api/imports/checks"])
    @pytest.mark.parametrize("kind", HOSTILE)
    def test_hostile_files_are_refused_quickly(self, client, connection, path, kind):
        before = rows(connection)
        began = time.monotonic()

        answer = send(client, path, HOSTILE[kind])

        assert time.monotonic() - began < 2
        assert answer.status_code == 422
        assert answer.get_json()["type"] == "/problems/unreadable"
        assert answer.get_json()["detail"].count(".") >= 1
        assert rows(connection) == before

    def test_a_photo_of_60_mb_is_refused(self, client, connection):
        before = rows(connection)
        huge = base64.b64encode(bytes(60 * 1024 * 1024)).decode()
        data = made.written(made.v4(1), made.change("dataPhotograph/Photo", huge))

        answer = send(client, "/api/imports", data)

        assert answer.status_code == 422
        assert [each["rule"] for each in answer.get_json()["errors"]] == ["photo-size"]
        assert rows(connection) == before

    def test_a_photo_too_small_to_keep_is_refused_with_whose_it_is(self, client, connection):
        before = rows(connection)
        tiny = made.change("dataPhotograph/Photo", a_photo((15, 15)))

        answer = send(client, "/api/imports", made.written(made.v4(1), tiny))

        assert answer.status_code == 422
        assert an_id(1) in answer.get_json()["errors"]["file"][0]
        assert rows(connection) == before

    def test_another_programme_is_refused(self, client):
        answer = send(client, "/api/imports", sample("V3-TEST.xml"), programme="ca-psr")

        assert answer.get_json()["errors"].keys() == {"programme"}

    def test_too_large_is_413(self, client):
        answer = client.post(
            "/api/imports/checks",
            data=b"x",
            content_type="multipart/form-data; boundary=x",
            environ_overrides={"CONTENT_LENGTH": str(200 * 1024 * 1024)},
        )

        assert answer.status_code == 413


class TestTwice:
    def test_the_same_file_is_told_with_its_day_and_households(self, client):
        batch = imported(client, sample("V3-TEST.xml"))

        answer = send(client, "/api/imports", sample("V3-TEST.xml"))

        assert answer.status_code == 409
        reference = batch["cases"][0]["reference"]
        assert answer.get_json()["detail"] == (
            f"This file was imported already, on 2 March 2026: {reference}. Nothing was done twice."
        )

    def test_others_are_not_told_the_households(self, client, client_of, transactions):
        imported(client, sample("V3-TEST.xml"))
        other = client_of(caseworker(transactions))

        answer = send(other, "/api/imports", sample("V3-TEST.xml"))

        assert answer.status_code == 409
        assert "by another team" in answer.get_json()["detail"]
        assert "R-20" not in answer.get_json()["detail"]

    def test_a_case_that_is_on_record_is_named_as_far_as_may_be(
        self, client, client_of, transactions
    ):
        (case,) = imported(client, made.written(made.v4(2)))["cases"]
        again = made.written(made.v4(2), made.change("dataIndividual/FamilyName", "Khine"))

        mine = send(client, "/api/imports", again)
        others = send(client_of(caseworker(transactions)), "/api/imports", again)

        assert (mine.status_code, others.status_code) == (409, 409)
        assert f"is on record as {case['reference']}." in mine.get_json()["detail"]
        assert "is known to another team" in others.get_json()["detail"]

    def test_the_same_key_has_one_effect(self, client):
        key = uuid4().hex
        sent = [send(client, "/api/imports", sample("V3-TEST.xml"), key=key) for _ in range(2)]

        assert [answer.status_code for answer in sent] == [201, 201]
        assert sent[0].get_json() == sent[1].get_json()
        assert sent[1].headers["Idempotency-Replayed"] == "true"


class TestGroup:
    def test_every_case_becomes_a_household(self, client):
        batch = imported(client, group(people=2, cases=3))

        assert [case["people"] for case in batch["cases"]] == [2, 2, 2]
        assert len({case["household_id"] for case in batch["cases"]}) == 3

    def test_all_or_nothing(self, client, connection):
        (known,) = imported(client, made.written(made.v4(1)))["cases"]
        number = client.get(f"/api/cases/{known['case_id']}").get_json()["case_number"]
        root = made.v4(2, 3)
        for case, one in zip(root.findall("CASE"), ("A-NEW-1", "A-NEW-2", number), strict=True):
            case.find("dataProcessGroup/ProcessingGroupNumber").text = one
        before = rows(connection)

        answer = send(client, "/api/imports", made.written(root))

        assert answer.status_code == 409
        assert rows(connection) == before

    def test_a_last_case_that_fails_takes_all_back(self, client, connection):
        root = made.v4(1, 3)
        root.findall("CASE")[2].find("dataPhotograph/Photo").text = a_photo((15, 15))
        before = rows(connection)

        answer = send(client, "/api/imports", made.written(root))

        assert answer.status_code == 422
        assert rows(connection) == before

    def test_cases_that_name_each_other_are_linked(self, client):
        root = made.v4(1, 2)
        first, second = (
            case.find("dataProcessGroup/ProcessingGroupNumber").text
            for case in root.findall("CASE")
        )
        for number, (one, other) in enumerate([(first, second), (first, "417-20C00123")]):
            made.add(
                root.find("CASE"),
                "dataProcessGroupCrossReference",
                ProcessingGroupCrossReferenceGUID=f"0000000{number}-0000-4000-8000-000000000000",
                ProcessingGroupGUIDFrom=f"1000000{number}-0000-4000-8000-000000000000",
                ProcessingGroupNumberFrom=one,
                ProcessingGroupGUIDTo=f"2000000{number}-0000-4000-8000-000000000000",
                ProcessingGroupNumberTo=other,
            )
        cases = imported(client, made.written(root))["cases"]

        links = client.get(f"/api/cases/{cases[0]['case_id']}/links").get_json()["items"]

        assert {(one["linked_case_id"], one["linked_number"]) for one in links} == {
            (cases[1]["case_id"], None),
            (None, "417-20C00123"),
            (None, "199-21C00099"),
        }


class TestDuplicates:
    def test_the_same_person_in_another_case_is_shown_with_the_reasons(self, client):
        imported(client, made.written(made.v4(1)))
        again = made.v4(1)
        again.find("CASE/dataProcessGroup/ProcessingGroupNumber").text = "ANOTHER-1"

        batch = imported(client, made.written(again))

        (found,) = batch["possible_duplicates"]
        assert "The UNHCR number is the same." in found["reasons"]
        assert found["verdict"] == "open"
        assert found["household_id"] == batch["cases"][0]["household_id"]
