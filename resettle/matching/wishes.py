"""What a household needs and wishes of a place, and where it must not live: for its caseworkers."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.errors import Conflict
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.rules import known_location
from resettle.matching.acts import Exclude, RecordWish
from resettle.matching.models import PlaceExclusion, PlacementWish
from resettle.programmes.catalogue import Catalogue


def wish_of(uow: UnitOfWork, household_id: UUID) -> PlacementWish | None:
    household = uow.get(Household, household_id, to=Permission.WISH_READ)
    query = uow.select(PlacementWish).where(PlacementWish.household_id == household.id)
    return uow.first(query)


def record(uow: UnitOfWork, household_id: UUID, command: RecordWish) -> PlacementWish:
    """Record what a household needs and wishes of a place; what stood there before goes."""
    household = uow.get(Household, household_id, to=Permission.WISH_RECORD)
    found = uow.first(uow.select(PlacementWish).where(PlacementWish.household_id == household.id))
    wish = uow.add(PlacementWish(household_id=household.id)) if found is None else found
    if found is not None:
        wish = uow.edit(PlacementWish, found.id, to=Permission.WISH_RECORD)
    wish.wishes, wish.ties = _codes(uow, command.wishes), _codes(uow, command.ties)
    wish.needs, wish.wants = sorted({*command.needs}), sorted({*command.wants})
    return wish


def _codes(uow: UnitOfWork, towns: Sequence[str]) -> list[str]:
    names = {code: each.name for code, each in uow.use(Catalogue).locations.items()}
    return list(dict.fromkeys(known_location(town, names) for town in towns if town.strip()))


def exclusions_of(uow: UnitOfWork, household_id: UUID) -> Sequence[PlaceExclusion]:
    """Tell where a household must not live, and where it must no longer not."""
    household = uow.get(Household, household_id, to=Permission.EXCLUSION_RECORD)
    query = uow.select(PlaceExclusion).where(PlaceExclusion.household_id == household.id)
    found = uow.all(query.order_by(PlaceExclusion.set_on, PlaceExclusion.id))
    uow.unlock({row.household_id for row in found})
    return found


def exclude(uow: UnitOfWork, household_id: UUID, command: Exclude) -> PlaceExclusion:
    """Keep a household from a location. In every run that place is not open to it."""
    household = uow.get(Household, household_id, to=Permission.EXCLUSION_RECORD)
    (location,) = _codes(uow, [command.location])
    made = PlaceExclusion(household_id=household.id, set_on=uow.today)
    made.location, made.reason = location, command.reason
    return uow.add(made)


def lift(uow: UnitOfWork, exclusion_id: UUID) -> PlaceExclusion:
    """Let a household live again where it had to be kept from."""
    found = uow.edit(PlaceExclusion, exclusion_id, to=Permission.EXCLUSION_RECORD)
    if found.lifted_on is not None:
        raise Conflict("This was lifted already.")
    found.lifted_on = uow.today
    return found
