"""Questions about a group's money: the ledger, what waits, the pledges. Sums are in totals.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents.rules import State as Hold
from resettle.funds.models import FundEntry, FundReceipt, Pledge
from resettle.funds.rules import Category, Kind, State
from resettle.sponsors.models import SponsorGroup, SponsorMember

MOST = 500
SORTS: Mapping[str, Sequence[Any]] = {
    "-happened": (FundEntry.happened_on.desc(), FundEntry.created_at.desc()),
    "happened": (FundEntry.happened_on, FundEntry.created_at),
    "amount": (FundEntry.cents, FundEntry.happened_on),
}


@dataclass(frozen=True, slots=True)
class LedgerFilters:
    household: UUID | None = None
    kind: Kind | None = None
    category: Category | None = None
    state: State | None = None


def ledger(uow: UnitOfWork, group_id: UUID, wanted: LedgerFilters) -> Select[Any]:
    """List the entries of a group, for whoever may know of each."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_READ)
    uow.unlock([group.id])
    return _filtered(uow.select(FundEntry).where(FundEntry.group_id == group.id), wanted)


def _filtered(query: Select[Any], wanted: LedgerFilters) -> Select[Any]:
    asked = {
        FundEntry.household_id: wanted.household,
        FundEntry.kind: wanted.kind,
        FundEntry.category: wanted.category,
        FundEntry.state: wanted.state,
    }
    for column, value in asked.items():
        if value is not None:
            query = query.where(column == value)
    return query


def claims(uow: UnitOfWork, group_id: UUID) -> Sequence[FundEntry]:
    """List what the reader has spent for a group, the newest first."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_CLAIM)
    mine = uow.subquery(SponsorMember, SponsorMember.id).where(
        SponsorMember.user_id == uow.actor.user_id, SponsorMember.group_id == group.id
    )
    query = uow.select(FundEntry).where(
        FundEntry.group_id == group.id, FundEntry.member_id.in_(mine)
    )
    uow.unlock([group.id])
    query = uow.touching(query.order_by(*SORTS["-happened"], FundEntry.id), SponsorMember)
    return uow.all(query.limit(MOST))


def waiting(uow: UnitOfWork, group_id: UUID) -> Sequence[FundEntry]:
    """List the spending that waits for a second person, what waits longest first."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_READ)
    query = uow.select(FundEntry).where(
        FundEntry.group_id == group.id, FundEntry.state == State.WAITING
    )
    uow.unlock([group.id])
    return uow.all(query.order_by(FundEntry.happened_on, FundEntry.id).limit(MOST))


def pledges(uow: UnitOfWork, group_id: UUID) -> Sequence[Pledge]:
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_READ)
    query = uow.select(Pledge).where(Pledge.group_id == group.id)
    uow.unlock([group.id])
    return uow.all(query.order_by(Pledge.pledged_on.desc(), Pledge.id).limit(MOST))


def receipts(uow: UnitOfWork, entry: FundEntry) -> Sequence[Any]:
    """Tell which receipts an entry has, without opening any."""
    query = uow.columns(
        FundReceipt,
        FundReceipt.id.label("id"),
        FundReceipt.group_id.label("group_id"),
        FundReceipt.entry_id.label("entry_id"),
        FundReceipt.state.label("state"),
        FundReceipt.media_type.label("media_type"),
        FundReceipt.size.label("size"),
        FundReceipt.created_at.label("created_at"),
    ).where(FundReceipt.entry_id == entry.id)
    return uow.rows(query.order_by(FundReceipt.created_at, FundReceipt.id))


def receipts_kept(uow: UnitOfWork, entry: FundEntry) -> int:
    """Count the receipts of an entry, what the virus scanner found something in left out."""
    kept = FundReceipt.state != Hold.REFUSED
    return uow.count(FundReceipt, FundReceipt.entry_id == entry.id, kept)


def has_receipt(uow: UnitOfWork, entry: FundEntry) -> bool:
    """Say whether there is a receipt that who approves can open."""
    can_open = FundReceipt.state == Hold.CLEAN
    return uow.count(FundReceipt, FundReceipt.entry_id == entry.id, can_open) > 0


def came_back(uow: UnitOfWork, entry_id: UUID) -> int:
    """Add up what has come back of one spending, what was taken back again left out."""
    query = uow.columns(FundEntry, FundEntry.id, FundEntry.cents).where(
        FundEntry.refunds_id == entry_id
    )
    return sum(row.cents for row in uow.rows(query))
