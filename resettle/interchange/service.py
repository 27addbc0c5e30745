"""What is done with case files: checked, kept for an hour, imported whole or not at all."""

from datetime import timedelta
from uuid import UUID

import orjson

from resettle import errf
from resettle.core.clock import AUCKLAND
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.sealed import DataKey
from resettle.core.work import UnitOfWork
from resettle.errf import Checked
from resettle.interchange import queries, rules, storing
from resettle.interchange.acts import ImportFile
from resettle.interchange.models import CheckedUpload, ImportBatch, ImportState
from resettle.interchange.rules import Report
from resettle.settings import Settings

KEPT = timedelta(hours=1)
KEPT_FOR_WORKER = timedelta(days=1)
FORGET_UPLOAD = "forget-upload"
TAKE_IN = "imports:take-in"
TAKEN_IN = "This file is being imported already. Nothing is done twice."
NAME_MAX = 200


class UnreadableFile(Invalid):
    """The file is no eRRF at all; the one sentence says why."""

    slug = rules.UNREADABLE

    def __init__(self, sentence: str) -> None:
        super().__init__({"file": [sentence]})
        self.args = (sentence,)


class FaultyFile(Invalid):
    """The file breaks rules, so nothing of it is imported; the report says which."""

    slug = "file-errors"

    def __init__(self, report: Report) -> None:
        sentence = rules.fault_sentence(len(report.errors))
        super().__init__({"file": [sentence]})
        self.args = (sentence,)
        self.report = report

    @property
    def told(self) -> dict[str, object]:
        """The report takes the place of the errors by field."""
        report = self.report
        return {"errors": report.errors, "warnings": report.warnings, "cases": report.cases}


def check(uow: UnitOfWork, data: bytes) -> Report:
    """Read a file and tell what is in it and what is wrong with it. Nothing is stored."""
    uow.require(Permission.IMPORT_CHECK)
    return rules.told(_checked(uow, data), uow.actor.user_id)


def _checked(uow: UnitOfWork, data: bytes) -> Checked:
    try:
        return errf.check(data, uow.today)
    except errf.Unreadable as error:
        raise UnreadableFile(str(error)) from error


def keep_upload(uow: UnitOfWork, name: str, data: bytes) -> CheckedUpload:
    """Check a file and keep it sealed for an hour, so that its sender can look before importing.

    An earlier upload of the same sender is forgotten. A file with errors is not kept.
    """
    uow.require(Permission.IMPORT_COMMIT)
    checked = rules.as_importable(_checked(uow, data))
    report = rules.told(checked, uow.actor.user_id)
    for earlier in queries.own_unclaimed(uow):
        _forget(uow, earlier)
    return _keep(uow, name, None if checked.errors else data, report)


def _keep(uow: UnitOfWork, name: str, data: bytes | None, report: Report) -> CheckedUpload:
    upload = uow.add(_upload(uow, name, data, report))
    expect_forgetting(uow, upload)
    return upload


def expect_forgetting(uow: UnitOfWork, upload: CheckedUpload) -> None:
    """Leave the job that forgets a file once its time is over."""
    uow.require(Permission.IMPORT_CHECK)
    uow.later(
        FORGET_UPLOAD,
        at=upload.expires_at,
        key=f"{FORGET_UPLOAD}:{upload.id}:{upload.expires_at:%Y%m%dT%H%M%S}",
        upload_id=str(upload.id),
    )


def _upload(uow: UnitOfWork, name: str, data: bytes | None, report: Report) -> CheckedUpload:
    told = {"errors": report.errors, "warnings": report.warnings, "cases": report.cases}
    return CheckedUpload(
        user_id=uow.actor.user_id,
        checked_at=uow.now,
        expires_at=uow.now + KEPT,
        file_name=name[:NAME_MAX],
        content=data,
        report=orjson.dumps(told),
    )


def forget_upload(uow: UnitOfWork, upload_id: UUID) -> None:
    """Throw away a file that was checked, with its key. Raises Conflict while it is taken in."""
    upload = uow.get(CheckedUpload, upload_id, to=Permission.IMPORT_CHECK)
    if queries.batch_of(uow, upload.id) is not None:
        raise Conflict(TAKEN_IN)
    _forget(uow, upload)


def forget_taken_in(uow: UnitOfWork, batch: ImportBatch) -> None:
    """Throw away the file of an import that is over."""
    uow.require(Permission.IMPORT_COMMIT)
    upload = None if batch.upload_id is None else uow.find(CheckedUpload, batch.upload_id)
    batch.upload_id = None
    uow.session.flush()
    if upload is not None:
        _forget(uow, upload)


