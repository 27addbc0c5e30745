"""How a group stands: its sums, its budget, how long the money lasts, what a family needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from resettle.core.money import CENTS
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.funds import forecast, totals
from resettle.funds.definition import InKind
from resettle.funds.forecast import Forecast
from resettle.funds.rules import Balances
from resettle.placements.models import Sponsorship
from resettle.programmes.blocks import CostTable
from resettle.sponsors.models import SponsorGroup
from resettle.sponsors.queries import programme_of


@dataclass(frozen=True, slots=True)
class Standing:
    balances: Balances
    budget: Sequence[totals.Against]
    forecast: Forecast


def standing(uow: UnitOfWork, group_id: UUID, household_id: UUID | None = None) -> Standing:
    """Tell in sums alone how a group stands, as a whole or for one of its households."""
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_TOTALS)
    found = totals.balances(uow, group.id, household_id)
    spent = totals.spent_by_day(uow, group.id, household_id)
    return Standing(
        found,
        totals.budget_against_actual(uow, group.id, household_id),
        forecast.forecast(
            found.at_hand,
            forecast.pace(spent, uow.today),
            totals.still_to_come(uow, group.id, household_id),
            uow.today,
            _until(uow, group.id, household_id),
        ),
    )


def _until(uow: UnitOfWork, group_id: UUID, household_id: UUID | None) -> date | None:
    """Name the last day on which the group has promised its support."""
    query = uow.columns(Sponsorship, Sponsorship.planned_end_on).where(
        Sponsorship.group_id == group_id,
        Sponsorship.ended_on.is_(None),
        Sponsorship.planned_end_on.is_not(None),
    )
    if household_id is not None:
        query = query.where(Sponsorship.household_id == household_id)
    return max((row.planned_end_on for row in uow.rows(query)), default=None)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one table of a programme expects a sponsor to find for a family, in cents."""

    code: str
    title: str
    currency: str
    income: int
    start_up: int
    basis: str
    note: str
    in_kind: Mapping[str, int]

    @property
    def total(self) -> int:
        return self.income + self.start_up

    @property
    def least_in_money(self) -> int:
        """Tell what is left to find in money where everything that may be is given in kind."""
        return max(0, self.total - sum(self.in_kind.values()))


def minimum_support(uow: UnitOfWork, group_id: UUID, persons: int) -> Sequence[Cost]:
    """Tell what the group's programme asks for a family of a size; nothing where no sum is set.

    New Zealand sets none: groups show proof of funds, or how they will raise them.
    """
    group = uow.get(SponsorGroup, group_id, to=Permission.FUNDS_TOTALS)
    programme, in_kind = programme_of(uow, group), uow.use(InKind)
    return [
        _cost(table, persons, in_kind.of(programme.code, table.code, persons))
        for table in programme.cost_tables
        if table.effective.covers(uow.today)
    ]


def _cost(table: CostTable, persons: int, in_kind: Mapping[str, int]) -> Cost:
    row = table.for_size(persons)
    return Cost(
        table.code,
        table.title,
        table.currency,
        _cents(row.income),
        _cents(row.start_up),
        str(table.basis),
        table.note,
        in_kind,
    )


def _cents(dollars: Decimal) -> int:
    return int(dollars * CENTS)
