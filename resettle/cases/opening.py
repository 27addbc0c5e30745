"""Setting up a new case: its programme version, its beginning, its papers."""

from datetime import date

from resettle.cases import rules
from resettle.cases.acts import OpenCase
from resettle.cases.models import ResettlementCase
from resettle.cases.papers import ChecklistItem, EligibilityFacts
from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, MemberRole, Person
from resettle.households.queries import people_at_home
from resettle.households.rules import value_of
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme

CASE_NUMBER = "case_number"


def new_case(uow: UnitOfWork, household: Household, command: OpenCase) -> ResettlementCase:
    """Make the case with its checklists and the applicant's facts. Raises Invalid."""
    opened_on = command.opened_on or uow.today
    programme = _programme(uow, command.programme_code, opened_on)
    route = _route(programme, command.route)
    if faults := _faults(uow, programme, command, opened_on):
        raise Invalid(faults)
    case = uow.add(_case(uow, household, programme, command, route))
    household.programme_code, household.programme_version = programme.key
    add_lines(uow, case, programme)
    _know_applicant(uow, case)
    return case


def _programme(uow: UnitOfWork, code: str, day: date) -> Programme:
    try:
        return uow.use(Catalogue).in_force(code, day)
    except UnknownProgramme as error:
        raise Invalid({"programme_code": [str(error)]}) from error


def _route(programme: Programme, route: str | None) -> str:
    codes = programme.routes.codes
    if route is None and len(codes) == 1:
        return codes[0]
    if route not in codes:
        raise Invalid({"route": [f"Choose one of: {', '.join(codes)}."]})
    return route


def _faults(
    uow: UnitOfWork, programme: Programme, command: OpenCase, opened_on: date
) -> dict[str, list[str]]:
    subcategories = programme.subcategories.codes if programme.subcategories else ()
    faults: dict[str, list[str]] = {}
    if opened_on > uow.today:
        faults["opened_on"] = ["This day has not come yet."]
    if command.stage is not None and command.stage not in programme.household.start:
        starts = ", ".join(programme.household.start)
        faults["stage"] = [f"A case of this programme begins in one of: {starts}."]
    if command.subcategory is not None and command.subcategory not in subcategories:
        faults["subcategory"] = ["This programme has no such subcategory."]
    return faults


def _case(
    uow: UnitOfWork, household: Household, programme: Programme, command: OpenCase, route: str
) -> ResettlementCase:
    opened_on = command.opened_on or uow.today
    submitted = command.submitted_on is not None
    number = command.case_number
    return ResettlementCase(
        household_id=household.id,
        source=command.source,
        case_number=number,
        case_number_index=uow.blind(CASE_NUMBER, number) if number else None,
        programme_code=programme.code,
        programme_version=programme.version,
        programme_year=command.programme_year,
        route=route,
        stage=command.stage or rules.start_of(programme.household, route, submitted=submitted),
        stage_since=opened_on,
        opened_on=opened_on,
        case_size=command.case_size or len(people_at_home(uow, household.id, uow.today)),
        category_1=command.category_1,
        category_2=command.category_2,
        priority=command.priority,
        subcategory=command.subcategory,
        cap_group=command.subcategory,
        region=command.region,
        submitted_on=command.submitted_on,
        nominated_on=command.nominated_on,
    )


def add_lines(uow: UnitOfWork, case: ResettlementCase, programme: Programme) -> None:
    """Add the checklist lines that the case lacks, for it and for each of its people."""
    home = people_at_home(uow, case.household_id, uow.today)
    births = [(stay.person_id, stay.born_on) for stay in home]
    query = uow.select(ChecklistItem).where(ChecklistItem.case_id == case.id)
    there = {(item.list_code, item.item_code, item.person_id) for item in uow.all(query)}
    for line in rules.lines(programme, births, uow.today):
        if (line.list_code, line.item_code, line.person_id) not in there:
            uow.session.add(
                ChecklistItem(
                    case_id=case.id,
                    household_id=case.household_id,
                    person_id=line.person_id,
                    list_code=line.list_code,
                    item_code=line.item_code,
                )
            )


def _know_applicant(uow: UnitOfWork, case: ResettlementCase) -> None:
    """Begin with what is known of the principal applicant as a person."""
    facts = EligibilityFacts(case_id=case.id, household_id=case.household_id)
    home = people_at_home(uow, case.household_id, uow.today)
    leading = next((stay for stay in home if stay.role is MemberRole.PRINCIPAL), None)
    person = None if leading is None else uow.find(Person, leading.person_id)
    if person is not None:
        facts.work_years = person.work_years
        facts.english_assessed_on = person.english_assessed_on
        facts.asylum_country = value_of(person.asylum_country)
    uow.add(facts)
