"""Documents filed, sealed, scanned, replaced, taken off the file and put back."""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from resettle.cases import judging
from resettle.cases.acts import AnswerItem
from resettle.cases.papers import ItemStatus
from resettle.cases.queries import items
from resettle.core import jobs
from resettle.core.actor import SYSTEM
from resettle.core.crypto import Unsealable
from resettle.core.errors import Conflict, Invalid, NoRoom, NotFound, Stale, TooLarge, TooMany
from resettle.core.jobs import Job
from resettle.core.storage import Folder, Missing, Shelf
from resettle.documents import jobs as document_jobs
from resettle.documents import keeping, queries, service
from resettle.documents.acts import (
    ChangeDocument,
    KeepDocument,
    RemoveDocument,
    ReplaceDocument,
)
from resettle.documents.models import Document
from resettle.documents.queries import DocumentFilters
from resettle.documents.rules import Confidentiality, Kind, Standing, State
from resettle.households.events import MemberJoined
from resettle.settings import Settings
from resettle.wiring import RUNNERS
from tests import journeys
from tests.scanners import CLEAN, FOUND, TOO_LONG, a_scanner
from tests.unit.files_sent import a_pdf, a_picture
from tests.world import a_caseworker, a_household, a_member, a_person_signed_in

TODAY = date(2026, 3, 2)
PASSPORT = KeepDocument(kind=Kind.PASSPORT)
TENANCY = KeepDocument(kind=Kind.TENANCY)
REASON = RemoveDocument(reason="It is of somebody else")


@pytest.fixture
def arrange(transactions):
    def run(make):
        with transactions.begin(SYSTEM, "arrange") as uow:
            return make(uow)

    return run


@pytest.fixture
def home(arrange):
    """Give a household of two with its caseworker."""

    def make(uow):
        household = a_household(uow)
        wife = a_member(uow, household)
        husband = a_member(uow, household, "HUS", given_name="Karim")
        return household, wife, husband, a_caseworker(uow, household)

    return arrange(make)


def filed(transactions, actor, household, content=None, command=TENANCY):
    with transactions.begin(actor, "document:file") as uow:
        return service.keep(uow, household.id, content or a_pdf(), command)


def with_settings(transactions, **changes):
    settings = replace(transactions.resources[Settings], **changes)
    return replace(transactions, resources={**transactions.resources, Settings: settings})


def with_storage(transactions, folder):
    resources = {**transactions.resources, Shelf: Shelf(folder)}
    return replace(transactions, resources=resources)


