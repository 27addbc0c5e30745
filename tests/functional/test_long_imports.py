"""Files of many cases: kept, taken in by the worker whole and once, as the act of their sender."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from resettle.accounts.models import RoleGrant, UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.core.actor import SYSTEM, Role
from resettle.core.audit import AuditEntry
from resettle.core.jobs import Job, claim, run_next
from resettle.core.sealed import DataKey
from resettle.interchange import jobs, service
from resettle.interchange.acts import ImportFile
from resettle.interchange.models import CheckedUpload, ImportBatch
from tests.functional.case_files import caseworker, rows, send
from tests.functional.test_interchange_pages import choose, confirm, text
from tests.unit import errf_files as made
from tests.unit.errf_records import a_photo

IMPORT = "import:commit"
CASES = 51
STORED = ("household", "person", "resettlement_case", "imported_case", "photo")


@pytest.fixture
def worker(transactions):
    return caseworker(transactions)


@pytest.fixture
def client(client_of, worker):
    return client_of(worker)


@pytest.fixture(scope="module")
def many():
    return made.written(made.v4(people=1, cases=CASES))


@pytest.fixture
def run(app, transactions):
    def run():
        while run_next(transactions, app.extensions["runners"]):
            pass

    return run


def left(client, data, **form):
    answer = send(client, "/api/imports", data, **form)
    assert answer.status_code == 202, answer.get_json()
    return answer.get_json()


def told(client, batch):
    return client.get(f"/api/imports/{batch['id']}").get_json()


def kept(transactions):
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        return [upload.id for upload in uow.all(uow.select(CheckedUpload))]


class TestOverJson:
    def test_it_waits_is_taken_in_and_is_shown(self, client, transactions, connection, many, run):
        before = rows(connection)

        batch = left(client, many, submitted_on="2026-02-01")

        assert (batch["state"], batch["cases_done"], batch["cases"]) == ("waiting", 0, [])
        assert batch["case_count"] == CASES
        assert {name: rows(connection)[name] for name in STORED} == {n: before[n] for n in STORED}
        run()
        done = told(client, batch)
        assert (done["state"], done["cases_done"], done["reason"]) == ("done", CASES, None)
        assert len(done["cases"]) == CASES
        assert {case["stage"] for case in done["cases"]} == {"SUBMITTED"}
        assert kept(transactions) == []

    def test_few_cases_go_in_at_once(self, client, connection):
        answer = send(client, "/api/imports", made.written(made.v4(people=1, cases=CASES - 1)))

        assert answer.status_code == 201
        assert answer.get_json()["state"] == "done"
        assert answer.get_json()["cases_done"] == CASES - 1

    def test_the_same_key_has_one_effect(self, client, many, transactions, run):
        first = send(client, "/api/imports", many, key="one-long-file")
        second = send(client, "/api/imports", many, key="one-long-file")
        run()
        third = send(client, "/api/imports", many, key="one-long-file")

        assert (first.status_code, second.status_code, third.status_code) == (202, 202, 202)
        assert first.get_json() == second.get_json() == third.get_json()
        assert second.headers["Idempotency-Replayed"] == "true"
        assert len(client.get("/api/imports").get_json()["items"]) == 1

    def test_a_second_of_the_same_file_is_refused_while_the_first_waits(
        self, client, client_of, transactions, many, run
    ):
        left(client, many)
        other = client_of(caseworker(transactions))

        for sender in (client, other):
            answer = send(sender, "/api/imports", many)
            assert answer.status_code == 409
            assert "is being imported already" in answer.get_json()["detail"]
        run()
        assert send(client, "/api/imports", many).status_code == 409

    def test_a_file_with_errors_is_refused_at_once(self, client, transactions):
        root = made.v4(people=1, cases=CASES)
        root.find("CASE/dataIndividual").remove(root.find("CASE/dataIndividual/DateofBirth"))

        answer = send(client, "/api/imports", made.written(root))

        assert answer.status_code == 422
        assert kept(transactions) == []

    def test_nobody_else_sees_it(self, client, client_of, transactions, many):
        batch = left(client, many)
        other = client_of(caseworker(transactions))

        assert other.get(f"/api/imports/{batch['id']}").status_code == 404
        assert other.get(f"/imports/{batch['id']}").status_code == 404


class TestWhoseActItIs:
    def test_the_trail_names_its_sender(self, client, worker, transactions, many, run):
        left(client, many)
        run()

        query = select(AuditEntry).where(AuditEntry.resource.in_(["Household", "Person"]))
        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            entries = uow.session.scalars(query).all()
            by = {(entry.actor_ref, entry.action, entry.actor_role) for entry in entries}
        assert by == {(worker.user_id, IMPORT, "caseworker")}

    def test_the_sender_looks_after_the_households(self, client, many, run):
        batch = left(client, many)
        run()

        home = told(client, batch)["cases"][0]["household_id"]
        assert client.get(f"/api/households/{home}").status_code == 200

    @pytest.mark.parametrize("change", ["closed", "another role", "no role"])
    def test_whose_right_is_gone_brings_nothing_in(
        self, transactions, client_of, connection, many, run, change
    ):
        worker = caseworker(transactions)
        batch = left(client_of(worker), many)
        before = rows(connection)
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            take_right(uow, worker.user_id, change)
        run()

        assert refused(transactions, batch) == jobs.NO_LONGER
        assert {name: rows(connection)[name] for name in STORED} == {n: before[n] for n in STORED}
        assert kept(transactions) == []

    def test_a_token_may_do_no_more_later_than_it_could_at_once(
        self, transactions, connection, worker, many, run
    ):
        narrow = frozenset({IMPORT, "import:check"})
        with transactions.begin(replace(worker, scopes=narrow), IMPORT) as uow:
            batch = service.bring_file(uow, many, ImportFile())
        before = rows(connection)["household"]
        run()

        assert refused(transactions, {"id": str(batch.id)}) == jobs.NO_LONGER
        assert rows(connection)["household"] == before


def take_right(uow, user_id, change):
    account = uow.find(UserAccount, user_id)
    (grant,) = uow.all(uow.select(RoleGrant).where(RoleGrant.user_id == user_id))
    match change:
        case "closed":
            account.status = AccountStatus.DEACTIVATED
        case "another role":
            grant.role = Role.PROGRAMME_MANAGER
        case _:
            grant.until_at = uow.now
    uow.session.flush()


def the_job(uow):
    (job,) = uow.session.scalars(select(Job).where(Job.name == service.TAKE_IN))
    return job


def refused(transactions, batch):
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        found = uow.find(ImportBatch, UUID(batch["id"]))
        assert found.state == "refused"
        return found.reason


class TestRefusedLater:
    def test_a_case_that_became_known_meanwhile(self, client, connection, many, run):
        batch = left(client, many)
        one = made.written(made.v4(people=1, cases=1))
        assert send(client, "/api/imports", one).status_code == 201
        before = rows(connection)
        run()

        found = told(client, batch)
        assert found["state"] == "refused"
        assert found["reason"].startswith("Case 199-21C00001 is on record as R-2026-0001.")
        assert (found["cases"], found["cases_done"]) == ([], 0)
        assert {name: rows(connection)[name] for name in STORED} == {n: before[n] for n in STORED}
        page = text(client.get(f"/imports/{batch['id']}"))
        assert "Not imported" in page
        assert "is on record as R-2026-0001" in page

    def test_a_photo_that_cannot_be_kept_takes_all_back_and_the_file_may_come_again(
        self, client, transactions, connection, run
    ):
        root = made.v4(people=1, cases=CASES)
        root.find("CASE/dataPhotograph/Photo").text = a_photo((15, 15))
        before = rows(connection)
        batch = left(client, made.written(root))
        run()

        assert told(client, batch)["state"] == "refused"
        assert "The photo of" in told(client, batch)["reason"]
        assert {name: rows(connection)[name] for name in STORED} == {n: before[n] for n in STORED}
        assert left(client, made.written(root))["state"] == "waiting"

    def test_a_programme_that_is_not_in_force_when_it_is_taken_in(
        self, client, transactions, clock, many, run
    ):
        batch = left(client, many, programme="cors")
        clock.move_to(datetime(2016, 3, 2, tzinfo=UTC))
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            the_job(uow).run_after = uow.now
        run()

        assert "No version of cors is in force" in refused(transactions, batch)

    def test_what_no_worker_takes_in_within_a_day_is_forgotten(
        self, client, transactions, clock, many, run
    ):
        batch = left(client, many)
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            the_job(uow).dead = True
        clock.forward(hours=2)
        run()
        assert told(client, batch)["state"] == "waiting"
        clock.forward(hours=23)
        run()

        assert refused(transactions, batch) == jobs.TOO_LONG
        assert kept(transactions) == []


class TestWorkersDie:
    def test_in_the_middle_it_is_done_once_by_the_next(
        self, client, transactions, connection, clock, many, run
    ):
        batch = left(client, many)
        before = rows(connection)
        lease = claim(transactions)
        with pytest.raises(Killed):
            die_before_the_end(transactions, lease)
        assert {name: rows(connection)[name] for name in STORED} == {n: before[n] for n in STORED}
        assert told(client, batch)["state"] == "under_way"
        assert "Being taken in" in text(client.get(f"/imports/{batch['id']}"))

        clock.forward(hours=1)
        run()

        assert told(client, batch)["state"] == "done"
        assert rows(connection)["household"] - before["household"] == CASES
        assert kept(transactions) == []

    def test_a_job_that_comes_again_after_the_end_does_nothing(
        self, client, transactions, connection, many, run
    ):
        batch = left(client, many)
        run()
        after = rows(connection)["household"]
        with transactions.begin(SYSTEM, "tests:arrange") as uow:
            uow.later(service.TAKE_IN, batch_id=batch["id"])
        run()

        assert rows(connection)["household"] == after


class Killed(BaseException):
    pass


def die_before_the_end(transactions, lease):
    with transactions.begin(SYSTEM, "job:import") as uow:
        outside = jobs.take_in(uow, lease.payload)
    came = outside()
    with transactions.begin(came.actor, came.action) as uow:
        came.keep(uow)
        raise Killed


class TestOnPages:
    def test_it_says_how_far_it_is_and_what_came(self, client, transactions, many, run):
        chosen = choose(client, many)
        assert "taken in in the background" in text(client.get(chosen.location))

        confirmed = confirm(client, chosen.location)

        waiting = text(client.get(confirmed.location))
        assert "The file is kept, and taken in soon." in waiting
        assert "Waits to be taken in" in waiting
        assert "Look again" in waiting
        assert "Waits to be taken in" in text(client.get("/imports"))
        run()
        done = text(client.get(confirmed.location))
        assert "R-2026-0001" in done
        assert "Look again" not in done
        assert kept(transactions) == []

    def test_it_cannot_be_thrown_away_or_sent_again_while_it_waits(
        self, client, transactions, many, run
    ):
        chosen = choose(client, many)
        confirmed = confirm(client, chosen.location)

        again = text(client.get(chosen.location))
        assert confirmed.location in again
        assert "Throw the file away" not in again
        assert confirm(client, chosen.location).location == confirmed.location
        thrown = client.post(f"{chosen.location}/removal", data={"form_key": uuid4().hex})
        assert thrown.status_code == 409
        choose(client, made.written(made.v4(people=1)))
        assert len(kept(transactions)) == 2
        run()
        assert len(kept(transactions)) == 1

    def test_its_key_is_gone_with_it(self, client, transactions, many, run):
        confirm(client, choose(client, many).location)
        (upload_id,) = kept(transactions)
        run()

        with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
            assert uow.session.get(DataKey, upload_id) is None
