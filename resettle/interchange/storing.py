"""Writing a checked file into our records: households, people, cases, links, duplicates.

All of it lies in the transaction of the caller, so a submission comes in whole or not at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import orjson

from resettle.cases import service as cases
from resettle.cases.acts import AssignCaseworker, LinkCase, OpenCase
from resettle.cases.assigning import look_after
from resettle.cases.models import AssignmentKind, LinkKind, ResettlementCase
from resettle.cases.models import Source as CaseSource
from resettle.cases.rules import start_of
from resettle.core.errors import Invalid
from resettle.core.work import UnitOfWork
from resettle.duplicates.service import note_duplicates
from resettle.errf import Checked, Version
from resettle.errf.records import PRINCIPAL_APPLICANT, Case
from resettle.households import service as households
from resettle.households.acts import OpenHousehold
from resettle.households.facts import UNHCR_NUMBER
from resettle.households.models import Person, Source
from resettle.households.queries import current_members
from resettle.interchange import coding, people, queries, rules
from resettle.interchange.acts import STREAMS, ImportFile
from resettle.interchange.dossiers import Dossier, dossiers
from resettle.interchange.models import ImportBatch, ImportedCase, ImportedPerson
from resettle.people import service as persons
from resettle.people.acts import KeepPhoto
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme

IMPORTED_IT = "Imported the case file."


def store(uow: UnitOfWork, checked: Checked, sha256: str, command: ImportFile) -> ImportBatch:
    """Store every case of a checked file, then link them and look for people known already."""
    submission = checked.submission
    programme = _programme(uow, command.programme)
    batch = uow.add(_batch(uow, checked, sha256, programme))
    stored = {
        case.number.casefold(): _store_case(uow, batch, submission.version, case, command)
        for case in submission.cases
    }
    for case in submission.cases:
        _link(uow, case, stored)
    for opened in stored.values():
        for member in current_members(uow, opened.household_id):
            note_duplicates(uow, member.person_id)
    return batch


def _programme(uow: UnitOfWork, code: str) -> Programme:
    try:
        return uow.use(Catalogue).in_force(code, uow.today)
    except UnknownProgramme as error:
        raise Invalid({"programme": [str(error)]}) from error


def _batch(uow: UnitOfWork, checked: Checked, sha256: str, programme: Programme) -> ImportBatch:
    submission = checked.submission
    count = sum(len(case.individuals) for case in submission.cases)
    return ImportBatch(
        sha256=sha256,
        form_version=submission.version.value,
        code_system=submission.code_system,
        programme_code=programme.code,
        programme_version=programme.version,
        imported_by=uow.actor.user_id,
        imported_at=uow.now,
        case_count=len(submission.cases),
        person_count=count,
        notice_count=count,
        warning_count=len(checked.warnings),
    )


def _store_case(
    uow: UnitOfWork, batch: ImportBatch, version: Version, case: Case, command: ImportFile
) -> ResettlementCase:
    told = dossiers(case, version)
    household = households.open_household(uow, _household(told, command))
    _look_after(uow, household.id)
    for one, person_id in _matched(uow, told, household.id):
        _complete(uow, one, person_id)
        uow.add(_leftover(batch, household.id, person_id, one))
    opened = cases.open_case(uow, household.id, _case(uow, case, command))
    uow.add(_imported(batch, case, opened))
    return opened


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


def _look_after(uow: UnitOfWork, household_id: UUID) -> None:
    """Let the importer look after the household from here on; an operator's waits unassigned."""
    if uow.actor.user_id is not None:
        look_after(
            uow,
            household_id,
            AssignCaseworker(
                user_id=uow.actor.user_id,
                kind=AssignmentKind.PRIMARY,
                from_on=uow.today,
                reason=IMPORTED_IT,
            ),
        )


def _matched(
    uow: UnitOfWork, told: Sequence[Dossier], household_id: UUID
) -> Iterator[tuple[Dossier, UUID]]:
    """Find again who became whom, by the UNHCR number, which each has and no two share."""
    ids = [member.person_id for member in current_members(uow, household_id)]
    rows = uow.rows(uow.columns(Person, Person.id, Person.unhcr_id_index).where(Person.id.in_(ids)))
    id_by_index = {row.unhcr_id_index: row.id for row in rows}
    for one in told:
        yield one, id_by_index[uow.blind(UNHCR_NUMBER, one.one.id)]


def _complete(uow: UnitOfWork, told: Dossier, person_id: UUID) -> None:
    """Record what a person has several of, or that is kept beside the person."""
    for language in people.languages(told):
        persons.record_language(uow, person_id, language)
    for need in people.needs(told):
        persons.record_need(uow, person_id, need)
    for relative in people.relatives(told):
        persons.record_relative(uow, person_id, relative)
    photo = people.photo(told)
    if photo is not None:
        _keep_photo(uow, told, person_id, photo)


def _keep_photo(uow: UnitOfWork, told: Dossier, person_id: UUID, photo: bytes) -> None:
    try:
        persons.keep_photo(uow, person_id, photo, KeepPhoto(source=Source.UNHCR))
    except Invalid as error:
        reasons = " ".join(reason for given in error.errors.values() for reason in given)
        raise Invalid({"file": [f"The photo of {told.one.label}: {reasons}"]}) from error


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
    programme = _programme(uow, command.programme)
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


def _link(uow: UnitOfWork, case: Case, stored: Mapping[str, ResettlementCase]) -> None:
    """Link a case to those that the file names: to the record if one may be known of."""
    opened = stored[case.number.casefold()]
    for number in rules.linked_numbers(case):
        other = stored.get(number.casefold()) or queries.case_numbered(uow, number)
        cases.link(
            uow,
            opened.id,
            LinkCase(
                kind=LinkKind.CROSS_REFERENCED,
                linked_case_id=other.id if other else None,
                linked_number=None if other else number,
            ),
        )
