"""How a document's content is kept: sealed, stored apart, in quarantine until it is known clean."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy.exc import IntegrityError

from resettle.core.clock import AUCKLAND
from resettle.core.crypto import Keyring
from resettle.core.sealed import open_beside, seal_beside
from resettle.core.storage import Missing, Shelf
from resettle.core.work import UnitOfWork
from resettle.documents.models import Document
from resettle.documents.office import EXCEL, WORD
from resettle.documents.rules import State

SCAN = "documents:scan"
SWEEP = "documents:sweep"
PART = "content"
AT_NIGHT = time(3, 0)
EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    WORD: "docx",
    EXCEL: "xlsx",
    "text/plain; charset=utf-8": "txt",
}


def fingerprint(uow: UnitOfWork, content: bytes) -> str:
    return uow.use(Keyring).witness("document", content)


def store(uow: UnitOfWork, document: Document, content: bytes) -> str:
    """Seal a content under the key of whom it is about, and store it. Gives the address."""
    return uow.use(Shelf).storage.put(seal_beside(uow.session, document, PART, content))


def content(uow: UnitOfWork, document: Document) -> bytes:
    if document.stored is None:
        raise Missing(str(document.id))
    sealed = uow.use(Shelf).storage.get(document.stored)
    return open_beside(uow.session, document, PART, sealed)


def look_after(uow: UnitOfWork, document: Document) -> None:
    """Leave the jobs that a new file brings: a scan, and the night's sweeping."""
    if document.state is State.QUARANTINED:
        expect_scan(uow, document, 0, uow.now)
    expect_sweep(uow)


def expect_scan(uow: UnitOfWork, document: Document, tries: int, at: datetime) -> None:
    """Leave the job that asks the scanner, which was asked so many times in vain."""
    uow.later(SCAN, at=at, document_id=str(document.id), tries=tries)


def expect_sweep(uow: UnitOfWork) -> None:
    """Leave the job that sweeps the storage in the coming night, unless it waits already."""
    night = uow.today + timedelta(days=1)
    at = datetime.combine(night, AT_NIGHT, AUCKLAND)
    try:
        with uow.session.begin_nested():
            uow.later(SWEEP, key=f"{SWEEP}:{night}", at=at)
            uow.session.flush()
    except IntegrityError:  # another file of the same moment has left it
        pass
