"""Pages on which a caseworker, or somebody of a household, sees what a sponsor group would see."""

from typing import Any
from uuid import UUID

from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.desk import file, preview
from resettle.households.queries import household_of
from resettle.web.pages import Form, Pages

pages = Pages("sponsor_view", __name__, template_folder="templates")

Shown = dict[str, Any]


@pages.form(
    "/households/<uuid:household_id>/sponsor-view",
    permission=Permission.SPONSORSHIP_PROPOSE,
    schema=preview.LookAheadSchema(),
    template="desk/sponsor_view.html",
)
def of_household(uow: UnitOfWork, form: Form, household_id: UUID) -> Shown:
    """Show what the group of a household sees of it, and what it would see."""
    if form.command:
        return {"ahead": preview.ahead(uow, household_id, form.command), "asked": True}
    return {
        **_choices(uow, household_id),
        "household": file.cover(uow, household_id),
        "now": preview.now(uow, household_id),
    }


@pages.form(
    "/my-household/sponsor-view",
    permission=Permission.HOUSEHOLD_MINE,
    schema=preview.LookAheadSchema(),
    template="desk/my_sponsor_view.html",
)
def of_mine(uow: UnitOfWork, form: Form) -> Shown:
    """Show somebody what a group sees of them, and what it would see."""
    person_id = uow.actor.person_id
    household_id = None if person_id is None else household_of(uow, person_id)
    if household_id is None:
        raise NotFound("Your account belongs to no household at the moment.")
    if form.command:
        return {"ahead": preview.ahead(uow, household_id, form.command), "asked": True}
    return {**_choices(uow, household_id), "now": None}


def _choices(uow: UnitOfWork, household_id: UUID) -> Shown:
    names = file.named(file.people(uow, household_id))
    return {
        "people": preview.choices(uow, household_id, names),
        "stages": preview.STAGES,
        "ahead": None,
        "asked": False,
        "preview": True,
        "may_record": False,
    }
