"""What the worker does for imports: it takes in files of many cases, and forgets what nobody takes.

A file is read outside of any unit of work, and stored in one, as the act of whoever sent it: whole,
with the job that asked for it, or not at all.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from resettle import errf
from resettle.accounts.loader import if_active
from resettle.core import jobs
from resettle.core.actor import Actor
from resettle.core.errors import Forbidden, Invalid, ResettleError
from resettle.core.jobs import OnBehalf, Outside
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.errf import Checked
from resettle.interchange import queries, rules, service, storing
from resettle.interchange.acts import ImportFile
from resettle.interchange.models import CheckedUpload, ImportBatch, ImportState

NO_LONGER = "You may no longer import case files, so nothing of this one was imported."
TOO_LONG = "It could not be taken in within a day, and is no longer kept. Send it again."


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that is to be taken in, for whom, and the programme that it is for."""

    batch_id: UUID
    upload_id: UUID
    actor: Actor
    command: ImportFile

    @property
    def key(self) -> str:
        return f"{service.TAKE_IN}:{self.batch_id}"


def take_in(uow: UnitOfWork, payload: dict[str, Any]) -> Outside | None:
    """Read a file, and store it with the rights that its sender has by now."""
    batch = uow.find(ImportBatch, UUID(payload["batch_id"]))
    if batch is None or not batch.is_pending:
        return None
    assert batch.imported_by is not None, "only a user leaves a file to the worker"
    assert batch.upload_id is not None, "it is kept until it is taken in"
    actor, upload = if_active(uow, batch.imported_by), uow.find(CheckedUpload, batch.upload_id)
    if actor is None or upload is None or upload.content is None:
        _refuse(uow, batch, NO_LONGER)
        return None
    batch.state = ImportState.UNDER_WAY
    if batch.scopes is not None:
        actor = replace(actor, scopes=frozenset(batch.scopes))
    command = ImportFile(programme=batch.programme_code, submitted_on=batch.submitted_on)
    asked = Asked(batch.id, upload.id, actor, command)
    return partial(_read, asked, upload.content, uow.today)


def _read(asked: Asked, data: bytes, today: date) -> OnBehalf:
    checked = errf.check(data, today)
    return OnBehalf(
        asked.actor,
        Permission.IMPORT_COMMIT,
        partial(_store, asked, checked),
        partial(_refused, asked),
    )


def _store(asked: Asked, found: Checked, uow: UnitOfWork) -> None:
    checked = service.importable(uow, found)
    batch = uow.get(ImportBatch, asked.batch_id, to=Permission.IMPORT_COMMIT)
    service.refuse_known(uow, checked)
    batch.programme_version = storing.programme_of(uow, asked.command).version
    storing.store(uow, batch, checked, asked.command, lambda count: _tell(uow, asked, count))
    service.forget_taken_in(uow, batch)
    batch.state, batch.imported_at = ImportState.DONE, uow.now


def _tell(uow: UnitOfWork, asked: Asked, count: int) -> None:
    uow.meanwhile(partial(_note, asked, count))


def _note(asked: Asked, count: int, other: UnitOfWork) -> None:
    batch = other.find(ImportBatch, asked.batch_id)
    assert batch is not None, "imports are never deleted"
    batch.cases_done = count
    jobs.renew(other, asked.key)


def _refused(asked: Asked, uow: UnitOfWork, error: ResettleError) -> None:
    batch = uow.find(ImportBatch, asked.batch_id)
    assert batch is not None, "imports are never deleted"
    _refuse(uow, batch, _sentence(error))


def _sentence(error: ResettleError) -> str:
    if isinstance(error, Forbidden):
        return NO_LONGER
    if isinstance(error, Invalid) and not isinstance(error, service.FaultyFile):
        return " ".join(each for given in error.errors.values() for each in given)
    return str(error)


def _refuse(uow: UnitOfWork, batch: ImportBatch, reason: str) -> None:
    """Say why nothing of a file was imported, and forget it; it may come again."""
    batch.state, batch.reason = ImportState.REFUSED, reason
    batch.sha256 = rules.given_up(batch.id)
    batch.cases_done, batch.imported_at = 0, uow.now
    service.forget_taken_in(uow, batch)


def forget_upload(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Forget a file that nobody imported in its time, or that could not be taken in within it."""
    upload = uow.find(CheckedUpload, UUID(payload["upload_id"]))
    if upload is None or upload.expires_at > uow.now:
        return
    batch = queries.batch_of(uow, upload.id)
    if batch is None:
        service.forget_upload(uow, upload.id)
    else:
        _refuse(uow, batch, TOO_LONG)
