"""The search over JSON."""

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.search import queries, schemas, shapes
from resettle.search.limits import limited
from resettle.web.api import Api

api = Api("search_api", __name__, url_prefix="/api")


@api.reads(
    "/search",
    permission=Permission.SEARCH_FIND,
    returns=shapes.FoundHouseholdShape(),
    many=True,
    filters=schemas.AskedSchema(),
)
@limited
def find(uow: UnitOfWork, wanted: queries.Asked) -> list[queries.FoundHousehold]:
    """Find households by a name in any script, a reference, a number or a phone."""
    return queries.find(uow, wanted)
