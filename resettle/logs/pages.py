"""The log on a page of its own: for the caseworker a tab of the file."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import url_for

from resettle.accounts.queries import names
from resettle.core.actor import Role
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.households.shapes import HouseholdShape
from resettle.logs import queries, schemas, service
from resettle.placements.queries import supporting_group
from resettle.web.api import page_of
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("logs", __name__, template_folder="templates")

Shown = dict[str, Any]
LOG = "/households/<uuid:household_id>/log"
COVER = HouseholdShape(only=("id", "reference", "name"))
SHAPE = schemas.LogEntryShape()


@pages.page(LOG, permission=Permission.NOTE_READ, template="logs/log.html", paged=True)
def show(uow: UnitOfWork, household_id: UUID, arguments: Mapping[str, str]) -> Shown:
    """Show caseworkers what the sponsor group and the family wrote, the newest first."""
    shown = _log(uow, household_id, arguments, ".show")
    # Who exactly wrote is for the caseworkers: the others know one another.
    authors = names(uow, [row["author_id"] for row in shown["rows"]])
    return {**shown, "authors": authors}


@pages.page(
    "/households/<uuid:household_id>/written",
    permission=Permission.SHARED_NOTE_WRITE,
    template="logs/written.html",
    paged=True,
)
def written(uow: UnitOfWork, household_id: UUID, arguments: Mapping[str, str]) -> Shown:
    """Show a sponsor group or a family what they wrote, and what was written for them."""
    return {**_log(uow, household_id, arguments, ".written"), "authors": {}}


def _log(uow: UnitOfWork, household_id: UUID, arguments: Mapping[str, str], place: str) -> Shown:
    query = queries.entries(uow, household_id)
    uow.unlock([household_id])
    page = page_of(uow, query, queries.SORTS, arguments)
    here: dict[str, Any] = {**arguments, "household_id": household_id, "cursor": page.following}
    return {
        **_of(uow, household_id),
        "rows": SHAPE.many_of(uow, page.rows),
        "reader": uow.actor.user_id,
        "following": page.following and url_for(place, **here),
        "first": "cursor" in arguments and url_for(place, household_id=household_id),
    }


def _of(uow: UnitOfWork, household_id: UUID) -> Shown:
    household = uow.get(Household, household_id, to=Permission.SHARED_NOTE_READ)
    return {
        "household": COVER.one(uow, household),
        "language": household.primary_language,
        "family": uow.actor.role is Role.HOUSEHOLD_PERSON,
        "today": uow.today,
    }


@pages.form(
    LOG + "/new",
    permission=Permission.SHARED_NOTE_WRITE,
    schema=schemas.WriteEntrySchema(),
    template="logs/write.html",
)
def write(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown | Led:
    """Write something down, and say who is to read it."""
    if form.command:
        service.write(uow, household_id, form.command)
        return Go(".written", message="It is written down.", household_id=household_id)
    return {**_of(uow, household_id), "has_group": bool(supporting_group(uow, household_id))}


@pages.button(
    "/log-entries/<uuid:log_entry_id>/withdrawal",
    permission=Permission.SHARED_NOTE_WRITE,
)
def take_back(uow: UnitOfWork, log_entry_id: UUID) -> Led:
    """Take one's own entry back."""
    entry = service.take_back(uow, log_entry_id)
    message = "It is taken back. Only you and the caseworkers can still read it."
    return Go(".written", message=message, household_id=entry.household_id)