def _forget(uow: UnitOfWork, upload: CheckedUpload) -> None:
    key = uow.session.get(DataKey, upload.id)
    assert key is not None, "every upload is sealed under a key of its own"
    uow.session.delete(upload)
    uow.session.delete(key)
    uow.session.flush()


def import_upload(uow: UnitOfWork, upload_id: UUID, command: ImportFile) -> ImportBatch:
    """Import a file that was checked before, and forget it; one of many cases by the worker."""
    upload = queries.upload(uow, upload_id)
    if queries.batch_of(uow, upload.id) is not None:
        raise Conflict(TAKEN_IN)
    if upload.content is None:
        raise Conflict("This file has errors. Ask for a corrected one, and check that.")
    checked, batch = _begun(uow, upload.content, command)
    if _is_long(uow, batch):
        return _leave(uow, batch, upload)
    _store(uow, batch, checked, command)
    _forget(uow, upload)
    return batch


def bring_file(uow: UnitOfWork, data: bytes, command: ImportFile) -> ImportBatch:
    """Take a case file in as `import_file` does; one of many cases by the worker, later."""
    uow.require(Permission.IMPORT_COMMIT)
    checked, batch = _begun(uow, data, command)
    if _is_long(uow, batch):
        return _leave(uow, batch, _keep(uow, "", data, rules.told(checked, uow.actor.user_id)))
    return _store(uow, batch, checked, command)


def _is_long(uow: UnitOfWork, batch: ImportBatch) -> bool:
    return batch.case_count > uow.use(Settings).import_cases


def _leave(uow: UnitOfWork, batch: ImportBatch, upload: CheckedUpload) -> ImportBatch:
    """Leave a file to the worker, which acts for whoever left it, and with no more rights."""
    scopes = uow.actor.scopes
    batch.state, batch.upload_id = ImportState.WAITING, upload.id
    batch.scopes = None if scopes is None else sorted(scopes)
    uow.add(batch)
    upload.expires_at = uow.now + KEPT_FOR_WORKER
    expect_forgetting(uow, upload)
    uow.later(TAKE_IN, key=f"{TAKE_IN}:{batch.id}", batch_id=str(batch.id))
    return batch


def import_file(uow: UnitOfWork, data: bytes, command: ImportFile) -> ImportBatch:
    """Take a case file in: each case a household, its people, and a case of the programme.

    Raises UnreadableFile, FaultyFile with the report, or Conflict where the file or one of its
    cases is on record; then nothing is stored.
    """
    uow.require(Permission.IMPORT_COMMIT)
    checked, batch = _begun(uow, data, command)
    return _store(uow, batch, checked, command)


def _begun(uow: UnitOfWork, data: bytes, command: ImportFile) -> tuple[Checked, ImportBatch]:
    """Check a file and make the record of it, which is not written yet."""
    checked = importable(uow, _checked(uow, data))
    sha256 = rules.sha256(data)
    _refuse_imported(uow, sha256)
    refuse_known(uow, checked)
    return checked, storing.new_batch(uow, checked, sha256, command)


def _store(
    uow: UnitOfWork, batch: ImportBatch, checked: Checked, command: ImportFile
) -> ImportBatch:
    uow.add(batch)
    storing.store(uow, batch, checked, command)
    return batch


def importable(uow: UnitOfWork, found: Checked) -> Checked:
    """Judge a file that was read by what our records need. Raises FaultyFile."""
    uow.require(Permission.IMPORT_COMMIT)
    checked = rules.as_importable(found)
    if checked.errors:
        raise FaultyFile(rules.told(checked, uow.actor.user_id))
    return checked


def _refuse_imported(uow: UnitOfWork, sha256: str) -> None:
    before = queries.imported_before(uow, sha256)
    if before is None:
        return
    if not before.is_done:
        raise Conflict(TAKEN_IN)
    day = before.imported_at.astimezone(AUCKLAND).date()
    raise Conflict(rules.imported_sentence(day, before.references))


def refuse_known(uow: UnitOfWork, checked: Checked) -> None:
    """Raise Conflict where a case of a file is on record."""
    uow.require(Permission.IMPORT_COMMIT)
    known = queries.known_cases(uow, [case.number for case in checked.submission.cases])
    if known:
        raise Conflict(rules.known_sentence(known))
