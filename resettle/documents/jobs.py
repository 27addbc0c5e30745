"""Work for later: the scan of a file in quarantine, and the sweeping of the storage."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from resettle.core.storage import Shelf
from resettle.core.work import UnitOfWork
from resettle.documents import keeping, quarantine, rules
from resettle.documents.models import Document
from resettle.documents.rules import HELD_BACK, State

log = logging.getLogger(__name__)
FOUND = "The virus scanner has found something in it. It was not kept."


def scan(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Ask the scanner about one file. While it cannot say, the file stays in quarantine."""
    document = uow.find(Document, UUID(payload["document_id"]))
    if document is None or document.state not in HELD_BACK:
        return

    def again(tries: int, at: datetime) -> None:
        keeping.expect_scan(uow, document, tries, at)

    content = keeping.content(uow, document)
    document.state = quarantine.judged(uow, content, int(payload["tries"]), again)
    if document.state is State.REFUSED:
        document.stored, document.removed_at, document.reason = None, uow.now, FOUND


def sweep(uow: UnitOfWork, _payload: dict[str, Any]) -> None:
    """Remove what lies in the storage and no row names: left by work that was rolled back."""
    storage = uow.use(Shelf).storage
    query = uow.columns(Document, Document.stored).where(Document.stored.is_not(None))
    named = {row.stored for row in uow.rows(query)}
    orphans = [a for a in storage.stored_before(uow.now - rules.ORPHANED) if a not in named]
    for address in orphans:
        storage.remove(address)
    if orphans:
        log.warning("swept %s files that no document names", len(orphans))
    keeping.expect_sweep(uow)
