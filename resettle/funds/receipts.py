"""Receipts: looked at for what they hold, pictures drawn anew, kept sealed with their entry."""

from dataclasses import dataclass
from uuid import UUID

from resettle.core.errors import Conflict, Invalid, NotFound, TooLarge
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import contents, quarantine
from resettle.documents.refusals import Refused
from resettle.documents.rules import State
from resettle.funds import keeping, queries
from resettle.funds.models import FundEntry, FundReceipt
from resettle.funds.rules import Kind

MIB = 1024 * 1024
LARGEST = 10 * MIB
MOST = 6
EXTENSIONS = {"image/jpeg": "jpg", "application/pdf": "pdf"}
OTHER = "Send a photo of the receipt, or a PDF."
NOT_KEPT = "The virus scanner has found something in it. It was not kept: send another."


@dataclass(frozen=True, slots=True)
class Opened:
    """The content of a receipt, under a name that says nothing of what was bought."""

    name: str
    media_type: str
    content: bytes


def add(uow: UnitOfWork, entry_id: UUID, content: bytes) -> FundReceipt:
    """Add a receipt to spending. Raises Invalid for what is neither a picture nor a PDF."""
    entry = uow.edit(FundEntry, entry_id, to=Permission.FUNDS_CLAIM)
    if entry.kind is not Kind.SPEND or entry.reverses_id is not None:
        raise Conflict("Receipts belong to spending.")
    if len(content) > LARGEST:
        raise TooLarge("The file is larger than 10 MB.")
    if queries.receipts_kept(uow, entry) >= MOST:
        raise Conflict(f"There are {MOST} receipts already, as many as one entry can have.")
    found = _checked(content)
    receipt = FundReceipt(
        group_id=entry.group_id,
        entry_id=entry.id,
        state=quarantine.first_state(uow),
        media_type=found.media_type,
        size=len(found.content),
        content=found.content,
    )
    uow.add(receipt)
    if receipt.is_pending:
        keeping.expect_scan(uow, receipt, 0, uow.now)
    return receipt


def _checked(content: bytes) -> contents.Content:
    try:
        found = contents.checked(content)
    except Refused as error:
        raise Invalid({"file": [str(error)]}) from error
    if found.media_type not in EXTENSIONS:
        raise Invalid({"file": [OTHER]})
    return found


def open_content(uow: UnitOfWork, receipt_id: UUID) -> Opened:
    """Open a receipt; the look is on record."""
    receipt = uow.get(FundReceipt, receipt_id, to=Permission.FUNDS_READ)
    (audience,) = uow.audiences(FundReceipt, [receipt])
    if not audience.sees(FundReceipt.content.data_class):
        raise NotFound("There is no such record, or it is not yours to see.")
    if receipt.state is State.REFUSED:
        raise Conflict(NOT_KEPT)
    if receipt.is_pending:
        raise Conflict(quarantine.refusal(receipt.state))
    uow.shown(audience, [("content", FundReceipt.content.data_class)])
    uow.acted("FundReceipt", receipt.id, change="opened")
    name = f"receipt-{str(receipt.id)[:8]}.{EXTENSIONS[receipt.media_type]}"
    return Opened(name, receipt.media_type, receipt.content)
