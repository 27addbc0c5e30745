"""The page on which somebody joins a household: looked for among those on record, then a change."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resettle.changes import members
from resettle.changes.pages import RELATIVES, SEXES
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import acts
from resettle.households.lookalikes import doubted
from resettle.households.models import Household
from resettle.households.newcomers import NewcomerFacts, PersonFactsSchema, note
from resettle.households.rules import Coded
from resettle.web.fields import Code, Day
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("newcomers", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer(NewcomerFacts):
    relationship: str
    joined_on: date


class NewcomerSchema(PersonFactsSchema):
    makes = Newcomer

    relationship = Code([code for code, _ in RELATIVES], required=True)
    joined_on = Day(required=True)


@pages.form(
    "/households/<uuid:household_id>/newcomers/new",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=NewcomerSchema(),
    template="households/newcomer.html",
)
def newcomer(uow: UnitOfWork, form: Form, household_id: UUID) -> dict[str, Any] | Led:
    """Let somebody join the household."""
    found = doubted(uow, form, NewcomerSchema())
    if form.command and not found:
        command = acts.JoinHousehold(
            person=form.command.facts,
            relationship=Coded(form.command.relationship),
            joined_on=form.command.joined_on,
        )
        member = members.take_in(uow, household_id, command)
        note(uow, form, member.person_id)
        return Go(
            "household_file.people",
            message="The person is added. It can be undone under Changes.",
            household_id=household_id,
        )
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "family_name": household.display_name,
        "relationships": RELATIVES,
        "sexes": SEXES,
        "today": uow.today,
        "lookalikes": found,
    }
