"""A group's money over JSON: its sums, its ledger, its pledges and its budget."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds import acts, queries, schemas, service, shapes, standing
from resettle.funds.models import BudgetLine, FundEntry, Pledge
from resettle.web.api import Api

api = Api("funds_api", __name__, url_prefix="/api/sponsor-groups/<uuid:group_id>/funds")


@api.reads(
    "",
    permission=Permission.FUNDS_TOTALS,
    returns=shapes.StandingShape(),
    filters=schemas.OfHouseholdSchema(),
)
def show(uow: UnitOfWork, group_id: UUID, wanted: schemas.OfHousehold) -> standing.Standing:
    """Tell how a group stands: balances, budget against actual, how long the money lasts."""
    return standing.standing(uow, group_id, wanted.household)


@api.reads(
    "/minimum-support",
    permission=Permission.FUNDS_TOTALS,
    returns=shapes.CostShape(),
    many=True,
    filters=schemas.FamilySizeSchema(),
)
def minimum_support(
    uow: UnitOfWork, group_id: UUID, wanted: schemas.FamilySize
) -> Sequence[standing.Cost]:
    """Tell what the programme's cost tables ask for a family of a size; none sets no sum."""
    return standing.minimum_support(uow, group_id, wanted.persons)


@api.lists(
    "/entries",
    permission=Permission.FUNDS_READ,
    returns=shapes.EntryShape(),
    sorts=queries.SORTS,
    filters=schemas.LedgerFiltersSchema(),
)
def entries(uow: UnitOfWork, group_id: UUID, wanted: queries.LedgerFilters) -> Select[Any]:
    """List the entries of the ledger."""
    return queries.ledger(uow, group_id, wanted)


@api.does(
    "POST",
    "/gifts",
    permission=Permission.FUNDS_RECORD,
    body=schemas.RecordGiftSchema(),
    returns=shapes.EntryShape(),
    status=201,
)
def record_gift(uow: UnitOfWork, group_id: UUID, command: acts.RecordGift) -> FundEntry:
    """Record what the group was given, in money or in kind."""
    return service.record_gift(uow, group_id, command)


@api.does(
    "POST",
    "/spending",
    permission=Permission.FUNDS_RECORD,
    body=schemas.RecordSpendingSchema(),
    returns=shapes.EntryShape(),
    status=201,
)
def record_spending(uow: UnitOfWork, group_id: UUID, command: acts.RecordSpending) -> FundEntry:
    """Record what a member has spent; somebody else approves it."""
    return service.record_spending(uow, group_id, command)


@api.reads("/claims", permission=Permission.FUNDS_CLAIM, returns=shapes.EntryShape(), many=True)
def claims(uow: UnitOfWork, group_id: UUID) -> Sequence[FundEntry]:
    """List what the reader has spent for the group."""
    return queries.claims(uow, group_id)


@api.does(
    "POST",
    "/claims",
    permission=Permission.FUNDS_CLAIM,
    body=schemas.ClaimSpendingSchema(),
    returns=shapes.EntryShape(),
    status=201,
)
def claim(uow: UnitOfWork, group_id: UUID, command: acts.ClaimSpending) -> FundEntry:
    """Record what one has spent for the group oneself."""
    return service.claim(uow, group_id, command)


@api.reads("/pledges", permission=Permission.FUNDS_READ, returns=shapes.PledgeShape(), many=True)
def pledges(uow: UnitOfWork, group_id: UUID) -> Sequence[Pledge]:
    """List what was promised to the group."""
    return queries.pledges(uow, group_id)


@api.does(
    "POST",
    "/pledges",
    permission=Permission.FUNDS_RECORD,
    body=schemas.MakePledgeSchema(),
    returns=shapes.PledgeShape(),
    status=201,
)
def pledge(uow: UnitOfWork, group_id: UUID, command: acts.MakePledge) -> Pledge:
    """Put down what somebody has promised."""
    return service.pledge(uow, group_id, command)


@api.does(
    "POST",
    "/budget",
    permission=Permission.FUNDS_RECORD,
    body=schemas.SetBudgetSchema(),
    returns=shapes.BudgetLineShape(),
    status=201,
)
def set_budget(uow: UnitOfWork, group_id: UUID, command: acts.SetBudget) -> BudgetLine:
    """Say how much is to be spent on something."""
    return service.set_budget(uow, group_id, command)
