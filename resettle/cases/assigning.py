"""Who looks after a household: caseworkers are assigned, stand in for each other, hand over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from resettle.accounts.models import RoleGrant, UserAccount
from resettle.accounts.rules import AccountStatus
from resettle.cases import rules
from resettle.cases.acts import AssignCaseworker, EndAssignment, Reassign, TakeBack
from resettle.cases.events import CaseworkerAssigned
from resettle.cases.models import Assignment, AssignmentKind
from resettle.core.actor import Role
from resettle.core.errors import Conflict, Invalid
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import DenyListed, Household

NOT_YOURS = "There is no such household, or it is not yours to assign."
UNDO_WITHIN = timedelta(hours=1)
TOO_LATE = "Changed since, or more than an hour ago: assign it anew instead."


def assign(uow: UnitOfWork, household_id: UUID, command: AssignCaseworker) -> Assignment:
    """Assign a caseworker. A new primary takes over from the one there is, from that day.

    Cover has its end from the start, and falls back by itself.
    """
    household = uow.get(Household, household_id, to=Permission.CASE_ASSIGN)
    return put(uow, household, command)


def put(uow: UnitOfWork, household: Household, command: AssignCaseworker) -> Assignment:
    """Assign a caseworker to a household that may be assigned. If it raises, nothing changed."""
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
    return look_after_all(uow, [household_id], command)[0]


def look_after_all(
    uow: UnitOfWork, household_ids: Sequence[UUID], command: AssignCaseworker
) -> Sequence[Assignment]:
    assignments = uow.add_all(
        Assignment(
            household_id=household_id,
            user_id=command.user_id,
            kind=command.kind,
            from_on=command.from_on,
            until_on=command.until_on,
            reason=command.reason,
        )
        for household_id in household_ids
    )
    told = command.user_id, command.kind.value, command.from_on
    for household_id in household_ids:
        uow.emit(CaseworkerAssigned(household_id, *told))
    return assignments


def _check_user(uow: UnitOfWork, household_id: UUID, user_id: UUID) -> None:
    """Ask, whoever assigns, whether this account can look after this household at all."""
    denied = select(DenyListed.id).where(
        DenyListed.household_id == household_id, DenyListed.user_id == user_id
    )
    if not is_caseworker(uow, user_id) or uow.rows(uow.touching(denied, DenyListed)):
        raise Invalid({"user_id": ["This account cannot look after the household."]})


def is_caseworker(uow: UnitOfWork, user_id: UUID) -> bool:
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


def caseworkers(uow: UnitOfWork) -> list[tuple[UUID, str]]:
    """Name the caseworkers to choose from: colleagues' names, nothing else of their accounts."""
    uow.require(Permission.CASE_ASSIGN)
    columns: tuple[Any, ...] = (UserAccount.id, UserAccount.name)
    query: Select[Any] = (
        select(*columns)
        .join(RoleGrant, RoleGrant.user_id == UserAccount.id)
        .where(
            RoleGrant.role == Role.CASEWORKER,
            RoleGrant.until_at.is_(None),
            UserAccount.status == AccountStatus.ACTIVE,
        )
        .order_by(UserAccount.name)
        .limit(500)
    )
    return [(row.id, row.name) for row in uow.rows(uow.touching(query, UserAccount, RoleGrant))]


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
    """Find who has the household, once nobody else is giving it away; it stays locked."""
    home = select(Household.id).where(Household.id == household_id)
    uow.rows(uow.touching(home.with_for_update(key_share=True), Household))
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


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What came of one household. `assignment_id` is what undoes it, where something was done."""

    household_id: UUID
    reference: str = ""
    assignment_id: UUID | None = None
    why_not: str = ""

    @property
    def done(self) -> bool:
        return self.assignment_id is not None


def reassign(uow: UnitOfWork, command: Reassign) -> tuple[Reassigned, ...]:
    """Put several households into the hands of one caseworker, as many of them as may be.

    What cannot be done is told of its household, and keeps nobody else's from being done. Whatever
    order they come in, they are taken by id: two at once never wait for each other.
    """
    uow.require(Permission.CASE_ASSIGN)
    wanted = [*dict.fromkeys(command.household_ids)]
    came = {id_: _one(uow, id_, command) for id_ in sorted(wanted)}
    return tuple(came[id_] for id_ in wanted)


def _one(uow: UnitOfWork, household_id: UUID, command: Reassign) -> Reassigned:
    household = to_assign(uow, household_id)
    if household is None:
        return Reassigned(household_id, why_not=NOT_YOURS)
    wanted = AssignCaseworker(
        user_id=command.user_id,
        kind=command.kind,
        from_on=command.from_on,
        until_on=command.until_on,
        reason=command.reason,
    )
    try:
        made = put(uow, household, wanted)
    except Conflict as error:
        return Reassigned(household_id, household.reference, why_not=str(error))
    except Invalid as error:
        first = next(iter(error.errors.values()))[0]
        return Reassigned(household_id, household.reference, why_not=first)
    return Reassigned(household_id, household.reference, made.id)


def to_assign(uow: UnitOfWork, household_id: UUID) -> Household | None:
    """Find a household that the actor may put into other hands.

    That is one in scope; or, for who leads a team, one of the team's, known by its number alone.
    """
    found = uow.find(Household, household_id)
    if found is not None or not uow.allows(Permission.TEAM_LEAD):
        return found
    query = select(Household).where(Household.id == household_id, of_team(uow))
    led: Household | None = uow.session.scalar(uow.touching(query, Household, DenyListed))
    return led


def of_team(uow: UnitOfWork) -> ColumnElement[bool]:
    """Tell which households a team leader answers for, as a WHERE clause.

    Those in the leader's places and those not placed yet; all, for whoever has no place of work
    and for programme managers. Whatever is kept from the reader is left out.
    """
    kept = select(DenyListed.household_id).where(DenyListed.user_id == uow.actor.user_id)
    allowed = Household.id.not_in(kept)
    if uow.actor.role is Role.PROGRAMME_MANAGER or not uow.actor.locations:
        return allowed
    here = Household.location.in_(uow.actor.locations)
    return and_(allowed, or_(here, Household.location.is_(None)))


def same_moment(uow: UnitOfWork, assignment_id: UUID) -> TakeBack:
    """Name all assignments that the actor made together with this one, to take them all back."""
    uow.require(Permission.CASE_ASSIGN)
    this = select(Assignment.created_at).where(Assignment.id == assignment_id).scalar_subquery()
    query = select(Assignment.id).where(
        Assignment.created_by == uow.actor.user_id, Assignment.created_at == this
    )
    found = uow.session.scalars(uow.touching(query, Assignment).order_by(Assignment.id)).all()
    if not found:
        uow.get(Assignment, assignment_id, to=Permission.CASE_ASSIGN)
        raise Conflict("Somebody else made this assignment. Assign the households anew instead.")
    return TakeBack(assignment_ids=found)


def take_back(uow: UnitOfWork, command: TakeBack) -> tuple[Reassigned, ...]:
    """Undo assignments that the actor made within the hour: who had the household has it again.

    The actor need not see the household any more, since it is in other hands.
    """
    uow.require(Permission.CASE_ASSIGN)
    made = {each.id: each for each in _just_made(uow, command.assignment_ids)}
    came = {id_: _back(uow, each) for id_, each in made.items()}
    wanted = dict.fromkeys(command.assignment_ids)
    return tuple(came.get(id_) or Reassigned(id_, why_not=TOO_LATE) for id_ in wanted)


def _just_made(uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[Assignment]:
    """Lock what was made, by household as whoever reassigns does."""
    query = select(Assignment).where(
        Assignment.id.in_(ids),
        Assignment.created_by == uow.actor.user_id,
        Assignment.created_at >= uow.now - UNDO_WITHIN,
        or_(
            Assignment.until_on.is_(None),
            and_(
                Assignment.kind != AssignmentKind.PRIMARY,
                Assignment.until_on > Assignment.from_on,
            ),
        ),
    )
    query = query.order_by(Assignment.household_id, Assignment.id)
    return uow.all(uow.touching(query, Assignment).with_for_update())


def _back(uow: UnitOfWork, made: Assignment) -> Reassigned:
    made.until_on = made.from_on
    # Out first: at no moment may a household have two primary caseworkers.
    uow.session.flush()
    before = _before(uow, made) if made.kind is AssignmentKind.PRIMARY else None
    if before is not None:
        before.until_on = None
        uow.session.flush()
    return Reassigned(made.household_id, assignment_id=made.id)


def _before(uow: UnitOfWork, made: Assignment) -> Assignment | None:
    """Find the assignment that was ended in the moment in which this one was made."""
    query = select(Assignment).where(
        Assignment.household_id == made.household_id,
        Assignment.kind == AssignmentKind.PRIMARY,
        Assignment.id != made.id,
        Assignment.until_on == made.from_on,
        Assignment.updated_at == made.created_at,
    )
    found: Assignment | None = uow.session.scalar(uow.touching(query, Assignment))
    return found
