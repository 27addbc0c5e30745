"""The way in for each role, help, and the caseworker's households."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from resettle.core.actor import Role
from resettle.core.errors import Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import caseload as caseloads
from resettle.desk import several
from resettle.settings import Settings
from resettle.views import pages as views
from resettle.views.queries import mine
from resettle.views.rules import USUAL_SORT, query_of
from resettle.web.auth import admit, current_actor
from resettle.web.fields import Code, Id, Many
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("desk", __name__, template_folder="templates")

Shown = dict[str, Any]
SIGN_IN = "doors.sign_in"
FIRST: Mapping[Role, str] = {
    Role.CASEWORKER: "day.today",
    Role.SPONSOR_MEMBER: "week.show",
    Role.SPONSOR_COORDINATOR: "week.show",
    Role.HOUSEHOLD_PERSON: "my_household.show_mine",
    Role.PROGRAMME_MANAGER: "evaluation.pipeline",
    Role.ADMINISTRATOR: "accounts.users",
    Role.AUDITOR: "operations.audit",
    Role.EVALUATOR: "releases.index",
}
SORTABLE = {"display_name": "name", "stage": "stage", "next": "due"}


@pages.app_context_processor
def _ways() -> dict[str, Any]:
    """Give every page the search of caseworkers, and the way to what is shown to whom."""
    actor = current_actor()
    if actor is None:
        return {"why_href": None, "search_href": None}
    searches = actor.role is Role.CASEWORKER
    return {
        "why_href": url_for("desk.why"),
        "search_href": url_for("search.find") if searches else None,
    }


@pages.route("/")
def home() -> ResponseReturnValue:
    """Lead each role to its first page, and everybody else to the sign-in."""
    actor = current_actor()
    return redirect(url_for(SIGN_IN if actor is None else FIRST[actor.role]), code=303)


@pages.route("/help")
def help_() -> ResponseReturnValue:
    """Say in plain English what this is, and whom to ask."""
    return _told("help")


@pages.route("/why")
def why() -> ResponseReturnValue:
    """Say why somebody can see what they see."""
    return _told("why")


home.permission = None  # type: ignore[attr-defined]  # open to all
help_.permission = None  # type: ignore[attr-defined]  # open to all
why.permission = None  # type: ignore[attr-defined]  # open to all


def _told(page: str) -> str:
    """Tell it to staff in English, to families and to whoever is not known in their language."""
    shown = _for_reader()
    whose = "_family" if shown["role"] in {"", Role.HOUSEHOLD_PERSON.value} else ""
    return render_template(f"desk/{page}{whose}.html", **shown)


def _for_reader() -> Shown:
    settings: Settings = current_app.extensions["settings"]
    actor = current_actor()
    return {
        "role": "" if actor is None else actor.role.value,
        "privacy_officer": settings.privacy_officer,
    }


@pages.page(
    "/caseload",
    permission=Permission.CASE_READ,
    template="desk/caseload.html",
    filters=caseloads.CaseloadFiltersSchema(),
    paged=True,
)
def caseload(
    uow: UnitOfWork, wanted: caseloads.CaseloadFilters, arguments: Mapping[str, str]
) -> Shown | ResponseReturnValue:
    """List the reader's households, what is due first; or lead to the view that opens first."""
    saved = views.links(mine(uow))
    first = next((view["href"] for view in saved if view["is_default"]), None)
    if first is not None and not arguments:
        return redirect(first, code=303)
    page, rows = caseloads.page(uow, wanted, arguments)
    stages, places = caseloads.choices(uow)
    asked: dict[str, Any] = {k: v for k, v in arguments.items() if v.strip() and k != "cursor"}
    return {
        "rows": rows,
        "views": saved,
        "now": query_of(wanted.q, wanted.stage, wanted.location, page.sort),
        "all": query_of(None, None, None, USUAL_SORT),
        "all_href": views.all_href(),
        "sort": page.sort,
        "wanted": {name: getattr(wanted, name) or "" for name in ("q", "stage", "location")},
        "is_filtered": bool({"q", "stage", "location"} & asked.keys()),
        "stages": stages,
        "places": places,
        "sorts": {column: _sort(asked, sort, page.sort) for column, sort in SORTABLE.items()},
        "following": page.following and url_for(".caseload", **asked, cursor=page.following),
        "first": url_for(".caseload", **asked) if "cursor" in arguments else None,
    }


@pages.post("/caseload")
def filter_() -> ResponseReturnValue:
    """Take what was typed to filter by, and lead to what fits."""
    admit(Permission.CASE_READ)
    form = Form.sent(caseloads.TypedSchema())
    if form.errors:
        raise Invalid(form.errors)
    typed: caseloads.Typed = form.command
    found = views.href_of(typed.q, typed.stage, typed.location, typed.sort or USUAL_SORT)
    return redirect(found, code=303)


filter_.permission = Permission.CASE_READ  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """Households that were ticked on the list, and what is to be done with them."""

    act: str
    household_ids: Sequence[UUID] = ()


class TickedSchema(Command[Ticked]):
    makes = Ticked

    act = Code(("assign", "tasks"), required=True)
    household_ids = Many(Id(), most=several.MOST)


@pages.act("/caseload/ticked", permission=Permission.CASE_READ, schema=TickedSchema())
def with_ticked(uow: UnitOfWork, form: Form) -> Led:
    """Lead on with the households that were ticked: to assign them, or to tick off their tasks."""
    uow.require(Permission.CASE_READ)
    ticked: Ticked = form.command
    if not ticked.household_ids:
        return Go(".caseload", message="Nothing was ticked. Tick households first.")
    homes = ",".join(str(id_) for id_ in ticked.household_ids)
    if ticked.act == "assign":
        return Go("several.assign", homes=homes)
    return Go("tasks.mine", whose="all", homes=homes)


def _sort(asked: Mapping[str, Any], sort: str, now: str) -> tuple[str, str | None]:
    """Give the way to sort by a column, or to turn it round, and how it is sorted now."""
    turned = f"-{sort}" if now == sort else sort
    state = {sort: "ascending", f"-{sort}": "descending"}.get(now)
    return url_for(".caseload", **{**asked, "sort": turned}), state
