"""Receipts of spending wait for the virus scanner, where there is one, as documents do."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from resettle.core.actor import SYSTEM
from resettle.core.errors import Conflict
from resettle.core.jobs import Job
from resettle.documents import quarantine
from resettle.documents.rules import State
from resettle.funds import jobs, keeping, receipts
from resettle.funds.models import FundReceipt
from resettle.settings import Settings
from resettle.wiring import RUNNERS
from tests.clock import NOW
from tests.functional.test_funds_over_http import SPENT, Books
from tests.scanners import CLEAN, FOUND, TOO_LONG, a_scanner
from tests.unit.files_sent import a_picture

CHECKED = "The receipt is still being checked for viruses. Come back in a few minutes."


def a_file():
    return {"file": (BytesIO(a_picture()), "IMG_0012.jpg")}


class Spending:
    """What a member has spent, in an office whose scanner listens at a path."""

    def __init__(self, transactions, client_of, path):
        settings = replace(transactions.resources[Settings], clamd=path)
        resources = {**transactions.resources, Settings: settings}
        self.transactions = replace(transactions, resources=resources)
        self.books = Books(transactions, client_of)
        self.entry = self.books.does("member", "/claims", **SPENT).json
        self.page = f"/fund-entries/{self.entry['id']}"
        self.path = path

    def has(self):
        with self.transactions.begin(SYSTEM, "funds:claim") as uow:
            return receipts.add(uow, UUID(self.entry["id"]), a_picture()).id

    def is_scanned(self, receipt_id, answer=None, tries=0):
        payload = {"receipt_id": str(receipt_id), "tries": tries}
        if answer is None:
            return self._runs(payload)
        with a_scanner(answer, self.path):
            return self._runs(payload)

    def _runs(self, payload):
        with self.transactions.begin(SYSTEM, "job:fund_receipt:scan") as uow:
            jobs.scan(uow, payload)

    def kept(self, receipt_id):
        with self.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            found = uow.find(FundReceipt, receipt_id)
            return found.state, found.content is not None

    def waiting(self):
        with self.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            left = uow.all(uow.select(Job).where(Job.name == keeping.SCAN))
            return sorted((job.run_after - NOW, job.payload["tries"]) for job in left)

    def opened(self, receipt_id, way=""):
        address = f"{way}/fund-receipts/{receipt_id}/content"
        return self.books.page("treasurer", address).status_code

    def is_approved(self):
        return self.books.act("treasurer", self.entry, "approval")


@pytest.fixture
def path(tmp_path_factory):
    return str(tmp_path_factory.mktemp("s") / "c")


@pytest.fixture
def scanner_away(app):
    """Name a scanner that does not answer to the service that is asked over HTTP."""
    settings = app.extensions["transactions"].resources[Settings]
    object.__setattr__(settings, "clamd", "/nowhere/clamd.sock")
    yield
    object.__setattr__(settings, "clamd", "")


@pytest.fixture
def spending(transactions, client_of, path):
    return Spending(transactions, client_of, path)


def test_a_receipt_waits_until_it_is_known_clean(spending):
    receipt_id = spending.has()
    assert (spending.kept(receipt_id), len(spending.waiting())) == ((State.QUARANTINED, True), 1)
    assert {spending.opened(receipt_id), spending.opened(receipt_id, "/api")} == {409}
    page = spending.books.page("treasurer", spending.page).text
    assert "Being checked for viruses" in page
    assert f"{receipt_id}/content" not in page

    spending.is_scanned(receipt_id, CLEAN)

    assert {spending.opened(receipt_id), spending.opened(receipt_id, "/api")} == {200}
    assert f"{receipt_id}/content" in spending.books.page("treasurer", spending.page).text
    spending.is_scanned(receipt_id)  # nothing is left to scan, and nobody is asked


def test_nobody_approves_by_a_receipt_that_they_cannot_open_yet(spending):
    receipt_id = spending.has()

    early = spending.is_approved()
    spending.is_scanned(receipt_id, CLEAN)

    assert (early.status_code, early.json["missing"]) == (409, {"receipt": CHECKED})
    assert spending.is_approved().status_code == 201


def test_what_the_scanner_finds_is_not_kept_and_the_group_is_told(spending):
    receipt_id = spending.has()

    spending.is_scanned(receipt_id, FOUND)

    assert spending.kept(receipt_id) == (State.REFUSED, False)
    assert spending.opened(receipt_id) == 409
    page = spending.books.page("member", spending.page).text
    assert receipts.NOT_KEPT in page
    assert f"{receipt_id}/content" not in page
    (listed,) = spending.books.clients["member"].get(f"/api{spending.page}/receipts").json["items"]
    assert listed["state"] == "refused"


def test_one_that_was_not_kept_shows_nothing_and_takes_no_place(spending):
    spending.is_scanned(spending.has(), FOUND)

    refused = spending.is_approved()
    kept = [spending.has() for _ in range(receipts.MOST)]

    assert "receipt" in refused.json["missing"]
    assert len(kept) == receipts.MOST
    with pytest.raises(Conflict, match="as many as one entry can have"):
        spending.has()


def test_one_that_is_too_large_for_the_scanner_is_held_back_and_shows_nothing(spending):
    receipt_id = spending.has()

    with a_scanner(TOO_LONG, spending.path, most=0):
        spending.is_scanned(receipt_id)

    assert spending.kept(receipt_id) == (State.TOO_LARGE, True)
    assert {spending.opened(receipt_id), spending.opened(receipt_id, "/api")} == {409}
    page = spending.books.page("treasurer", spending.page).text
    assert quarantine.TOO_LARGE in page
    assert f"{receipt_id}/content" not in page
    assert spending.is_approved().json["missing"] == {"receipt": quarantine.TOO_LARGE}
    Path(spending.path).unlink()  # the scanner begins anew, and takes more
    spending.is_scanned(receipt_id, CLEAN)
    assert spending.opened(receipt_id) == 200


@pytest.mark.parametrize("answer", [b"", None])
def test_a_scanner_that_cannot_say_lets_nothing_through_and_is_asked_again(spending, answer):
    receipt_id = spending.has()

    spending.is_scanned(receipt_id, answer, tries=1)

    assert spending.kept(receipt_id) == (State.QUARANTINED, True)
    assert [tries for _, tries in spending.waiting()] == [0, 2]
    assert spending.waiting()[1][0] > spending.waiting()[0][0]


def test_without_a_scanner_the_checks_of_content_stand_alone(transactions, client_of):
    spending = Spending(transactions, client_of, "")

    receipt_id = spending.has()

    assert spending.opened(receipt_id) == 200
    assert spending.waiting() == []


def test_a_receipt_of_which_the_row_is_gone_is_not_looked_for(spending):
    receipt_id = spending.has()
    with spending.transactions.begin(SYSTEM, "arrange") as uow:
        uow.session.delete(uow.find(FundReceipt, receipt_id))

    spending.is_scanned(receipt_id)

    assert spending.books.get("treasurer", "/entries").status_code == 200


def test_who_sends_one_is_told_that_it_is_checked(transactions, client_of, scanner_away):
    books = Books(transactions, client_of)
    entry = books.does("member", "/claims", **SPENT).json
    at = f"/fund-entries/{entry['id']}"

    told = books.clients["member"].post(
        f"/api{at}/receipts", data=a_file(), headers={"Idempotency-Key": uuid4().hex}
    )
    sent = books.sends("member", f"{at}/receipts/new", **a_file())

    assert (told.status_code, told.json["state"]) == (202, "quarantined")
    assert sent.status_code == 303
    page = books.page("member", at).text
    assert "It can be opened when it has been checked for viruses." in page
    assert page.count("Being checked for viruses") == 2


def test_a_worker_knows_the_job():
    assert RUNNERS[keeping.SCAN] is jobs.scan
