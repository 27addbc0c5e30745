"""Telling one user what is new in their queue, as they may see it now."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from resettle.accounts.loader import acting_as
from resettle.accounts.models import UserAccount
from resettle.core.clock import AUCKLAND
from resettle.core.permissions import Permission
from resettle.core.work import UnitOfWork
from resettle.day.queries import Line
from resettle.notifications import queries, rules
from resettle.notifications.mail import Post
from resettle.notifications.models import Reminder, ReminderChoice
from resettle.notifications.rules import USUAL, Mailing

Key = tuple[str, UUID, object]


def choice_for(uow: UnitOfWork, user_id: UUID) -> ReminderChoice:
    """Give what a user has chosen, to change it; the usual, for whoever has not."""
    choice = queries.choice_of(uow, user_id)
    if choice is not None:
        return choice
    return uow.add(
        ReminderChoice(
            user_id=user_id,
            mailing=USUAL.mailing,
            digest_at=USUAL.digest_at,
            quiet_from=USUAL.quiet_from,
            quiet_until=USUAL.quiet_until,
        )
    )


def remind(uow: UnitOfWork, user_id: UUID) -> None:
    """Note what is new in a user's queue, and send mail if it is time for it.

    The queue is looked at as that user would see it now, so nobody is told of a household that
    was taken from them since, and nobody whose account is closed is told anything.
    """
    with acting_as(uow, user_id) as actor:
        if actor is None or not uow.allows(Permission.QUEUE_READ):
            return
        lines = queries.pressing(uow)
    told = _note(uow, user_id, lines)
    if uow.use(Post).delivers:
        _mail(uow, user_id, lines, told)


def _note(uow: UnitOfWork, user_id: UUID, lines: Sequence[Line]) -> dict[Key, Reminder]:
    """Note each line once, and give what is noted of those that wait now."""
    query = uow.select(Reminder).where(
        Reminder.user_id == user_id,
        Reminder.subject_id.in_([line.subject_id for line in lines]),
    )
    there: dict[Key, Reminder] = {
        (row.source.value, row.subject_id, row.due_on): row for row in uow.all(query)
    }
    found: dict[Key, Reminder] = {}
    for line in lines:
        key = queries.key_of(line)
        found[key] = there.get(key) or uow.add(
            Reminder(
                user_id=user_id,
                household_id=line.household_id,
                source=line.source,
                subject_id=line.subject_id,
                due_on=line.due_on or queries.NO_DAY,
                made_at=uow.now,
            )
        )
    return found


def mailing_now(uow: UnitOfWork, user_id: UUID) -> Mailing | None:
    """Say which mail a user has chosen, if it may go now; a digest is then done for today."""
    choice, now = queries.choice_of(uow, user_id), uow.now.astimezone(AUCKLAND)
    wanted = queries.wanted_of(choice)
    if not rules.may_mail(wanted, now, None if choice is None else choice.digest_on):
        return None
    if wanted.mailing is Mailing.DAILY:
        choice_for(uow, user_id).digest_on = now.date()
    return wanted.mailing


def _mail(uow: UnitOfWork, user_id: UUID, lines: Sequence[Line], told: dict[Key, Reminder]) -> None:
    mailing, now = mailing_now(uow, user_id), uow.now.astimezone(AUCKLAND)
    if mailing is None:
        return
    if mailing is not Mailing.DAILY:
        lines = [line for line in lines if told[queries.key_of(line)].mailed_at is None]
    for line in lines:
        told[queries.key_of(line)].mailed_at = uow.now
    if lines:
        _send(uow, user_id, lines, now)


def _send(uow: UnitOfWork, user_id: UUID, lines: Sequence[Line], now: datetime) -> None:
    account, post = uow.find(UserAccount, user_id), uow.use(Post)
    assert account is not None
    assert account.email is not None
    items = [queries.item_of(line) for line in lines]
    text = rules.body(items, f"{post.public_url}/today", f"{post.public_url}/reminders/choices")
    # The same lines told again after a failure are the same mail, by its number.
    which = ",".join(sorted(f"{line.source}{line.subject_id}" for line in lines))
    key = uuid5(user_id, f"{now.date()}|{which}").hex
    post.mailer.send(post.mail(key, account.email, rules.subject(items), text))
