"""Work for later: the scan of a paper in quarantine."""

from datetime import datetime
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.documents import quarantine
from resettle.documents.rules import State
from resettle.evidence import keeping
from resettle.evidence.models import Evidence


def scan(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Ask the scanner about one paper. What it finds something in keeps its line, not its content.

    While the scanner cannot say, the paper stays in quarantine.
    """
    paper = uow.find(Evidence, UUID(payload["evidence_id"]))
    if paper is None or not paper.is_pending:
        return

    def again(tries: int, at: datetime) -> None:
        keeping.expect_scan(uow, paper, tries, at)

    paper.state = quarantine.judged(uow, paper.content, int(payload["tries"]), again)
    if paper.state is State.REFUSED:
        paper.content = None
