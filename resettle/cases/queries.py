"""Questions about cases: where they stand, where they may go, and what is missing to go there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.types import Date

from resettle.accounts.models import UserAccount
from resettle.cases import eligibility, places, rules
from resettle.cases.days import days_between
from resettle.cases.facts import FactSources
from resettle.cases.models import (
    Assignment,
    AssignmentKind,
    CaseLink,
    Hold,
    ResettlementCase,
    StageEntry,
)
from resettle.cases.papers import CaseCheck, ChecklistItem, Decision, EligibilityFacts
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.programmes import content
from resettle.programmes.catalogue import Catalogue, UnknownProgramme
from resettle.programmes.definition import Programme
from resettle.programmes.facts import Fact
from resettle.programmes.workflow import Move

SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "since": (ResettlementCase.stage_since.expression,),
    "stage": (ResettlementCase.stage.expression, ResettlementCase.stage_since.expression),
    "name": (Household.display_name.expression, ResettlementCase.stage_since.expression),
}
HISTORY_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {"seq": (StageEntry.seq.expression,)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    stage: str | None = None
    programme: str | None = None
    household_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapFilters:
    on: date | None = None


@dataclass(frozen=True, slots=True)
class MissingFact:
    fact: str
    sentence: str
    may_override: bool


@dataclass(frozen=True, slots=True)
class NextMove:
    """One way on from where a case stands, with what is still missing for it."""

    household_id: UUID
    to: str
    title: str
    ready: bool
    missing: tuple[MissingFact, ...]
    asks: tuple[str, ...]
    reasons: str | None


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A line of a checklist, with what the programme's file says of it."""

    id: UUID
    version: int
    household_id: UUID
    person_id: UUID | None
    list_code: str
    item_code: str
    title: str
    status: str
    instead: str | None
    note: str | None
    waivable: bool
    instead_one_of: tuple[str, ...]
    may_follow: bool


def index(uow: UnitOfWork, wanted: CaseFilters) -> Select[Any]:
    """List the cases of the reader, each with its household and its days in the stage."""
    case = ResettlementCase
    query = uow.columns(
        case,
        case.id.label("id"),
        case.household_id.label("household_id"),
        Household.reference.label("reference"),
        Household.display_name.label("display_name"),
        Household.location.label("location"),
        case.programme_code.label("programme_code"),
        case.programme_version.label("programme_version"),
        case.stage.label("stage"),
        case.stage_since.label("stage_since"),
        days_between(case.stage_since, literal(uow.today, Date)).label("days_in_stage"),
        case.case_size.label("case_size"),
    ).join(Household, Household.id == case.household_id)
    given = {
        case.stage: wanted.stage,
        case.programme_code: wanted.programme,
        case.household_id: wanted.household_id,
    }
    for column, value in given.items():
        if value is not None:
            query = query.where(column == value)
    return uow.along(query, Household)


def programme_of(uow: UnitOfWork, case: ResettlementCase) -> Programme:
    return uow.use(Catalogue).get(case.programme_code, case.programme_version)


def facts(uow: UnitOfWork, case: ResettlementCase, wanted: Collection[Fact]) -> frozenset[Fact]:
    """Name those of the wanted facts that hold now; nobody is asked for any other."""
    return uow.use(FactSources).holding(uow, case, wanted)


def next_moves(uow: UnitOfWork, case: ResettlementCase) -> tuple[NextMove, ...]:
    """Tell every move from where the case stands, each with what is missing in words."""
    programme = programme_of(uow, case)
    moves = programme.moves_from(case.stage, case.left_stage)
    wanted = {fact for move in moves for fact in move.needs}
    holding = facts(uow, case, wanted)
    return tuple(_next_move(programme, case, move, holding) for move in moves)


def _next_move(
    programme: Programme, case: ResettlementCase, move: Move, holding: frozenset[Fact]
) -> NextMove:
    stage = programme.stage(move.target)
    wanted = rules.asked(stage)
    missing = move.missing(holding)
    return NextMove(
        household_id=case.household_id,
        to=move.target,
        title=stage.title,
        ready=not missing,
        missing=tuple(
            MissingFact(fact.value, fact.missing, fact in move.may_override) for fact in missing
        ),
        asks=wanted.fields,
        reasons=wanted.reasons,
    )


def history(uow: UnitOfWork, case_id: UUID) -> Select[StageEntry]:
    return uow.select(StageEntry).where(StageEntry.case_id == case_id)


def count_of_entries(uow: UnitOfWork, case_ids: Collection[UUID]) -> Mapping[UUID, int]:
    """Tell how many stages each case has entered so far, if any."""
    query = uow.columns(StageEntry, StageEntry.case_id, func.count().label("entries"))
    found = uow.rows(query.where(StageEntry.case_id.in_(case_ids)).group_by(StageEntry.case_id))
    return {row.case_id: row.entries for row in found}


def of_household(uow: UnitOfWork, household_id: UUID) -> Sequence[ResettlementCase]:
    return uow.ask_all(_of_household, household_id)