class TestKeep:
    def test_it_is_sealed_under_a_name_that_tells_nothing(self, transactions, home, tmp_path):
        household, wife, _, caseworker = home
        transactions = with_storage(transactions, Folder(tmp_path))
        command = replace(PASSPORT, person_id=wife.id, title="Zahra, page 2")

        document = filed(transactions, caseworker, household, b"Zahra Haidari", command)

        (path,) = [p for p in tmp_path.rglob("*") if p.is_file()]
        assert path.name == document.stored
        assert b"Zahra" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
        with transactions.begin(caseworker, "document:open", read_only=True) as uow:
            opened = service.open_content(uow, document.id)
        assert opened.content == b"Zahra Haidari"
        assert "Zahra" not in opened.name

    def test_what_lies_elsewhere_does_not_open(self, transactions, home):
        household, wife, husband, caseworker = home
        hers = filed(
            transactions, caseworker, household, b"hers", replace(PASSPORT, person_id=wife.id)
        )
        his = filed(
            transactions, caseworker, household, b"his", replace(PASSPORT, person_id=husband.id)
        )

        with transactions.begin(SYSTEM, "test") as uow:
            moved = uow.find(Document, his.id)
            moved.stored = hers.stored
            uow.session.flush()
            with pytest.raises(Unsealable):
                service.open_content(uow, his.id)

    def test_what_is_damaged_or_gone_is_told(self, tmp_path):
        folder = Folder(tmp_path)
        address = folder.put(b"content")
        (tmp_path / address[:2] / address).write_bytes(b"other")

        with pytest.raises(Missing):
            folder.get(address)
        folder.remove(address)
        with pytest.raises(Missing):
            folder.get(address)

    def test_a_full_disk_leaves_nothing(self, transactions, home, tmp_path, monkeypatch):
        household, _, _, caseworker = home

        def full(_handle):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        transactions = with_storage(transactions, Folder(tmp_path))

        with pytest.raises(NoRoom):
            filed(transactions, caseworker, household)
        assert [p for p in tmp_path.rglob("*") if p.is_file()] == []

    def test_another_fault_of_the_disk_is_no_lack_of_room(self, tmp_path):
        (tmp_path / "place").write_text("a file where a folder should be")

        with pytest.raises(NotADirectoryError):
            Folder(tmp_path / "place").put(b"content")

    def test_the_same_file_is_not_filed_twice(self, transactions, home):
        household, _, _, caseworker = home
        filed(transactions, caseworker, household)

        with pytest.raises(Conflict):
            filed(transactions, caseworker, household)

    def test_one_file_may_be_of_two_people(self, transactions, home):
        household, wife, husband, caseworker = home
        for person in (wife, husband):
            filed(transactions, caseworker, household, None, replace(TENANCY, person_id=person.id))

    def test_what_is_refused_leaves_no_row_and_no_file(self, transactions, home, tmp_path):
        household, _, _, caseworker = home
        transactions = with_storage(transactions, Folder(tmp_path))

        with pytest.raises(Invalid) as refused:
            filed(transactions, caseworker, household, b"MZ\x90\x00")

        assert refused.value.errors.keys() == {"file"}
        assert [*tmp_path.rglob("*")] == []
        with transactions.begin(SYSTEM, "test", read_only=True) as uow:
            assert uow.count(Document) == 0

    def test_it_is_of_somebody_of_the_household(self, transactions, home, arrange):
        household, _, _, caseworker = home
        stranger = arrange(lambda uow: a_member(uow, a_household(uow)))

        with pytest.raises(Invalid) as refused:
            filed(
                transactions, caseworker, household, None, replace(TENANCY, person_id=stranger.id)
            )
        assert refused.value.errors.keys() == {"person_id"}

    def test_its_days_must_be_possible(self, transactions, home):
        household, _, _, caseworker = home
        command = replace(TENANCY, issued_on=TODAY, expires_on=TODAY - timedelta(days=1))

        with pytest.raises(Invalid) as refused:
            filed(transactions, caseworker, household, None, command)
        assert refused.value.errors.keys() == {"expires_on"}

    def test_a_kind_asks_for_a_class(self, transactions, home):
        household, _, _, caseworker = home
        low = replace(TENANCY, kind=Kind.MAF, confidentiality=Confidentiality.RESTRICTED)

        assert (
            filed(transactions, caseworker, household, None, PASSPORT).confidentiality
            is Confidentiality.RESTRICTED
        )
        with pytest.raises(Invalid):
            filed(transactions, caseworker, household, b"other", low)

    def test_a_file_has_a_largest_size(self, transactions, home):
        household, _, _, caseworker = home
        small = with_settings(transactions, upload_mib=1)

        with pytest.raises(TooLarge):
            filed(small, caseworker, household, b"a" * (1024 * 1024 + 1))

    def test_an_account_files_so_many_in_an_hour(self, transactions, home, clock):
        household, _, _, caseworker = home
        few = with_settings(transactions, uploads_an_hour=2)
        for text in (b"one", b"two"):
            filed(few, caseworker, household, text)

        with pytest.raises(TooMany):
            filed(few, caseworker, household, b"three")
        clock.forward(hours=1, minutes=1)
        filed(few, caseworker, household, b"three")

    def test_an_account_files_so_much_in_a_day(self, transactions, home, clock):
        household, _, _, caseworker = home
        little = with_settings(transactions, upload_mib_a_day=1)
        filed(little, caseworker, household, b"a" * 700_000)

        with pytest.raises(TooLarge):
            filed(little, caseworker, household, b"b" * 700_000)
        clock.forward(days=1, minutes=1)
        filed(little, caseworker, household, b"b" * 700_000)


