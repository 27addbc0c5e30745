"""Cases over JSON: where they stand, where they may go, and what they are judged by."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from resettle.cases import (
    acts,
    eligibility,
    judging,
    queries,
    schemas,
    service,
    shapes,
)
from resettle.cases.models import CaseLink, ResettlementCase
from resettle.cases.papers import CaseCheck, CheckKind, Decision, EligibilityFacts
from resettle.core.errors import NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.web.api import Api

api = Api("cases_api", __name__, url_prefix="/api")
CASE = "/cases/<uuid:case_id>"


@api.lists(
    "/cases",
    permission=Permission.CASE_READ,
    returns=shapes.CaseRow(),
    sorts=queries.SORTS,
    filters=schemas.CaseFiltersSchema(),
)
def index(uow: UnitOfWork, wanted: queries.CaseFilters) -> Select[Any]:
    """List the cases that are yours, with their days in the stage."""
    return queries.index(uow, wanted)


@api.reads(CASE, permission=Permission.CASE_READ, returns=shapes.CaseShape())
def show(uow: UnitOfWork, case_id: UUID) -> ResettlementCase:
    """Show a case."""
    return _case(uow, case_id)


@api.does(
    "PATCH",
    CASE,
    permission=Permission.CASE_MOVE,
    body=schemas.ChangeCaseSchema(),
    returns=shapes.CaseShape(),
)
def change(uow: UnitOfWork, case_id: UUID, command: acts.ChangeCase) -> ResettlementCase:
    """Record what has become known of a case."""
    return service.change_case(uow, case_id, command)


@api.reads(
    CASE + "/moves", permission=Permission.CASE_READ, returns=shapes.NextMoveShape(), many=True
)
def possible_moves(uow: UnitOfWork, case_id: UUID) -> Sequence[queries.NextMove]:
    """Say where a case may go from here, and what is missing for each move."""
    return queries.next_moves(uow, _case(uow, case_id))


@api.does(
    "POST",
    CASE + "/moves",
    permission=Permission.CASE_MOVE,
    body=schemas.MoveCaseSchema(),
    returns=shapes.CaseShape(),
    status=201,
)
def move(uow: UnitOfWork, case_id: UUID, command: acts.MoveCase) -> ResettlementCase:
    """Move a case on in its programme."""
    return service.move(uow, case_id, command)


@api.lists(
    CASE + "/history",
    permission=Permission.CASE_READ,
    returns=shapes.StageEntryShape(),
    sorts=queries.HISTORY_SORTS,
)
def history(uow: UnitOfWork, case_id: UUID) -> Select[Any]:
    """Show the way that a case has come."""
    return queries.history(uow, _case(uow, case_id).id)


@api.does(
    "POST",
    CASE + "/holds",
    permission=Permission.CASE_HOLD,
    body=schemas.HoldCaseSchema(),
    returns=shapes.CaseShape(),
    status=201,
)
def hold(uow: UnitOfWork, case_id: UUID, command: acts.HoldCase) -> ResettlementCase:
    """Put a case on hold."""
    return service.hold(uow, case_id, command)


@api.does(
    "POST",
    CASE + "/holds/release",
    permission=Permission.CASE_HOLD,
    body=schemas.ReleaseCaseSchema(),
    returns=shapes.CaseShape(),
    status=201,
)
def release(uow: UnitOfWork, case_id: UUID, command: acts.ReleaseCase) -> ResettlementCase:
    """Let a held case go on where it was."""
    return service.release(uow, case_id, command)


@api.reads(
    CASE + "/decisions", permission=Permission.CASE_READ, returns=shapes.DecisionShape(), many=True
)
def decisions(uow: UnitOfWork, case_id: UUID) -> Sequence[Decision]:
    """Show what has been decided of a case."""
    return queries.decisions(uow, _case(uow, case_id).id)


@api.does(
    "POST",
    CASE + "/decision",
    permission=Permission.CASE_DECIDE,
    body=schemas.RecordDecisionSchema(),
    returns=shapes.DecisionShape(),
    status=201,
)
def decide(uow: UnitOfWork, case_id: UUID, command: acts.RecordDecision) -> Decision:
    """Record a decision."""
    return judging.decide(uow, case_id, command)


@api.reads(
    CASE + "/checks", permission=Permission.CASE_READ, returns=shapes.CheckShape(), many=True
)
def checks(uow: UnitOfWork, case_id: UUID) -> Sequence[CaseCheck]:
    """Show the checks and what came of them."""
    return queries.checks(uow, _case(uow, case_id).id)


@api.does(
    "POST",
    CASE + "/checks/<string:kind>",
    permission=Permission.CASE_DECIDE,
    body=schemas.RecordCheckSchema(),
    returns=shapes.CheckShape(),
    status=201,
)
def record_check(uow: UnitOfWork, case_id: UUID, kind: str, command: acts.RecordCheck) -> CaseCheck:
    """Record what came of a check."""
    if kind not in set(CheckKind):
        raise NotFound("There is no such check.")
    return judging.record_check(uow, case_id, CheckKind(kind), command)


@api.reads(
    CASE + "/checklist",
    permission=Permission.CASE_READ,
    returns=shapes.ChecklistShape(),
    many=True,
)
def checklist(uow: UnitOfWork, case_id: UUID) -> Sequence[queries.ChecklistLine]:
    """Show the checklists of a case, line by line."""
    return queries.checklist(uow, _case(uow, case_id))


@api.does(
    "PUT",
    CASE + "/checklist/<uuid:item_id>",
    permission=Permission.CHECKLIST_RECORD,
    body=schemas.AnswerItemSchema(),
    returns=shapes.ChecklistShape(),
)
def answer_item(
    uow: UnitOfWork, case_id: UUID, item_id: UUID, command: acts.AnswerItem
) -> queries.ChecklistLine:
    """Answer one line of a checklist."""
    return judging.answer_item(uow, case_id, item_id, command)


@api.reads(
    CASE + "/eligibility",
    permission=Permission.ELIGIBILITY_READ,
    returns=shapes.EligibilityShape(),
)
def show_eligibility(uow: UnitOfWork, case_id: UUID) -> eligibility.Eligibility:
    """Judge the principal applicant by the rules of the programme, each with its reason."""
    return queries.judged(uow, case_id)


@api.reads(
    CASE + "/applicant",
    permission=Permission.ELIGIBILITY_READ,
    returns=shapes.ApplicantShape(),
)
def show_applicant(uow: UnitOfWork, case_id: UUID) -> EligibilityFacts:
    """Show what is known of the principal applicant for the rules."""
    return queries.applicant(uow, case_id)


@api.does(
    "PATCH",
    CASE + "/applicant",
    permission=Permission.CASE_MOVE,
    body=schemas.RecordApplicantSchema(),
    returns=shapes.ApplicantShape(),
)
def record_applicant(
    uow: UnitOfWork, case_id: UUID, command: acts.RecordApplicant
) -> EligibilityFacts:
    """Record what has become known of the principal applicant."""
    return judging.record_applicant(uow, case_id, command)


@api.reads(CASE + "/links", permission=Permission.CASE_READ, returns=shapes.LinkShape(), many=True)
def links(uow: UnitOfWork, case_id: UUID) -> Sequence[CaseLink]:
    """Show the cases that belong to this one."""
    return queries.links(uow, _case(uow, case_id).id)


@api.does(
    "POST",
    CASE + "/links",
    permission=Permission.CASE_MOVE,
    body=schemas.LinkCaseSchema(),
    returns=shapes.LinkShape(),
    status=201,
)
def link(uow: UnitOfWork, case_id: UUID, command: acts.LinkCase) -> CaseLink:
    """Record that another case belongs to this one."""
    return service.link(uow, case_id, command)


def _case(uow: UnitOfWork, case_id: UUID) -> ResettlementCase:
    return uow.get(ResettlementCase, case_id, to=Permission.CASE_READ)
