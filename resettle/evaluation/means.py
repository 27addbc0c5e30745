"""What is given, spent and met with for each household, read by the system for figures.

Like outcomes.py, called by makers of figures alone, within the protected path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil, floor, sqrt
from typing import Any
from uuid import UUID

from sqlalchemy import func

from resettle.core.clock import AUCKLAND
from resettle.core.crypto import Keyring
from resettle.core.wording import plain
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import IndicatorDefinition
from resettle.evaluation.rules import WIDTH
from resettle.funds.models import FundEntry
from resettle.funds.rules import COUNTS, Kind
from resettle.households.models import Household
from resettle.incidents.models import Incident
from resettle.placements.models import Sponsorship
from resettle.releases.keys import ReleaseKeys
from resettle.releases.telling import Counted
from resettle.roster.models import Shift, ShiftStatus

INCIDENT = "Incidents"
DAYS_OF_MONTH = 365.25 / 12
# What a group spent and gave; what came back lowers it.
COSTS: Mapping[Kind, int] = {Kind.SPEND: 1, Kind.DONATION_IN_KIND: 1, Kind.REFUND: -1}


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a household had of something, and how much of a household or how long it was."""

    amount: float
    weight: float


Weights = Mapping[UUID, float]


def hours(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Mapping[str, Weighed]:
    """Count the hours of groups with households, and the months for which they supported them."""
    first = as_at - timedelta(days=definition.within_days - 1)
    start, end = (datetime.combine(d, time(), AUCKLAND) for d in (first, as_at + timedelta(1)))
    query = uow.columns(
        Shift, Shift.household_id, func.coalesce(func.sum(Shift.minutes), 0).label("minutes")
    ).where(Shift.status == ShiftStatus.DONE, Shift.starts_at >= start, Shift.starts_at < end)
    given = {r.household_id: r.minutes / 60 for r in uow.rows(query.group_by(Shift.household_id))}
    return _weighed(uow, given, _months(_supports(uow), first, as_at))


def costs(uow: UnitOfWork, _definition: IndicatorDefinition, as_at: date) -> Mapping[str, Weighed]:
    """Count what was spent and given for each sponsored household, and its persons."""
    entry = FundEntry
    query = uow.columns(
        entry, entry.household_id, entry.kind, func.sum(entry.cents).label("cents")
    ).where(
        entry.household_id.is_not(None),
        entry.state.in_(COUNTS),
        entry.kind.in_(COSTS),
        entry.happened_on <= as_at,
    )
    spent: dict[UUID, float] = {}
    for row in uow.rows(query.group_by(entry.household_id, entry.kind)):
        dollars = COSTS[row.kind] * int(row.cents) / 100
        spent[row.household_id] = spent.get(row.household_id, 0) + dollars
    begun = [row for row in _supports(uow) if row.first <= as_at]
    return _weighed(uow, spent, {row.household_id: float(row.persons) for row in begun})


def incidents(
    uow: UnitOfWork, definition: IndicatorDefinition, as_at: date
) -> Mapping[str, Weighed]:
    """Count incidents of households, and the months for which they were supported here."""
    first = as_at - timedelta(days=definition.within_days - 1)
    row = Incident
    query = uow.columns(row, row.household_id, func.count(row.id).label("number")).where(
        row.happened_on >= first, row.happened_on <= as_at
    )
    met = {r.household_id: float(r.number) for r in uow.rows(query.group_by(row.household_id))}
    home = Household
    lived = uow.columns(
        home,
        home.id.label("household_id"),
        home.arrived_on.label("first"),
        home.exited_on.label("last"),
    ).where(home.arrived_on.is_not(None))
    return _weighed(uow, met, _months(uow.rows(lived.order_by(home.id)), first, as_at))


def kinds_of_incidents(
    uow: UnitOfWork, definition: IndicatorDefinition, as_at: date
) -> Sequence[Counted]:
    """Name each incident of a period by its kind, with the household that it happened to."""
    keys, row = ReleaseKeys.of(uow.use(Keyring)), Incident
    first = as_at - timedelta(days=definition.within_days - 1)
    query = uow.select(row).where(row.happened_on >= first, row.happened_on <= as_at)
    found = uow.all(query.order_by(row.id))
    uow.unlock({each.household_id for each in found})
    return [
        Counted(keys.name(each.id), keys.name(each.household_id), plain(each.kind), INCIDENT)
        for each in found
        if each.kind
    ]


def _supports(uow: UnitOfWork) -> Sequence[Any]:
    match = Sponsorship
    query = uow.columns(
        match,
        match.household_id,
        match.persons,
        match.confirmed_on.label("first"),
        match.ended_on.label("last"),
    ).where(match.confirmed_on.is_not(None))
    return uow.rows(query.order_by(match.confirmed_on, match.id))


def _months(spans: Sequence[Any], first: date, last: date) -> Weights:
    """Add up for each household how many months of a period it was so."""
    found: dict[UUID, float] = {}
    for span in spans:
        until = min(last, last if span.last is None else span.last - timedelta(days=1))
        days = (until - max(first, span.first)).days + 1
        if days > 0:
            had = found.get(span.household_id, 0)
            found[span.household_id] = had + days / DAYS_OF_MONTH
    return found


def _weighed(
    uow: UnitOfWork, amounts: Mapping[UUID, float], weights: Weights
) -> Mapping[str, Weighed]:
    keys = ReleaseKeys.of(uow.use(Keyring))
    return {keys.name(id_): Weighed(amounts.get(id_, 0), w) for id_, w in weights.items()}


def mean(found: Sequence[Weighed], definition: IndicatorDefinition) -> int | None:
    """Give what there was of something for each of so many, in steps; None of nobody."""
    weight = sum(each.weight for each in found)
    if not weight:
        return None
    value = definition.of_each * sum(each.amount for each in found) / weight
    return definition.in_steps * round(value / definition.in_steps)


def interval(
    found: Sequence[Weighed], definition: IndicatorDefinition
) -> tuple[int | None, int | None]:
    """Tell between which steps a mean is, 19 times in 20, by how households differ."""
    weight, count = sum(each.weight for each in found), len(found)
    if not weight or count == 1:
        return None, None
    each_has = sum(each.amount for each in found) / weight
    apart = sum((each.amount - each_has * each.weight) ** 2 for each in found)
    off = WIDTH * sqrt(apart * count / (count - 1)) / weight
    low, high = (definition.of_each * end for end in (each_has - off, each_has + off))
    step = definition.in_steps
    return step * floor(max(low, 0) / step), step * ceil(high / step)
