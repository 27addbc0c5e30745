"""The search over JSON."""

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.search import queries, schemas, shapes
from resettle.search.limits import limited
from resettle.web.api import Api
from resettle.web.seeking import KeyShape, LookFor, LookForSchema

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
    """Find households by a name in any script, a reference, a number or a phone.

    What is looked for is told by its key, so that no name stands in an address.
    """
    return queries.find(uow, wanted)


@api.does(
    "POST",
    "/searches",
    permission=Permission.SEARCH_FIND,
    body=LookForSchema(),
    returns=KeyShape(),
    replayed=False,
)
def look_for(uow: UnitOfWork, command: LookFor) -> LookFor:
    """Give the key under which a text is looked for, for some hours and for oneself alone."""
    uow.require(Permission.SEARCH_FIND)
    return command