def _of_household(uow: UnitOfWork, household_id: UUID) -> Select[Any]:
    query = uow.select(ResettlementCase).where(ResettlementCase.household_id == household_id)
    return query.order_by(ResettlementCase.opened_on, ResettlementCase.id)


def open_hold(uow: UnitOfWork, case_id: UUID) -> Hold | None:
    return uow.first(uow.select(Hold).where(Hold.case_id == case_id, Hold.released_on.is_(None)))


def decisions(uow: UnitOfWork, case_id: UUID) -> Sequence[Decision]:
    query = uow.select(Decision).where(Decision.case_id == case_id)
    return uow.all(query.order_by(Decision.recorded_at, Decision.id))


def checks(uow: UnitOfWork, case_id: UUID) -> Sequence[CaseCheck]:
    query = uow.select(CaseCheck).where(CaseCheck.case_id == case_id)
    return uow.all(query.order_by(CaseCheck.kind))


def links(uow: UnitOfWork, case_id: UUID) -> Sequence[CaseLink]:
    return uow.all(uow.select(CaseLink).where(CaseLink.case_id == case_id).order_by(CaseLink.id))


def judged(uow: UnitOfWork, case_id: UUID) -> eligibility.Eligibility:
    """Judge the principal applicant of a case by the rules of its programme."""
    case = uow.get(ResettlementCase, case_id, to=Permission.ELIGIBILITY_READ)
    return eligibility.of_case(uow, case)


def applicant(uow: UnitOfWork, case_id: UUID) -> EligibilityFacts:
    case = uow.get(ResettlementCase, case_id, to=Permission.ELIGIBILITY_READ)
    return eligibility.known_of_applicant(uow, case.id)


def items(uow: UnitOfWork, case_id: UUID) -> Sequence[ChecklistItem]:
    query = uow.select(ChecklistItem).where(ChecklistItem.case_id == case_id)
    order = (ChecklistItem.list_code, ChecklistItem.item_code, ChecklistItem.person_id)
    return uow.all(query.order_by(*order))


def checklist(uow: UnitOfWork, case: ResettlementCase) -> tuple[ChecklistLine, ...]:
    """Tell every line of the case's checklists, with what may be done about it."""
    programme = programme_of(uow, case)
    return tuple(line_of(programme, item) for item in items(uow, case.id))


def line_of(programme: Programme, item: ChecklistItem) -> ChecklistLine:
    defined = defined_item(programme, item)
    return ChecklistLine(
        id=item.id,
        version=item.version,
        household_id=item.household_id,
        person_id=item.person_id,
        list_code=item.list_code,
        item_code=item.item_code,
        title=defined.title,
        status=item.status,
        instead=item.instead,
        note=item.note,
        waivable=defined.waivable,
        instead_one_of=defined.instead_one_of,
        may_follow=defined.may_follow,
    )


def defined_item(programme: Programme, item: ChecklistItem) -> content.ChecklistItem:
    """Find what the programme's file says of a line."""
    listed = programme.checklist(item.list_code).items
    return next(each for each in listed if each.code == item.item_code)


def assignments(uow: UnitOfWork, household_id: UUID) -> Sequence[Assignment]:
    """Tell who looks after the household and who did, the newest first."""
    query = uow.select(Assignment).where(Assignment.household_id == household_id)
    return uow.all(query.order_by(Assignment.from_on.desc(), Assignment.id))


def primary(uow: UnitOfWork, household_id: UUID) -> Assignment | None:
    """Tell which assignment of a primary caseworker holds today."""
    return uow.first(
        uow.select(Assignment).where(
            Assignment.household_id == household_id,
            Assignment.kind == AssignmentKind.PRIMARY,
            Assignment.live_on(uow.today),
        )
    )


def worker_name(uow: UnitOfWork, household_id: UUID) -> str | None:
    """Name the primary caseworker of a household to a colleague, whoever asks, and nothing else."""
    query: Select[Any] = (
        select(UserAccount.name)
        .join(Assignment, Assignment.user_id == UserAccount.id)
        .where(
            Assignment.household_id == household_id,
            Assignment.kind == AssignmentKind.PRIMARY,
            Assignment.live_on(uow.today),
        )
    )
    name: str | None = uow.session.scalar(uow.touching(query, Assignment, UserAccount))
    return name


def caps(uow: UnitOfWork, code: str, on: date | None = None) -> tuple[rules.Room, ...]:
    """Measure the caps of the programme's version in force on a day, usually today, in persons.

    Why a case came is nobody's business outside: others see no cap of a subcategory.
    """
    uow.require(Permission.PROGRAMME_READ)
    try:
        programme = uow.use(Catalogue).in_force(code, on or uow.today)
    except UnknownProgramme as error:
        raise NotFound(str(error)) from error
    inside = uow.allows(Permission.CASE_READ) or uow.allows(Permission.PIPELINE_READ)
    found = places.rooms(uow, programme, on or uow.today)
    return tuple(room for room in found if inside or not room.cap.subcategories)
