"""Work for later: the scan of a paper in quarantine."""

from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.documents import quarantine
from resettle.evidence import keeping
from resettle.evidence.models import Evidence


def scan(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Ask the scanner about one paper. What it finds something in keeps its line, not its content.

    While the scanner cannot say, the paper stays in quarantine.
    """
    paper = uow.find(Evidence, UUID(payload["evidence_id"]))
    if paper is not None and paper.is_pending:
        quarantine.settle(uow, paper, int(payload["tries"]), keeping.expect_scan)
