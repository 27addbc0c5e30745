"""What the pages of a group's money have in common: its name, its households, words for rows."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from resettle.core.actor import SPONSORS
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.funds import shapes
from resettle.funds.models import FundEntry
from resettle.funds.rules import TITLES, Category, Kind, State, Valuation
from resettle.funds.service import TAKEN_ON
from resettle.households.models import Household
from resettle.placements.models import Sponsorship
from resettle.sponsors.models import SponsorGroup, SponsorMember
from resettle.sponsors.queries import live_members_of
from resettle.sponsors.shapes import GroupRow, MemberShape

Shown = dict[str, Any]
MOST = 50
SEE_RECEIPTS = SPONSORS
CATEGORIES = [(c.value, plain(c.value)) for c in Category]
GIFTS = [
    (kind.value, TITLES[kind])
    for kind in (Kind.DONATION_CASH, Kind.DONATION_IN_KIND, Kind.GRANT, Kind.FUNDRAISING)
]
VALUATIONS = [
    (Valuation.RECEIPT.value, "Its receipt"),
    (Valuation.SHOP_PRICE.value, "Its price in a shop"),
    (Valuation.SECOND_HAND_PRICE.value, "Its price second-hand"),
    (Valuation.ESTIMATE.value, "Our estimate"),
]
STATES: Mapping[State, tuple[str, str, str]] = {
    State.RECORDED: ("Recorded", "done", "done"),
    State.WAITING: ("Waits for a second person", "open", "half"),
    State.APPROVED: ("Approved", "done", "done"),
    State.REFUSED: ("Refused", "quiet", "open"),
    State.WITHDRAWN: ("Withdrawn", "quiet", "open"),
}


def cover(uow: UnitOfWork, group: SponsorGroup) -> Shown:
    """Tell what every page of a group's money has."""
    uow.require(Permission.FUNDS_TOTALS, group)
    return {
        "group": GroupRow().one(uow, group),
        "keeps": uow.allows(Permission.FUNDS_RECORD, group),
        "reads": uow.allows(Permission.FUNDS_READ, group),
        "claims": uow.allows(Permission.FUNDS_CLAIM, group),
    }


def households(uow: UnitOfWork, group_id: UUID) -> Sequence[tuple[UUID, str]]:
    """Name the households that the group supports and the reader may know of, by reference."""
    uow.require(Permission.FUNDS_TOTALS)
    query = uow.columns(Sponsorship, Sponsorship.household_id).where(
        Sponsorship.group_id == group_id, Sponsorship.status.in_(TAKEN_ON)
    )
    ids = {row.household_id for row in uow.rows(query.limit(MOST))}
    return sorted(references(uow, ids).items(), key=lambda pair: pair[1])


def references(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, str]:
    if not ids:
        return {}
    query = uow.columns(Household, Household.id, Household.reference).where(Household.id.in_(ids))
    return {row.id: row.reference for row in uow.rows(query)}


def members(uow: UnitOfWork, group_id: UUID) -> Sequence[tuple[UUID, str]]:
    """Name the members who may have spent something."""
    found = live_members_of(uow, group_id)
    shown = MemberShape(only=("id", "name")).many_of(uow, found)
    return [(row["id"], row.get("name", "A member")) for row in shown]


def entries(uow: UnitOfWork, found: Sequence[FundEntry]) -> list[Shown]:
    """Tell entries in words, each with the household that it was for."""
    uow.require(Permission.FUNDS_TOTALS)
    homes = references(uow, {e.household_id for e in found if e.household_id is not None})
    names = _spenders(uow, {e.member_id for e in found if e.member_id is not None})
    shown = shapes.EntryShape().many_of(uow, found)
    return [
        {
            **row,
            "title": TITLES[entry.kind],
            "what": plain(entry.category.value) if entry.category else "",
            "cents": entry.cents,
            "home": homes.get(entry.household_id) if entry.household_id else None,
            "spender": names.get(entry.member_id) if entry.member_id else None,
            "word": STATES[entry.state],
        }
        for row, entry in zip(shown, found, strict=True)
    ]


def _spenders(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, str]:
    if not ids:
        return {}
    found = uow.all(uow.select(SponsorMember).where(SponsorMember.id.in_(ids)))
    shown = MemberShape(only=("id", "name")).many_of(uow, found)
    return {row["id"]: row["name"] for row in shown if "name" in row}
