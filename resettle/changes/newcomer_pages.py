"""The page on which somebody joins a household: looked for among those on record, then a change."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resettle.changes import members, service
from resettle.changes.pages import RELATIVES
from resettle.changes.schemas import PreviewShape
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import acts
from resettle.households.choices import SEXES
from resettle.households.lookalikes import doubted
from resettle.households.models import Household
from resettle.households.newcomers import NewcomerFacts, PersonFactsSchema, note
from resettle.households.rules import Coded
from resettle.web.fields import Code, Day, Flag
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("newcomers", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer(NewcomerFacts):
    relationship: str
    joined_on: date
    confirmed: bool = False

    @property
    def act(self) -> acts.JoinHousehold:
        return acts.JoinHousehold(
            person=self.facts, relationship=Coded(self.relationship), joined_on=self.joined_on
        )


class NewcomerSchema(PersonFactsSchema):
    makes = Newcomer

    relationship = Code([code for code, _ in RELATIVES], required=True)
    joined_on = Day(required=True)
    confirmed = Flag()


@pages.form(
    "/households/<uuid:household_id>/newcomers/new",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=NewcomerSchema(),
    template="changes/newcomer.html",
)
def newcomer(uow: UnitOfWork, form: Form, household_id: UUID) -> dict[str, Any] | Led:
    """Let somebody join the household, once its caseworker has seen what follows from it."""
    found = doubted(uow, form, NewcomerSchema())
    if form.command and not found and form.command.confirmed:
        member = members.take_in(uow, household_id, form.command.act)
        note(uow, form, member.person_id)
        return Go(
            "household_file.people",
            message="The person is added. It can be undone under Changes.",
            household_id=household_id,
        )
    shown = {} if found or not form.command else _preview(uow, household_id, form.command.act)
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    return {
        **shown,
        "reference": household.reference,
        "household_id": household.id,
        "version": household.version,
        "family_name": household.display_name,
        "relationships": RELATIVES,
        "sexes": SEXES,
        "today": uow.today,
        "lookalikes": found,
    }


def _preview(uow: UnitOfWork, household_id: UUID, act: acts.JoinHousehold) -> dict[str, Any]:
    return {"preview": PreviewShape().one(uow, service.preview(uow, household_id, act))}
