"""Questions about imports: what came in, what is known already, what waits to be imported."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Row, Select, String, func, select

from resettle.cases.models import ResettlementCase
from resettle.cases.models import Source as CaseSource
from resettle.cases.opening import CASE_NUMBER
from resettle.core.among import among
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.duplicates.models import DuplicateCandidate
from resettle.households.models import Household, HouseholdMember, Person
from resettle.interchange.models import CheckedUpload, ImportBatch, ImportedCase, ImportState
from resettle.interchange.rules import Report

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "imported_at": (ImportBatch.imported_at.expression,),
}
EXPIRED = "This file was checked more than an hour ago and is no longer kept. Check it again."


@dataclass(frozen=True, slots=True)
class ImportFile:
    """An import with the households that it brought, and who of them may be known already."""

    batch: ImportBatch
    cases: Sequence[Row[Any]]
    possible_duplicates: Sequence[Row[Any]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.batch, name)


def batches(uow: UnitOfWork) -> Select[ImportBatch]:
    return uow.select(ImportBatch)


def import_file(uow: UnitOfWork, batch_id: UUID) -> ImportFile:
    batch = uow.get(ImportBatch, batch_id, to=Permission.IMPORT_READ)
    cases = _cases(uow, batch.id)
    found = _possible_duplicates(uow, [case.household_id for case in cases])
    return ImportFile(batch, cases, found)


def _cases(uow: UnitOfWork, batch_id: UUID) -> Sequence[Row[Any]]:
    size = uow.subquery(HouseholdMember, func.count()).where(
        HouseholdMember.household_id == Household.id, HouseholdMember.left_on.is_(None)
    )
    query = (
        uow.columns(
            ImportedCase,
            ImportedCase.case_id.label("case_id"),
            ImportedCase.household_id.label("household_id"),
            Household.reference.label("reference"),
            Household.display_name.label("display_name"),
            ResettlementCase.stage.label("stage"),
            ResettlementCase.case_size.label("case_size"),
            size.scalar_subquery().label("people"),
        )
        .join(Household, Household.id == ImportedCase.household_id)
        .join(ResettlementCase, ResettlementCase.id == ImportedCase.case_id)
        .where(ImportedCase.batch_id == batch_id)
        .order_by(ImportedCase.position)
    )
    query = uow.along(uow.touching(query, HouseholdMember), Household, ResettlementCase)
    return uow.rows(query)


def _possible_duplicates(uow: UnitOfWork, household_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    candidate = DuplicateCandidate
    query = (
        uow.columns(
            candidate,
            candidate.id.label("id"),
            candidate.person_id.label("person_id"),
            HouseholdMember.household_id.label("household_id"),
            Household.reference.label("reference"),
            Person.given_name.label("given_name"),
            Person.family_name.label("family_name"),
            candidate.score.label("score"),
            candidate.reasons.label("reasons"),
            candidate.verdict.label("verdict"),
        )
        .join(HouseholdMember, HouseholdMember.person_id == candidate.person_id)
        .join(Household, Household.id == HouseholdMember.household_id)
        .join(Person, Person.id == candidate.person_id)
        .where(HouseholdMember.household_id.in_(household_ids), HouseholdMember.left_on.is_(None))
        .order_by(candidate.score.desc(), candidate.id)
    )
    return uow.rows(uow.along(query, HouseholdMember, Household, Person))


@dataclass(frozen=True, slots=True)
class Before:
    """When a file was imported before, and as which households, as far as the asker may know."""

    imported_at: datetime
    is_done: bool
    references: Sequence[str]


def imported_before(uow: UnitOfWork, sha256: str) -> Before | None:
    """Tell whether this very file is in already, whoever imported it."""
    columns: tuple[Any, ...] = (ImportBatch.id, ImportBatch.imported_at, ImportBatch.state)
    query = select(*columns).where(ImportBatch.sha256 == sha256)
    found = uow.rows(uow.touching(query, ImportBatch))
    if not found:
        return None
    mine = (
        uow.columns(ImportedCase, Household.reference.label("reference"))
        .join(Household, Household.id == ImportedCase.household_id)
        .where(ImportedCase.batch_id == found[0].id)
        .order_by(ImportedCase.position)
    )
    references = [row.reference for row in uow.rows(uow.along(mine, Household))]
    return Before(found[0].imported_at, found[0].state is ImportState.DONE, references)


def known_cases(uow: UnitOfWork, numbers: Sequence[str]) -> list[tuple[str, str | None]]:
    """Name the numbers that are on record, each with its household if the asker may know of it."""
    number_by_index = {uow.blind(CASE_NUMBER, number): number for number in numbers}
    case = ResettlementCase
    columns: tuple[Any, ...] = (case.case_number_index, case.household_id)
    query = select(*columns).where(
        case.source == CaseSource.UNHCR,
        case.case_number_index.in_(among("indexes", String())),
    )
    found = uow.rows(uow.touching(query, case).params(indexes=[*number_by_index]))
    visible = uow.columns(Household, Household.id, Household.reference).where(
        Household.id.in_([row.household_id for row in found])
    )
    references = {row.id: row.reference for row in uow.rows(visible)}
    told = {
        number_by_index[row.case_number_index]: references.get(row.household_id) for row in found
    }
    return [(number, told[number]) for number in numbers if number in told]


def cases_numbered(uow: UnitOfWork, numbers: Collection[str]) -> Mapping[str, UUID]:
    """Find cases by their numbers, as far as the asker may know of them."""
    case = ResettlementCase
    number_by_index = {uow.blind(CASE_NUMBER, number): number for number in numbers}
    query = uow.columns(case, case.case_number_index, case.id).where(
        case.source == CaseSource.UNHCR,
        case.case_number_index.in_(among("indexes", String())),
    )
    rows = uow.rows(query.params(indexes=[*number_by_index]))
    return {number_by_index[row.case_number_index]: row.id for row in rows}


@dataclass(frozen=True, slots=True)
class Preview(Report):
    """A checked file as it would come in, for its sender."""

    id: UUID
    file_name: str | None
    expires_at: datetime
    importable: bool
    known: Sequence[str]


def own_unclaimed(uow: UnitOfWork) -> Sequence[CheckedUpload]:
    """List what the reader has sent and not left to the worker."""
    batch = ImportBatch
    claimed = uow.subquery(batch, batch.upload_id).where(batch.upload_id.is_not(None))
    own = CheckedUpload.user_id == uow.actor.user_id, CheckedUpload.id.not_in(claimed)
    return uow.all(uow.touching(uow.select(CheckedUpload).where(*own), batch))


def batch_of(uow: UnitOfWork, upload_id: UUID) -> ImportBatch | None:
    """Find the import of a file that waits for the worker."""
    return uow.first(uow.select(ImportBatch).where(ImportBatch.upload_id == upload_id))


def upload(uow: UnitOfWork, upload_id: UUID) -> CheckedUpload:
    found = uow.get(CheckedUpload, upload_id, to=Permission.IMPORT_CHECK)
    if found.expires_at <= uow.now:
        raise NotFound(EXPIRED)
    return found


def preview(uow: UnitOfWork, upload_id: UUID) -> Preview:
    found = upload(uow, upload_id)
    report = orjson.loads(found.report)
    known = known_cases(uow, [case["number"] for case in report["cases"]])
    return Preview(
        user_id=found.user_id,
        **report,
        id=found.id,
        file_name=found.file_name,
        expires_at=found.expires_at,
        importable=found.content is not None,
        known=[number for number, _ in known],
    )
