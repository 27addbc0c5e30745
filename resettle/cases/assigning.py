"""Who looks after a household: caseworkers are assigned, stand in for each other, hand over."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from resettle.accounts.models import RoleGrant, UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.cases import rules
from resettle.cases.acts import AssignCaseworker, EndAssignment
from resettle.cases.events import CaseworkerAssigned
from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import Role
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import DenyListed, Household


def assign(uow: UnitOfWork, household_id: UUID, command: AssignCaseworker) -> Assignment:
    """Assign a caseworker. A new primary takes over from the one there is, from that day.

    Cover has its end from the start, and falls back by itself.
    """
    household = uow.get(Household, household_id, to=Permission.CASE_ASSIGN)
    needs_end = command.kind is AssignmentKind.COVER
    faults = rules.period_fault(command.from_on, command.until_on, needs_end=needs_end)
    if not needs_end and command.until_on is not None:
        faults = {"until_on": ["Only cover has its end from the start."]}
    if faults:
        raise Invalid(faults)
    _check_user(uow, household.id, command.user_id)
    if command.kind is AssignmentKind.PRIMARY:
        _hand_over(uow, household.id, command)
    return look_after(uow, household.id, command)


def look_after(uow: UnitOfWork, household_id: UUID, command: AssignCaseworker) -> Assignment:
    assignment = uow.add(
        Assignment(
            household_id=household_id,
            user_id=command.user_id,
            kind=command.kind,
            from_on=command.from_on,
            until_on=command.until_on,
            reason=command.reason,
        )
    )
    uow.emit(CaseworkerAssigned(household_id, command.user_id, command.kind.value, command.from_on))
    return assignment


def _check_user(uow: UnitOfWork, household_id: UUID, user_id: UUID) -> None:
    """Ask, whoever assigns, whether this account can look after this household at all."""
    denied = select(DenyListed.id).where(
        DenyListed.household_id == household_id, DenyListed.user_id == user_id
    )
    if not _is_caseworker(uow, user_id) or uow.rows(uow.touching(denied, DenyListed)):
        raise Invalid({"user_id": ["This account cannot look after the household."]})


def _is_caseworker(uow: UnitOfWork, user_id: UUID) -> bool:
    query = (
        select(RoleGrant.id)
        .join(UserAccount, UserAccount.id == RoleGrant.user_id)
        .where(
            RoleGrant.user_id == user_id,
            RoleGrant.role == Role.CASEWORKER,
            RoleGrant.until_at.is_(None),
            UserAccount.status == AccountStatus.ACTIVE,
        )
    )
    return bool(uow.rows(uow.touching(query, RoleGrant, UserAccount)))


def _hand_over(uow: UnitOfWork, household_id: UUID, command: AssignCaseworker) -> None:
    before = _open_primary(uow, household_id)
    if before is None:
        return
    if before.user_id == command.user_id:
        raise Conflict("This caseworker has the household already.")
    _end(before, command.from_on)
    # Out first: at no moment may a household have two primary caseworkers.
    uow.session.flush()


def _open_primary(uow: UnitOfWork, household_id: UUID) -> Assignment | None:
    query = uow.select(Assignment).where(
        Assignment.household_id == household_id,
        Assignment.kind == AssignmentKind.PRIMARY,
        Assignment.until_on.is_(None),
    )
    return uow.first(query.with_for_update())


def end(uow: UnitOfWork, assignment_id: UUID, command: EndAssignment) -> Assignment:
    """End the stay of a second caseworker or of a cover. A primary is handed over instead."""
    assignment = uow.edit(Assignment, assignment_id, to=Permission.CASE_ASSIGN)
    if assignment.kind is AssignmentKind.PRIMARY:
        raise Conflict("Hand the household over to another caseworker instead.")
    if assignment.until_on is not None and assignment.until_on <= uow.today:
        raise Conflict("This has ended already.")
    _end(assignment, command.until_on)
    assignment.reason = command.reason
    return assignment


def _end(assignment: Assignment, day: date) -> None:
    if day < assignment.from_on:
        raise Invalid({"until_on": ["The end must not lie before the beginning."]})
    assignment.until_on = day
