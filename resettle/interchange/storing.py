"""Writing a checked file into our records: households, people, cases, links, duplicates.

All of it lies in the transaction of the caller, so a submission comes in whole or not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

import orjson

from resettle.cases import service as cases
from resettle.cases.acts import AssignCaseworker, LinkCase, OpenCase
from resettle.cases.assigning import look_after_all
from resettle.cases.models import AssignmentKind, LinkKind, ResettlementCase
from resettle.cases.models import Source as CaseSource
from resettle.cases.rules import start_of
from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.duplicates.service import note_duplicates_of_all
from resettle.errf import Checked, Version
from resettle.errf.records import PRINCIPAL_APPLICANT, Case
from resettle.households import service as households
from resettle.households.acts import OpenHousehold
from resettle.households.models import Source
from resettle.interchange import coding, people, queries, rules
from resettle.interchange.acts import STREAMS, ImportFile
from resettle.interchange.dossiers import Dossier, dossiers
from resettle.interchange.models import ImportBatch, ImportedCase, ImportedPerson
from resettle.people import service as persons
from resettle.people.acts import KeepPhoto
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme

T = TypeVar("T")
IMPORTED_IT = "Imported the case file."
# How many cases are written together: what is held in memory at once, and no more.
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Stored:
    """A case of the file, with the people that it tells of, and who they became."""

    case: Case
    told: Sequence[Dossier]
    household_id: UUID
    person_ids: Sequence[UUID]


def store(
    uow: UnitOfWork,
    batch: ImportBatch,
    checked: Checked,
    command: ImportFile,
    told: Callable[[int], None] = lambda _count: None,
) -> None:
    """Store every case of a checked file, then link them and look for people known already.

    `told` hears how many cases are written so far.
    """
    submission = checked.submission
    opened: dict[str, UUID] = {}
    people: list[UUID] = []
    for begin in range(0, len(submission.cases), AT_ONCE):
        some = submission.cases[begin : begin + AT_ONCE]
        stored = _open_households(uow, some, submission.version, command)
        _complete(uow, batch, stored)
        opened |= _open_cases(uow, batch, stored, command)
        people += [person_id for each in stored for person_id in each.person_ids]
        told(len(opened))
    _link(uow, submission.cases, opened)
    note_duplicates_of_all(uow, people)
    batch.cases_done = len(opened)


def programme_of(uow: UnitOfWork, command: ImportFile) -> Programme:
    """Give the programme that the cases come in for, as it is in force. Raises Invalid."""
    try:
        return uow.use(Catalogue).in_force(command.programme, uow.today)
    except UnknownProgramme as error:
        raise Invalid({"programme": [str(error)]}) from error


def new_batch(uow: UnitOfWork, checked: Checked, sha256: str, command: ImportFile) -> ImportBatch:
    """Make the record of a file that comes in, by whoever acts, for a programme in force."""
    submission, programme = checked.submission, programme_of(uow, command)
    count = sum(len(case.individuals) for case in submission.cases)
    return ImportBatch(
        sha256=sha256,
        form_version=submission.version.value,
        code_system=submission.code_system,
        programme_code=programme.code,
        programme_version=programme.version,
        imported_by=uow.actor.user_id,
        imported_at=uow.now,
        submitted_on=command.submitted_on,
        case_count=len(submission.cases),
        person_count=count,
        notice_count=count,
        warning_count=len(checked.warnings),
    )


def _open_households(
    uow: UnitOfWork, some: Sequence[Case], version: Version, command: ImportFile
) -> list[Stored]:
    told = [dossiers(case, version) for case in some]
    opened = households.open_households(uow, [_household(each, command) for each in told])
    _look_after(uow, [each.household.id for each in opened])
    return [
        Stored(case, dossier, each.household.id, [person.id for person in each.people])
        for case, dossier, each in zip(some, told, opened, strict=True)
    ]


def _open_cases(
    uow: UnitOfWork, batch: ImportBatch, stored: Sequence[Stored], command: ImportFile
) -> dict[str, UUID]:
    """Open the cases of some households, and tell each by its number, however it is written."""
    told = {each.household_id: _case(uow, each.case, command) for each in stored}
    opened = cases.open_cases(uow, told)
    both = [*zip(stored, opened, strict=True)]
    uow.add_all(_imported(batch, each.case, case) for each, case in both)
    return {each.case.number.casefold(): case.id for each, case in both}


def _household(told: Sequence[Dossier], command: ImportFile) -> OpenHousehold:
    leading = next(one for one in told if one.one.relationship == PRINCIPAL_APPLICANT)
    spoken = people.languages(leading)
    return OpenHousehold(
        stream=STREAMS[command.programme],
        programme_code=command.programme,
        primary_language=people.best_language(spoken),
        needs_interpreter=people.needs_interpreter(spoken),
        source=Source.UNHCR,
        members=[people.member(one) for one in told],
    )


def _look_after(uow: UnitOfWork, household_ids: Sequence[UUID]) -> None:
    """Let the importer look after households from here on; an operator's wait unassigned."""
    if uow.actor.user_id is not None:
        look_after_all(
            uow,
            household_ids,
            AssignCaseworker(
                user_id=uow.actor.user_id,
                kind=AssignmentKind.PRIMARY,
                from_on=uow.today,
                reason=IMPORTED_IT,
            ),
        )


