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
from resettle.interchange.models import CheckedUpload, ImportBatch
from resettle.interchange.rules import Report

KEPT = timedelta(hours=1)
FORGET_UPLOAD = "forget-upload"
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
    own = uow.select(CheckedUpload).where(CheckedUpload.user_id == uow.actor.user_id)
    for earlier in uow.all(own):
        _forget(uow, earlier)
    upload = uow.add(_upload(uow, name, None if checked.errors else data, report))
    uow.later(
        FORGET_UPLOAD,
        at=upload.expires_at,
        key=f"{FORGET_UPLOAD}:{upload.id}",
        upload_id=str(upload.id),
    )
    return upload


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
    """Throw away a file that was checked, with its key."""
    _forget(uow, uow.get(CheckedUpload, upload_id, to=Permission.IMPORT_CHECK))


def _forget(uow: UnitOfWork, upload: CheckedUpload) -> None:
    key = uow.session.get(DataKey, upload.id)
    assert key is not None, "every upload is sealed under a key of its own"
    uow.session.delete(upload)
    uow.session.delete(key)
    uow.session.flush()


def import_upload(uow: UnitOfWork, upload_id: UUID, command: ImportFile) -> ImportBatch:
    """Import a file that was checked before, and forget it."""
    upload = queries.upload(uow, upload_id)
    if upload.content is None:
        raise Conflict("This file has errors. Ask for a corrected one, and check that.")
    batch = import_file(uow, upload.content, command)
    _forget(uow, upload)
    return batch


def import_file(uow: UnitOfWork, data: bytes, command: ImportFile) -> ImportBatch:
    """Take a case file in: each case a household, its people, and a case of the programme.

    Raises UnreadableFile, FaultyFile with the report, or Conflict where the file or one of its
    cases is on record; then nothing is stored.
    """
    uow.require(Permission.IMPORT_COMMIT)
    checked = rules.as_importable(_checked(uow, data))
    if checked.errors:
        raise FaultyFile(rules.told(checked, uow.actor.user_id))
    sha256 = rules.sha256(data)
    _refuse_known(uow, sha256, [case.number for case in checked.submission.cases])
    return storing.store(uow, checked, sha256, command)


def _refuse_known(uow: UnitOfWork, sha256: str, numbers: list[str]) -> None:
    before = queries.imported_before(uow, sha256)
    if before is not None:
        day = before.imported_at.astimezone(AUCKLAND).date()
        raise Conflict(rules.imported_sentence(day, before.references))
    known = queries.known_cases(uow, numbers)
    if known:
        raise Conflict(rules.known_sentence(known))
