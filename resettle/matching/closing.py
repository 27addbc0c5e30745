"""Which places are not open to a household, for reasons that are nobody else's to know."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from resettle.core.work import UnitOfWork
from resettle.matching.acts import SAID_NO
from resettle.matching.models import Allocation, Place, PlaceExclusion
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.settings import Settings


def of_homes(uow: UnitOfWork, model: Any, household_ids: Collection[UUID]) -> Any:
    return uow.select(model).where(model.household_id.in_(household_ids))


def closed_to(
    uow: UnitOfWork, ids: Collection[UUID], places: Sequence[Place]
) -> Mapping[UUID, set[str]]:
    """Tell which places are not open to each household: of three reasons, and no mark which.

    A no closes a place for as long as it may not be asked again, and no longer.
    """
    rows = uow.all(of_homes(uow, PlaceExclusion, ids).where(PlaceExclusion.lifted_on.is_(None)))
    uow.unlock({row.household_id for row in rows})
    closed: dict[UUID, set[str]] = {}
    for row in rows:
        at = {str(place.id) for place in places if place.location == row.location}
        closed.setdefault(row.household_id, set()).update(at)
    for household_id, place_id in _said_no(uow, ids, places):
        closed.setdefault(household_id, set()).add(place_id)
    return closed


def _said_no(
    uow: UnitOfWork, ids: Collection[UUID], places: Sequence[Place]
) -> Iterator[tuple[UUID, str]]:
    """Pair households with places that one of the two has lately declined."""
    since = uow.today - timedelta(days=uow.use(Settings).decline_cool_off_days)
    of_group = {place.group_id: str(place.id) for place in places if place.group_id is not None}
    by_group = of_homes(uow, Sponsorship, ids).where(
        Sponsorship.status == SponsorshipStatus.DECLINED,
        Sponsorship.group_id.in_(of_group),
        Sponsorship.ended_on > since,
    )
    yield from ((row.household_id, of_group[row.group_id]) for row in uow.all(by_group))
    given_back = of_homes(uow, Allocation, ids).where(
        Allocation.release_reason.in_(SAID_NO), Allocation.released_on > since
    )
    yield from ((row.household_id, str(row.place_id)) for row in uow.all(given_back))
