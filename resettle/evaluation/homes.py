"""How households live on a day, read by the system for figures: ratings, rent, public housing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from resettle.core.crypto import Keyring
from resettle.core.work import UnitOfWork
from resettle.evaluation.definition import IndicatorDefinition
from resettle.evaluation.outcomes import MET, NOT_KNOWN, NOT_MET, Outcome
from resettle.placements.models import Dwelling, HousingNeed, Placement, Tenure
from resettle.placements.rules import rent_share
from resettle.releases.keys import ReleaseKeys
from resettle.upkeep.models import HouseRating

MARKS = ("warm", "dry", "safe", "affordable", "enough_space")


def ratings(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say which houses were found good enough in all respects, by the last look of a period."""
    keys, row = ReleaseKeys.of(uow.use(Keyring)), HouseRating
    query = uow.columns(
        row, row.dwelling_id, row.household_id, *[getattr(row, mark) for mark in MARKS]
    ).where(row.rated_on > as_at - timedelta(days=definition.within_days), row.rated_on <= as_at)
    last = {each.dwelling_id: each for each in uow.rows(query.order_by(row.rated_on, row.id))}
    return [
        Outcome(keys.name(id_), "", keys.name(found.household_id), _rated(found, definition.least))
        for id_, found in last.items()
    ]


def _rated(found: Any, least: int) -> str:
    marks = [getattr(found, mark) for mark in MARKS]
    if any(mark is not None and mark < least for mark in marks):
        return NOT_MET
    return NOT_KNOWN if None in marks else MET


def rents(uow: UnitOfWork, definition: IndicatorDefinition, as_at: date) -> Sequence[Outcome]:
    """Say which households pay so much of their income as rent at most, as last told."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    stays = [stay for stay in _stays(uow) if _holds(stay, as_at)]
    dwellings = _dwellings(uow, {stay.dwelling_id for stay in stays})
    incomes = _incomes(uow, as_at, as_at - timedelta(days=definition.within_days))
    found = {}
    for stay in stays:
        rent = dwellings[stay.dwelling_id].weekly_rent
        share = rent_share(rent, incomes.get(stay.household_id))
        said = NOT_KNOWN if share is None else MET if share <= definition.most else NOT_MET
        name = keys.name(stay.household_id)
        found[name] = Outcome(name, "", name, said)
    return [*found.values()]


def public_at(uow: UnitOfWork) -> Callable[[str, date], bool]:
    """Tell whether a household lived in public housing on a day."""
    keys = ReleaseKeys.of(uow.use(Keyring))
    public: dict[str, list[Any]] = {}
    for stay in _stays(uow):
        if stay.tenure is Tenure.PUBLIC_HOUSING:
            public.setdefault(keys.name(stay.household_id), []).append(stay)
    return lambda home, day: any(_holds(stay, day) for stay in public.get(home, ()))


def _holds(stay: Any, day: date) -> bool:
    return bool(stay.start_on <= day and (stay.end_on is None or day < stay.end_on))


def _stays(uow: UnitOfWork) -> Sequence[Any]:
    stay = Placement
    columns = (stay.household_id, stay.dwelling_id, stay.start_on, stay.end_on, Dwelling.tenure)
    query = uow.columns(stay, *columns).join(Dwelling, Dwelling.id == stay.dwelling_id)
    return uow.rows(uow.touching(query.order_by(stay.start_on, stay.id), Dwelling))


def _dwellings(uow: UnitOfWork, ids: set[UUID]) -> Mapping[UUID, Dwelling]:
    found = uow.all(uow.select(Dwelling).where(Dwelling.id.in_(ids)).order_by(Dwelling.id))
    uow.unlock(ids)
    return {each.id: each for each in found}


def _incomes(uow: UnitOfWork, as_at: date, since: date) -> Mapping[UUID, str]:
    """Give the income of each household as it was told last, unless that was too long ago."""
    need = HousingNeed
    query = uow.select(need).where(need.told_on <= as_at, need.told_on > since)
    rows = uow.all(query.order_by(need.told_on, need.recorded_at, need.id))
    uow.unlock({each.household_id for each in rows})
    return {each.household_id: each.weekly_income for each in rows if each.weekly_income}
