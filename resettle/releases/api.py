"""Figures that leave the team, over JSON."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.releases import queries, schemas, service
from resettle.releases.acts import AskRelease
from resettle.releases.definition import ReleaseCatalogue, TableDefinition
from resettle.releases.models import Release
from resettle.web.api import Api

api = Api("releases_api", __name__, url_prefix="/api")
RELEASE = schemas.ReleaseShape()


@api.reads(
    "/release-tables",
    permission=Permission.RELEASE_READ,
    returns=schemas.CatalogueShape(),
    many=True,
)
def tables(uow: UnitOfWork) -> Sequence[TableDefinition]:
    """List the tables that may be told, and to whom."""
    uow.require(Permission.RELEASE_READ)
    return [*uow.use(ReleaseCatalogue).tables.values()]


@api.lists(
    "/releases",
    permission=Permission.RELEASE_READ,
    returns=RELEASE,
    sorts=queries.SORTS,
    filters=schemas.ReleaseFiltersSchema(),
)
def released(uow: UnitOfWork, wanted: queries.ReleaseFilters) -> Select[Release]:
    """List figures that were told."""
    return queries.released(uow, wanted)


@api.reads("/releases/<uuid:release_id>", permission=Permission.RELEASE_READ, returns=RELEASE)
def one(uow: UnitOfWork, release_id: UUID) -> Release:
    """Give figures again as they were told: the same numbers, whatever has changed since."""
    return queries.one(uow, release_id)


@api.does(
    "POST",
    "/releases",
    permission=Permission.RELEASE_MAKE,
    body=schemas.AskReleaseSchema(),
    returns=RELEASE,
    status=201,
)
def ask(uow: UnitOfWork, command: AskRelease) -> Release:
    """Ask for figures: protected, frozen, and made once."""
    return service.ask(uow, command)


@api.does(
    "POST",
    "/releases/<uuid:release_id>/confirmation",
    permission=Permission.RELEASE_CONFIRM,
    returns=RELEASE,
)
def confirm(uow: UnitOfWork, release_id: UUID) -> Release:
    """Let figures go to their audience, as a second person."""
    return service.confirm(uow, release_id)
