"""The way of a case file through the pages: chosen, looked at, confirmed; without JavaScript."""

import re
from uuid import uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.jobs import run_next
from resettle.core.sealed import DataKey
from resettle.interchange.models import CheckedUpload
from tests.functional.case_files import BOMB, caseworker, multipart, rows, sample
from tests.unit import errf_files as made


@pytest.fixture
def client(client_of, transactions):
    return client_of(caseworker(transactions))


def choose(client, data, **form):
    return client.post(
        "/imports/checks",
        data=multipart(data, {"form_key": uuid4().hex, **form}),
        content_type="multipart/form-data; boundary=part",
    )


def confirm(client, location, **form):
    return client.post(location, data={"form_key": uuid4().hex, "confirmed": "true", **form})


def uploads(transactions):
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        return uow.all(uow.select(CheckedUpload))


def text(answer):
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


class TestTheWay:
    def test_it(self, client, transactions):
        assert "Nothing yet." in text(client.get("/imports"))
        chosen = choose(client, sample("V4-TEST.xml"))
        assert chosen.status_code == 303
        preview = text(client.get(chosen.location))
        assert "V4-ACRS1-TEST" in preview
        assert "Look before you import" in preview
        assert "case.xml" in preview

        done = confirm(client, chosen.location, programme="rqp", submitted_on="2026-02-01")

        assert done.status_code == 303
        shown = text(client.get(done.location))
        assert "The file was imported." in shown
        assert "R-2026-0001" in shown
        assert "Submitted to New Zealand" in shown
        assert done.location in text(client.get("/imports"))
        assert uploads(transactions) == []

    def test_a_second_click_has_one_effect(self, client):
        chosen, key = choose(client, sample("V3-TEST.xml")), uuid4().hex

        first = confirm(client, chosen.location, form_key=key)
        second = confirm(client, chosen.location, form_key=key)

        assert (first.status_code, second.status_code) == (303, 303)
        assert first.location == second.location

    def test_possible_duplicates_are_shown(self, client):
        confirm(client, choose(client, made.written(made.v4(1))).location)
        again = made.v4(1)
        again.find("CASE/dataProcessGroup/ProcessingGroupNumber").text = "ANOTHER-1"

        done = confirm(client, choose(client, made.written(again)).location)

        assert "The UNHCR number is the same." in text(client.get(done.location))

    def test_the_form_stands_by_itself_too(self, client):
        assert client.get("/imports/checks").status_code == 200


class TestErrors:
    def test_a_file_with_errors_is_shown_and_not_kept(self, client, transactions):
        chosen = choose(client, sample("V3-TEST-MultipleErrors.xml"))

        shown = text(client.get(chosen.location))

        assert "8 errors" in shown
        assert "Leszek123" in shown
        assert "ask UNHCR for a corrected file" in shown
        assert "I have looked at the cases" not in shown
        (upload,) = uploads(transactions)
        assert upload.sealed_content is None
        assert confirm(client, chosen.location).status_code == 422

    def test_a_missing_birth_date_is_an_error_here(self, client):
        data = made.written(made.v4(2), made.change("dataIndividual[2]/DateofBirth", ""))

        assert "1 error<" in text(client.get(choose(client, data).location))

    @pytest.mark.parametrize(
        ("data", "told"), [(BOMB, "document type"), (b"", "The file is empty")]
    )
    def test_what_is_no_errf_is_said_beside_the_field(self, client, connection, data, told):
        before = rows(connection)

        answer = choose(client, data)

        assert answer.status_code == 422
        assert told in text(answer)
        assert rows(connection) == before

    def test_no_file_at_all(self, client):
        answer = client.post("/imports/checks", data={"form_key": uuid4().hex})

        assert answer.status_code == 422
        assert "Choose one file." in text(answer)

    @pytest.mark.parametrize("confirmed", [{"confirmed": ""}, {"confirmed": "false"}])
    def test_who_has_not_looked_does_not_import(self, client, connection, confirmed):
        chosen = choose(client, sample("V3-TEST.xml"))
        before = rows(connection)

        answer = confirm(client, chosen.location, **confirmed)

        assert answer.status_code == 422
        assert "Tick the box once you have looked at the cases." in text(answer)
        assert rows(connection) == before

    def test_a_case_on_record_is_said_before_and_after(self, client):
        confirm(client, choose(client, sample("V3-TEST.xml")).location)
        chosen = choose(client, sample("V3-TEST.xml"))

        before, after = client.get(chosen.location), confirm(client, chosen.location)

        assert "On record already: SYRIA." in text(before)
        assert after.status_code == 422
        assert "This file was imported already, on 2 March 2026: R-2026-0001." in text(after)


class TestKeeping:
    def test_only_its_sender_knows_of_it(self, client, client_of, transactions):
        chosen = choose(client, sample("V3-TEST.xml"))
        other = client_of(caseworker(transactions))

        assert other.get(chosen.location).status_code == 404
        assert confirm(other, chosen.location).status_code == 404

    def test_it_is_sealed(self, client, transactions):
        choose(client, sample("V3-TEST.xml"))

        (upload,) = uploads(transactions)
        for sealed in (upload.sealed_content, upload.sealed_report, upload.sealed_file_name):
            assert b"199-00265997" not in sealed
            assert b"case.xml" not in sealed

    def test_after_an_hour_it_is_no_longer_good(self, client, clock):
        chosen = choose(client, sample("V3-TEST.xml"))
        clock.forward(hours=1)

        assert client.get(chosen.location).status_code == 404
        assert confirm(client, chosen.location).status_code == 404

    def test_another_takes_its_place(self, client, transactions):
        first = choose(client, sample("V3-TEST.xml"))
        choose(client, sample("V4-TEST.xml"))

        assert client.get(first.location).status_code == 404
        assert len(uploads(transactions)) == 1

    def test_it_is_thrown_away_with_its_key(self, client, transactions):
        chosen = choose(client, sample("V3-TEST.xml"))
        (upload,) = uploads(transactions)

        answer = client.post(f"{chosen.location}/removal", data={"form_key": uuid4().hex})

        assert answer.status_code == 303
        assert client.get(chosen.location).status_code == 404
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            assert uow.session.get(DataKey, upload.id) is None

    def test_the_worker_forgets_it_after_an_hour(self, app, client, transactions, clock):
        choose(client, sample("V3-TEST.xml"))
        clock.forward(hours=1)

        while run_next(transactions, app.extensions["runners"]):
            pass

        assert uploads(transactions) == []

    def test_the_worker_finds_nothing_to_forget(self, app, client, transactions, clock):
        confirm(client, choose(client, sample("V3-TEST.xml")).location)
        clock.forward(hours=1)

        while run_next(transactions, app.extensions["runners"]):
            pass

        assert uploads(transactions) == []
