"""Questions about documents: what is on file, what is still asked for, what runs out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select

from resettle.cases import queries as cases
from resettle.cases.models import ResettlementCase
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.documents import rules
from resettle.documents.models import Document
from resettle.documents.rules import Confidentiality, Kind, Paper, Standing, State
from resettle.households.models import Household, Person
from resettle.programmes.definition import Programme

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "filed": (Document.created_at.expression,),
    "kind": (Document.kind.expression,),
}
# What must be granted beside the document itself, for its row and for its content.
NEEDS: Mapping[Confidentiality, Permission] = {
    Confidentiality.RESTRICTED: Permission.ORIGIN_READ,
    Confidentiality.HEALTH: Permission.HEALTH_READ,
}
EXPIRING_MOST = 500
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilters:
    kind: Kind | None = None
    person_id: UUID | None = None
    removed: bool = False


def documents(uow: UnitOfWork, household_id: UUID, wanted: DocumentFilters) -> Select[Any]:
    """List the newest versions of a household's documents; those taken off the file if asked."""
    household = uow.get(Household, household_id, to=Permission.DOCUMENT_READ)
    query = uow.select(Document).where(
        Document.household_id == household.id,
        Document.confidentiality.in_(readable(uow, household)),
    )
    if wanted.kind is not None:
        query = query.where(Document.kind == wanted.kind)
    if wanted.person_id is not None:
        query = query.where(Document.person_id == wanted.person_id)
    if wanted.removed:
        return query.where(Document.removed_at.is_not(None))
    return query.where(*_in_use(household.id))


def on_file(uow: UnitOfWork, household_id: UUID) -> Sequence[Document]:
    """Tell the documents of a household as they are now, by kind, the newest first."""
    query = documents(uow, household_id, DocumentFilters())
    return uow.all(query.order_by(Document.kind, Document.created_at.desc(), Document.id))


def brought(uow: UnitOfWork, household_id: UUID) -> Sequence[Document]:
    """Tell the reader the papers of their own and of their children, the newest first."""
    household = uow.get(Household, household_id, to=Permission.HOUSEHOLD_MINE)
    query = uow.select(Document).where(
        Document.household_id == household.id, *_in_use(household.id)
    )
    return uow.all(query.order_by(Document.created_at.desc(), Document.id).limit(MOST))


def of_person(uow: UnitOfWork, person_id: UUID) -> Sequence[Document]:
    """Tell the documents of one person as they are now, as far as the reader may know of them."""
    person = uow.get(Person, person_id, to=Permission.DOCUMENT_READ)
    query = uow.select(Document).where(
        Document.person_id == person.id,
        Document.confidentiality.in_(readable(uow, person)),
        *_in_use(),
    )
    return uow.all(query.order_by(Document.kind, Document.created_at.desc(), Document.id))


def removed(uow: UnitOfWork, household_id: UUID) -> Sequence[Document]:
    """Tell what was taken off the file, the latest first."""
    query = documents(uow, household_id, DocumentFilters(removed=True))
    return uow.all(query.order_by(Document.removed_at.desc(), Document.id).limit(50))


def _in_use(*household_ids: UUID) -> tuple[ColumnElement[bool], ...]:
    """Leave out what was removed, and what a version that was not removed has replaced."""
    replaced = select(Document.replaces_id).where(
        Document.replaces_id.is_not(None), Document.removed_at.is_(None)
    )
    if household_ids:
        replaced = replaced.where(Document.household_id.in_(household_ids))
    return Document.removed_at.is_(None), Document.id.not_in(replaced)


def readable(uow: UnitOfWork, subject: object) -> list[Confidentiality]:
    """Name the classes of documents that the reader may know of."""
    return [each for each in Confidentiality if may_read(uow, each, subject)]


def may_read(uow: UnitOfWork, each: Confidentiality, subject: object) -> bool:
    return each not in NEEDS or uow.allows(NEEDS[each], subject)


def versions(uow: UnitOfWork, document: Document) -> Sequence[Document]:
    """Tell every version of a document, the newest first; each replaces the one after it."""
    about = uow.select(Document).where(Document.household_id == document.household_id)
    rows = uow.all(about.order_by(Document.created_at.desc(), Document.id))
    chain = {document.id}
    for _ in rows:
        nearby = {r.id for r in rows if r.replaces_id in chain}
        nearby |= {r.replaces_id for r in rows if r.id in chain and r.replaces_id is not None}
        if nearby <= chain:
            break
        chain |= nearby
    return [row for row in rows if row.id in chain]


def is_newest(uow: UnitOfWork, document: Document) -> bool:
    newer = uow.count(Document, Document.replaces_id == document.id, Document.removed_at.is_(None))
    return document.removed_at is None and not newer


def to_file_anew(uow: UnitOfWork, until: date) -> Sequence[Document]:
    """Tell the documents of the reader's households that run out by a day, the first one first.

    Those that ran out already are told too, and those that nobody can open since they are too
    large to be checked, until they are replaced or taken off the file.
    """
    uow.require(Permission.DOCUMENT_READ)
    query = uow.select(Document).where(
        or_(Document.expires_on <= until, Document.state == State.TOO_LARGE), *_in_use()
    )
    found = uow.all(query.order_by(Document.expires_on, Document.id).limit(EXPIRING_MOST))
    return [d for d in found if d.confidentiality in readable(uow, d)]


@dataclass(frozen=True, slots=True)
class Required:
    """One paper that a stage asks for, of the household or of one person, and how it stands."""

    household_id: UUID
    person_id: UUID | None
    list_code: str
    item_code: str
    title: str
    kind: str
    stages: tuple[str, ...]
    standing: Standing
    answer: str
    instead: str | None
    item_id: UUID


def required(uow: UnitOfWork, case: ResettlementCase) -> list[Required]:
    """Tell each paper that the checklists of a case ask for, and how it stands with it today."""
    uow.require(Permission.DOCUMENT_READ, case)
    programme = cases.programme_of(uow, case)
    papers = _papers(uow, case.household_id)
    found = []
    for item in cases.items(uow, case.id):
        kind = cases.defined_item(programme, item).document
        if kind is None:
            continue
        answer = item.status.value
        how = rules.standing(kind, item.person_id, answer, papers, uow.today)
        found.append(
            Required(
                household_id=case.household_id,
                person_id=item.person_id,
                list_code=item.list_code,
                item_code=item.item_code,
                title=cases.defined_item(programme, item).title,
                kind=kind,
                stages=_stages(programme, item.list_code),
                standing=how,
                answer=answer,
                instead=item.instead,
                item_id=item.id,
            )
        )
    return found


def _papers(uow: UnitOfWork, household_id: UUID) -> Collection[Paper]:
    """Tell what is on file in terms of a checklist; what is still in quarantine does not count."""
    query = uow.columns(Document, Document.kind, Document.person_id, Document.expires_on).where(
        Document.household_id == household_id,
        Document.state == State.CLEAN,
        *_in_use(household_id),
    )
    return [Paper(row.kind.value, row.person_id, row.expires_on) for row in uow.rows(query)]


def _stages(programme: Programme, list_code: str) -> tuple[str, ...]:
    """Name the stages that ask for a checklist."""
    return tuple(stage.title for stage in programme.stages if stage.checklist == list_code)
