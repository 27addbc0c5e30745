"""What a household needs and wishes of a place, over JSON, and where it must not live."""

from collections.abc import Sequence
from uuid import UUID

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.matching import acts, schemas, wishes
from resettle.matching import run_shapes as shapes
from resettle.matching.models import PlaceExclusion, PlacementWish
from resettle.web.api import Api

api = Api("wishes_api", __name__, url_prefix="/api")
HOUSEHOLD = "/households/<uuid:household_id>"


@api.reads(
    HOUSEHOLD + "/placement-wish", permission=Permission.WISH_READ, returns=shapes.WishShape()
)
def show(uow: UnitOfWork, household_id: UUID) -> PlacementWish:
    """Show what a household needs and wishes of a place."""
    found = wishes.wish_of(uow, household_id)
    if found is None:
        raise NotFound("Nothing is recorded yet.")
    return found


@api.does(
    "PUT",
    HOUSEHOLD + "/placement-wish",
    permission=Permission.WISH_RECORD,
    body=schemas.RecordWishSchema(),
    returns=shapes.WishShape(),
    versioned=False,
)
def record(uow: UnitOfWork, household_id: UUID, command: acts.RecordWish) -> PlacementWish:
    """Record what a household needs and wishes of a place."""
    return wishes.record(uow, household_id, command)


@api.reads(
    HOUSEHOLD + "/place-exclusions",
    permission=Permission.EXCLUSION_RECORD,
    returns=shapes.ExclusionShape(),
    many=True,
)
def exclusions(uow: UnitOfWork, household_id: UUID) -> Sequence[PlaceExclusion]:
    """Tell where a household must not live."""
    return wishes.exclusions_of(uow, household_id)


@api.does(
    "POST",
    HOUSEHOLD + "/place-exclusions",
    permission=Permission.EXCLUSION_RECORD,
    body=schemas.ExcludeSchema(),
    returns=shapes.ExclusionShape(),
    status=201,
)
def exclude(uow: UnitOfWork, household_id: UUID, command: acts.Exclude) -> PlaceExclusion:
    """Keep a household from a location."""
    return wishes.exclude(uow, household_id, command)


@api.does(
    "POST",
    "/place-exclusions/<uuid:exclusion_id>/lifting",
    permission=Permission.EXCLUSION_RECORD,
    returns=shapes.ExclusionShape(),
)
def lift(uow: UnitOfWork, exclusion_id: UUID) -> PlaceExclusion:
    """Let a household live there again."""
    return wishes.lift(uow, exclusion_id)