class TestOpen:
    def test_the_look_is_on_record(self, transactions, home):
        household, wife, _, caseworker = home
        command = replace(PASSPORT, person_id=wife.id)
        document = filed(transactions, caseworker, household, None, command)

        with transactions.begin(caseworker, "document:open", read_only=True) as uow:
            service.open_content(uow, document.id)

            assert uow.looks.classes == {"P2", "P4"}
            assert uow.looks.households == {household.id}
            assert uow.looks.persons == {wife.id}

    def test_a_person_opens_their_own_and_no_reports_about_them(self, transactions, home, arrange):
        household, wife, husband, caseworker = home
        herself = arrange(lambda uow: a_person_signed_in(uow, wife))
        hers = replace(PASSPORT, person_id=wife.id)
        own = filed(transactions, caseworker, household, b"own", hers)
        hidden = [
            filed(transactions, caseworker, household, b"a", replace(hers, kind=Kind.BIA)),
            filed(transactions, caseworker, household, b"b", replace(hers, person_id=husband.id)),
            filed(transactions, caseworker, household, b"c"),
        ]

        with transactions.begin(herself, "document:open", read_only=True) as uow:
            assert service.open_content(uow, own.id).content == b"own"
            assert [d.id for d in queries.of_person(uow, wife.id)] == [own.id]
            for document in hidden:
                with pytest.raises(NotFound):
                    service.open_content(uow, document.id)

    def test_a_token_opens_no_more_than_its_scopes_say(self, transactions, home):
        household, _, _, caseworker = home
        health = filed(transactions, caseworker, household, None, replace(TENANCY, kind=Kind.MAF))
        scopes = frozenset({"document:read", "document:open", "origin:read"})
        token = replace(caseworker, scopes=scopes)

        with transactions.begin(token, "document:open", read_only=True) as uow:
            with pytest.raises(NotFound):
                service.open_content(uow, health.id)
            assert queries.on_file(uow, household.id) == []
            assert queries.to_file_anew(uow, TODAY) == []


class TestVersions:
    def test_a_newer_version_stands_before_the_older(self, transactions, home):
        household, _, _, caseworker = home
        older = filed(transactions, caseworker, household, b"one", PASSPORT)
        with transactions.begin(caseworker, "document:file") as uow:
            newer = service.replace(
                uow, older.id, b"two", ReplaceDocument(expires_on=date(2030, 1, 1))
            )
            newest = service.replace(uow, newer.id, b"three", ReplaceDocument())

        with transactions.begin(caseworker, "document:read", read_only=True) as uow:
            assert [d.id for d in queries.on_file(uow, household.id)] == [newest.id]
            found = uow.find(Document, newer.id)
            assert {d.id for d in queries.versions(uow, found)} == {older.id, newer.id, newest.id}
            assert service.open_content(uow, older.id).content == b"one"
            assert newer.kind is Kind.PASSPORT

    def test_only_the_newest_is_replaced(self, transactions, home):
        household, _, _, caseworker = home
        older = filed(transactions, caseworker, household)
        with transactions.begin(caseworker, "document:file") as uow:
            service.replace(uow, older.id, b"two", ReplaceDocument())

            with pytest.raises(Conflict):
                service.replace(uow, older.id, b"three", ReplaceDocument())

    def test_its_days_must_be_possible(self, transactions, home):
        household, _, _, caseworker = home
        older = filed(transactions, caseworker, household)

        with transactions.begin(caseworker, "document:file") as uow, pytest.raises(Invalid):
            service.replace(
                uow, older.id, b"two", ReplaceDocument(issued_on=TODAY + timedelta(days=1))
            )

    def test_when_the_newer_is_taken_off_the_older_stands_again(self, transactions, home):
        household, _, _, caseworker = home
        older = filed(transactions, caseworker, household)
        with transactions.begin(caseworker, "document:file") as uow:
            newer = service.replace(uow, older.id, b"two", ReplaceDocument())
        with transactions.begin(caseworker, "document:remove") as uow:
            service.remove(uow, newer.id, REASON)

        with transactions.begin(caseworker, "document:read", read_only=True) as uow:
            assert [d.id for d in queries.on_file(uow, household.id)] == [older.id]


