"""Pages of saved views: named, kept in order, removed; they work without a script."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.programmes.catalogue import Catalogue
from resettle.views import acts, queries, schemas, service
from resettle.views.models import SavedView
from resettle.views.rules import NAME_MAX, USUAL_SORT, query_of
from resettle.web.fields import Flag, Name
from resettle.web.hidden import hidden
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("views", __name__, url_prefix="/caseload/views", template_folder="templates")

Shown = dict[str, Any]
SORTS = [
    ("due", "What is due first"),
    ("-due", "What is due last"),
    ("name", "Name"),
    ("-name", "Name, from the end"),
    ("reference", "Reference"),
    ("-reference", "Reference, from the end"),
    ("stage", "Longest in its stage first"),
    ("-stage", "Shortest in its stage first"),
]


class RenameSchema(Command[acts.ChangeView]):
    """A form says both: a box that is not ticked is not sent, and means no."""

    makes = acts.ChangeView

    name = Name(NAME_MAX, required=True)
    is_default = Flag(load_default=False)


@pages.page("", permission=Permission.VIEW_OWN, template="views/views.html")
def index(uow: UnitOfWork) -> Shown:
    """List the reader's views, to be put in order."""
    return {"views": links(queries.mine(uow)), "all_href": all_href()}


@pages.form(
    "/new",
    permission=Permission.VIEW_OWN,
    schema=schemas.SaveViewSchema(),
    template="views/new.html",
)
def new(uow: UnitOfWork, form: Form) -> Shown | Led:
    """Save filters and a sort under a name."""
    if form.command:
        return _opened(service.save(uow, form.command), "The view is saved.")
    stages = queries.stages(uow)
    places = {code: each.name for code, each in uow.use(Catalogue).locations.items()}
    return {
        "stages": _by_title(stages),
        "places": _by_title(places | _typed(form, places)),
        "sorts": SORTS,
        "usual": USUAL_SORT,
    }


@pages.form(
    "/<uuid:view_id>",
    permission=Permission.VIEW_OWN,
    schema=RenameSchema(),
    template="views/change.html",
)
def change(uow: UnitOfWork, view_id: UUID, form: Form) -> Shown | Led:
    """Rename a view, or let the caseload open with it."""
    if form.command:
        service.change(uow, view_id, form.command)
        return Go(".index", message="The view is changed.")
    view = service.own(uow, view_id)
    return {
        "view_id": view.id,
        "name": view.name,
        "is_default": view.is_default,
        "version": view.version,
    }


@pages.button("/<uuid:view_id>/move-up", permission=Permission.VIEW_OWN)
def move_up(uow: UnitOfWork, view_id: UUID) -> Led:
    """Let a view change places with the one above it."""
    service.move_up(uow, view_id)
    return Go(".index", message="The order is changed.")


@pages.button("/<uuid:view_id>/removal", permission=Permission.VIEW_OWN)
def remove(uow: UnitOfWork, view_id: UUID) -> Led:
    """Remove a view, with a way to have it back."""
    service.remove(uow, view_id)
    undo = url_for(".take_back", view_id=view_id)
    return Go(".index", message="The view is removed.", undo=undo)


@pages.button("/<uuid:view_id>/return", permission=Permission.VIEW_OWN)
def take_back(uow: UnitOfWork, view_id: UUID) -> Led:
    """Have a view back that was removed by mistake."""
    service.take_back(uow, view_id)
    return Go(".index", message="The view is back.")


def links(views: Sequence[SavedView]) -> list[Shown]:
    """Write the reader's own views as links.

    They are the reader's own words, so no look at anybody's file is put on record for them.
    """
    return [
        {
            "id": view.id,
            "version": view.version,
            "name": view.name,
            "query": view.query,
            "href": href_of(view.q, view.stage, view.location, view.sort),
            "is_default": view.is_default,
        }
        for view in views
    ]


def href_of(q: str | None, stage: str | None, location: str | None, sort: str) -> str:
    """Write the address of a caseload: what is looked for stands in it as a key."""
    return f"{url_for('desk.caseload')}?{query_of(hidden(q), stage, location, sort)}"


def all_href() -> str:
    """Lead to all households: with its sort said, the address opens no view in their place."""
    return url_for("desk.caseload", sort=USUAL_SORT)


def _opened(view: SavedView, message: str) -> Led:
    return Led(href_of(view.q, view.stage, view.location, view.sort), message)


def _by_title(titles: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(titles.items(), key=lambda option: option[1])


def _typed(form: Form, places: dict[str, str]) -> dict[str, str]:
    """Keep a place among the choices that is on no list, such as a household's own."""
    given = form.values.get("location")
    return {} if not given or given in places else {given: given}
