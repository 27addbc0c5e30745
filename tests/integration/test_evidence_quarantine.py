"""Papers of an application wait for the virus scanner, where there is one, as documents do."""

from dataclasses import replace
from uuid import uuid4

import pytest

from resettle.accounts.loader import if_active
from resettle.applications import service as applications
from resettle.core.actor import SYSTEM, Role
from resettle.core.errors import Conflict
from resettle.core.jobs import Job
from resettle.documents import quarantine
from resettle.documents.rules import State
from resettle.evidence import jobs, keeping, queries, service
from resettle.evidence.acts import FileEvidence
from resettle.evidence.models import Evidence
from resettle.evidence.rules import Kind
from resettle.settings import Settings
from resettle.wiring import RUNNERS
from tests.clock import NOW
from tests.functional.keys import with_keys
from tests.groups import a_group, a_member
from tests.scanners import CLEAN, FOUND, TOO_LONG, a_scanner
from tests.unit.files_sent import a_picture
from tests.world import a_user

LETTER = FileEvidence(kind=Kind.LETTER, nothing_of_police=True)


class Group:
    """A group that writes its application, in an office whose scanner listens at a path."""

    def __init__(self, transactions, client_of, path):
        settings = replace(transactions.resources[Settings], clamd=path)
        resources = {**transactions.resources, Settings: settings}
        self.transactions = replace(transactions, resources=resources)
        with transactions.begin(SYSTEM, "arrange") as uow:
            group = a_group(uow, status="PREPARING")
            user = a_user(uow, Role.SPONSOR_COORDINATOR, name="lead")
            a_member(uow, group, user_id=user.id, vetted_until=NOW.date().replace(year=2027))
            self.lead = if_active(uow, user.id)
            self.application = applications.begin(uow, group.id).id
        self.id, self.path = group.id, path
        self.client = with_keys(client_of(self.lead))

    def sends(self, content=None):
        with self.transactions.begin(self.lead, "evidence:file") as uow:
            return service.add(uow, self.id, content or a_picture(), LETTER)

    def opens(self, paper):
        with self.transactions.begin(self.lead, "evidence:read", read_only=True) as uow:
            return service.open_content(uow, self.id, paper.id)

    def is_scanned(self, paper, tries=0):
        with self.transactions.begin(SYSTEM, "job:evidence:scan") as uow:
            jobs.scan(uow, {"evidence_id": str(paper.id), "tries": tries})

    def kept(self, paper):
        with self.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            found = uow.find(Evidence, paper.id)
            return found.state, found.content is not None

    def waiting(self):
        with self.transactions.begin(SYSTEM, "look", read_only=True) as uow:
            left = uow.all(uow.select(Job).where(Job.name == keeping.SCAN))
            return sorted((job.run_after - NOW, job.payload["tries"]) for job in left)


@pytest.fixture
def path(tmp_path_factory):
    return str(tmp_path_factory.mktemp("s") / "c")


@pytest.fixture
def group(transactions, client_of, path):
    return Group(transactions, client_of, path)


def test_a_paper_waits_until_it_is_known_clean(group):
    paper = group.sends()
    assert (group.kept(paper), len(group.waiting())) == ((State.QUARANTINED, True), 1)
    with pytest.raises(Conflict, match="still being checked"):
        group.opens(paper)

    with a_scanner(CLEAN, group.path) as scanner:
        group.is_scanned(paper)

    assert group.opens(paper).content == scanner.contents[0]
    group.is_scanned(paper)  # nothing is left to scan, and nobody is asked


def test_what_the_scanner_finds_is_not_kept_and_the_group_is_told(group):
    paper = group.sends()

    with a_scanner(FOUND, group.path):
        group.is_scanned(paper)

    assert group.kept(paper) == (State.REFUSED, False)
    with pytest.raises(Conflict, match="not kept"):
        group.opens(paper)
    page = group.client.get(f"/sponsor-groups/{group.id}/evidence").text
    assert service.NOT_KEPT in page
    assert f"{paper.id}/content" not in page
    removal = f"/sponsor-groups/{group.id}/evidence/{paper.id}/removal"
    assert group.client.post(removal, data={"form_key": uuid4().hex}).status_code == 303


def test_of_what_is_too_large_for_the_scanner_the_group_is_told(group):
    paper = group.sends()

    with a_scanner(TOO_LONG, group.path, most=0):
        group.is_scanned(paper)

    assert group.kept(paper) == (State.TOO_LARGE, True)
    with pytest.raises(Conflict, match="Send a smaller file"):
        group.opens(paper)
    page = group.client.get(f"/sponsor-groups/{group.id}/evidence").text
    assert quarantine.TOO_LARGE in page
    assert f"{paper.id}/content" not in page


def test_a_scanner_that_cannot_say_is_asked_again_later(group):
    paper = group.sends()

    with a_scanner(b"", group.path):
        group.is_scanned(paper, tries=1)

    assert group.kept(paper) == (State.QUARANTINED, True)
    assert [tries for _, tries in group.waiting()] == [0, 2]
    assert group.waiting()[1][0] > group.waiting()[0][0]


def test_a_scanner_that_is_away_lets_nothing_through(group):
    paper = group.sends()

    group.is_scanned(paper)

    assert group.kept(paper) == (State.QUARANTINED, True)


def test_without_a_scanner_the_checks_of_content_stand_alone(transactions, client_of):
    group = Group(transactions, client_of, "")

    paper = group.sends()

    assert group.opens(paper).content
    assert group.waiting() == []


def test_what_waits_is_listed_as_waiting_and_is_not_linked(group):
    paper = group.sends()

    page = group.client.get(f"/sponsor-groups/{group.id}/evidence").text
    (row,) = group.client.get(f"/api/sponsor-groups/{group.id}/evidence").json["items"]
    content = group.client.get(f"/api/sponsor-groups/{group.id}/evidence/{paper.id}/content")

    assert "Being checked for viruses" in page
    assert f"{paper.id}/content" not in page
    assert row["state"] == "quarantined"
    assert content.status_code == 409


def test_a_paper_that_is_taken_out_meanwhile_is_not_looked_for(group):
    paper = group.sends()
    with group.transactions.begin(SYSTEM, "arrange") as uow:
        uow.session.delete(uow.find(Evidence, paper.id))

    group.is_scanned(paper)

    with group.transactions.begin(SYSTEM, "look", read_only=True) as uow:
        assert queries.of_application(uow, group.application) == []


def test_a_worker_knows_the_job():
    assert RUNNERS[keeping.SCAN] is jobs.scan
