"""Work for later: the scan of a receipt in quarantine."""

from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.documents import quarantine
from resettle.funds import keeping
from resettle.funds.models import FundReceipt


def scan(uow: UnitOfWork, payload: dict[str, Any]) -> None:
    """Ask the scanner about a receipt. One that it finds something in keeps its line alone.

    While the scanner cannot say, the receipt stays in quarantine.
    """
    receipt = uow.find(FundReceipt, UUID(payload["receipt_id"]))
    if receipt is not None and receipt.is_pending:
        quarantine.settle(uow, receipt, int(payload["tries"]), keeping.expect_scan)
