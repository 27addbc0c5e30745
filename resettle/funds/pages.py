"""The pages of a group's money: how it stands, its ledger, what it asks of a family’s size."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from resettle.core import money
from resettle.core.permissions import Permission
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.funds import queries, schemas, shapes, standing, telling, totals
from resettle.funds.forecast import Forecast
from resettle.funds.models import FundEntry
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.queries import programme_of
from resettle.web.api import page_of
from resettle.web.pages import Pages
from resettle.web.sheets import Number, sheet

pages = Pages(
    "funds",
    __name__,
    url_prefix="/sponsor-groups/<uuid:group_id>/funds",
    template_folder="templates",
)

Shown = dict[str, Any]
FIRST_MONTHS = 12
MOST_ROWS = 5000
HEADING = (
    *("Day", "Entry", "For", "Household", "Dollars", "State", "Given by or paid to"),
    *("Spent by", "Note", "Takes back"),
)


@pages.page(
    "",
    permission=Permission.FUNDS_TOTALS,
    template="funds/show.html",
    filters=schemas.OfHouseholdSchema(),
)
def show(uow: UnitOfWork, group_id: UUID, wanted: schemas.OfHousehold) -> Shown:
    """Tell how the group stands, and what waits for whom."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_TOTALS)
    found = standing.standing(uow, group.id, wanted.household)
    told = telling.cover(uow, group)
    return {
        **told,
        "balances": found.balances,
        "budget": [_against(line) for line in found.budget],
        "forecast": found.forecast,
        "ahead": _ahead(found.forecast),
        "households": telling.households(uow, group.id),
        "chosen": wanted.household,
        "waiting": _waiting(uow, group) if told["reads"] else [],
        "claimed": _claimed(uow, group) if told["claims"] else [],
    }


def _against(line: totals.Against) -> Shown:
    return {
        "what": plain(line.category.value),
        "budget": line.budget,
        "actual": line.actual,
        "left": line.left,
        "share": min(100, line.actual * 100 // line.budget) if line.budget else 100,
    }


def _ahead(told: Forecast) -> list[Shown]:
    """Tell the first months, each with a bar as long as its share of the most there is."""
    months = told.months[:FIRST_MONTHS]
    most = max([1, *(ahead.left_with_pledges for ahead in months)])
    return [
        {
            "month": ahead.month,
            "left": ahead.left,
            "with_pledges": ahead.left_with_pledges,
            "share": max(0, ahead.left_with_pledges) * 100 // most,
        }
        for ahead in months
    ]


def _waiting(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    return telling.entries(uow, queries.waiting(uow, group.id))


def _claimed(uow: UnitOfWork, group: SponsorGroup) -> list[Shown]:
    return telling.entries(uow, queries.claims(uow, group.id))


@pages.page(
    "/ledger",
    permission=Permission.FUNDS_READ,
    template="funds/ledger.html",
    filters=schemas.LedgerFiltersSchema(),
    paged=True,
)
def ledger(
    uow: UnitOfWork,
    group_id: UUID,
    wanted: queries.LedgerFilters,
    arguments: Mapping[str, str],
) -> Shown:
    """List the entries, the newest first."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_READ)
    page = page_of(uow, queries.ledger(uow, group_id, wanted), queries.SORTS, arguments)
    kept = {name: value for name, value in arguments.items() if name != "cursor"}
    return {
        **telling.cover(uow, group),
        "entries": telling.entries(uow, page.rows),
        "following": page.following,
        "kept": kept,
    }


@pages.page("/ledger/download", permission=Permission.FUNDS_RECORD, template="error.html")
def download(uow: UnitOfWork, group_id: UUID) -> Response:
    """Hand the ledger out as a table for a spreadsheet."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_RECORD)
    query = queries.ledger(uow, group.id, queries.LedgerFilters())
    found = uow.all(query.order_by(*queries.SORTS["happened"], FundEntry.id).limit(MOST_ROWS))
    uow.acted("FundEntry", group.id, change="downloaded")
    rows = [_row(row) for row in telling.entries(uow, found)]
    return sheet(f"ledger-{uow.today}.csv", HEADING, rows)


def _row(row: Shown) -> tuple[str, ...]:
    return (
        str(row["happened_on"]),
        row["title"],
        row["what"],
        row["home"] or "",
        Number(money.plainly(row["cents"])),
        row["word"][0],
        row["party"] or "",
        row["spender"] or "",
        row["note"] or "",
        "yes" if row["reverses_id"] else "",
    )


@pages.page("/pledges", permission=Permission.FUNDS_READ, template="funds/pledges.html")
def pledges(uow: UnitOfWork, group_id: UUID) -> Shown:
    """List what was promised, and what has come of it."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_READ)
    came = totals.promises(uow, group.id)
    found = queries.pledges(uow, group.id)
    shown = shapes.PledgeShape().many_of(uow, found)
    return {
        **telling.cover(uow, group),
        "pledges": [
            {**row, "cents": each.cents, "all": each.total, "promise": came[each.id]}
            for row, each in zip(shown, found, strict=True)
        ],
    }


@pages.page(
    "/minimum-support",
    permission=Permission.FUNDS_TOTALS,
    template="funds/minimum.html",
    filters=schemas.AskedSizeSchema(),
)
def minimum_support(uow: UnitOfWork, group_id: UUID, wanted: schemas.AskedSize) -> Shown:
    """Tell what the programme asks a group to find for a family of a size."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_TOTALS)
    persons = wanted.persons
    return {
        **telling.cover(uow, group),
        "persons": persons,
        "sets_sums": bool(programme_of(uow, group).cost_tables),
        "costs": [] if persons is None else standing.minimum_support(uow, group.id, persons),
    }
