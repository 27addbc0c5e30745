"""Accounts and sponsor groups that are past their time: what told of somebody is let go.

Of an account only its row stays, without a name, so that what was signed stays signed by one and
the same, whoever that was; of a group what tells of nobody stays (sums, days, stages).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection, Table, or_, select

from resettle.accounts.models import UserAccount
from resettle.core.clock import day_of
from resettle.core.db import Base
from resettle.operations import erasing
from resettle.operations.models import Erasure
from resettle.placements.models import Sponsorship, SponsorshipStatus
from resettle.sponsors.models import SponsorGroup

YEARS = 7
ACCOUNT, GROUP = "account", "sponsor_group"
LEFT = "Somebody who left"


def accounts_due(connection: Connection, now: datetime) -> Sequence[UUID]:
    """Name the accounts that were closed long ago."""
    gone = select(Erasure.owner_id)
    query = select(UserAccount.id).where(
        UserAccount.deactivated_at < now - relativedelta(years=YEARS), UserAccount.id.not_in(gone)
    )
    return connection.execute(query.order_by(UserAccount.id)).scalars().all()


def groups_due(connection: Connection, now: datetime) -> Sequence[UUID]:
    """Name the groups that have supported nobody for long, and whose stage is as old."""
    before = day_of(now) - relativedelta(years=YEARS)
    supported = select(Sponsorship.group_id).where(
        Sponsorship.status != SponsorshipStatus.DECLINED,
        or_(Sponsorship.ended_on.is_(None), Sponsorship.ended_on >= before),
    )
    query = select(SponsorGroup.id).where(
        SponsorGroup.status_since < before,
        SponsorGroup.id.not_in(supported),
        SponsorGroup.id.not_in(select(Erasure.owner_id)),
    )
    return connection.execute(query.order_by(SponsorGroup.id)).scalars().all()


def forget_account(connection: Connection, user_id: UUID, at: datetime) -> None:
    """Let go of who an account belonged to. Done again, it changes nothing."""
    for table in _kept_with(ACCOUNT):
        if table.name == UserAccount.__tablename__:
            emptied = {**dict(erasing.emptied(table)), table.c.name: LEFT}
            connection.execute(table.update().where(table.c.id == user_id).values(emptied))
        else:
            connection.execute(table.delete().where(table.c.user_id == user_id))
    erasing.mark(connection, [user_id], at)


def forget_group(connection: Connection, group_id: UUID, at: datetime) -> None:
    """Let go of who was in a group, and of what it wrote. Done again, it changes nothing."""
    for table in _kept_with(GROUP):
        of = table.c.id if table.name == SponsorGroup.__tablename__ else table.c.group_id
        if emptied := dict(erasing.emptied(table)):
            connection.execute(table.update().where(of == group_id).values(emptied))
    erasing.destroy_keys(connection, [group_id])
    erasing.mark(connection, [group_id], at)


def again(connection: Connection) -> None:
    """Let go once more of who was let go of before, after a restore."""
    for model, forget in ((UserAccount, forget_account), (SponsorGroup, forget_group)):
        gone = select(model.id, Erasure.erased_at).join(Erasure, Erasure.owner_id == model.id)
        for owner, at in connection.execute(gone).all():
            forget(connection, owner, at)


def _kept_with(rule: str) -> Sequence[Table]:
    kept = {m.class_.__tablename__ for m in Base.registry.mappers if m.class_.held.kept == rule}
    return [table for table in Base.metadata.sorted_tables if table.name in kept]
