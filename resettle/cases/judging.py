"""What a case is judged by, as it becomes known: decisions, checks, checklists, the applicant."""

from uuid import UUID

from resettle.cases import queries, rules
from resettle.cases.acts import AnswerItem, RecordApplicant, RecordCheck, RecordDecision
from resettle.cases.eligibility import NO, YES
from resettle.cases.models import ResettlementCase
from resettle.cases.papers import (
    CaseCheck,
    CheckKind,
    ChecklistItem,
    Decision,
    DecisionKind,
    EligibilityFacts,
    ItemStatus,
)
from resettle.core.errors import Invalid, NotFound
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.acts import given
from resettle.programmes.catalogue import Catalogue
from resettle.programmes.checklists import Answer

DECLINE_REASONS = "decline_reason"
SEALED_ANSWERS = frozenset({"mandate_confirmed", "other_category", "region_accepted"})


def decide(uow: UnitOfWork, case_id: UUID, command: RecordDecision) -> Decision:
    """Record a decision. To decline takes a reason from the list; the newest decision counts."""
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_DECIDE)
    codes = uow.use(Catalogue).lists[DECLINE_REASONS].codes
    if command.kind is DecisionKind.DECLINED and command.reason not in codes:
        raise Invalid({"reason": [f"Choose one of: {', '.join(codes)}."]})
    if command.decided_on > uow.today:
        raise Invalid({"decided_on": ["This day has not come yet."]})
    case.decision, case.decided_on = command.kind, command.decided_on
    return uow.add(
        Decision(
            case_id=case.id,
            household_id=case.household_id,
            kind=command.kind,
            decided_on=command.decided_on,
            recorded_at=uow.now,
            recorded_by=uow.actor.user_id,
            reason_code=command.reason,
            note=command.note,
        )
    )


def record_check(
    uow: UnitOfWork, case_id: UUID, kind: CheckKind, command: RecordCheck
) -> CaseCheck:
    """Record what came of one of the checks; a later result takes the place of an earlier."""
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_DECIDE)
    query = uow.select(CaseCheck).where(CaseCheck.case_id == case.id, CaseCheck.kind == kind)
    check = uow.first(query) or CaseCheck(
        case_id=case.id, household_id=case.household_id, kind=kind
    )
    check.checked_on = command.checked_on
    check.result, check.note = command.result, command.note
    return uow.add(check)


def record_applicant(uow: UnitOfWork, case_id: UUID, command: RecordApplicant) -> EligibilityFacts:
    """Record what has become known of the principal applicant."""
    case = uow.get(ResettlementCase, case_id, to=Permission.CASE_MOVE)
    query = uow.columns(EligibilityFacts, EligibilityFacts.id)
    found = uow.rows(query.where(EligibilityFacts.case_id == case.id))
    facts = uow.edit(EligibilityFacts, found[0].id, to=Permission.CASE_MOVE)
    for name, value in given(command).items():
        setattr(facts, name, _answer(value) if name in SEALED_ANSWERS else value)
    return facts


def _answer(value: bool | None) -> str | None:  # noqa: FBT001  # the answer itself
    if value is None:
        return None
    return YES if value else NO


def answer_item(
    uow: UnitOfWork, case_id: UUID, item_id: UUID, command: AnswerItem
) -> queries.ChecklistLine:
    """Answer one line of a checklist: met, waived, to follow, or open again.

    Raises Invalid if it cannot be waived, or only with a note and another document in its place.
    """
    case = uow.get(ResettlementCase, case_id, to=Permission.CHECKLIST_RECORD)
    item = uow.edit(ChecklistItem, item_id, to=Permission.CHECKLIST_RECORD)
    if item.case_id != case.id:
        raise NotFound("There is no such line in this case.")
    programme = queries.programme_of(uow, case)
    if command.status is not ItemStatus.OPEN:
        fault = rules.fault_of_item(
            programme.checklist(item.list_code),
            queries.defined_item(programme, item),
            Answer(command.status.value),
            command.note or "",
            command.instead,
        )
        if fault:
            raise Invalid({"status": [fault]})
    item.status, item.note = command.status, command.note
    item.instead = command.instead if command.status is ItemStatus.WAIVED else None
    uow.session.flush()
    return queries.line_of(programme, item)
