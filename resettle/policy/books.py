"""Who leads a group; who may know of its money, and do something about it.

The treasurer keeps the books, the coordinator and the programme manager read them, and every
member knows the sums, and what they have spent themselves.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from resettle.core.actor import SPONSORS, Actor, Role
from resettle.core.policy import Scope
from resettle.core.work import UnitOfWork
from resettle.funds.models import FundEntry, FundReceipt
from resettle.sponsors.models import MemberRole, SponsorGroup, SponsorMember

WRITERS = frozenset(
    {
        MemberRole.COORDINATOR,
        MemberRole.DEPUTY,
        MemberRole.TREASURER,
        MemberRole.REPORTING_LEAD,
    }
)


LEADERS = frozenset({MemberRole.COORDINATOR, MemberRole.DEPUTY})


def led_by(actor: Actor) -> frozenset[UUID]:
    """Name the groups that a coordinator leads.

    An account has one role, whatever somebody does for each of their groups: who leads one of them
    by what is on record there is a plain member of the others.
    """
    named = frozenset(group_id for group_id, role in actor.group_roles if role in LEADERS)
    return (named | actor.applying_ids) if named else actor.own_group_ids


def leads(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the reader leads the group that the subject is or belongs to."""
    group_id = _group_of(subject)
    return group_id is None or group_id in led_by(uow.actor)


def leads_or_own(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether a member is the reader, or of the group that the reader leads."""
    return leads(uow, subject) or subject.user_id == uow.actor.user_id


def kept_by(actor: Actor) -> frozenset[UUID]:
    """Name the groups whose books the actor keeps."""
    return frozenset(
        group_id
        for group_id, role in actor.group_roles
        if role == MemberRole.TREASURER and group_id in actor.group_ids
    )


def keeps_books(actor: Actor) -> bool:
    return bool(kept_by(actor))


def _group_of(subject: Any) -> UUID | None:
    found: UUID | None = (
        subject.id if isinstance(subject, SponsorGroup) else getattr(subject, "group_id", None)
    )
    return found


def treasurer(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the reader keeps the books of the group that the subject is or belongs to."""
    return _group_of(subject) in kept_by(uow.actor)


def leads_or_keeps(uow: UnitOfWork, subject: Any) -> bool:
    """Say whether the reader leads the group of the subject, or keeps its books."""
    return leads(uow, subject) or treasurer(uow, subject)


def reads_books(uow: UnitOfWork, subject: Any) -> bool:
    """Let members read their own entries, which are all that their scope has, and no list."""
    if uow.actor.role is Role.SPONSOR_COORDINATOR and leads(uow, subject):
        return True
    return treasurer(uow, subject) or isinstance(subject, FundEntry | FundReceipt)


def own_spending(uow: UnitOfWork, subject: Any) -> bool:
    """Let somebody claim for the group, and see to what they have spent or recorded."""
    if not isinstance(subject, FundEntry) or treasurer(uow, subject):
        return True
    member = uow.find(SponsorMember, subject.member_id) if subject.member_id else None
    spender = None if member is None else member.user_id
    return uow.actor.user_id in {spender, subject.created_by}


def writes_reports(uow: UnitOfWork, subject: Any) -> bool:
    """Let coordinators write the reports of a group, and members who do so for it."""
    if uow.actor.role is Role.SPONSOR_COORDINATOR and leads(uow, subject):
        return True
    group_id = _group_of(subject)
    return any(role in WRITERS and group_id in {None, of} for of, role in uow.actor.group_roles)


def book_rows(column: Any) -> Scope:
    """Rows of the books: their keeper's, the coordinator's and the programme manager's."""

    def scope(uow: UnitOfWork) -> ColumnElement[bool]:
        match uow.actor.role:
            case Role.PROGRAMME_MANAGER:
                return true()
            case Role.SPONSOR_COORDINATOR:
                led = led_by(uow.actor) & uow.actor.group_ids
                return column.in_(led | kept_by(uow.actor))  # type: ignore[no-any-return]
            case Role.SPONSOR_MEMBER:
                return column.in_(kept_by(uow.actor))  # type: ignore[no-any-return]
            case _:
                return false()

    return scope


def entry_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    books = book_rows(FundEntry.group_id)(uow)
    return or_(books, _own(uow)) if uow.actor.role in SPONSORS else books


def _own(uow: UnitOfWork) -> ColumnElement[bool]:
    mine = select(SponsorMember.id).where(SponsorMember.user_id == uow.actor.user_id)
    return and_(FundEntry.group_id.in_(uow.actor.group_ids), FundEntry.member_id.in_(mine))


def receipt_rows(uow: UnitOfWork) -> ColumnElement[bool]:
    return FundReceipt.entry_id.in_(select(FundEntry.id).where(entry_rows(uow)))
