"""Pages on which a household is opened, somebody joins it, and a birth is recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from marshmallow import fields

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.errf import codes
from resettle.households import acts, queries, service
from resettle.households.lookalikes import Lookalikes, doubted
from resettle.households.models import Household, Sex, Stream
from resettle.households.rules import PRINCIPAL, RELATIONSHIPS, Coded, is_adult
from resettle.households.schemas import LANGUAGE, LANGUAGES, ChangeHouseholdSchema
from resettle.households.shapes import HouseholdShape
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.definition import Programme
from resettle.web.fields import Code, Day, Flag, Id, Name, Text
from resettle.web.pages import Form, Go, Led, Pages
from resettle.web.schema import Command

pages = Pages("households", __name__, url_prefix="/households", template_folder="templates")

SEXES = [("F", "Female"), ("M", "Male"), ("X", "Another"), ("U", "Not known")]
HERE = "NZL"
RELATIVES = sorted(
    ((code, codes.text("RelationshipCode", code)) for code in RELATIONSHIPS - {PRINCIPAL}),
    key=lambda option: option[1],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerFacts:
    """A person as these forms ask: what is needed, and the name in the own script."""

    family_name: str
    given_name: str = ""
    name_in_script: str | None = None
    sex: Sex
    born_on: date
    is_somebody_else: bool = False

    @property
    def facts(self) -> acts.PersonFacts:
        return acts.PersonFacts(
            family_name=self.family_name,
            given_name=self.given_name,
            name_in_script=self.name_in_script,
            sex=self.sex,
            born_on=self.born_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHousehold(NewcomerFacts):
    programme_code: str
    primary_language: str
    other_language: str | None = None
    needs_interpreter: bool = False
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer(NewcomerFacts):
    relationship: str
    joined_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Newborn(NewcomerFacts):
    relationship: str
    guardian_id: UUID | None = None


class PersonFactsSchema(Command[NewcomerFacts]):
    makes: ClassVar[type[NewcomerFacts]] = NewcomerFacts

    family_name = Name(required=True)
    given_name = Name()
    name_in_script = Name()
    sex = fields.Enum(Sex, by_value=True, required=True)
    born_on = Day(required=True)
    is_somebody_else = Flag()


class NewcomerSchema(PersonFactsSchema):
    makes = Newcomer

    relationship = Code([code for code, _ in RELATIVES], required=True)
    joined_on = Day(required=True)


class NewbornSchema(PersonFactsSchema):
    makes = Newborn

    relationship = Code([code for code, _ in RELATIVES], required=True)
    guardian_id = Id()


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
        _note(uow, form, household.members[0].person_id)
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


def _note(uow: UnitOfWork, form: Form, person_id: UUID) -> None:
    """Put the pairs on the list that were seen and entered all the same."""
    if form.command.is_somebody_else:
        uow.settle()  # from then on who opened a household has it
        uow.use(Lookalikes).note(uow, person_id)


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
    "/<uuid:household_id>/newcomers/new",
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
        member = service.join(uow, household_id, command)
        _note(uow, form, member.person_id)
        return _to_people(household_id, "The person is added.")
    return {**_asked(uow, household_id), "lookalikes": found}


@pages.form(
    "/<uuid:household_id>/birth",
    permission=Permission.HOUSEHOLD_CHANGE,
    schema=NewbornSchema(),
    template="households/birth.html",
)
def birth(uow: UnitOfWork, form: Form, household_id: UUID) -> dict[str, Any] | Led:
    """Take up a child born into the household."""
    if form.command:
        child = form.command
        command = acts.RecordBirth(
            family_name=child.family_name,
            given_name=child.given_name,
            name_in_script=child.name_in_script,
            sex=child.sex,
            born_on=child.born_on,
            relationship=Coded(child.relationship),
            guardian_id=child.guardian_id,
        )
        service.record_birth(uow, household_id, command)
        return _to_people(
            household_id, "The birth is recorded, and the child’s milestones with it."
        )
    members = queries.members(uow, household_id)
    adults = [m for m in members if is_adult(uow.today, m.person.born_on)]
    return {
        **_asked(uow, household_id),
        "guardians": [(m.person_id, m.person.name) for m in adults],
    }


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


def _asked(uow: UnitOfWork, household_id: UUID) -> dict[str, Any]:
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_CHANGE)
    return {
        "reference": household.reference,
        "household_id": household.id,
        "family_name": household.display_name,
        "relationships": RELATIVES,
        "sexes": SEXES,
        "today": uow.today,
    }


def _to_people(household_id: UUID, message: str) -> Led:
    return Go("household_file.people", message=message, household_id=household_id)
