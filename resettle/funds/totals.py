"""What a group has, may expect and has spent, in sums alone: every member may know them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds import rules
from resettle.funds.models import BudgetLine, FundEntry, Pledge
from resettle.funds.rules import GIVEN, Category, Kind


def balances(uow: UnitOfWork, group_id: UUID, household_id: UUID | None = None) -> rules.Balances:
    """Add up what a group has; with a household, only what was for that one."""
    return rules.balances(
        _sums(uow, group_id, household_id), promises(uow, group_id, household_id).values()
    )


def _sums(uow: UnitOfWork, group_id: UUID, household_id: UUID | None) -> Sequence[rules.Line]:
    query = uow.figures(
        Permission.FUNDS_TOTALS,
        FundEntry.kind,
        FundEntry.state,
        func.sum(FundEntry.cents).label("cents"),
        over=[FundEntry],
    ).where(*_of(FundEntry, group_id, household_id))
    rows = uow.rows(query.group_by(FundEntry.kind, FundEntry.state))
    return [rules.Line(row.kind, row.state, int(row.cents)) for row in rows]


def _of(model: Any, group_id: UUID, household_id: UUID | None) -> list[ColumnElement[bool]]:
    asked = [model.group_id == group_id]
    return asked if household_id is None else [*asked, model.household_id == household_id]


def promises(
    uow: UnitOfWork, group_id: UUID, household_id: UUID | None = None
) -> Mapping[UUID, rules.Promise]:
    """Tell of each pledge what it came to, and what has come of it."""
    uow.require(Permission.FUNDS_TOTALS)
    return {row.id: promise for row, promise in _promised(uow, group_id, household_id)}


def _promised(
    uow: UnitOfWork, group_id: UUID, household_id: UUID | None
) -> list[tuple[Any, rules.Promise]]:
    """Give the days and months of each pledge, and what has come of it."""
    came = _received_by_pledge(uow, group_id)
    known = (Pledge.id, Pledge.withdrawn_on, Pledge.first_on, Pledge.months)
    query = uow.figures(
        Permission.FUNDS_TOTALS, *known, func.max(Pledge.cents).label("cents"), over=[Pledge]
    ).where(*_of(Pledge, group_id, household_id))
    return [
        (
            row,
            rules.Promise(
                row.cents * row.months,
                came.get(row.id, 0),
                withdrawn=row.withdrawn_on is not None,
            ),
        )
        for row in uow.rows(query.group_by(*known))
    ]


def _received_by_pledge(uow: UnitOfWork, group_id: UUID) -> Mapping[UUID, int]:
    query = uow.figures(
        Permission.FUNDS_TOTALS,
        FundEntry.pledge_id,
        func.sum(FundEntry.cents).label("cents"),
        over=[FundEntry],
    ).where(
        FundEntry.group_id == group_id,
        FundEntry.pledge_id.is_not(None),
        FundEntry.kind.in_(GIVEN),
    )
    return {row.pledge_id: int(row.cents) for row in uow.rows(query.group_by(FundEntry.pledge_id))}


def still_to_come(
    uow: UnitOfWork, group_id: UUID, household_id: UUID | None = None
) -> Mapping[date, int]:
    """Tell when what is pledged and not yet given falls due: the earliest parts count as given."""
    uow.require(Permission.FUNDS_TOTALS)
    found: dict[date, int] = {}
    for row, promise in _promised(uow, group_id, household_id):
        days = rules.pledge_months(row.first_on, row.months)
        for day, cents in rules.left_of(days, row.cents, promise):
            found[day] = found.get(day, 0) + cents
    return found


def spent_by_day(
    uow: UnitOfWork, group_id: UUID, household_id: UUID | None = None
) -> Mapping[date, int]:
    """Tell what was spent on each day, less what came back on it."""
    found: dict[date, int] = {}
    for kind, sign in ((Kind.SPEND, 1), (Kind.REFUND, -1)):
        query = uow.figures(
            Permission.FUNDS_TOTALS,
            FundEntry.happened_on,
            func.sum(FundEntry.cents).label("cents"),
            over=[FundEntry],
        ).where(
            *_of(FundEntry, group_id, household_id),
            FundEntry.kind == kind,
            FundEntry.state.in_(rules.COUNTS),
        )
        for row in uow.rows(query.group_by(FundEntry.happened_on)):
            found[row.happened_on] = found.get(row.happened_on, 0) + sign * int(row.cents)
    return found


@dataclass(frozen=True, slots=True)
class Against:
    """What was to be spent on something, and what has been."""

    category: Category
    budget: int
    actual: int

    @property
    def left(self) -> int:
        return self.budget - self.actual


def budget_against_actual(
    uow: UnitOfWork, group_id: UUID, household_id: UUID | None = None
) -> Sequence[Against]:
    """Set the budget beside what was spent, by what it was spent on; what has neither is left out.

    What is not spent on a household is of the group as a whole.
    """
    budget = _budgeted(uow, group_id, household_id)
    actual = _actual(uow, group_id, household_id)
    return [
        Against(category, budget.get(category, 0), actual.get(category, 0))
        for category in Category
        if category in budget or actual.get(category)
    ]


def _budgeted(uow: UnitOfWork, group_id: UUID, household_id: UUID | None) -> dict[Category, int]:
    query = uow.figures(
        Permission.FUNDS_TOTALS,
        BudgetLine.category,
        func.sum(BudgetLine.cents).label("cents"),
        over=[BudgetLine],
    ).where(*_of(BudgetLine, group_id, household_id))
    return {r.category: int(r.cents) for r in uow.rows(query.group_by(BudgetLine.category))}


def _actual(uow: UnitOfWork, group_id: UUID, household_id: UUID | None) -> dict[Category, int]:
    query = uow.figures(
        Permission.FUNDS_TOTALS,
        FundEntry.category,
        FundEntry.kind,
        func.sum(FundEntry.cents).label("cents"),
        over=[FundEntry],
    ).where(
        *_of(FundEntry, group_id, household_id),
        FundEntry.kind.in_([Kind.SPEND, Kind.REFUND]),
        FundEntry.state.in_(rules.COUNTS),
    )
    found: dict[Category, int] = {}
    for row in uow.rows(query.group_by(FundEntry.category, FundEntry.kind)):
        sign = 1 if row.kind is Kind.SPEND else -1
        found[row.category] = found.get(row.category, 0) + sign * int(row.cents)
    return found
