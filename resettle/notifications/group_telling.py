"""Telling members of sponsor groups, and managers, what waits for them or runs out: each once.

Whoever must act is told, as they may see it now: coordinators and managers of what runs out in a
group, a member of what runs out of theirs. No mail names anybody.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from resettle.accounts.loader import acting_as
from resettle.accounts.models import UserAccount
from resettle.core.clock import AUCKLAND
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.notifications import group_queries, queries, rules
from resettle.notifications.group_queries import Notice
from resettle.notifications.mail import Post
from resettle.notifications.models import GroupReminder
from resettle.notifications.rules import Item
from resettle.notifications.telling import mailing_now


def remind(uow: UnitOfWork, user_id: UUID) -> None:
    """Note what is new for a user of a sponsor group, and send mail if it is time for it.

    What waits is looked at as that user would see it now: of a group or household that was taken
    from them since, nobody is told.
    """
    with acting_as(uow, user_id) as actor:
        if actor is None or not uow.allows(Permission.REMINDER_OWN):
            return
        found = group_queries.notices(uow)
    fresh = _note(uow, user_id, found)
    if uow.use(Post).delivers and fresh:
        _mail(uow, user_id, fresh)


def _note(
    uow: UnitOfWork, user_id: UUID, found: Sequence[Notice]
) -> list[tuple[Notice, GroupReminder]]:
    """Note each once; give those that wait still and that no mail has told of."""
    query = uow.select(GroupReminder).where(
        GroupReminder.user_id == user_id,
        GroupReminder.subject_id.in_([notice.subject_id for notice in found]),
    )
    there = {(row.kind.value, row.subject_id, row.due_on, row.stage): row for row in uow.all(query)}
    told = [(n, there.get(n.key) or uow.add(_reminder(uow, user_id, n))) for n in found]
    return [(n, row) for n, row in told if row.mailed_at is None and row.read_at is None]


def _reminder(uow: UnitOfWork, user_id: UUID, notice: Notice) -> GroupReminder:
    return GroupReminder(
        user_id=user_id,
        kind=notice.kind,
        group_id=notice.group_id,
        household_id=notice.household_id,
        subject_id=notice.subject_id,
        due_on=notice.due_on,
        stage=notice.stage,
        made_at=uow.now,
    )


def _mail(uow: UnitOfWork, user_id: UUID, fresh: list[tuple[Notice, GroupReminder]]) -> None:
    if mailing_now(uow, user_id) is None:
        return
    for _, row in fresh:
        row.mailed_at = uow.now
    _send(uow, user_id, [notice for notice, _ in fresh], uow.now.astimezone(AUCKLAND))


def _send(uow: UnitOfWork, user_id: UUID, found: Sequence[Notice], now: datetime) -> None:
    account, post = uow.find(UserAccount, user_id), uow.use(Post)
    if account is None or account.email is None:
        return
    url = post.public_url.rstrip("/")
    items = [_item(notice, url) for notice in found]
    text = rules.body(items, f"{url}/", f"{url}/reminders/choices", page="Your first page")
    which = ",".join(sorted(f"{n.kind}{n.subject_id}{n.stage}" for n in found))
    key = uuid5(user_id, f"{now.date()}|{which}").hex
    post.mailer.send(post.mail(key, account.email, rules.subject(items), text))


def _item(notice: Notice, url: str) -> Item:
    due_on = None if notice.due_on == queries.NO_DAY else notice.due_on
    return Item(rules.WHAT[notice.kind], notice.reference, due_on, f"{url}{notice.path}")