class TestChange:
    def test_it(self, transactions, home):
        household, _, _, caseworker = home
        document = filed(transactions, caseworker, household)

        with transactions.begin(caseworker, "document:classify") as uow:
            uow.expected_version = document.version
            changed = service.change(
                uow,
                document.id,
                ChangeDocument(
                    confidentiality=Confidentiality.HEALTH, reason="It names an illness", title="A"
                ),
            )
            assert changed.confidentiality is Confidentiality.HEALTH
            assert changed.reason == "It names an illness"

    def test_whoever_saw_another_version_is_told(self, transactions, home):
        household, _, _, caseworker = home
        document = filed(transactions, caseworker, household)

        with transactions.begin(caseworker, "document:classify") as uow:
            uow.expected_version = document.version + 1
            with pytest.raises(Stale):
                service.change(uow, document.id, ChangeDocument(title="A"))

    @pytest.mark.parametrize(
        "change",
        [
            ChangeDocument(confidentiality=Confidentiality.HEALTH),
            ChangeDocument(kind=Kind.MAF),
            ChangeDocument(issued_on=date(2027, 1, 1)),
        ],
    )
    def test_what_breaks_a_rule_changes_nothing(self, transactions, home, change):
        household, _, _, caseworker = home
        document = filed(transactions, caseworker, household)

        with transactions.begin(caseworker, "document:classify") as uow, pytest.raises(Invalid):
            service.change(uow, document.id, change)

    def test_what_is_off_the_file_is_not_changed(self, transactions, home):
        household, _, _, caseworker = home
        document = filed(transactions, caseworker, household)

        with transactions.begin(caseworker, "document:remove") as uow:
            service.remove(uow, document.id, REASON)
            with pytest.raises(Conflict):
                service.change(uow, document.id, ChangeDocument(title="A"))


class TestRemoval:
    def test_it_is_kept_and_hidden_and_can_be_put_back(self, transactions, home):
        household, _, _, caseworker = home
        document = filed(transactions, caseworker, household)
        with transactions.begin(caseworker, "document:remove") as uow:
            removed = service.remove(uow, document.id, REASON)
            assert removed.reason == REASON.reason
            assert queries.on_file(uow, household.id) == []
            assert [d.id for d in queries.removed(uow, household.id)] == [document.id]

            service.restore(uow, document.id)
            assert [d.id for d in queries.on_file(uow, household.id)] == [document.id]
            assert service.open_content(uow, document.id).content == a_pdf()

    def test_not_twice(self, transactions, home):
        household, _, _, caseworker = home
        document = filed(transactions, caseworker, household)
        with transactions.begin(caseworker, "document:remove") as uow:
            with pytest.raises(Conflict):
                service.restore(uow, document.id)
            service.remove(uow, document.id, REASON)
            with pytest.raises(Conflict):
                service.remove(uow, document.id, REASON)

    def test_after_a_week_it_stays_off(self, transactions, home, clock):
        household, _, _, caseworker = home
        document = filed(transactions, caseworker, household)
        with transactions.begin(caseworker, "document:remove") as uow:
            service.remove(uow, document.id, REASON)
        clock.forward(days=8)

        with transactions.begin(caseworker, "document:remove") as uow, pytest.raises(Conflict):
            service.restore(uow, document.id)


class TestExpiring:
    def test_the_first_to_run_out_stands_first(self, transactions, home, arrange):
        household, _, _, caseworker = home
        elsewhere = arrange(a_household)
        for text, days in ((b"later", 29), (b"gone", -3), (b"never", None), (b"far", 31)):
            expires = None if days is None else TODAY + timedelta(days=days)
            filed(transactions, caseworker, household, text, replace(TENANCY, expires_on=expires))
        filed(transactions, SYSTEM, elsewhere, b"theirs", replace(TENANCY, expires_on=TODAY))

        with transactions.begin(caseworker, "test", read_only=True) as uow:
            found = queries.to_file_anew(uow, TODAY + timedelta(days=30))

            assert [(d.expires_on - TODAY).days for d in found] == [-3, 29]

    def test_what_was_replaced_runs_out_no_more(self, transactions, home):
        household, _, _, caseworker = home
        older = filed(transactions, caseworker, household, None, replace(TENANCY, expires_on=TODAY))
        with transactions.begin(caseworker, "document:file") as uow:
            service.replace(uow, older.id, b"two", ReplaceDocument(expires_on=date(2030, 1, 1)))

            assert queries.to_file_anew(uow, TODAY + timedelta(days=30)) == []


