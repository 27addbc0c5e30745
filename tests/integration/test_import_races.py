"""Files of many cases that two bring, or two workers take in, at one moment: with real commits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict
from resettle.core.jobs import run_next
from resettle.households.models import Household
from resettle.interchange import jobs, service
from resettle.interchange.acts import ImportFile
from resettle.interchange.models import CheckedUpload, ImportBatch, ImportState
from tests.functional.case_files import caseworker
from tests.unit import errf_files as made

IMPORT = "import:commit"
CASES = 51


@pytest.fixture
def transactions(committed_app):
    return committed_app.extensions["transactions"]


@pytest.fixture(scope="module")
def many():
    return made.written(made.v4(people=1, cases=CASES))


def left(transactions, data):
    with transactions.begin(caseworker(transactions), IMPORT) as uow:
        return service.bring_file(uow, data, ImportFile()).id


def found(transactions, batch_id):
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        batch = uow.find(ImportBatch, batch_id)
        return batch.state, batch.cases_done, uow.count(Household), uow.count(CheckedUpload)


def test_of_two_who_bring_a_file_at_once_one_does(transactions, many):
    ready, workers = Barrier(2), [caseworker(transactions) for _ in range(2)]

    def bring(worker):
        ready.wait()
        try:
            with transactions.begin(worker, IMPORT) as uow:
                return service.bring_file(uow, many, ImportFile()).id
        except (Conflict, IntegrityError):
            return None

    with ThreadPoolExecutor(2) as pool:
        brought = [*pool.map(bring, workers)]

    assert brought.count(None) == 1
    with transactions.begin(SYSTEM, "tests:look", read_only=True) as uow:
        assert uow.count(ImportBatch) == uow.count(CheckedUpload) == 1


def test_two_workers_at_once_take_it_in_once(committed_app, transactions, many):
    batch_id = left(transactions, many)
    runners = committed_app.extensions["runners"]

    def work(_number):
        while run_next(transactions, runners):
            pass

    with ThreadPoolExecutor(2) as pool:
        [*pool.map(work, range(2))]

    assert found(transactions, batch_id) == (ImportState.DONE, CASES, CASES, 0)


class Killed(BaseException):
    pass


def test_how_far_it_is_is_told_while_it_goes_on_where_others_can_write(
    committed_app, transactions, many
):
    batch_id = left(transactions, many)
    with transactions.begin(SYSTEM, "job:import") as uow:
        came = jobs.take_in(uow, {"batch_id": str(batch_id)})()

    def die():
        with transactions.begin(came.actor, came.action) as uow:
            came.keep(uow)
            raise Killed

    with pytest.raises(Killed):
        die()

    engine = committed_app.extensions["engine"].dialect.name
    told = CASES if engine == "postgresql" else 0
    assert found(transactions, batch_id) == (ImportState.UNDER_WAY, told, 0, 1)
