"""Questions about updates and the thread: what was said, and what the reader has not read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.households.models import Household
from resettle.messages.models import Side, SponsorUpdate, ThreadMessage, ThreadPlace

UPDATE_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "sent": (SponsorUpdate.sent_at.expression,)
}
THREAD_SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "sent": (ThreadMessage.sent_at.expression,)
}
MOST = 100


def updates(uow: UnitOfWork, household_id: UUID) -> Select[SponsorUpdate]:
    household = uow.get(Household, household_id, to=Permission.UPDATE_READ)
    return uow.select(SponsorUpdate).where(SponsorUpdate.household_id == household.id)


def thread(uow: UnitOfWork, household_id: UUID) -> Select[ThreadMessage]:
    household = uow.get(Household, household_id, to=Permission.THREAD_READ)
    return uow.select(ThreadMessage).where(ThreadMessage.household_id == household.id)


def latest(uow: UnitOfWork, household_id: UUID) -> Sequence[ThreadMessage]:
    """Tell the last messages of a thread, in the order in which they were written."""
    query = thread(uow, household_id).order_by(ThreadMessage.sent_at.desc(), ThreadMessage.id)
    uow.unlock([household_id])
    return [*reversed(uow.all(query.limit(MOST)))]


def place_in(uow: UnitOfWork, household_id: UUID) -> ThreadPlace | None:
    return uow.first(
        uow.select(ThreadPlace).where(
            ThreadPlace.household_id == household_id, ThreadPlace.user_id == uow.actor.user_id
        )
    )


def unanswered(uow: UnitOfWork, since: datetime) -> Sequence[Row[Any]]:
    """Tell what families and groups have written that the reader has neither read nor answered.

    What a colleague has answered for the household is answered. Oldest first.
    """
    seen = and_(
        ThreadPlace.household_id == ThreadMessage.household_id,
        ThreadPlace.user_id == uow.actor.user_id,
    )
    answer = aliased(ThreadMessage)
    answered = (
        select(answer.id)
        .where(
            answer.household_id == ThreadMessage.household_id,
            answer.side == Side.CASEWORKER,
            answer.retracted_at.is_(None),
            answer.sent_at >= ThreadMessage.sent_at,
        )
        .exists()
    )
    columns = (ThreadMessage.id, ThreadMessage.household_id)
    query = (
        uow.columns(ThreadMessage, *columns, ThreadMessage.side, ThreadMessage.sent_at)
        .outerjoin(ThreadPlace, seen)
        .where(
            ThreadMessage.side != Side.CASEWORKER,
            ThreadMessage.retracted_at.is_(None),
            ThreadMessage.sent_at > since,
            or_(ThreadPlace.id.is_(None), ThreadMessage.sent_at > ThreadPlace.read_until),
            ~answered,
        )
    )
    ordered = query.order_by(ThreadMessage.sent_at, ThreadMessage.id)
    return uow.rows(uow.touching(ordered, ThreadPlace))


def waiting(uow: UnitOfWork, since: datetime) -> Sequence[Row[Any]]:
    """Tell what families and caseworkers wrote to the reader’s group that the reader has not read.

    The first of each household, since everything after it waits in the same place.
    """
    seen = and_(
        ThreadPlace.household_id == ThreadMessage.household_id,
        ThreadPlace.user_id == uow.actor.user_id,
    )
    columns = (ThreadMessage.id, ThreadMessage.household_id, ThreadMessage.group_id)
    query = (
        uow.columns(ThreadMessage, *columns, ThreadMessage.sent_at)
        .outerjoin(ThreadPlace, seen)
        .where(
            ThreadMessage.side != Side.GROUP,
            ThreadMessage.group_id.in_(uow.actor.group_ids),
            ThreadMessage.retracted_at.is_(None),
            ThreadMessage.sent_at > since,
            or_(ThreadPlace.id.is_(None), ThreadMessage.sent_at > ThreadPlace.read_until),
        )
        .order_by(ThreadMessage.sent_at.desc(), ThreadMessage.id)
        .limit(MOST)
    )
    first = {row.household_id: row for row in uow.rows(uow.touching(query, ThreadPlace))}
    return [*first.values()]


def unread(uow: UnitOfWork) -> Mapping[UUID, int]:
    """Count, household by household, what others have written since the reader read there."""
    seen = and_(
        ThreadPlace.household_id == ThreadMessage.household_id,
        ThreadPlace.user_id == uow.actor.user_id,
    )
    query = (
        uow.columns(ThreadMessage, ThreadMessage.household_id, func.count().label("number"))
        .outerjoin(ThreadPlace, seen)
        .where(
            ThreadMessage.retracted_at.is_(None),
            or_(ThreadMessage.author_id.is_(None), ThreadMessage.author_id != uow.actor.user_id),
            or_(ThreadPlace.id.is_(None), ThreadMessage.sent_at > ThreadPlace.read_until),
        )
        .group_by(ThreadMessage.household_id)
    )
    rows = uow.rows(uow.touching(query, ThreadPlace))
    return {row.household_id: row.number for row in rows}