class TestRequired:
    def test_a_stage_asks_and_the_file_answers(self, transactions):
        with transactions.begin(SYSTEM, "test") as uow:
            household = a_household(uow, **journeys.QUOTA)
            wife = a_member(uow, household)
            case = journeys.a_quota_case(uow, household)

            def standing(item_code):
                found = [r for r in queries.required(uow, case) if r.item_code == item_code]
                return {r.standing for r in found}

            assert standing("identity_document") == {Standing.MISSING}
            service.keep(
                uow,
                household.id,
                b"one",
                replace(PASSPORT, person_id=wife.id, expires_on=TODAY - timedelta(days=1)),
            )
            assert standing("identity_document") == {Standing.EXPIRED}
            service.keep(uow, household.id, b"two", replace(PASSPORT, person_id=wife.id))
            assert standing("identity_document") == {Standing.ON_FILE}

            lines = items(uow, case.id)
            line = next(each for each in lines if each.item_code == "medical_certificate")
            judging.answer_item(
                uow, case.id, line.id, AnswerItem(status=ItemStatus.TO_FOLLOW, note="Asked for")
            )
            assert standing("medical_certificate") == {Standing.TO_FOLLOW}
            stages = {r.stages for r in queries.required(uow, case)}
            assert stages != {()}


class TestFilters:
    def test_by_kind_by_person_and_what_is_off_the_file(self, transactions, home):
        household, wife, _, caseworker = home
        hers = filed(
            transactions, caseworker, household, b"a", replace(PASSPORT, person_id=wife.id)
        )
        theirs = filed(transactions, caseworker, household, b"b")

        def found(**wanted):
            with transactions.begin(caseworker, "test", read_only=True) as uow:
                query = queries.documents(uow, household.id, DocumentFilters(**wanted))
                return {d.id for d in uow.all(query)}

        assert found() == {hers.id, theirs.id}
        assert found(kind=Kind.TENANCY) == {theirs.id}
        assert found(person_id=wife.id) == {hers.id}
        assert found(removed=True) == set()


class TestFollowing:
    def test_papers_go_along_with_the_person(self, transactions, home, arrange):
        household, wife, _, caseworker = home
        document = filed(
            transactions, caseworker, household, None, replace(PASSPORT, person_id=wife.id)
        )
        new = arrange(a_household)

        with transactions.begin(SYSTEM, "test") as uow:
            uow.emit(MemberJoined(new.id, wife.id, TODAY, wife.born_on))
        with transactions.begin(SYSTEM, "test", read_only=True) as uow:
            assert uow.find(Document, document.id).household_id == new.id


