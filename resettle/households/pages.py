"""Pages on which a household is opened, and changed where nobody comes or goes."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households import acts, service
from resettle.households.choices import SEXES
from resettle.households.lookalikes import doubted
from resettle.households.models import Household, Stream
from resettle.households.newcomers import NewcomerFacts, PersonFactsSchema, note
from resettle.households.rules import PRINCIPAL, Coded
from resettle.households.schemas import LANGUAGE, LANGUAGES, ChangeHouseholdSchema
from resettle.households.shapes import HouseholdShape
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme
from resettle.web.fields import Flag, Name, Text
from resettle.web.pages import Form, Go, Led, Pages

pages = Pages("households", __name__, url_prefix="/households", template_folder="templates")

HERE = "NZL"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHousehold(NewcomerFacts):
    programme_code: str
    primary_language: str
    other_language: str | None = None
    needs_interpreter: bool = False
    location: str | None = None


class NewHouseholdSchema(PersonFactsSchema):
    makes = NewHousehold

    programme_code = Text(40, required=True)
    primary_language = Text(3, required=True, validate=LANGUAGE)
    other_language = Text(3, validate=LANGUAGE)
    needs_interpreter = Flag()
    location = Name(80)


@pages.form(
    "/new",
    permission=Permission.HOUSEHOLD_CREATE,
    schema=NewHouseholdSchema(),
    template="households/new.html",
)
def new(uow: UnitOfWork, form: Form) -> dict[str, Any] | Led:
    """Open a file with its principal applicant; the others join one by one."""
    found = doubted(uow, form, NewHouseholdSchema())
    if form.command and not found:
        household = service.open_household(uow, _opening(uow, form.command))
        note(uow, form, household.members[0].person_id)
        return Go(
            "household_file.people",
            message=f"{household.reference} is open. Now add the other people.",
            household_id=household.id,
        )
    catalogue = uow.use(Catalogue)
    return {
        "programmes": [(p.code, p.title) for p in _open_here(catalogue, uow.today)],
        "languages": LANGUAGES,
        "sexes": SEXES,
        "places": [(code, known.name) for code, known in catalogue.locations.items()],
        "today": uow.today,
        "lookalikes": found,
    }


def _open_here(catalogue: Catalogue, day: date) -> list[Programme]:
    """Name the programmes of this country that are in force on a day."""
    found = (p for p in catalogue.programmes.values() if p.country == HERE)
    return [p for p in found if p.effective.covers(day)]


def _opening(uow: UnitOfWork, asked: NewHousehold) -> acts.OpenHousehold:
    found = _open_here(uow.use(Catalogue), uow.today)
    stream = next((p.stream for p in found if p.code == asked.programme_code), "")
    return acts.OpenHousehold(
        stream=Stream.CORS if stream == "sponsorship" else Stream.QUOTA,
        programme_code=asked.programme_code,
        primary_language=asked.other_language or asked.primary_language,
        needs_interpreter=asked.needs_interpreter,
        location=asked.location,
        members=[acts.NewMember(person=asked.facts, relationship=Coded(PRINCIPAL))],
    )


@pages.form(
    "/<uuid:household_id>/change",
    permission=Permission.HOUSEHOLD_UPDATE,
    schema=ChangeHouseholdSchema(),
    template="households/change.html",
)
def change(uow: UnitOfWork, form: Form, household_id: UUID) -> dict[str, Any] | Led:
    """Change where a household is to live, and how it is spoken with."""
    if form.command:
        service.change_household(uow, household_id, form.command)
        return Go("household_file.show", message="It is changed.", household_id=household_id)
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_UPDATE)
    locations = uow.use(Catalogue).locations
    return {
        "household": HouseholdShape(exclude=("size", "notes_summary")).one(uow, household),
        "places": [(code, known.name) for code, known in locations.items()],
        "languages": LANGUAGES,
        "yes_no": [("true", "Yes"), ("false", "No")],
    }
