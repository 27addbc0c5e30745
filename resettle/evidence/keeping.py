"""How a paper waits for the virus scanner."""

from datetime import datetime

from resettle.core.work import UnitOfWork
from resettle.evidence.models import Evidence

SCAN = "evidence:scan"


def expect_scan(uow: UnitOfWork, paper: Evidence, tries: int, at: datetime) -> None:
    """Leave the job that asks the scanner, which was asked so many times in vain."""
    uow.later(SCAN, at=at, evidence_id=str(paper.id), tries=tries)
