"""The page of one entry of a ledger, and what can be done with it."""

from typing import Any
from uuid import UUID

from flask import Response

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import quarantine
from resettle.funds import deciding, queries, receipts, schemas, service, shapes, telling
from resettle.funds.models import FundEntry, Pledge
from resettle.funds.rules import COUNTS, Kind, State
from resettle.sponsors.models import SponsorGroup
from resettle.web.handing import handed_out
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import NothingSchema

pages = Pages("fund_entries", __name__)

Shown = dict[str, Any]
ADDED = {
    False: "The receipt is added.",
    True: "The receipt is sent. It can be opened when it has been checked for viruses.",
}
STATES = {
    "quarantined": "Being checked for viruses",
    "too_large": quarantine.TOO_LARGE,
    "refused": receipts.NOT_KEPT,
    "clean": "",
}
ENTRY = "/fund-entries/<uuid:fund_entry_id>"


@pages.page(ENTRY, permission=Permission.FUNDS_READ, template="funds/entry.html")
def show(uow: UnitOfWork, fund_entry_id: UUID) -> Shown:
    """Show an entry with its receipts, and what may be done with it."""
    entry = uow.get(FundEntry, fund_entry_id, to=Permission.FUNDS_READ)
    reversal = uow.first(uow.select(FundEntry).where(FundEntry.reverses_id == entry.id))
    stands = entry.reverses_id is None and reversal is None
    return {
        **_cover(uow, entry),
        "receipts": _receipts(uow, entry),
        "reversal": None if reversal is None else reversal.id,
        "may": _may(uow, entry, stands=stands),
    }


def _receipts(uow: UnitOfWork, entry: FundEntry) -> list[Shown]:
    rows = shapes.ReceiptShape().many_of(uow, queries.receipts(uow, entry))
    return [{**row, "why": STATES[row["state"]]} for row in rows]


def _may(uow: UnitOfWork, entry: FundEntry, *, stands: bool) -> Shown:
    waits, spent = entry.state is State.WAITING, entry.kind is Kind.SPEND
    keeps = uow.allows(Permission.FUNDS_RECORD, entry)
    own = uow.allows(Permission.FUNDS_CLAIM, entry)
    decides = uow.allows(Permission.FUNDS_APPROVE, entry)
    return {
        "decide": waits and decides and deciding.fault(uow, entry) is None,
        "withdraw": waits and own,
        "correct": stands and keeps and entry.state in COUNTS,
        "refund": stands and keeps and spent and entry.state is State.APPROVED,
        "add": stands and own and spent,
        "open": uow.actor.role in telling.SEE_RECEIPTS,
    }


def _cover(uow: UnitOfWork, entry: FundEntry) -> Shown:
    group = uow.get(SponsorGroup, entry.group_id, to=Permission.FUNDS_TOTALS)
    (told,) = telling.entries(uow, [entry])
    return {**telling.cover(uow, group), "entry": told, "today": uow.today}


@pages.button(f"{ENTRY}/approval", permission=Permission.FUNDS_APPROVE)
def approve(uow: UnitOfWork, fund_entry_id: UUID) -> Led:
    """Approve spending, as the second person."""
    deciding.approve(uow, fund_entry_id)
    return _to(fund_entry_id, "The spending is approved and counts.")


@pages.form(
    f"{ENTRY}/refusal",
    permission=Permission.FUNDS_APPROVE,
    schema=schemas.ReasonedSchema(),
    template="funds/refuse.html",
)
def refuse(uow: UnitOfWork, form: Form, fund_entry_id: UUID) -> Shown | Led:
    """Refuse spending, with a reason."""
    if form.command:
        deciding.refuse(uow, fund_entry_id, form.command)
        return _to(fund_entry_id, "The spending is refused.")
    return _cover(uow, uow.get(FundEntry, fund_entry_id, to=Permission.FUNDS_APPROVE))


@pages.button(f"{ENTRY}/withdrawal", permission=Permission.FUNDS_CLAIM)
def withdraw(uow: UnitOfWork, fund_entry_id: UUID) -> Led:
    """Take back spending that nobody has decided on yet."""
    deciding.withdraw(uow, fund_entry_id)
    return _to(fund_entry_id, "It is withdrawn, and does not count.")


@pages.form(
    f"{ENTRY}/correction",
    permission=Permission.FUNDS_RECORD,
    schema=schemas.ReasonedSchema(),
    template="funds/correct.html",
)
def correct(uow: UnitOfWork, form: Form, fund_entry_id: UUID) -> Shown | Led:
    """Take an entry back by a counter-entry."""
    if form.command:
        counter = service.correct(uow, fund_entry_id, form.command)
        return _to(counter.id, "The entry is taken back. Record anew what is right.")
    return _cover(uow, uow.get(FundEntry, fund_entry_id, to=Permission.FUNDS_RECORD))


@pages.form(
    f"{ENTRY}/refund",
    permission=Permission.FUNDS_RECORD,
    schema=schemas.RecordRefundSchema(),
    template="funds/refund.html",
)
def refund(uow: UnitOfWork, form: Form, fund_entry_id: UUID) -> Shown | Led:
    """Record that money came back."""
    if form.command:
        back = service.refund(uow, fund_entry_id, form.command)
        return _to(back.id, "It is recorded that the money came back.")
    return _cover(uow, uow.get(FundEntry, fund_entry_id, to=Permission.FUNDS_RECORD))


@pages.form(
    f"{ENTRY}/receipts/new",
    permission=Permission.FUNDS_CLAIM,
    schema=NothingSchema(),
    template="funds/receipt.html",
)
def add_receipt(uow: UnitOfWork, form: Form, fund_entry_id: UUID) -> Shown | Led:
    """Add a receipt."""
    if form.command:
        found = [upload.data for upload in form.files if upload.data]
        if not found:
            raise Invalid({"file": ["Choose a file, or take a photo of the receipt."]})
        receipt = receipts.add(uow, fund_entry_id, found[0])
        return _to(fund_entry_id, ADDED[receipt.is_pending])
    return _cover(uow, uow.get(FundEntry, fund_entry_id, to=Permission.FUNDS_CLAIM))


@pages.page(
    "/fund-receipts/<uuid:receipt_id>/content",
    permission=Permission.FUNDS_READ,
    template="error.html",
)
def content(uow: UnitOfWork, receipt_id: UUID) -> Response:
    """Hand a receipt out, to be saved."""
    return handed_out(receipts.open_content(uow, receipt_id))


@pages.form(
    "/fund-pledges/<uuid:pledge_id>/withdrawal",
    permission=Permission.FUNDS_RECORD,
    schema=schemas.ReasonedSchema(),
    template="funds/withdraw_pledge.html",
)
def withdraw_pledge(uow: UnitOfWork, form: Form, pledge_id: UUID) -> Shown | Led:
    """Expect no more of a pledge."""
    if form.command:
        pledge = service.withdraw_pledge(uow, pledge_id, form.command)
        message = "Nothing more is expected of this pledge."
        return Go("funds.pledges", message=message, group_id=pledge.group_id)
    pledge = uow.get(Pledge, pledge_id, to=Permission.FUNDS_RECORD)
    group = uow.get(SponsorGroup, pledge.group_id, to=Permission.FUNDS_TOTALS)
    return {
        **telling.cover(uow, group),
        "pledge": shapes.PledgeShape().one(uow, pledge),
        "all": pledge.total,
    }


def _to(fund_entry_id: UUID, message: str) -> Led:
    return Go("fund_entries.show", message=message, fund_entry_id=fund_entry_id)
