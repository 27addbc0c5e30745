"""Setting up a new case: its programme version, its beginning, its papers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from resettle.cases import rules
from resettle.cases.acts import OpenCase
from resettle.cases.models import ResettlementCase
from resettle.cases.papers import ChecklistItem, EligibilityFacts
from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.households.models import Household, MemberRole, Person
from resettle.households.queries import Stay, at_home, stays
from resettle.households.rules import value_of
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme

CASE_NUMBER = "case_number"
Told = tuple[Household, OpenCase]


def new_cases(uow: UnitOfWork, told: Sequence[Told]) -> list[ResettlementCase]:
    """Make cases with their checklists and the applicants' facts. Raises Invalid."""
    homes = _homes(uow, [household.id for household, _ in told])
    programmes = [_checked(uow, command) for _, command in told]
    cases = uow.add_all(
        _case(uow, household, programme, command, len(homes[household.id]))
        for (household, command), programme in zip(told, programmes, strict=True)
    )
    for (household, _), programme in zip(told, programmes, strict=True):
        household.programme_code, household.programme_version = programme.key
    uow.add_all(_lines(uow, [*zip(cases, programmes, strict=True)], homes))
    uow.add_all(_applicants(uow, cases, homes))
    return cases


def _homes(uow: UnitOfWork, household_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Stay]]:
    everybody = stays(uow, household_ids)
    return {id_: at_home(found, uow.today) for id_, found in everybody.items()}


def _checked(uow: UnitOfWork, command: OpenCase) -> Programme:
    opened_on = command.opened_on or uow.today
    programme = _programme(uow, command.programme_code, opened_on)
    _route(programme, command.route)
    if faults := _faults(uow, programme, command, opened_on):
        raise Invalid(faults)
    return programme


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
    uow: UnitOfWork, household: Household, programme: Programme, command: OpenCase, people: int
) -> ResettlementCase:
    route = _route(programme, command.route)
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
        case_size=command.case_size or people,
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
    uow.add_all(_lines(uow, [(case, programme)], _homes(uow, [case.household_id])))


def _lines(
    uow: UnitOfWork,
    cases: Sequence[tuple[ResettlementCase, Programme]],
    homes: Mapping[UUID, Sequence[Stay]],
) -> Iterator[ChecklistItem]:
    ids = [case.id for case, _ in cases]
    query = uow.select(ChecklistItem).where(ChecklistItem.case_id.in_(ids))
    there = {(i.case_id, i.list_code, i.item_code, i.person_id) for i in uow.all(query)}
    for case, programme in cases:
        births = [(stay.person_id, stay.born_on) for stay in homes[case.household_id]]
        for line in rules.lines(programme, births, uow.today):
            if (case.id, line.list_code, line.item_code, line.person_id) not in there:
                yield ChecklistItem(
                    case_id=case.id,
                    household_id=case.household_id,
                    person_id=line.person_id,
                    list_code=line.list_code,
                    item_code=line.item_code,
                )


def _applicants(
    uow: UnitOfWork, cases: Sequence[ResettlementCase], homes: Mapping[UUID, Sequence[Stay]]
) -> Iterator[EligibilityFacts]:
    """Begin with what is known of the principal applicants as persons."""
    leading = {
        household_id: next((s.person_id for s in home if s.role is MemberRole.PRINCIPAL), None)
        for household_id, home in homes.items()
    }
    query = uow.select(Person).where(Person.id.in_(filter(None, leading.values())))
    people = {person.id: person for person in uow.all(query)}
    uow.unlock(people)
    for case in cases:
        person = people.get(leading[case.household_id] or case.id)
        yield EligibilityFacts(case_id=case.id, household_id=case.household_id, **_known(person))


def _known(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {}
    return {
        "work_years": person.work_years,
        "english_assessed_on": person.english_assessed_on,
        "asylum_country": value_of(person.asylum_country),
    }