def _complete(uow: UnitOfWork, batch: ImportBatch, stored: Sequence[Stored]) -> None:
    """Record what people have several of, or that is kept beside the person."""
    told = {
        id_: one for each in stored for id_, one in zip(each.person_ids, each.told, strict=True)
    }
    persons.record_languages(uow, _filled(people.languages, told))
    persons.record_needs(uow, _filled(people.needs, told))
    persons.record_relatives(uow, _filled(people.relatives, told))
    _keep_photos(uow, told)
    uow.add_all(
        _leftover(batch, each.household_id, id_, one)
        for each in stored
        for id_, one in zip(each.person_ids, each.told, strict=True)
    )


def _filled(
    tell: Callable[[Dossier], list[T]], told: Mapping[UUID, Dossier]
) -> dict[UUID, list[T]]:
    """Gather what is told of each person, for those of whom anything is."""
    return {id_: found for id_, one in told.items() if (found := tell(one))}


def _keep_photos(uow: UnitOfWork, told: Mapping[UUID, Dossier]) -> None:
    photos = {id_: photo for id_, one in told.items() if (photo := people.photo(one)) is not None}
    try:
        persons.keep_photos(uow, photos, KeepPhoto(source=Source.UNHCR))
    except persons.UnusablePhoto as error:
        whose = told[error.person_id].one.label
        raise Invalid({"file": [f"The photo of {whose}: {error.sentence}"]}) from error


def _leftover(
    batch: ImportBatch, household_id: UUID, person_id: UUID, told: Dossier
) -> ImportedPerson:
    return ImportedPerson(
        batch_id=batch.id,
        person_id=person_id,
        household_id=household_id,
        other_facts=orjson.dumps(people.other_facts(told)).decode(),
    )


def _case(uow: UnitOfWork, case: Case, command: ImportFile) -> OpenCase:
    programme = programme_of(uow, command)
    route = rules.route_of(programme.routes.codes)
    told = case.resettlement
    return OpenCase(
        programme_code=programme.code,
        source=CaseSource.UNHCR,
        route=route,
        stage=start_of(programme.household, route, submitted=True),
        case_number=case.number,
        case_size=case.size,
        category_1=coding.category(told.category) if told else None,
        category_2=coding.category(told.second_category) if told else None,
        priority=coding.stated(told.priority) if told else None,
        submitted_on=command.submitted_on,
    )


def _imported(batch: ImportBatch, case: Case, opened: ResettlementCase) -> ImportedCase:
    told = case.resettlement
    submitted = {
        "guid": case.guid,
        "category_1": told.category if told else "",
        "category_2": told.second_category if told else "",
        "priority": told.priority if told else "",
        "code_system": batch.code_system,
    }
    return ImportedCase(
        batch_id=batch.id,
        case_id=opened.id,
        household_id=opened.household_id,
        position=case.position,
        as_submitted=orjson.dumps(submitted).decode(),
    )


def _link(uow: UnitOfWork, told: Sequence[Case], opened: Mapping[str, UUID]) -> None:
    """Link cases to those that the file names: to the record if one may be known of."""
    named = [(case, number) for case in told for number in rules.linked_numbers(case)]
    elsewhere = {number for _, number in named if number.casefold() not in opened}
    known = queries.cases_numbered(uow, elsewhere)
    links = [
        (opened[case.number.casefold()], _linked(number, opened.get(number.casefold()), known))
        for case, number in named
    ]
    cases.link_all(uow, links)


def _linked(number: str, here: UUID | None, known: Mapping[str, UUID]) -> LinkCase:
    other = here or known.get(number)
    return LinkCase(
        kind=LinkKind.CROSS_REFERENCED,
        linked_case_id=other,
        linked_number=None if other else number,
    )
