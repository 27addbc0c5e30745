"""How a receipt waits for the virus scanner."""

from datetime import datetime

from resettle.core.work import UnitOfWork
from resettle.funds.models import FundReceipt

SCAN = "fund_receipt:scan"


def expect_scan(uow: UnitOfWork, receipt: FundReceipt, tries: int, at: datetime) -> None:
    """Leave the job that asks the scanner, which was asked so many times in vain."""
    uow.later(SCAN, at=at, receipt_id=str(receipt.id), tries=tries)
