"""The page of the search. Its address holds the filters, and of a name only a key to it."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.search import queries, schemas, shapes
from resettle.search.limits import limited
from resettle.sponsors import finding
from resettle.sponsors.shapes import GroupRow
from resettle.web.auth import admit
from resettle.web.hidden import hidden
from resettle.web.pages import Form, Pages

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
        "groups": _groups(uow, wanted.q),
        "most": queries.MOST,
    }


def _groups(uow: UnitOfWork, typed: str) -> list[dict[str, Any]]:
    """Find sponsor groups too: who may search may see groups."""
    return GroupRow().many_of(uow, finding.find(uow, typed))


@pages.post("/search")
def ask() -> ResponseReturnValue:
    """Take what was typed, and lead to what it finds."""
    admit(Permission.SEARCH_FIND)
    form = Form.sent(schemas.TypedSchema())
    if form.errors:
        raise Invalid(form.errors)
    asked: queries.Asked = form.command
    found = url_for(
        ".find",
        q=hidden(asked.q),
        location=asked.location or None,
        left="true" if asked.left else None,
    )
    return redirect(found, code=303)


ask.permission = Permission.SEARCH_FIND  # type: ignore[attr-defined]
