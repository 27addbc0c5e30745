"""One entry of a ledger over JSON: decided on, taken back, and what shows that it was paid."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds import acts, deciding, queries, receipts, schemas, service, shapes
from resettle.funds.models import FundEntry, FundReceipt, Pledge
from resettle.web.api import Api
from resettle.web.bodies import Upload
from resettle.web.handing import handed_out

api = Api("fund_entries_api", __name__, url_prefix="/api")
ENTRY = "/fund-entries/<uuid:fund_entry_id>"


@api.reads(ENTRY, permission=Permission.FUNDS_READ, returns=shapes.EntryShape())
def show(uow: UnitOfWork, fund_entry_id: UUID) -> FundEntry:
    """Show an entry."""
    return uow.get(FundEntry, fund_entry_id, to=Permission.FUNDS_READ)


@api.does(
    "POST",
    f"{ENTRY}/approval",
    permission=Permission.FUNDS_APPROVE,
    returns=shapes.EntryShape(),
    status=201,
)
def approve(uow: UnitOfWork, fund_entry_id: UUID) -> FundEntry:
    """Approve spending, as the second person."""
    return deciding.approve(uow, fund_entry_id)


@api.does(
    "POST",
    f"{ENTRY}/refusal",
    permission=Permission.FUNDS_APPROVE,
    body=schemas.ReasonedSchema(),
    returns=shapes.EntryShape(),
    status=201,
)
def refuse(uow: UnitOfWork, fund_entry_id: UUID, command: acts.Reasoned) -> FundEntry:
    """Refuse spending, with a reason."""
    return deciding.refuse(uow, fund_entry_id, command)


@api.does(
    "POST",
    f"{ENTRY}/withdrawal",
    permission=Permission.FUNDS_CLAIM,
    returns=shapes.EntryShape(),
    status=201,
)
def withdraw(uow: UnitOfWork, fund_entry_id: UUID) -> FundEntry:
    """Take back spending that nobody has decided on yet."""
    return deciding.withdraw(uow, fund_entry_id)


@api.does(
    "POST",
    f"{ENTRY}/correction",
    permission=Permission.FUNDS_RECORD,
    body=schemas.ReasonedSchema(),
    returns=shapes.EntryShape(),
    status=201,
)
def correct(uow: UnitOfWork, fund_entry_id: UUID, command: acts.Reasoned) -> FundEntry:
    """Take an entry back by a counter-entry."""
    return service.correct(uow, fund_entry_id, command)


@api.does(
    "POST",
    f"{ENTRY}/refunds",
    permission=Permission.FUNDS_RECORD,
    body=schemas.RecordRefundSchema(),
    returns=shapes.EntryShape(),
    status=201,
)
def refund(uow: UnitOfWork, fund_entry_id: UUID, command: acts.RecordRefund) -> FundEntry:
    """Record that money came back of what was spent."""
    return service.refund(uow, fund_entry_id, command)


@api.reads(
    f"{ENTRY}/receipts", permission=Permission.FUNDS_READ, returns=shapes.ReceiptShape(), many=True
)
def receipts_of(uow: UnitOfWork, fund_entry_id: UUID) -> Sequence[Any]:
    """List the receipts of an entry."""
    return queries.receipts(uow, uow.get(FundEntry, fund_entry_id, to=Permission.FUNDS_READ))


@api.does(
    "POST",
    f"{ENTRY}/receipts",
    permission=Permission.FUNDS_CLAIM,
    uploads=True,
    returns=shapes.ReceiptShape(),
    status=201,
)
def add_receipt(uow: UnitOfWork, fund_entry_id: UUID, files: Sequence[Upload]) -> FundReceipt:
    """Add a receipt: a photo, which is drawn anew, or a PDF."""
    return receipts.add(uow, fund_entry_id, files[0].data)


@api.reads(
    "/fund-receipts/<uuid:receipt_id>/content",
    permission=Permission.FUNDS_READ,
    renders=handed_out,
)
def content(uow: UnitOfWork, receipt_id: UUID) -> receipts.Opened:
    """Fetch the content of a receipt."""
    return receipts.open_content(uow, receipt_id)


@api.does(
    "POST",
    "/fund-pledges/<uuid:pledge_id>/withdrawal",
    permission=Permission.FUNDS_RECORD,
    body=schemas.ReasonedSchema(),
    returns=shapes.PledgeShape(),
    status=201,
)
def withdraw_pledge(uow: UnitOfWork, pledge_id: UUID, command: acts.Reasoned) -> Pledge:
    """Expect no more of a pledge."""
    return service.withdraw_pledge(uow, pledge_id, command)
