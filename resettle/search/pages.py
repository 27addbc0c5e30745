"""The page of the search: what was asked stands in the address, what was found below it."""

from typing import Any

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.search import queries, schemas, shapes
from resettle.search.limits import limited
from resettle.web.pages import Pages

pages = Pages("search", __name__, template_folder="templates")


@pages.page(
    "/search",
    permission=Permission.SEARCH_FIND,
    template="search/find.html",
    filters=schemas.AskedSchema(),
)
@limited
def find(uow: UnitOfWork, wanted: queries.Asked) -> dict[str, Any]:
    """Look for people and households."""
    found = queries.find(uow, wanted)
    return {
        "asked": {"q": wanted.q, "location": wanted.location or "", "left": wanted.left},
        "places": queries.places(uow),
        "found": shapes.FoundHouseholdShape().many_of(uow, found),
        "most": queries.MOST,
    }
