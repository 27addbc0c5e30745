"""Work for later: the scan of a receipt in quarantine."""

from datetime import datetime
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.documents import quarantine
from resettle.documents.rules import State
from resettle.funds import keeping
from resettle.funds.models import FundReceipt


def scan(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Ask the scanner about a receipt. One that it finds something in keeps its line alone.

    While the scanner cannot say, the receipt stays in quarantine.
    """
    receipt = uow.find(FundReceipt, UUID(payload["receipt_id"]))
    if receipt is None or not receipt.is_pending:
        return

    def again(tries: int, at: datetime) -> None:
        keeping.expect_scan(uow, receipt, tries, at)

    receipt.state = quarantine.judged(uow, receipt.content, int(payload["tries"]), again)
    if receipt.state is State.REFUSED:
        receipt.content = None