class TestScan:
    @pytest.fixture
    def path(self, tmp_path_factory):
        return str(tmp_path_factory.mktemp("s") / "c")

    @pytest.fixture
    def scanned(self, transactions, path):
        return with_settings(transactions, clamd=path)

    def scan(self, transactions, document, tries=0):
        with transactions.begin(SYSTEM, "job:documents:scan") as uow:
            document_jobs.scan(uow, {"document_id": str(document.id), "tries": tries})

    def test_a_file_waits_until_it_is_known_clean(self, scanned, home, path):
        household, _, _, caseworker = home
        document = filed(scanned, caseworker, household, a_picture())
        assert document.state is State.QUARANTINED
        with scanned.begin(caseworker, "test", read_only=True) as uow, pytest.raises(Conflict):
            service.open_content(uow, document.id)

        with a_scanner(CLEAN, path) as scanner:
            self.scan(scanned, document)

        with scanned.begin(caseworker, "test", read_only=True) as uow:
            assert service.open_content(uow, document.id).content == scanner.contents[0]
        self.scan(scanned, document)  # nothing is left to scan, and nobody is asked

    def test_what_the_scanner_finds_is_not_kept(self, scanned, home, path):
        household, _, _, caseworker = home
        document = filed(scanned, caseworker, household)

        with a_scanner(FOUND, path):
            self.scan(scanned, document)

        with scanned.begin(caseworker, "test") as uow:
            refused = uow.find(Document, document.id)
            assert (refused.state, refused.stored) == (State.REFUSED, None)
            assert queries.on_file(uow, household.id) == []
            with pytest.raises(Conflict):
                service.restore(uow, document.id)
            with pytest.raises(Missing):
                keeping.content(uow, refused)

    def test_what_is_too_large_for_the_scanner_says_so_and_is_clean_once_it_takes_more(
        self, scanned, home, path
    ):
        household, _, _, caseworker = home
        document = filed(scanned, caseworker, household)

        with a_scanner(TOO_LONG, path, most=0):
            self.scan(scanned, document)

        with scanned.begin(caseworker, "test", read_only=True) as uow:
            (held,) = queries.on_file(uow, household.id)
            assert (held.state, held.is_pending) == (State.TOO_LARGE, True)
            with pytest.raises(Conflict, match="larger than the virus scanner takes"):
                service.open_content(uow, document.id)
        with scanned.begin(SYSTEM, "test", read_only=True) as uow:
            again = max(job.run_after for job in uow.all(uow.select(Job)) if "scan" in job.name)
            assert again == uow.now + timedelta(days=1)
        Path(path).unlink()
        with a_scanner(CLEAN, path):
            self.scan(scanned, document, tries=1)
        with scanned.begin(caseworker, "test", read_only=True) as uow:
            assert service.open_content(uow, document.id).content

    def test_a_scanner_that_cannot_say_is_asked_again(self, scanned, home, path):
        household, _, _, caseworker = home
        document = filed(scanned, caseworker, household)

        with a_scanner(b"", path):
            self.scan(scanned, document, tries=1)

        with scanned.begin(SYSTEM, "test", read_only=True) as uow:
            assert uow.find(Document, document.id).state is State.QUARANTINED
            waiting = [j.payload["tries"] for j in uow.all(uow.select(Job)) if "scan" in j.name]
            assert sorted(waiting) == [0, 2]

    @pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "127.0.0.1:9"])
    def test_a_scanner_that_is_away_keeps_it_in_quarantine(self, transactions, home, address):
        household, _, _, caseworker = home
        scanned = with_settings(transactions, clamd=address)
        document = filed(scanned, caseworker, household)

        self.scan(scanned, document)

        with scanned.begin(SYSTEM, "test", read_only=True) as uow:
            assert uow.find(Document, document.id).state is State.QUARANTINED

    def test_without_a_scanner_the_checks_of_content_stand_alone(self, transactions, home):
        household, _, _, caseworker = home

        assert filed(transactions, caseworker, household).state is State.CLEAN


class TestSweep:
    def test_what_no_row_names_is_swept_and_what_is_new_is_left(
        self, transactions, home, tmp_path, clock
    ):
        household, _, _, caseworker = home
        transactions = with_storage(transactions, Folder(tmp_path))
        document = filed(transactions, caseworker, household)
        storage = Folder(tmp_path)
        orphan, new = storage.put(b"orphan"), storage.put(b"new")
        broken = tmp_path / orphan[:2] / ".tmp"
        broken.write_bytes(b"half")
        long_ago = (clock.now - timedelta(hours=2)).timestamp()
        for path in (*tmp_path.glob("*/*"), broken):
            os.utime(path, (long_ago, long_ago))
        now = clock.now.timestamp()
        os.utime(tmp_path / new[:2] / new, (now, now))

        with transactions.begin(SYSTEM, "job:documents:sweep") as uow:
            document_jobs.sweep(uow, {})

        left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
        assert left == {document.stored, new}
        with transactions.begin(SYSTEM, "job:documents:sweep") as uow:
            document_jobs.sweep(uow, {})

    def test_it_comes_back_each_night(self, transactions, home):
        household, _, _, caseworker = home
        filed(transactions, caseworker, household, b"one")
        filed(transactions, caseworker, household, b"two")

        with transactions.begin(SYSTEM, "test", read_only=True) as uow:
            waiting = [j for j in uow.all(uow.select(Job)) if j.name == keeping.SWEEP]
            assert len(waiting) == 1
        assert RUNNERS[keeping.SWEEP] is document_jobs.sweep
        assert jobs.TRIES > 1
